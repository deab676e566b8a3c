using System.Diagnostics;
using System.Globalization;
using System.Text;
using MrAgreement.Formats.Ledgers;
using MrAgreement.Money;

namespace MrAgreement.Benchmarks;

/// <summary>The year's vouchers of a very large ledger, read from a SIE file and summed up per project.</summary>
sealed record LedgerReading() : Benchmark("ledger", TimeSpan.FromMinutes(3))
{
    const int Vouchers = 500_000;
    const int RowsEach = 3;
    const int Projects = 400;
    const int Turns = 9;
    const double Megabyte = 1_000_000;

    static readonly Encoding cp437 = CodePagesEncodingProvider.Instance.GetEncoding(437)!;
    static readonly string[] texts = ["Lön mars", "Hyra mötesrum Älvsjö", "Resa, återbetalning", "Konsult utvärdering", "Trycksaker"];

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "ledger.se");
        var lines = Fill(file);
        var length = new FileInfo(file).Length;

        Func<Task<double>>[] variants =
        [
            () => Rounds.Milliseconds(1, () => Task.FromResult(Whole(Spend(file, withTexts: true, bound))), bound),
            () => Rounds.Milliseconds(1, () => Task.FromResult(Whole(Spend(file, withTexts: false, bound))), bound),
            () => Rounds.Milliseconds(1, () => Task.FromResult(Bare(file) == lines ? lines : throw new InvalidOperationException("Lines were lost.")), bound)
        ];
        await Rounds.InTurn(2, variants);
        if (await Rounds.InTurn(Turns, variants) is not [var withTexts, var withoutTexts, var bare])
            throw new UnreachableException();
        var peaks = Enumerable.Range(0, 3).Select(_ => Peak(file, bound)).ToList();
        var size = $"{length / Megabyte:0} MB, {Vouchers * RowsEach / 1e6:0.0} million rows";
        return
        [
            new($"ledger: {Vouchers:N0} vouchers read, time by decoding their lines", "", Rounds.Ratio(withTexts, bare), new(3, AtMost: true), $"{Rounds.Median(withTexts):0} ms by {Rounds.Median(bare):0} ms; {size}"),
            new("ledger: the same without texts", "", Rounds.Ratio(withoutTexts, bare), new(3, AtMost: true), $"{Rounds.Median(withoutTexts):0} ms by {Rounds.Median(bare):0} ms"),
            new("ledger: managed memory above idle, highest", " MB", peaks, new(100, AtMost: true), "what the collector has yet to take included")
        ];
    }

    /// <returns>How many lines it has.</returns>
    static int Fill(string file)
    {
        using var to = new StreamWriter(file, append: false, cp437, 1 << 16) { NewLine = "\r\n" };
        var lines = 0;
        foreach (var line in Lines())
        {
            to.WriteLine(line);
            lines++;
        }
        return lines;
    }

    static IEnumerable<string> Lines()
    {
        IEnumerable<string> heading = ["#FLAGGA 0", "#PROGRAM \"Exempel\" 1.0", "#FORMAT PC8", "#SIETYP 4", "#ORGNR 555555-5555", "#RAR 0 20150101 20151231", "#DIM 6 \"Projekt\""];
        foreach (var line in heading.Concat(Enumerable.Range(0, Projects).Select(n => Text($"#OBJEKT 6 \"P {n}\" \"Projekt {n}\""))))
            yield return line;
        for (var i = 0; i < Vouchers; i++)
        {
            var day = Text($"2015{1 + (i / 42_000):00}{1 + (i % 28):00}");
            var (project, whole, part, text) = (i % Projects, 1 + (i % 9973), i % 100, texts[i % texts.Length]);
            yield return Text($"#VER A {i + 1} {day} \"{text} {i}\" {day}");
            yield return "{";
            yield return Text($"   #TRANS {4000 + (i % 3000)} {{1 \"{i % 30}\" 6 \"P {project}\"}} {whole}.{part:00} {day} \"{text}\"");
            yield return Text($"   #TRANS 2640 {{}} 100.00 {day} \"{text} {i}\"");
            yield return Text($"   #TRANS 1930 {{}} -{whole + 100}.{part:00}");
            yield return "}";
        }
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    static Dictionary<string, Kronor> Spend(string file, bool withTexts, CancellationToken bound, Action<long>? read = null)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var reader = SieReader.Open(stream, withTexts, null, bound);
        var spend = new Dictionary<string, Kronor>();
        while (reader.Read(bound) is { } voucher)
        {
            foreach (var row in voucher.Rows)
                foreach (var it in row.Objects)
                    if (it.Dimension == 6)
                        spend[it.Code] = spend.GetValueOrDefault(it.Code) + row.Amount;
            read?.Invoke(reader.Vouchers);
        }
        return reader is { Errors.Total: 0, Vouchers: Vouchers, Rows: Vouchers * RowsEach } ? spend : throw new InvalidOperationException("The ledger was not read whole.");
    }

    static int Bare(string file)
    {
        using var lines = new StreamReader(file, cp437);
        var read = 0;
        while (lines.ReadLine() is not null)
            read++;
        return read;
    }

    /// <returns>Megabytes above what stood there before.</returns>
    static double Peak(string file, CancellationToken bound)
    {
        var (idle, most) = (GC.GetTotalMemory(forceFullCollection: true), 0L);
        Spend(file, withTexts: true, bound, vouchers =>
        {
            if (vouchers % 500 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
        });
        return (most - idle) / Megabyte;
    }

    static int Whole(Dictionary<string, Kronor> spend) => spend.Count == Projects ? Projects : throw new InvalidOperationException($"{spend.Count} projects were found, not {Projects}.");
}
