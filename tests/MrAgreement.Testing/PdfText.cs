using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace MrAgreement.Testing;

/// <summary>What a PDF of ours says, read back the way a screen reader's program does: glyphs by the file's own map of characters.</summary>
public sealed partial class PdfText
{
    readonly string file;
    readonly byte[] bytes;

    public PdfText(byte[] bytes)
    {
        (this.bytes, file) = (bytes, Encoding.Latin1.GetString(bytes));
        var fonts = Object().Matches(file).Where(it => it.Value.Contains("/Subtype /Type0", StringComparison.Ordinal)).ToDictionary(it => it.Groups[1].Value, it => Characters(Number(it.Value, "ToUnicode")));
        var names = FontName().Matches(file).ToDictionary(it => it.Groups[1].Value, it => fonts[it.Groups[2].Value]);
        Pages = [.. Object().Matches(file).Where(it => it.Value.Contains("/Type /Page ", StringComparison.Ordinal)).Select(page => Said(Stream(Number(page.Value, "Contents")), names))];
    }

    /// <summary>Each page's pieces of text, with a line break after each.</summary>
    public IReadOnlyList<string> Pages { get; }

    public string All => string.Concat(Pages);

    /// <summary>The objects that are no streams, as written.</summary>
    public string File => file;

    /// <summary>What the text's pieces are, each with its parts: Document(H1 L(LI(Lbl LBody)) P).</summary>
    public string Structure => Said(Number(Object().Matches(file).Single(it => it.Value.Contains("/Type /StructTreeRoot ", StringComparison.Ordinal)).Value, @"K \["));

    /// <summary>The font that is embedded under a name.</summary>
    public byte[] Font(string name) => Content(Number(Object().Matches(file).Single(it => Regex.IsMatch(it.Value, $@"/FontName /[A-Z]{{6}}\+{name} ")).Value, "FontFile2"));

    string Said(string element)
    {
        var it = Object().Matches(file).Single(found => found.Groups[1].Value == element).Value;
        var parts = Part().Matches(it[it.IndexOf("/K [", StringComparison.Ordinal)..]).Select(part => Said(part.Groups[1].Value)).ToList();
        return Role().Match(it).Groups[1].Value + (parts.Count == 0 ? "" : $"({string.Join(' ', parts)})");
    }

    static string Said(string content, Dictionary<string, Dictionary<string, string>> fonts)
    {
        var said = new StringBuilder();
        foreach (Match shown in Shown().Matches(content))
            said.Append(string.Concat(shown.Groups[2].Value.Chunk(4).Select(glyph => fonts[shown.Groups[1].Value][new string(glyph)]))).Append('\n');
        return said.ToString();
    }

    Dictionary<string, string> Characters(string number) => Mapped().Matches(Stream(number)).ToDictionary(it => it.Groups[1].Value, it => Encoding.BigEndianUnicode.GetString(Convert.FromHexString(it.Groups[2].Value)));

    static string Number(string text, string key) => Regex.Match(text, $"/{key} ?([0-9]+) 0 R").Groups[1].Value;

    string Stream(string number) => Encoding.ASCII.GetString(Content(number));

    byte[] Content(string number)
    {
        var start = file.IndexOf($"\n{number} 0 obj\n", StringComparison.Ordinal);
        var length = int.Parse(Regex.Match(file[start..], "/Length ([0-9]+)").Groups[1].Value, CultureInfo.InvariantCulture);
        start = file.IndexOf("stream\n", start, StringComparison.Ordinal) + "stream\n".Length;
        using var zlib = new ZLibStream(new MemoryStream(bytes, start, length), CompressionMode.Decompress);
        using var content = new MemoryStream();
        zlib.CopyTo(content);
        return content.ToArray();
    }

    [GeneratedRegex(@"\n([0-9]+) 0 obj\n<<[^\n]*")]
    private static partial Regex Object();

    [GeneratedRegex("/(Regular|Bold) ([0-9]+) 0 R")]
    private static partial Regex FontName();

    [GeneratedRegex("/(Regular|Bold) [0-9.]+ Tf [^<]*<([0-9A-F]+)> Tj")]
    private static partial Regex Shown();

    [GeneratedRegex("<([0-9A-F]{4})> <([0-9A-F]{4,8})>")]
    private static partial Regex Mapped();

    [GeneratedRegex("/Type /StructElem /S /([A-Za-z0-9]+)")]
    private static partial Regex Role();

    // The page that a piece of text stands on is no part of it.
    [GeneratedRegex("(?<!/Pg )(?<![0-9])([0-9]+) 0 R")]
    private static partial Regex Part();
}
