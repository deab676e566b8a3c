using System.Text;
using System.Xml;
using System.Xml.Linq;
using NodaTime.Text;

namespace MrAgreement.Formats.Archive;

/// <summary>How the package's XML is written.</summary>
static class ArchiveXml
{
    public const string MediaType = "application/xml";

    /// <summary>The program that makes packages, as they name it.</summary>
    public const string Software = "MrAgreement";

    public static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";
    public static readonly XNamespace Xlink = "http://www.w3.org/1999/xlink";

    /// <summary>As <c>xs:dateTime</c> in UTC.</summary>
    public static string At(Instant at) => InstantPattern.ExtendedIso.Format(at);

    /// <summary>A day where <c>xs:dateTime</c> is asked for: its first moment, and no time zone.</summary>
    public static string On(LocalDate day) => LocalDatePattern.Iso.Format(day) + "T00:00:00";

    /// <summary>Namespace and schema of what lies at a depth below the package's root.</summary>
    public static XAttribute SchemaLocation(int depth, params IEnumerable<(XNamespace Namespace, string Schema)> schemas) =>
        new(Xsi + "schemaLocation", string.Join(' ',
            schemas.Select(it => $"{it.Namespace} {string.Concat(Enumerable.Repeat("../", depth))}{ArchiveSchemas.Folder}/{it.Schema}")));

    public static byte[] Bytes(XElement root)
    {
        foreach (var text in root.DescendantNodes().OfType<XText>())
            text.Value = Allowed(text.Value);
        foreach (var attribute in root.DescendantsAndSelf().Attributes())
            attribute.Value = Allowed(attribute.Value);
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes,
            new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.Entitize }))
            root.Save(xml);
        return bytes.ToArray();
    }

    // What XML 1.0 can't hold however it is escaped, and half characters, become U+FFFD.
    static string Allowed(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.Value is (< 0x20 and not ('\t' or '\n' or '\r')) or 0xFFFE or 0xFFFF ? Rune.ReplacementChar.ToString() : rune.ToString()));
}
