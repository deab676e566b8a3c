using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using NodaTime.Text;

namespace MrAgreement.Reconciliations;

/// <summary>Checks of the imported ledger: that all of it came through, and that it agrees with the rest.</summary>
static class LedgerChecks
{
    public static IEnumerable<Check> Of(Dossier it, LocalDate today) =>
        All(it, today).Select(check => check.Unless(isMissing: it.Grant.Ledger.Imports.Count == 0));

    static IEnumerable<Check> All(Dossier it, LocalDate today)
    {
        var (grant, ledger) = (it.Grant, it.Grant.Ledger);
        yield return EveryRow(ledger);
        yield return Unchanged(ledger);
        yield return CountedOnce(ledger);
        yield return ToldOnce(grant, _ => true);
        yield return AccountsMapped(grant);
        yield return InPeriod(it);
        yield return Eligible(grant);
        yield return Liability(grant, today);
        yield return Overhead(grant);
    }

    // Rows of the project, of others, and of vouchers that the file has twice: together all that the file has.
    static Check EveryRow(Ledger it) =>
        Check.None("every-row-accounted-for",
            [.. it.Imports.Select(i => i.Read).Where(read => read.RowsForeign < 0 || Counted(read) != read.Rows).Select(read => read.Name)],
            Sources(it));

    static int Counted(LedgerImported read) => read.Accounts.Sum(a => a.Rows) + read.RowsForeign + read.RowsRepeated;

    // What has only come to days that were covered is worth a look; what was otherwise, or is gone, does not agree.
    static Check Unchanged(Ledger it)
    {
        var found = it.Imports.SelectMany(i => i.Read.Differences).Where(d => !IsDoubtful(d)).ToList();
        return Check.None("vouchers-unchanged", [.. found.Select(Named)], Sources(it),
            found.TrueForAll(d => d.Kind == DifferenceKind.Added) ? Outcome.Warning : Outcome.Error,
            [.. found.Select(Told)]);
    }

    // Without a number nothing tells whether a voucher is gone or corrected: corrected, both the old and the new one count.
    static Check CountedOnce(Ledger it)
    {
        var found = it.Imports.SelectMany(i => i.Read.Differences).Where(IsDoubtful).ToList();
        return Check.None("vouchers-counted-once", [.. found.Select(Named)], Sources(it), entries: [.. found.Select(Told)]);
    }

    static bool IsDoubtful(VoucherDifference it) => it is { Kind: DifferenceKind.Missing, Number: "" };

    // Part of what a waiver covers: never written otherwise.
    static string Named(VoucherDifference it) =>
        string.Join(' ', Told(it).Select(part => part is LocalDate day ? LocalDatePattern.Iso.Format(day) : part));

    static IReadOnlyList<object> Told(VoucherDifference it) =>
        it.Number.Length > 0 ? [$"{it.Series} {it.Number}".Trim()] : [it.Date, it.After.Where(t => t.Amount.IsPositive).Sum(t => t.Amount)];

    /// <summary>
    /// An accrual moves a cost from one period to another. One that no other takes back
    /// adds a cost, and where the ledger has costs of the same days it may be the same one.
    /// </summary>
    /// <param name="concerns">Which adjustments to look at, by their numbers.</param>
    internal static Check ToldOnce(Grant it, Func<int, bool> concerns)
    {
        const string rule = "costs-told-once";
        var accruals = it.Attested.Where(a => a.Kind == AdjustmentKind.Accrual).ToList();
        if (accruals.Count == 0 || it.Ledger.Imports.Count == 0 || it.CostsAreReported)
            return Check.NothingYet(rule);
        var back = accruals.Where(a => a.Amount.IsNegative).Select(a => -a.Amount).ToList();
        var added = accruals.FindAll(a => a.Amount.IsPositive && !back.Remove(a.Amount) && concerns(a.Number) && !Booked(a.Period).IsZero);
        var check = Check.None(rule, [.. added.Select(a => $"{a.Number}")],
            [.. added.Select(a => Source.Of("adjustment", a.Number)), .. Sources(it.Ledger)], Outcome.Warning);
        return added.Count == 0 ? check : check with
        {
            Values = [.. check.Values, ("adjusted", added.Sum(a => a.Amount)),
                ("booked", added.Select(a => a.Period).Distinct().Sum(Booked))],
            Found = Check.HashOf([.. added.Select(a => $"{a.Number} {a.Amount} {Booked(a.Period)}")])
        };

        Kronor Booked(DateSpan days) => it.Ledger.Sum(AccountKind.Cost, days.From, days.To);
    }

    static Check AccountsMapped(Grant it)
    {
        const string rule = "accounts-mapped";
        return it.Categories.Lines.Count == 0
            ? Check.NothingYet(rule)
            : Check.None(rule, [.. it.Ledger.Accounts.Values.Where(a => a.Kind == AccountKind.Cost
            && it.Categories.Of(a.Number) == CategoryMap.Unassigned).Select(a => a.Number)], Sources(it.Ledger), Outcome.Warning);
    }

    static Check InPeriod(Dossier it)
    {
        var period = it.Agreement.Terms.Period;
        var outside = it.Grant.Ledger.CostsOutside(period);
        return Check.Equal("costs-in-period", Kronor.Zero, outside, Sources(it.Grant.Ledger), Outcome.Warning, ("from", period.From),
            ("to", period.To));
    }

    static Check Eligible(Grant it)
    {
        const string rule = "costs-eligible";
        if (it.Terms?.Eligible is not { } eligible)
            return Check.NotInTerms(rule);
        var outside = it.Ledger.CostsOutside(eligible);
        return Check.Equal(rule, Kronor.Zero, outside, Sources(it.Ledger), Outcome.Error, ("from", eligible.From), ("to", eligible.To));
    }

    // At the turn of the financial year what is unspent rests on a liability account, on its credit side; while the year runs it need not.
    static Check Liability(Grant it, LocalDate today)
    {
        const string rule = "unspent-is-the-liability";
        if (it.Ledger.LiabilityOn(today) is not { } closing)
            return Check.NothingYet(rule);
        return Check.Equal(rule, Position.Until(it, closing.Day).Balance, -closing.Amount,
            [.. closing.Sources.Select(s => new Source("ledger-import", s.Import.ToString()))],
            Outcome.Error, ("date", closing.Day));
    }

    static Check Overhead(Grant it)
    {
        const string rule = "overhead";
        if (it.Terms?.Overhead is not { } overhead)
            return Check.NotInTerms(rule);
        var costs = Cost.Of(it, new(LocalDate.MinIsoValue, LocalDate.MaxIsoValue));
        var (actual, direct) = (costs.Where(c => c.Category == overhead.Category).Sum(c => c.Amount),
            costs.Where(c => c.Category != overhead.Category).Sum(c => c.Amount));
        var most = Kronor.FromÖre((long)decimal.Floor(direct.Öre * overhead.Share));
        return new(rule, actual <= most ? Outcome.Ok : Outcome.Error, most, actual, [("expected", most), ("actual", actual)],
            Sources(it.Ledger));
    }

    static IReadOnlyList<Source> Sources(Ledger it) => [.. it.Imports.Select(i => new Source("ledger-import", i.Read.Import.ToString()))];
}
