using System.Collections.Immutable;
using MrAgreement.Calendars;
using MrAgreement.Money;

namespace MrAgreement.Ledgers;

/// <summary>The project's part of the recipient's ledger, as the imports have brought it in.</summary>
public sealed record Ledger
{
    public static readonly Ledger None = new();

    public ImmutableList<LedgerImport> Imports { get; init; } = [];

    /// <summary>Every account that has carried the project, by number; the last import's word counts.</summary>
    public ImmutableSortedDictionary<string, Account> Accounts { get; init; } = ImmutableSortedDictionary<string, Account>.Empty;

    /// <summary>By account, over all imports.</summary>
    public ImmutableDictionary<string, AccountSums> Sums { get; init; } = ImmutableDictionary<string, AccountSums>.Empty;

    /// <summary>All costs within the eligible period, when the terms have one.</summary>
    public Kronor Costs { get; init; }

    /// <summary>
    /// The import of the same file for the same project and accounts; null when there
    /// is none, when other accounts have been chosen for the project since, or when
    /// texts are asked for that it did not keep.
    /// </summary>
    public LedgerImported? Same(Sha256 file, Project project, IReadOnlyList<AccountRange>? chosen, bool texts)
    {
        bool Chose(LedgerImport import) => Text(import.Read.Chosen) == Text(chosen);
        return Imports.FindLast(i => i.Read.Project == project) is { } last && Chose(last)
            ? Imports.FindLast(i => i.Read.File == file && i.Read.Project == project && Chose(i) && (i.Read.Texts || !texts))?.Read
            : null;
    }

    /// <summary>How many rows of the project count, by the sums that the imports brought.</summary>
    public int Rows(RowSearch search) => Found(search).Sum(t => t.Rows);

    /// <summary>What those rows come to; debit positive.</summary>
    public Kronor Amount(RowSearch search) => Found(search).Sum(t => t.Amount);

    /// <summary>What accounts of a kind come to from one day to another, both included.</summary>
    public Kronor Sum(AccountKind kind, LocalDate from, LocalDate to) => Of(kind).Sum(a => a.Sums.Between(from, to));

    /// <summary>The same by account and calendar year; what comes to nothing is left out.</summary>
    public IEnumerable<(string Account, int Year, Kronor Amount)> ByYear(AccountKind kind, LocalDate from, LocalDate to)
    {
        foreach (var (account, sums) in Of(kind))
            if (sums.Days is { } days)
                for (var year = Math.Max(from.Year, days.First.Year); year <= Math.Min(to.Year, days.Last.Year); year++)
                    if (sums.Between(LocalDate.Max(from, new(year, 1, 1)),
                        LocalDate.Min(to, new(year, 12, 31))) is { IsZero: false } amount)
                        yield return (account, year, amount);
    }

    /// <summary>Costs up to and including a day; those outside the eligible period, when there is one, do not count.</summary>
    public Kronor CostsUntil(LocalDate day, DateSpan? eligible) =>
        Sum(AccountKind.Cost, eligible?.From ?? LocalDate.MinIsoValue, eligible is null ? day : LocalDate.Min(day, eligible.To));

    /// <summary>Costs on days outside a period.</summary>
    public Kronor CostsOutside(DateSpan period) => CostsUntil(LocalDate.MaxIsoValue, null) - CostsUntil(LocalDate.MaxIsoValue, period);

    /// <summary>Costs within one period on days outside another.</summary>
    public Kronor CostsOutside(DateSpan within, DateSpan period) =>
        Sum(AccountKind.Cost, within.From, within.To)
        - Sum(AccountKind.Cost, LocalDate.Max(within.From, period.From), LocalDate.Min(within.To, period.To));

    /// <summary>Costs on an account.</summary>
    public Kronor CostsOn(string account) =>
        Accounts.GetValueOrDefault(account)?.Kind == AccountKind.Cost && Sums.TryGetValue(account, out var sums)
            ? sums.Between(LocalDate.MinIsoValue, LocalDate.MaxIsoValue)
            : Kronor.Zero;

    /// <summary>
    /// Closing balance on the liability accounts of the last financial year that was
    /// over on a day, by the last file of that year for each project; credit negative.
    /// Null when no file tells.
    /// </summary>
    public (Kronor Amount, LocalDate Day, IReadOnlyList<LedgerImported> Sources)? LiabilityOn(LocalDate day)
    {
        var over = Imports.Select(i => i.Read).Where(read => read.FinancialYear.To <= day).ToList();
        if (over.Count == 0)
            return null;
        var end = over.Max(read => read.FinancialYear.To);
        // Of two that reach as far the later one: the sort keeps their order.
        List<LedgerImported> last = [.. over.Where(read => read.FinancialYear.To == end).GroupBy(read => read.Project)
            .Select(of => of.OrderBy(read => read.Covers.To).Last()).Where(read => read.Closing.Count > 0)];
        return last.Count == 0 ? null : (last.SelectMany(read => read.Closing).Sum(c => c.Amount), end, last);
    }

    /// <summary>The last day that anything was booked on; none when nothing was.</summary>
    public IEnumerable<LocalDate> LastBookedOn => Imports.SelectMany(i => i.Read.Changes).Select(t => t.Date).OrderDescending().Take(1);

    /// <summary>All that was ever added or taken away on any account, one way or the other.</summary>
    public Kronor Moved => Imports.SelectMany(i => i.Read.Changes).Sum(t => t.Amount.Absolute);

    internal static Ledger Evolve(Ledger it, LedgerImported happened, DateSpan? eligible, Recorded recorded) =>
        With(it, new(happened, recorded.By, recorded.At, recorded.Sequence), eligible);

    /// <summary>As if a file had never been there: made of what those that remain bring by themselves.</summary>
    internal static Ledger Without(Ledger it, LedgerImportWithdrawn happened, DateSpan? eligible, Recorded recorded) => it.Imports
        .Where(i => i.Read.Import != happened.Import)
        .Select(i => happened.Reckoned.FirstOrDefault(r => r.Import == i.Read.Import) is { } reckoned
            ? i with { Read = reckoned.In(i.Read), ReckonedAt = recorded.Sequence }
            : i)
        .Aggregate(None, (ledger, import) => With(ledger, import, eligible));

    static Ledger With(Ledger it, LedgerImport import, DateSpan? eligible)
    {
        var happened = import.Read;
        var after = it with
        {
            Imports = it.Imports.Add(import),
            Accounts = it.Accounts.SetItems(happened.Accounts.ToDictionary(a => a.Number)),
            Sums = it.Sums.SetItems(happened.Changes.GroupBy(t => t.Account)
                .ToDictionary(of => of.Key, of => it.Sums.GetValueOrDefault(of.Key, AccountSums.None).With(of)))
        };
        return after with { Costs = after.CostsUntil(LocalDate.MaxIsoValue, eligible) };
    }

    IEnumerable<(string Account, AccountSums Sums)> Of(AccountKind kind) =>
        Accounts.Values.Where(a => a.Kind == kind && Sums.ContainsKey(a.Number)).Select(a => (a.Number, Sums[a.Number]));

    IEnumerable<LedgerTotal> Found(RowSearch search) => Imports.SelectMany(i => i.Read.Changes)
        .Where(t => t.Date >= search.From && t.Date <= search.To && (search.Accounts is null || search.Accounts.Contains(t.Account)));

    static string Text(IReadOnlyList<AccountRange>? ranges) => ranges is null ? "" : string.Join(',', ranges);
}

/// <summary>An import in the log.</summary>
public sealed record LedgerImport(LedgerImported Read, PersonId By, Instant At, long Touched)
{
    /// <summary>Place in the log where it was reckoned anew, since a file before it was withdrawn; null for never.</summary>
    public long? ReckonedAt { get; init; }
}
