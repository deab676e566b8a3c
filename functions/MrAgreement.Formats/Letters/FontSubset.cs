using System.Buffers.Binary;
using System.Text;

namespace MrAgreement.Formats.Letters;

/// <summary>A typeface's file with the outlines of some glyphs only, each under its number in the whole.
/// Source: ISO/IEC 14496-22 (OpenType); what a PDF needs of it: ISO 32000-1, 9.9.</summary>
static class FontSubset
{
    // A font's directory is in this order.
    static readonly string[] needed = ["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"];

    /// <summary>The same glyphs are always the same bytes.</summary>
    public static byte[] Of(Typeface face, IEnumerable<ushort> glyphs)
    {
        var kept = new HashSet<ushort>();
        // The first glyph stands for what a font does not have.
        foreach (var glyph in glyphs.Prepend((ushort)0))
            Keep(glyph, face, kept);
        var (outlines, places) = Outlines(face, kept);
        return File([.. needed.Select(tag => tag switch
        {
            "glyf" => outlines,
            "loca" => places,
            "hmtx" => Widths(face, kept),
            _ => face.Table(tag).ToArray()
        })]);
    }

    // An å is a glyph that is made of two others.
    static void Keep(ushort glyph, Typeface face, HashSet<ushort> kept)
    {
        var outline = face.Outline(glyph);
        if (!kept.Add(glyph) || outline.IsEmpty || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
            return;
        for (int at = 10, more = 1; more != 0;)
        {
            var flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            Keep(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]), face, kept);
            var scale = (flags & 0x08) != 0 ? 2 : (flags & 0x40) != 0 ? 4 : (flags & 0x80) != 0 ? 8 : 0;
            at += ((flags & 0x01) != 0 ? 8 : 6) + scale;
            more = flags & 0x20;
        }
    }

    // Each outline begins where the one before it ends, counted in pairs of bytes.
    static (byte[] Outlines, byte[] Places) Outlines(Typeface face, HashSet<ushort> kept)
    {
        using var outlines = new MemoryStream();
        var places = new byte[2 * (face.Glyphs + 1)];
        for (ushort glyph = 0; glyph < face.Glyphs; glyph++)
        {
            if (kept.Contains(glyph))
                outlines.Write(face.Outline(glyph));
            BinaryPrimitives.WriteUInt16BigEndian(places.AsSpan(2 * (glyph + 1)), (ushort)(outlines.Length / 2));
        }
        return (outlines.ToArray(), places);
    }

    // What is not drawn needs no width: noughts take next to no room. The last one is shared.
    static byte[] Widths(Typeface face, HashSet<ushort> kept)
    {
        var widths = face.Table("hmtx").ToArray();
        for (ushort glyph = 0; glyph < face.Widths - 1; glyph++)
            if (!kept.Contains(glyph))
                widths.AsSpan(4 * glyph, 4).Clear();
        return widths;
    }

    static byte[] File(IReadOnlyList<byte[]> tables)
    {
        var at = 12 + 16 * tables.Count;
        var file = new byte[at + tables.Sum(table => Padded(table.Length))];
        var whole = 0;
        // The version, and what helps to search the directory by halves.
        ReadOnlySpan<ushort> start = [1, 0, (ushort)tables.Count, 128, 3, (ushort)(16 * tables.Count - 128)];
        for (var i = 0; i < start.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(2 * i), start[i]);
        foreach (var (i, table) in tables.Index())
        {
            table.CopyTo(file, at);
            if (needed[i] == "head")
                Write(file, whole = at + 8, 0);
            var entry = 12 + 16 * i;
            Encoding.ASCII.GetBytes(needed[i], file.AsSpan(entry));
            Write(file, entry + 4, Sum(file.AsSpan(at, Padded(table.Length))));
            Write(file, entry + 8, (uint)at);
            Write(file, entry + 12, (uint)table.Length);
            at += Padded(table.Length);
        }
        // With this the whole file comes to a sum that is the same for every font.
        Write(file, whole, 0xB1B0AFBA - Sum(file));
        return file;
    }

    static int Padded(int length) => (length + 3) / 4 * 4;

    static uint Sum(ReadOnlySpan<byte> words)
    {
        var sum = 0u;
        for (; !words.IsEmpty; words = words[4..])
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(words));
        return sum;
    }

    static void Write(byte[] file, int at, uint value) => BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at), value);
}
