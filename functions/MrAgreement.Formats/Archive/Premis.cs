using System.Globalization;
using System.Xml.Linq;
using static MrAgreement.Formats.Archive.ArchiveXml;

namespace MrAgreement.Formats.Archive;

/// <summary>What was done to keep the files what they were: registered, checked, packed. Source: PREMIS 3.0.</summary>
static class Premis
{
    public const string Path = "metadata/preservation/premis.xml";

    static readonly XNamespace ns = "http://www.loc.gov/premis/v3";

    /// <param name="files">All in the data folder; the contents among them have been read and found to be what was registered.</param>
    public static XElement Of(ArchivePackage package, ArchiveContents contents, IReadOnlyList<PackagedFile> files)
    {
        var registered = contents.Files.Where(file => file.By is not null).ToList();
        var names = contents.Files.ToDictionary(file => ArchiveContents.Folder + file.Path, file => file.Name);
        return new(ns + "premis",
            new XAttribute(XNamespace.Xmlns + "premis", ns), new XAttribute(XNamespace.Xmlns + "xsi", Xsi),
            SchemaLocation(2, (ns, ArchiveSchemas.Premis)), new XAttribute("version", "3.0"),
            new XElement(ns + "object", new XAttribute(Xsi + "type", "premis:intellectualEntity"),
                Identified("object", "package", package.Id)),
            files.Select(file => File(file, names.GetValueOrDefault(file.Path))),
            registered.Select((file, i) =>
                Event(string.Create(CultureInfo.InvariantCulture, $"registration-{i + 1}"), "registration", At(file.At), null,
                Linked("Agent", "person", file.By!), [Linked("Object", "path", ArchiveContents.Folder + file.Path)])),
            Event("fixity-check", "fixity check", At(package.MadeAt), "pass", Linked("Agent", "software", Software),
                contents.Files.Select(file => Linked("Object", "path", ArchiveContents.Folder + file.Path))),
            Event("packaging", "information package creation", At(package.MadeAt), null, Linked("Agent", "software", Software),
                [Linked("Object", "package", package.Id)]),
            registered.Select(file => file.By!).Distinct().Select(name => Agent("person", name, "person", null)),
            Agent("software", Software, "software", package.SoftwareVersion));
    }

    static XElement File(PackagedFile file, string? originalName) => new(ns + "object", new XAttribute(Xsi + "type", "premis:file"),
        Identified("object", "path", file.Path),
        new XElement(ns + "objectCharacteristics",
            new XElement(ns + "fixity", new XElement(ns + "messageDigestAlgorithm", "SHA-256"),
                new XElement(ns + "messageDigest", file.Sha256)),
            new XElement(ns + "size", file.Size),
            new XElement(ns + "format", new XElement(ns + "formatDesignation", new XElement(ns + "formatName", file.MediaType)))),
        originalName is null ? null : new XElement(ns + "originalName", originalName));

    static XElement Event(string id, string type, string at, string? outcome, XElement agent, IEnumerable<XElement> objects) =>
        new(ns + "event",
        Identified("event", "local", id),
        new XElement(ns + "eventType", type),
        new XElement(ns + "eventDateTime", at),
        outcome is null ? null : new XElement(ns + "eventOutcomeInformation", new XElement(ns + "eventOutcome", outcome)),
        agent, objects);

    static XElement Agent(string idType, string name, string type, string? version) => new(ns + "agent",
        Identified("agent", idType, name),
        new XElement(ns + "agentName", name),
        new XElement(ns + "agentType", type),
        version is null ? null : new XElement(ns + "agentVersion", version));

    static XElement Identified(string what, string type, string value) =>
        new(ns + $"{what}Identifier", new XElement(ns + $"{what}IdentifierType", type), new XElement(ns + $"{what}IdentifierValue", value));

    static XElement Linked(string what, string type, string value) => Identified($"linking{what}", type, value);
}
