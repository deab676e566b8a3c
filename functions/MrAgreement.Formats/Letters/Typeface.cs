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

    readonly Dictionary<string, int> tables = [];
    readonly Dictionary<int, ushort> glyphs = [];
    readonly int unitsPerEm;
    readonly int metrics;

    Typeface(string name, int stem)
    {
        (Name, Stem) = (name, stem);
        using var resource = typeof(Typeface).Assembly.GetManifestResourceStream($"Fonts/{name}.ttf")!;
        File = new byte[resource.Length];
        resource.ReadExactly(File);
        for (var i = 0; i < U16(4); i++)
            tables[Encoding.ASCII.GetString(File, 12 + 16 * i, 4)] = (int)U32(12 + 16 * i + 8);
        unitsPerEm = U16(tables["head"] + 18);
        metrics = U16(tables["hhea"] + 34);
        ReadGlyphs();
    }

    public string Name { get; }

    /// <summary>The whole font file.</summary>
    public byte[] File { get; }

    /// <summary>How thick an upright is, in thousandths of the size.</summary>
    public int Stem { get; }

    public int Ascent => Thousandths(S16(tables["hhea"] + 4));
    public int Descent => Thousandths(S16(tables["hhea"] + 6));
    public int CapHeight => Thousandths(S16(tables["OS/2"] + 88));
    public IReadOnlyList<int> Box => [.. Enumerable.Range(0, 4).Select(i => Thousandths(S16(tables["head"] + 36 + 2 * i)))];

    /// <summary>The character, or the replacement character where the font has no glyph for it.</summary>
    public Rune Shown(Rune character) => glyphs.ContainsKey(character.Value) ? character : Replacement;

    public ushort Glyph(Rune character) => glyphs[Shown(character).Value];

    /// <summary>In thousandths of the size.</summary>
    public int Width(ushort glyph) => Thousandths(U16(tables["hmtx"] + 4 * Math.Min((int)glyph, metrics - 1)));

    public double Width(string text, double size) => text.EnumerateRunes().Sum(rune => Width(Glyph(rune))) * size / 1000;

    // The table of characters for Windows in Unicode, of format 4: runs of characters with a shift or an index each.
    void ReadGlyphs()
    {
        var cmap = tables["cmap"];
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

    int Thousandths(int units) => (int)Math.Round(units * 1000.0 / unitsPerEm);

    int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(File.AsSpan(at));
    int S16(int at) => BinaryPrimitives.ReadInt16BigEndian(File.AsSpan(at));
    uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(File.AsSpan(at));
}
