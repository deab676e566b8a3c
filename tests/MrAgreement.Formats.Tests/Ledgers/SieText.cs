using System.Text;
using MrAgreement.Formats.Ledgers;
using MrAgreement.Ledgers;
using NodaTime.Text;

namespace MrAgreement.Formats.Tests.Ledgers;

/// <summary>Ledger files to read: the project's own, and short ones written out in a test.</summary>
static class SieText
{
    static readonly Encoding cp437 = CodePagesEncodingProvider.Instance.GetEncoding(437)!;

    /// <summary>One file of the folder <c>Files</c>.</summary>
    public static byte[] File(string name)
    {
        using var resource = typeof(SieText).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Lines after a heading of the least that a file of type 4 has.</summary>
    public static byte[] Lines(params string[] lines) => cp437.GetBytes(string.Join("\r\n", ["#FLAGGA 0", "#FORMAT PC8", "#SIETYP 4", .. lines, ""]));

    /// <summary>A voucher of 3 February 2015 with rows given without their label.</summary>
    public static byte[] Rows(params string[] rows) =>
        Lines(["#VER A 7 20150203 \"Hyra\"", "{", .. rows.Select(row => row.StartsWith('#') ? row : $"#TRANS {row}"), "}"]);

    public static SieReader Reader(byte[] file, bool withTexts = true) =>
        SieReader.Open(new MemoryStream(file), withTexts, null, TestContext.Current.CancellationToken);

    /// <summary>Everything that can be read, and the reader at the end of the file.</summary>
    public static (IReadOnlyList<Voucher> Vouchers, SieReader Reader) Read(byte[] file, bool withTexts = true)
    {
        var reader = Reader(file, withTexts);
        var vouchers = new List<Voucher>();
        while (reader.Read(TestContext.Current.CancellationToken) is { } voucher)
            vouchers.Add(voucher);
        return (vouchers, reader);
    }

    /// <summary>The vouchers of a file that nothing is wrong with.</summary>
    public static IReadOnlyList<Voucher> Vouchers(byte[] file)
    {
        var (vouchers, reader) = Read(file);
        Assert.Empty(reader.Errors);
        return vouchers;
    }

    /// <summary>The one thing that is wrong with a file.</summary>
    public static Fault Error(byte[] file)
    {
        var error = Assert.Single(Read(file).Reader.Errors);
        Assert.NotNull(error.Line);
        return error;
    }

    /// <summary>The one thing to know about a file that nothing is wrong with.</summary>
    public static Fault Warning(byte[] file)
    {
        var reader = Read(file).Reader;
        Assert.Empty(reader.Errors);
        return Assert.Single(reader.Warnings);
    }

    /// <summary>What a fault says, as one line.</summary>
    public static string Said(this Fault fault) => $"{fault.Line} {fault.Rule} {string.Join(" ", fault.Values.Select(it => $"{it.Place}={(it.Value is LocalDate day ? LocalDatePattern.Iso.Format(day) : it.Value)}"))}".TrimEnd();
}
