using System.Security.Cryptography;
using System.Text;
using static MrAgreement.Formats.Letters.PdfObjects;

namespace MrAgreement.Formats.Letters;

/// <summary>A typeface in one PDF file: embedded as far as it is used, its glyphs numbered as in
/// the whole font and translated back to text. Source: ISO 32000-1, 9.6.4, 9.7 and 9.10.</summary>
/// <param name="Key">Its name in the pages' resources.</param>
sealed record PdfFont(string Key, Typeface Face)
{
    readonly SortedDictionary<ushort, Rune> used = [];

    /// <summary>The text as glyph numbers, to be shown.</summary>
    public string Shown(string text)
    {
        var shown = new StringBuilder("<");
        foreach (var rune in text.EnumerateRunes())
        {
            var glyph = Face.Glyph(rune);
            // Several characters may share a glyph, as spaces do; the first by number is read.
            var character = Face.Shown(rune);
            used[glyph] = used.TryGetValue(glyph, out var known) && known < character ? known : character;
            shown.Append(Invariant($"{glyph:X4}"));
        }
        return shown.Append('>').ToString();
    }

    public int AddTo(PdfObjects file)
    {
        var subset = FontSubset.Of(Face, used.Keys);
        // Six letters before the name tell that not the whole font is there, and one part of it from another.
        var name = $"{string.Concat(SHA256.HashData(subset).Take(6).Select(it => (char)('A' + it % 26)))}+{Face.Name}";
        var program = file.AddStream(Invariant($"/Length1 {subset.Length}"), subset);
        var descriptor = file.Add(Invariant(
            $"<< /Type /FontDescriptor /FontName /{name} /Flags 32 /FontBBox [{string.Join(' ', Face.Box)}] /ItalicAngle 0 /Ascent {Face.Ascent} /Descent {Face.Descent} /CapHeight {Face.CapHeight} /StemV {Face.Stem} /FontFile2 {program} 0 R >>"));
        var widths = string.Join(' ', used.Keys.Select(glyph => Invariant($"{glyph} [{Face.Width(glyph)}]")));
        var glyphs = file.Add(Invariant(
            $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R /W [{widths}] /CIDToGIDMap /Identity >>"));
        var characters = file.AddStream("", Encoding.ASCII.GetBytes(Characters()));
        return file.Add(Invariant($"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{glyphs} 0 R] /ToUnicode {characters} 0 R >>"));
    }

    string Characters()
    {
        var map = new StringBuilder("""
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange

            """);
        // At most a hundred in one go.
        foreach (var some in used.Chunk(100))
        {
            map.Append(Invariant($"{some.Length} beginbfchar\n"));
            foreach (var (glyph, rune) in some)
                map.Append(Invariant($"<{glyph:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(rune.ToString()))}>\n"));
            map.Append("endbfchar\n");
        }
        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend").ToString();
    }
}
