using MrAgreement.Money;

namespace MrAgreement.Grants;

/// <summary>A year's allocations and attested reports put together (sammanställning): the same
/// money by category, by appropriation and by party, in the order of the allocations.</summary>
/// <param name="NotReported">Parties that were allocated something and have no report that counts.</param>
/// <param name="Entries">What the sums are made of.</param>
public sealed record Compilation(
    int Year, IReadOnlyList<Compiled<string>> ByCategory, IReadOnlyList<Compiled<Appropriation?>> ByAppropriation,
    IReadOnlyList<Compiled<string>> ByParty,
    Kronor Allocated, Kronor Spent, IReadOnlyList<string> NotReported, IReadOnlyList<CompiledEntry> Entries)
{
    public static Compilation Of(Grant it, int year)
    {
        var reports = it.CountedReports.Where(r => r.Year == year).ToList();
        var all = it.Allocations.Where(a => a.Made.Year == year)
            .SelectMany(a => a.Made.Parts.Select(part =>
            new CompiledEntry(a.Number, null, part.Party, a.Made.Category ?? CategoryMap.Unassigned, a.Made.Appropriation, part.Amount,
            Kronor.Zero)))
            .Concat(reports.SelectMany(r =>
            r.Prepared.Lines.Select(line =>
            new CompiledEntry(null, r.Number, r.Party, line.Category, line.Appropriation, Kronor.Zero, line.Amount))))
            .ToList();
        var parties = By(all, entry => entry.Party);
        return new(year, By(all, entry => entry.Category), By(all, entry => entry.Appropriation), parties, all.Sum(e => e.Allocated),
            all.Sum(e => e.Spent),
            [.. parties.Where(p => p.Allocated.IsPositive && reports.TrueForAll(r => r.Party != p.Of)).Select(p => p.Of)], all);
    }

    /// <summary>The year that is to be reported on a day: the last that is over and has
    /// something allocated or reported, else the one that runs; null for none.</summary>
    public static int? YearOn(Grant it, LocalDate day) =>
        Years(it).Where(year => year < day.Year).Select(year => (int?)year).LastOrDefault()
            ?? (Years(it).Contains(day.Year) ? day.Year : null);

    /// <summary>Those with something allocated or reported, in order.</summary>
    public static IReadOnlyList<int> Years(Grant it) =>
        [.. it.Allocations.Select(a => a.Made.Year).Concat(it.CountedReports.Select(r => r.Year)).Distinct().Order()];

    static List<Compiled<T>> By<T>(IEnumerable<CompiledEntry> all, Func<CompiledEntry, T> of) =>
        [.. all.GroupBy(of).Select(same => new Compiled<T>(same.Key, same.Sum(e => e.Allocated), same.Sum(e => e.Spent)))];
}

/// <summary>A part of an allocation, or a line of a report that counts.</summary>
/// <param name="Allocation">Number of the allocation; null for a report's line.</param>
/// <param name="Report">Number of the report; null for an allocation's part.</param>
public sealed record CompiledEntry(int? Allocation, int? Report, string Party, string Category, Appropriation? Appropriation,
    Kronor Allocated, Kronor Spent);

/// <param name="Of">The category, appropriation or party; null for what has no appropriation.</param>
public sealed record Compiled<T>(T Of, Kronor Allocated, Kronor Spent)
{
    /// <summary>Negative when more was spent than allocated.</summary>
    public Kronor Left => Allocated - Spent;
}
