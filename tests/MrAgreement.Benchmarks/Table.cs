namespace MrAgreement.Benchmarks;

/// <summary>What was measured, as a table in Markdown.</summary>
static class Table
{
    public static void Write(TextWriter to, IReadOnlyList<Measure> measured)
    {
        to.WriteLine("| measured | min | median | max | asked | met | absolute, on this machine |");
        to.WriteLine("|---|---:|---:|---:|---:|---|---|");
        foreach (var it in measured)
            to.WriteLine($"| {it.What} | {Number(it, it.Values.DefaultIfEmpty().Min())} | {Number(it, it.Median)} | {Number(it, it.Values.DefaultIfEmpty().Max())} | {Asked(it)} | {Met(it)} | {it.Note} |");
    }

    static string Asked(Measure it) => it.Asked is { } asked ? $"{asked}{it.Unit}" : "–";

    static string Met(Measure it) => it.Asked is not { } asked ? "–" : asked.Holds(it.Median) ? "yes" : "NO";

    static string Number(Measure it, double value) => it.Values.Count == 0 ? "–" : $"{(Math.Abs(value) >= 100 ? Math.Round(value) : Math.Round(value, 2))}{it.Unit}";
}
