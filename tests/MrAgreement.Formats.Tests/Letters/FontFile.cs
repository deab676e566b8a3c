using System.Buffers.Binary;
using System.Text;
using MrAgreement.Formats.Letters;

namespace MrAgreement.Formats.Tests.Letters;

/// <summary>A TrueType font, taken apart.</summary>
sealed class FontFile(byte[] file)
{
    public static FontFile Whole(string name)
    {
        using var resource = typeof(LetterPdf).Assembly.GetManifestResourceStream($"Fonts/{name}.ttf")!;
        using var file = new MemoryStream();
        resource.CopyTo(file);
        return new(file.ToArray());
    }

    public byte[] Bytes => file;

    /// <summary>Each table's name, sum, place and length, as its directory tells.</summary>
    public IReadOnlyList<(string Name, uint Sum, int At, int Length)> Tables { get; } =
        [.. Enumerable.Range(0, Word(file, 4)).Select(i => 12 + 16 * i).Select(at => (Encoding.ASCII.GetString(file, at, 4), Long(file, at + 4), (int)Long(file, at + 8), (int)Long(file, at + 12)))];

    public int Glyphs => Word(file, Table("maxp") + 4);

    /// <summary>The numbers of the glyphs that have an outline.</summary>
    public IEnumerable<int> Drawn => Enumerable.Range(0, Glyphs).Where(glyph => Outline(glyph).Length > 0);

    public byte[] Outline(int glyph) => file[(Table("glyf") + Place(glyph))..(Table("glyf") + Place(glyph + 1))];

    public int Width(int glyph) => Word(file, Table("hmtx") + 4 * glyph);

    public uint Sum() => Sum(0, file.Length);

    /// <summary>A table's four-byte numbers, added up; its own length is filled up with noughts.</summary>
    public uint Sum(int at, int length) => Enumerable.Range(0, (length + 3) / 4).Aggregate(0u, (sum, i) => unchecked(sum + Long(file, at + 4 * i)));

    int Table(string name) => Tables.Single(table => table.Name == name).At;

    int Place(int glyph) => 2 * Word(file, Table("loca") + 2 * glyph);

    static int Word(byte[] file, int at) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));

    static uint Long(byte[] file, int at) => BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
}
