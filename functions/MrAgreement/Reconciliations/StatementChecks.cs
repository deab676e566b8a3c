using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Reconciliations;

/// <summary>Checks of the statements: each in itself, against the ledger as it now is, and against the one before.</summary>
public static class StatementChecks
{
    // A grant never changes once its events are folded; so what it says of a stated period is drawn up once, for as long as it is held.
    static readonly ConditionalWeakTable<Grant, ConcurrentDictionary<(DateSpan Period, DateSpan Days), StatementContent>> drawnUp = [];

    /// <summary>Those of one statement.</summary>
    public static IEnumerable<Check> Of(Statement it, Dossier dossier)
    {
        var grant = dossier.Grant;
        IReadOnlyList<Source> source = [Source.Of("statement", it.Number)];
        var now = DrawnUpNow(dossier, [it]);
        yield return IsTheLedger(grant, now);
        var toldOnce = LedgerChecks.ToldOnce(grant, it.Content.Adjustments.Select(a => a.Number).Contains);
        yield return toldOnce with { Waived = Waivers.Of(grant, toldOnce) };
        yield return ClosesRight(grant, now);
        yield return Check.None("statement-adds-up", AddsUp(it.Content) ? [] : [$"{it.Number}"], source);
        yield return UsedIsTheSum([it]);
        yield return VarianceExplained(dossier, [it], source);
        yield return it.AttestedBy is null || it.AttestedBy != it.PreparedBy
            ? Check.None("four-eyes", [], source)
            : Check.None("four-eyes", [$"{it.Number}"], source);
    }

    internal static IEnumerable<Check> Of(Dossier it)
    {
        var current = Statement.InForce(it.Grant);
        return Of(it, current).Select(check => check.Unless(isMissing: current.Count == 0));
    }

    static IEnumerable<Check> Of(Dossier it, IReadOnlyList<Statement> current)
    {
        var grant = it.Grant;
        var annual = current.Where(s => s.Kind == StatementKind.Annual).OrderBy(s => s.Period.From).ThenBy(s => s.Number).ToList();
        // Periods of one's choice may overlap: then the one is not what the other goes on from.
        var pairs = annual.Zip(annual.Skip(1)).ToList();
        var sources = current.Select(s => Source.Of("statement", s.Number)).ToList();

        var now = DrawnUpNow(it, current);
        yield return IsTheLedger(grant, now);
        yield return ClosesRight(grant, now);
        yield return Check.None("statement-adds-up", [.. current.Where(s => !AddsUp(s.Content)).Select(s => $"{s.Number}")], sources);
        yield return UsedIsTheSum(current);
        yield return Check.None("opening-is-last-closing",
            [.. pairs.Where(pair => pair.First.Period.To < pair.Second.Period.From
            && pair.First.Content.Closing != pair.Second.Content.Opening).Select(pair => $"{pair.Second.Number}")], sources);
        yield return Check.None("periods-follow",
            [.. pairs.Where(pair => pair.First.Period.To.PlusDays(1) != pair.Second.Period.From).Select(pair => $"{pair.Second.Number}")],
            sources, Outcome.Warning);
        yield return Check.None("cumulative-never-decreases",
            [.. pairs.Where(pair => pair.First.Period.To <= pair.Second.Period.To
            && pair.Second.Content.CostsInAll < pair.First.Content.CostsInAll).Select(pair => $"{pair.Second.Number}")], sources);
        yield return FinalIsTheSum(current, annual, pairs.TrueForAll(pair => pair.First.Period.To < pair.Second.Period.From), sources);
        yield return VarianceExplained(it, current, sources);
    }

    static List<(Statement Statement, StatementContent Now)> DrawnUpNow(Dossier it, IReadOnlyList<Statement> statements)
    {
        var kept = drawnUp.GetOrCreateValue(it.Grant);
        return [.. statements.Select(s =>
            (s, kept.GetOrAdd((s.Period, it.CostDays), static (of, grant) => StatementContent.Of(grant, of.Period, of.Days), it.Grant)))];
    }

    static Check IsTheLedger(Grant grant, List<(Statement Statement, StatementContent Now)> statements)
    {
        var check = AsNow("statement-is-the-ledger", statements, content => content.Costs, s => CostsSince(grant, s));
        var of = statements.ConvertAll(s => CostSources.Of(s.Statement, grant));
        return check with { Values = [.. check.Values, ("booked", of.Sum(c => c.Booked)),
            ("adjusted", of.Sum(c => c.Adjusted + c.Disallowed))] };
    }

    static Check ClosesRight(Grant grant, List<(Statement Statement, StatementContent Now)> statements) =>
        AsNow("closing-is-the-balance", statements, content => content.Closing, s => BalanceSince(grant, s));

    // What settles final accounts comes after them, often on a day that they cover: what
    // is claimed back, what the recipient bears itself, what is rounded and paid back.
    static Kronor CostsSince(Grant it, Statement statement) => statement.Kind != StatementKind.Final ? Kronor.Zero
        : it.Attested.Where(a => a.Kind == AdjustmentKind.OwnFinancing && !a.IsForNextVersion && Since(a, statement)).Sum(a => a.CostEffect)
            - it.Disallowed.Where(d => d.Decision.IsClawback && d.Sequence > statement.Sequence
                && d.Decision.DecidedOn >= statement.Period.From
                && d.Decision.DecidedOn <= statement.Period.To).Sum(d => d.Decision.Amount);

    static Kronor BalanceSince(Grant it, Statement statement)
    {
        if (statement.Kind != StatementKind.Final)
            return Kronor.Zero;
        var now = Position.Until(it, statement.Period.To);
        var used = Kronor.Least(Kronor.Greatest(Kronor.Zero, now.Costs - CostsSince(it, statement)), it.Usable(now.Received));
        return (it.IsRightToCharge ? Kronor.Zero : used - now.Used)
            + it.Attested.Where(a => a.Kind == AdjustmentKind.Rounding && Since(a, statement)).Sum(a => a.Amount)
            - it.Standing(PaymentDirection.Out).Where(p => p.Sequence > statement.Sequence && p.PaidOn <= statement.Period.To)
                .Sum(p => p.Amount);
    }

    static bool Since(Adjustment it, Statement statement) => it.Touched > statement.Sequence && it.Period.To <= statement.Period.To;

    // Each by itself, since what one has too much another may have too little; the first that deviates is shown.
    static Check AsNow(string rule, List<(Statement Statement, StatementContent Now)> statements, Func<StatementContent, Kronor> amount,
        Func<Statement, Kronor> since)
    {
        var compared = statements.ConvertAll(s =>
            (s.Statement.Number, Stated: amount(s.Statement.Content), Now: amount(s.Now) - since(s.Statement)));
        var other = compared.FindAll(s => s.Stated != s.Now);
        return other is [var first, ..]
            ? Check.Equal(rule, first.Stated, first.Now,
            [.. other.Select(s => Source.Of("statement",
            s.Number))]) with { Found = Check.HashOf([.. other.Select(s => $"{s.Number} {s.Stated} {s.Now}")]) }
            : Check.Equal(rule, compared.Sum(s => s.Stated), compared.Sum(s => s.Now),
            [.. compared.Select(s => Source.Of("statement", s.Number))]);
    }

    static Check VarianceExplained(Dossier it, IEnumerable<Statement> statements, IReadOnlyList<Source> sources)
    {
        const string rule = "variance-explained";
        if (it.Grant.Terms?.VarianceThreshold is null)
            return Check.NotInTerms(rule);
        var found = statements.SelectMany(s => Variance.Of(it, s)).Where(v => v.Explanation is null).Select(v => v.Category).ToList();
        return Check.None(rule, found, sources).Naming(found.ConvertAll(key => it.Grant.CategoryTitle(key) ?? key));
    }

    static bool AddsUp(StatementContent it) =>
        it.Opening + it.Received + (it.Charged ?? Kronor.Zero) - it.Used - it.Repaid + it.Rounding == it.Closing
            && it.CostLines.Sum(l => l.Amount) == it.Costs;

    // Each by itself, as above.
    static Check UsedIsTheSum(IReadOnlyList<Statement> statements)
    {
        const string rule = "used-is-the-sum";
        var sums = statements.Select(s => (s.Number, s.Content.Used, Sum: s.Lines.Sum(l => l.Amount))).ToList();
        var other = sums.FindAll(s => s.Used != s.Sum);
        return other is [var first, ..]
            ? Check.Equal(rule, first.Used, first.Sum, [.. other.Select(s => Source.Of("statement", s.Number))])
            : Check.Equal(rule, sums.Sum(s => s.Used), sums.Sum(s => s.Sum), [.. sums.Select(s => Source.Of("statement", s.Number))]);
    }

    // The periods add up to the cumulative figure, once they cover all that the final accounts do and nothing twice.
    static Check FinalIsTheSum(IReadOnlyList<Statement> current, IReadOnlyList<Statement> annual, bool areApart,
        IReadOnlyList<Source> sources)
    {
        const string rule = "periods-add-up";
        if (current.LastOrDefault(s => s.Kind == StatementKind.Final) is not { } final || annual.Count == 0 || !areApart
            || annual[0].Period.From > final.Period.From || annual[^1].Period.To < final.Period.To)
            return Check.NothingYet(rule);
        return Check.Equal(rule, annual.Sum(s => s.Content.Costs), final.Content.CostsInAll, sources, Outcome.Error);
    }
}
