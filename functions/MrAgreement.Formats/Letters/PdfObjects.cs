using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace MrAgreement.Formats.Letters;

/// <summary>The numbered objects of a PDF file. Source: ISO 32000-1 (PDF 1.7), 7.3 and 7.5.</summary>
sealed class PdfObjects
{
    readonly List<byte[]> objects = [];

    /// <summary>A number for an object that is told later.</summary>
    public int Reserve()
    {
        objects.Add([]);
        return objects.Count;
    }

    public int Add(string content) => Tell(Reserve(), content);

    public int Tell(int number, string content)
    {
        objects[number - 1] = Encoding.ASCII.GetBytes(content);
        return number;
    }

    /// <param name="dictionary">What its dictionary says besides length and filter.</param>
    public int AddStream(string dictionary, byte[] content) => AddRaw($"{dictionary} /Filter /FlateDecode", Deflated(content));

    public int AddRaw(string dictionary, byte[] content)
    {
        var number = Reserve();
        objects[number - 1] = [.. Encoding.ASCII.GetBytes(Invariant($"<< {dictionary} /Length {content.Length} >>\nstream\n")), .. content,
            .. "\nendstream"u8];
        return number;
    }

    /// <summary>The whole file. Its identifier follows from its content, so the same objects are always the same bytes.</summary>
    public byte[] File(int catalogue, int information)
    {
        using var file = new MemoryStream();
        // The second line tells programs that the file is binary.
        file.Write([.. "%PDF-1.7\n%"u8, 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
        var starts = new List<long>();
        for (var number = 1; number <= objects.Count; number++)
        {
            starts.Add(file.Length);
            file.Write([.. Encoding.ASCII.GetBytes(Invariant($"{number} 0 obj\n")), .. objects[number - 1], .. "\nendobj\n"u8]);
        }
        var id = Convert.ToHexString(SHA256.HashData(file.ToArray()).AsSpan(0, 16));
        var references = file.Length;
        var tail = new StringBuilder(Invariant($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n"));
        foreach (var start in starts)
            tail.Append(Invariant($"{start:0000000000} 00000 n \n"));
        tail.Append(Invariant($"trailer\n<< /Size {objects.Count + 1} /Root {catalogue} 0 R /Info {information} 0 R /ID [<{id}> <{id}>] >>\nstartxref\n{references}\n%%EOF\n"));
        file.Write(Encoding.ASCII.GetBytes(tail.ToString()));
        return file.ToArray();
    }

    /// <summary>A text string in any script.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public static byte[] Deflated(byte[] content)
    {
        using var deflated = new MemoryStream();
        using (var zlib = new ZLibStream(deflated, CompressionLevel.Optimal))
            zlib.Write(content);
        return deflated.ToArray();
    }
}
