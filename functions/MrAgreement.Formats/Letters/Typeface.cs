using System.Buffers.Binary;
using System.Text;

namespace MrAgreement.Formats.Letters;

/// <summary>A TrueType font that ships with this library: which glyph a character
/// has and how wide it is. Source: ISO/IEC 14496-22 (OpenType).</summary>
sealed class Typeface
{
    static readonly Rune Replacement = new('\uFFFD');
    public static readonly Typeface Regular = new("OpenSans-Regular", 80);
    public static readonly Typeface Bold = new("OpenSans-Bold", 140);

    readonly byte[] file;
    readonly Dictionary<string, (int At, int Length)> tables = [];
    readonly Dictionary<int, ushort> glyphs = [];
    readonly int unitsPerEm;

    Typeface(string name, int stem)
    {
        (Name, Stem) = (name, stem);
        using var resource = typeof(Typeface).Assembly.GetManifestResourceStream($"Fonts/{name}.ttf")!;
        file = new byte[resource.Length];
        resource.ReadExactly(file);
        for (var i = 0; i < U16(4); i++)
            tables[Encoding.ASCII.GetString(file, 12 + 16 * i, 4)] = ((int)U32(12 + 16 * i + 8), (int)U32(12 + 16 * i + 12));
        unitsPerEm = U16(At("head") + 18);
        Widths = U16(At("hhea") + 34);
        Glyphs = U16(At("maxp") + 4);
        ReadGlyphs();
    }

    public string Name { get; }

    /// <summary>How many glyphs it has.</summary>
    public int Glyphs { get; }

    /// <summary>How many glyphs have a width of their own; those after them are as wide as the last of these.</summary>
    public int Widths { get; }

    /// <summary>How thick an upright is, in thousandths of the size.</summary>
    public int Stem { get; }

    public int Ascent => Thousandths(S16(At("hhea") + 4));
    public int Descent => Thousandths(S16(At("hhea") + 6));
    public int CapHeight => Thousandths(S16(At("OS/2") + 88));
    public IReadOnlyList<int> Box => [.. Enumerable.Range(0, 4).Select(i => Thousandths(S16(At("head") + 36 + 2 * i)))];

    public ReadOnlySpan<byte> Table(string tag) => file.AsSpan(At(tag), tables[tag].Length);

    /// <summary>How a glyph is drawn; empty when there is nothing to draw, as in a space.</summary>
    public ReadOnlySpan<byte> Outline(ushort glyph) => Table("glyf")[Place(glyph)..Place(glyph + 1)];

    /// <summary>The character, or the replacement character where the font has no glyph for it.</summary>
    public Rune Shown(Rune character) => glyphs.ContainsKey(character.Value) ? character : Replacement;

    public ushort Glyph(Rune character) => glyphs[Shown(character).Value];

    /// <summary>In thousandths of the size.</summary>
    public int Width(ushort glyph) => Thousandths(U16(At("hmtx") + 4 * Math.Min((int)glyph, Widths - 1)));

    public double Width(string text, double size) => text.EnumerateRunes().Sum(rune => Width(Glyph(rune))) * size / 1000;

    // The table of characters for Windows in Unicode, of format 4: runs of characters with a shift or an index each.
    void ReadGlyphs()
    {
        var cmap = At("cmap");
        var at = Enumerable.Range(0, U16(cmap + 2)).Select(i => cmap + 4 + 8 * i).First(i => (U16(i), U16(i + 2)) == (3, 1));
        at = cmap + (int)U32(at + 4);
        var doubled = U16(at + 6);
        var (ends, starts, shifts, offsets) = (at + 14, at + 16 + doubled, at + 16 + 2 * doubled, at + 16 + 3 * doubled);
        for (var run = 0; run < doubled; run += 2)
            for (int character = U16(starts + run); character <= U16(ends + run) && character < 0xFFFF; character++)
            {
                var offset = U16(offsets + run);
                var glyph = offset == 0 ? character : U16(offsets + run + offset + 2 * (character - U16(starts + run)));
                if (glyph != 0)
                    glyphs[character] = (ushort)(glyph + U16(shifts + run));
            }
    }

    // The outlines' places are in the short format: pairs of bytes.
    int Place(int glyph) => 2 * U16(At("loca") + 2 * glyph);

    int At(string tag) => tables[tag].At;

    int Thousandths(int units) => (int)Math.Round(units * 1000.0 / unitsPerEm);

    int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));
    int S16(int at) => BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(at));
    uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
}
