using System.Collections.Immutable;
using MrAgreement.EventSourcing;
using MrAgreement.Money;
using NodaTime;
using Period = MrAgreement.Agreements.Period;

namespace MrAgreement.Ledgers;

/// <summary>The project's part of the recipient's ledger, as the imports have brought it in.</summary>
public sealed record Ledger
{
    public static readonly Ledger None = new();

    public ImmutableList<LedgerImport> Imports { get; init; } = [];

    /// <summary>Every account that has carried the project, by number; the last import's word counts.</summary>
    public ImmutableSortedDictionary<string, Account> Accounts { get; init; } = ImmutableSortedDictionary<string, Account>.Empty;

    /// <summary>All costs within the eligible period, when the terms have one.</summary>
    public Kronor Costs { get; init; }

    /// <summary>The import of the same file for the same project and accounts; null when there is none.</summary>
    public LedgerImported? Same(Sha256 file, Project project, IReadOnlyList<AccountRange>? chosen) =>
        Imports.Find(i => i.Read.File == file && i.Read.Project == project && Text(i.Read.Chosen) == Text(chosen))?.Read;

    /// <summary>How many rows of the project count, by the sums that the imports brought.</summary>
    public int Rows(RowSearch search) => Found(search).Sum(t => t.Rows);

    /// <summary>What those rows come to; debit positive.</summary>
    public Kronor Amount(RowSearch search) => Found(search).Sum(t => t.Amount);

    /// <summary>Sums by account and day on accounts of a kind; a day and an account may come several times, once for each import that changed them.</summary>
    public IEnumerable<LedgerTotal> Of(AccountKind kind) => Imports.SelectMany(i => i.Read.Changes).Where(total => Accounts[total.Account].Kind == kind);

    /// <summary>Costs up to and including a day; those outside the eligible period, when there is one, do not count.</summary>
    public Kronor CostsUntil(LocalDate day, Period? eligible) => Of(AccountKind.Cost).Where(t => t.Date <= day && IsEligible(t.Date, eligible)).Sum(t => t.Amount);

    /// <summary>Closing balance of the project on the liability accounts in the last import of the fiscal year; credit negative. Null when no file tells.</summary>
    public (Kronor Amount, LedgerImported Source)? Liability
    {
        get
        {
            var last = Imports.Select(i => i.Read).MaxBy(read => (read.FiscalYear.To, read.Covers.To));
            return last is null || last.Closing.Count == 0 ? null : (last.Closing.Sum(c => c.Amount), last);
        }
    }

    public static bool IsEligible(LocalDate day, Period? eligible) => eligible is null || (day >= eligible.From && day <= eligible.To);

    internal static Ledger Evolve(Ledger it, LedgerImported happened, Period? eligible, Recorded recorded)
    {
        var after = it with
        {
            Imports = it.Imports.Add(new(happened, recorded.By, recorded.At, recorded.Sequence)),
            Accounts = it.Accounts.SetItems(happened.Accounts.ToDictionary(a => a.Number))
        };
        return after with { Costs = after.CostsUntil(LocalDate.MaxIsoValue, eligible) };
    }

    IEnumerable<LedgerTotal> Found(RowSearch search) => Imports.SelectMany(i => i.Read.Changes)
        .Where(t => t.Date >= search.From && t.Date <= search.To && (search.Accounts is null || search.Accounts.Contains(t.Account)));

    static string Text(IReadOnlyList<AccountRange>? ranges) => ranges is null ? "" : string.Join(',', ranges);
}

/// <summary>An import in the log.</summary>
public sealed record LedgerImport(LedgerImported Read, PersonId By, Instant At, long Touched);
