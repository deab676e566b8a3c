using System.Globalization;
using System.Xml.Linq;
using static MrAgreement.Formats.Archive.ArchiveXml;

namespace MrAgreement.Formats.Archive;

/// <summary>What the package holds, with the checksum of every file. Source:
/// E-ARK CSIP and SIP 2.1.0, which are FGS Paketstruktur 2.0.</summary>
static class Mets
{
    public const string Path = "METS.xml";
    public const string PathOfRepresentation = $"{ArchiveContents.Representation}/{Path}";

    const string ContentType = "citserms_v2_1";

    static readonly XNamespace ns = "http://www.loc.gov/METS/";
    static readonly XNamespace csip = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS";

    /// <summary>Of the whole package; what lies in the representation is told by its own.</summary>
    public static XElement OfPackage(ArchivePackage package, PackagedFile description, PackagedFile preservation, PackagedFile readme,
        IReadOnlyList<PackagedFile> schemas, PackagedFile representation)
    {
        const string label = "Representations/rep1";
        return Root(package, package.Id, 0,
            new XElement(ns + "dmdSec", new XAttribute("ID", "descriptive-dc"), new XAttribute("CREATED", At(description.CreatedAt)),
                new XAttribute("STATUS", "CURRENT"), Reference(description, "DC")),
            new XElement(ns + "amdSec", new XElement(ns + "digiprovMD", new XAttribute("ID", "preservation-premis"),
                new XAttribute("STATUS", "CURRENT"), Reference(preservation, "PREMIS"))),
            new XElement(ns + "fileSec", new XAttribute("ID", "files"),
                Group("documentation", "Documentation", null, [readme], ""),
                Group("schemas", "Schemas", null, schemas, ""),
                Group("representation", label, ContentType, [representation], "")),
            Map(package.Id,
                Division("Metadata", new XAttribute("DMDID", "descriptive-dc"), new XAttribute("ADMID", "preservation-premis")),
                Division("Documentation", Pointer("documentation")),
                Division("Schemas", Pointer("schemas")),
                Division("Representations", Pointer("representation")),
                Division(label, new XElement(ns + "mptr", Location(representation, ""),
                    new XAttribute(Xlink + "title", "representation")))));
    }

    /// <summary>Of the representation: all that lies in the data folder.</summary>
    public static XElement OfRepresentation(ArchivePackage package, IReadOnlyList<PackagedFile> files) => Root(package, "rep1", 2,
        new XElement(ns + "fileSec", new XAttribute("ID", "rep1-files"),
            Group("rep1-data", "Representations/rep1/data", ContentType, files, $"{ArchiveContents.Representation}/")),
        Map("rep1", Division("Metadata"), Division("Representations", Pointer("rep1-data"))));

    static XElement Root(ArchivePackage package, string id, int depth, params IEnumerable<XElement> content) => new(ns + "mets",
        new XAttribute("xmlns", ns), new XAttribute(XNamespace.Xmlns + "csip", csip), new XAttribute(XNamespace.Xmlns + "xlink", Xlink),
        new XAttribute(XNamespace.Xmlns + "xsi", Xsi),
        SchemaLocation(depth, (ns, ArchiveSchemas.Mets), (Xlink, ArchiveSchemas.Xlink), (csip, ArchiveSchemas.Csip)),
        new XAttribute("OBJID", id), new XAttribute("LABEL", $"{package.Case.DiaryNumber} {package.Case.Title}"),
        new XAttribute("TYPE", "Datasets"), new XAttribute(csip + "CONTENTINFORMATIONTYPE", ContentType),
        new XAttribute("PROFILE", "https://earksip.dilcis.eu/profile/E-ARK-SIP.xml"),
        Header(package), content);

    static XElement Header(ArchivePackage package) => new(ns + "metsHdr",
        new XAttribute("CREATEDATE", At(package.MadeAt)), new XAttribute("LASTMODDATE", At(package.MadeAt)),
        new XAttribute("RECORDSTATUS", "NEW"), new XAttribute(csip + "OAISPACKAGETYPE", "SIP"),
        new XElement(ns + "agent", new XAttribute("ROLE", "CREATOR"), new XAttribute("TYPE", "OTHER"),
            new XAttribute("OTHERTYPE", "SOFTWARE"),
            new XElement(ns + "name", Software), Note("SOFTWARE VERSION", package.SoftwareVersion)),
        // Whose archive it is, and who hands it over.
        Organisation("ARCHIVIST", package.Case.Creator),
        Organisation("CREATOR", package.Case.Creator));

    static XElement Organisation(string role, ArchivedParty party) =>
        new(ns + "agent", new XAttribute("ROLE", role), new XAttribute("TYPE", "ORGANIZATION"),
        new XElement(ns + "name", party.Name),
        party.OrganisationNumber is { } number ? Note("IDENTIFICATIONCODE", $"ORG:{number}") : null);

    static XElement Note(string type, string text) => new(ns + "note", new XAttribute(csip + "NOTETYPE", type), text);

    static XElement Reference(PackagedFile file, string type) =>
        new(ns + "mdRef", Location(file, ""), new XAttribute("MDTYPE", type), Properties(file));

    static XElement Group(string id, string use, string? contentType, IReadOnlyList<PackagedFile> files, string folder) =>
        new(ns + "fileGrp",
        new XAttribute("ID", id), new XAttribute("USE", use),
        contentType is null ? null : new XAttribute(csip + "CONTENTINFORMATIONTYPE", contentType),
        files.Select((file, i) => new XElement(ns + "file",
            new XAttribute("ID", string.Create(CultureInfo.InvariantCulture, $"{id}-{i + 1}")), Properties(file),
            new XElement(ns + "FLocat", Location(file, folder)))));

    static IEnumerable<XAttribute> Properties(PackagedFile file) =>
    [
        new("MIMETYPE", file.MediaType), new("SIZE", file.Size), new("CREATED", At(file.CreatedAt)), new("CHECKSUM", file.Sha256),
        new("CHECKSUMTYPE", "SHA-256")
    ];

    /// <param name="folder">Where the METS file lies; its links begin there.</param>
    static IEnumerable<XAttribute> Location(PackagedFile file, string folder) =>
        [new("LOCTYPE", "URL"), new(Xlink + "type", "simple"), new(Xlink + "href", PackagePaths.Href(file.Path[folder.Length..]))];

    static XElement Map(string label, params IEnumerable<XElement> divisions)
    {
        var map = new XElement(ns + "structMap", new XAttribute("TYPE", "PHYSICAL"), new XAttribute("LABEL", "CSIP"),
            new XElement(ns + "div", new XAttribute("LABEL", label), divisions));
        // Unique in the whole package, as CSIP wants them.
        foreach (var (i, it) in map.DescendantsAndSelf().Where(it => it.Name.LocalName is "structMap" or "div").Index())
            it.SetAttributeValue("ID", string.Create(CultureInfo.InvariantCulture, $"map-{label}-{i + 1}"));
        return map;
    }

    static XElement Division(string label, params IEnumerable<object> content) => new(ns + "div", new XAttribute("LABEL", label), content);

    static XElement Pointer(string group) => new(ns + "fptr", new XAttribute("FILEID", group));
}
