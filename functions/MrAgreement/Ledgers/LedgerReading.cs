using MrAgreement.Calendars;
using MrAgreement.Money;

namespace MrAgreement.Ledgers;

/// <summary>A ledger file being read: every voucher compared with what is
/// known, every row either counted or put down as not counted.</summary>
/// <param name="names">The file's name of an account; empty where it has none.</param>
/// <param name="types">The file's own word on an account (#KTYP: T, S, K, I); null where it has none.</param>
/// <param name="yearOf">The financial year that a date falls in.</param>
/// <param name="covered">The days that earlier files of the project cover.</param>
public sealed class LedgerReading(
    Project project, IReadOnlyList<AccountRange>? chosen, bool texts, ILedgerIntake intake, Func<string, string> names,
    Func<string, char?> types, Func<LocalDate, VoucherYear> yearOf,
    IReadOnlyList<DateSpan> covered)
{
    const int MostFaults = 100;
    const int MostDifferences = LedgerDecisions.MostEntries;

    readonly LedgerCount changes = new();
    readonly Dictionary<string, Account> accounts = [];
    readonly List<VoucherDifference> differences = [];
    readonly List<Fault> faults = [];
    readonly List<VoucherRow> own = [];

    // A file may have vouchers of the year before: what it covers of each year, by the year's first day.
    readonly SortedDictionary<LocalDate, DateSpan> covers = [];
    Kronor left = Kronor.Max;

    /// <summary>First and last day of the vouchers; null before the first one.</summary>
    public DateSpan? Covers => covers.Count == 0 ? null : new(covers.Values.Min(c => c.From), covers.Values.Max(c => c.To));

    public int Vouchers { get; private set; }
    public int Rows { get; private set; }

    /// <summary>Rows that do not carry the project.</summary>
    public int RowsForeign { get; private set; }

    /// <summary>Rows of vouchers that the file has twice.</summary>
    public int RowsRepeated { get; private set; }

    /// <summary>Vouchers that earlier files had just so, or that this one has had.</summary>
    public int Known { get; private set; }

    public IReadOnlyList<VoucherDifference> Differences => differences;
    public IReadOnlyList<LedgerTotal> Changes => changes.Totals;

    /// <summary>The accounts that carry the project, by number; whole when the file
    /// has been read to its end, where it may still say what an account is.</summary>
    public IReadOnlyList<Account> Accounts =>
        [.. accounts.Values.OrderBy(a => a.Number, StringComparer.Ordinal)
            .Select(a => a with { Name = names(a.Number), Kind = Account.KindOf(a.Number, types(a.Number), chosen) })];

    /// <summary>What can't be right; the file is then not taken in.</summary>
    public IReadOnlyList<Fault> Faults => faults;

    public async ValueTask Take(Voucher voucher)
    {
        Vouchers++;
        Rows += voucher.Rows.Count;
        var year = yearOf(voucher.Date);
        if (!covers.TryGetValue(year.From, out var days) || voucher.Date < days.From || voucher.Date > days.To)
            covers[year.From] = new(LocalDate.Min(days?.From ?? voucher.Date, voucher.Date),
                LocalDate.Max(days?.To ?? voucher.Date, voucher.Date));
        own.Clear();
        for (var i = 0; i < voucher.Rows.Count; i++)
            if (project.Carries(voucher.Rows[i]))
                own.Add(voucher.Rows[i]);
        var fate = await intake.Take(year, voucher, own, texts ? voucher.Text : null);
        switch (fate)
        {
            case VoucherFate.Twice:
                if (faults.Count < MostFaults)
                    faults.Add(Fault.OnLine(voucher.Line, "voucher-number-twice", ("series", voucher.Series), ("number", voucher.Number)));
                return;
            case VoucherFate.Repeated:
                (Known, RowsRepeated) = (Known + 1, RowsRepeated + voucher.Rows.Count);
                return;
            case VoucherFate.Same:
                Known++;
                break;
            case VoucherFate.Changed { Before: var before }:
                Differ(DifferenceKind.Changed, before.Totals, voucher);
                break;
            case VoucherFate.New when covered.Any(days => days.From <= voucher.Date && voucher.Date <= days.To):
                Differ(DifferenceKind.Added, [], voucher);
                break;
        }
        RowsForeign += voucher.Rows.Count - own.Count;
        foreach (var row in own)
        {
            if (row.Amount.Absolute > left)
            {
                // More than can be recorded: not a row is counted any more, and the file is not taken in.
                left = Kronor.Zero;
                if (faults.Count < MostFaults)
                    faults.Add(Fault.OnLine(voucher.Line, "amount-too-large", ("amount", row.Amount)));
                return;
            }
            left -= row.Amount.Absolute;
            ref var account = ref AccountOf(row.Account);
            account = account with { Amount = account.Amount + row.Amount, Rows = account.Rows + 1 };
            if (fate is not VoucherFate.Same)
                changes.Add(row);
        }
    }

    /// <summary>After the last voucher: lists those that earlier files had on the days that this one covers, and this one lacks.</summary>
    public async ValueTask Finish()
    {
        foreach (var days in covers.Values)
            foreach (var missing in await intake.Missing(days.From, days.To))
                if (differences.Count <= MostDifferences)
                    differences.Add(new(missing.Series, missing.Number, missing.Date, DifferenceKind.Missing, missing.Totals,
                        missing.Totals));
    }

    void Differ(DifferenceKind kind, IReadOnlyList<LedgerTotal> before, Voucher voucher)
    {
        foreach (var total in before)
        {
            AccountOf(total.Account);
            changes.Take(total);
        }
        if (differences.Count > MostDifferences)
            return;
        var after = new LedgerCount();
        foreach (var row in own)
            after.Add(row);
        differences.Add(new(voucher.Series, voucher.Number, voucher.Date, kind, before, after.Totals));
    }

    ref Account AccountOf(string number)
    {
        ref var account = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(accounts, number, out var known);
        if (!known)
            account = new(number, "", AccountKind.NotChosen, Kronor.Zero, 0);
        return ref account!;
    }
}
