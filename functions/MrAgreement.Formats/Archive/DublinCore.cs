using System.Xml.Linq;
using NodaTime.Text;

namespace MrAgreement.Formats.Archive;

/// <summary>The package in a few words, where an archive looks before it knows of records: Dublin Core.</summary>
static class DublinCore
{
    public const string Path = "metadata/descriptive/dc.xml";

    static readonly XNamespace ns = "http://purl.org/dc/elements/1.1/";
    static readonly XNamespace container = "http://www.openarchives.org/OAI/2.0/oai_dc/";

    public static XElement Of(ArchivePackage package) => new(container + "dc",
        new XAttribute(XNamespace.Xmlns + "oai_dc", container), new XAttribute(XNamespace.Xmlns + "dc", ns),
        new XElement(ns + "title", package.Case.Title),
        new XElement(ns + "identifier", package.Case.DiaryNumber),
        new XElement(ns + "identifier", $"urn:uuid:{package.Case.Id}"),
        new XElement(ns + "creator", package.Case.Creator.Name),
        package.Case.Parties.Where(party => party.Key != package.Case.Creator.Key)
            .Select(party => new XElement(ns + "contributor", party.Name)),
        new XElement(ns + "coverage", $"{LocalDatePattern.Iso.Format(package.Case.From)}/{LocalDatePattern.Iso.Format(package.Case.To)}"),
        new XElement(ns + "type", "Collection"));
}
