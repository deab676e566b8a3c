using System.Buffers.Binary;
using System.Text;

namespace MrAgreement.Documents;

/// <summary>The formats that a document can have: those that can be read for long, or kept
/// beside such a one, and that run nothing when opened (docs/decisions/0024).</summary>
public static class FileFormat
{
    const string Pdf = "application/pdf";

    static readonly IReadOnlyDictionary<string, string> mediaTypes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = Pdf,
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".odt"] = "application/vnd.oasis.opendocument.text",
        [".ods"] = "application/vnd.oasis.opendocument.spreadsheet",
        [".odp"] = "application/vnd.oasis.opendocument.presentation",
        [".txt"] = "text/plain",
        [".csv"] = "text/csv",
        [".xml"] = "application/xml",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".tif"] = "image/tiff",
        [".tiff"] = "image/tiff"
    };

    /// <summary>As much of a file as tells what it is.</summary>
    public const int HeadBytes = 4096;

    const int LongestName = 150;

    /// <summary>How their names end, as people are told and as a file field takes them: <c>.pdf, .docx</c>.</summary>
    public static string Endings { get; } = string.Join(", ", mediaTypes.Keys);

    /// <summary>The media type of what a file is named as; null for what no document can
    /// be. What a browser states is not asked: it differs with what is installed.</summary>
    public static string? MediaTypeOf(string fileName) => mediaTypes.GetValueOrDefault(Path.GetExtension(fileName));

    public static bool IsPdf(DocumentFile file) => file.MediaType.Split(';')[0].Trim() == Pdf;

    /// <summary>What a file is called when somebody gets it: a name without an ending, as an erased one is, gets that of its format.
    /// </summary>
    public static string NameGiven(DocumentFile file) => Path.GetExtension(file.Name).Length == 0
        && mediaTypes.FirstOrDefault(format => format.Value == file.MediaType.Split(';')[0].Trim()).Key is { } ending
        ? file.Name + ending
        : file.Name;

    /// <summary>A file's name alone: without a path, and without what is not seen or turns the text around, as U+202E does.</summary>
    public static string NameOf(string written)
    {
        var name = HiddenLetters.Without(written.Split('/', '\\')[^1]).Replace("\"", "", StringComparison.Ordinal).Trim();
        if (name.LastIndexOf('.') == 0)
            name = $"document{name}";
        // No letter is cut in two.
        var from = Math.Max(0, name.Length - LongestName);
        return name.Length == 0 ? "document" : name[(char.IsLowSurrogate(name[from]) ? from + 1 : from)..];
    }

    /// <summary>Whether a file begins as one of its name does.</summary>
    /// <param name="head">Its first <see cref="HeadBytes"/>, or all of it.</param>
    public static bool Begins(string fileName, ReadOnlySpan<byte> head) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        // Mail systems and printers put something before it.
        ".pdf" => head[..Math.Min(head.Length, 1024)].IndexOf("%PDF-"u8) is >= 0 and var at && !IsOther(head[..at])
            && !Unspaced(head[..at]).StartsWith("<"u8),
        ".png" => head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        ".jpg" or ".jpeg" => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]),
        ".tif" or ".tiff" => head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8),
        ".docx" => IsOfficePackage(head, "word/"),
        ".xlsx" => IsOfficePackage(head, "xl/"),
        ".pptx" => IsOfficePackage(head, "ppt/"),
        ".odt" or ".ods" or ".odp" => IsZip(head) && OpenDocumentType(head).StartsWith(Encoding.ASCII.GetBytes(MediaTypeOf(fileName)!)),
        ".xml" => IsText(head) && Unspaced(head).StartsWith("<"u8),
        _ => IsText(head)
    };

    static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8);

    // Its first entry is what every such package has, or of its own kind; other packed files begin otherwise. Source: ECMA-376, part 2.
    static bool IsOfficePackage(ReadOnlySpan<byte> head, string own)
    {
        if (!IsZip(head) || head.Length < 30)
            return false;
        var length = BinaryPrimitives.ReadUInt16LittleEndian(head[26..]);
        var name = Encoding.UTF8.GetString(head[30..Math.Min(head.Length, 30 + length)]);
        return name == "[Content_Types].xml"
            || new[] { "_rels/", "docProps/", "customXml/", own }.Any(folder => name.StartsWith(folder, StringComparison.Ordinal));
    }

    // Its first entry is named so, and is not compressed. Source: OpenDocument 1.3, part 2, 3.3.
    static ReadOnlySpan<byte> OpenDocumentType(ReadOnlySpan<byte> head) =>
        head.Length > 38 && head[30..].StartsWith("mimetype"u8) ? head[38..] : [];

    // What runs, and what another ending is for, is no text.
    static bool IsText(ReadOnlySpan<byte> head) => IsWide(head)
        ? IsWritten(head[2..], wide: true, head[0] == 0xFE) && !IsOther(head[2..])
        : IsWritten(head, wide: false) && !IsOther(head) && !Unspaced(head).StartsWith("%PDF-"u8);

    // Packed files, programs and pictures have letters that nobody writes; without saying that there are two bytes a letter, zeros too.
    static bool IsWritten(ReadOnlySpan<byte> head, bool wide, bool bigEndian = false)
    {
        for (var at = 0; at < head.Length - (wide ? 1 : 0); at += wide ? 2 : 1)
        {
            var letter = !wide ? head[at] : bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(head[at..])
                : BinaryPrimitives.ReadUInt16LittleEndian(head[at..]);
            // DOS ended a text with the last of these.
            if (letter < ' ' && letter is not ('\t' or '\n' or '\r' or '\f' or '\x1A'))
                return false;
        }
        return true;
    }

    // Programs of Windows, of Linux and for Java, scripts, packed files, Office's former format, pictures, sounds.
    static bool IsOther(ReadOnlySpan<byte> head) => head.StartsWith("MZ"u8) || head.StartsWith("\u007FELF"u8) || head.StartsWith("#!"u8)
        || IsZip(head) || head.StartsWith("Rar!"u8) || head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])
        || head.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF])
        || head.StartsWith((ReadOnlySpan<byte>)[0xCA, 0xFE, 0xBA, 0xBE])
        || head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])
        || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        || head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47])
        || head.StartsWith("GIF8"u8) || head.StartsWith("RIFF"u8);

    static bool IsWide(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);

    // Its first letter, behind what tells of its coding and of two bytes a letter the zero before it.
    static ReadOnlySpan<byte> Unspaced(ReadOnlySpan<byte> head) =>
        (IsWide(head) ? head[2..] : head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? head[3..] : head).TrimStart(" \t\r\n\0"u8);
}
