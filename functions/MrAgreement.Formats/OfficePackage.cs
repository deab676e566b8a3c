using System.IO.Compression;
using System.Xml;

namespace MrAgreement.Formats;

/// <summary>What files of office programs (ISO/IEC 29500) have in common, whatever is in them.</summary>
static class OfficePackage
{
    static readonly DateTimeOffset stamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The same package without the time of its making, which every entry would keep.</summary>
    public static byte[] Timeless(MemoryStream file)
    {
        using var packed = new MemoryStream();
        using (var from = new ZipArchive(file, ZipArchiveMode.Read))
        using (var to = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var entry in from.Entries)
            {
                var copy = to.CreateEntry(entry.FullName, CompressionLevel.Optimal);
                copy.LastWriteTime = stamp;
                using var read = entry.Open();
                using var write = copy.Open();
                read.CopyTo(write);
            }
        return packed.ToArray();
    }

    /// <summary>A text without the characters that XML has no place for.</summary>
    public static string Written(string text)
    {
        var written = new System.Text.StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value))
                written.Append(rune);
        return written.ToString();
    }
}
