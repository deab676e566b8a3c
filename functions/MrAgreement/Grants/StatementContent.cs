using MrAgreement.Calendars;
using MrAgreement.Ledgers;
using MrAgreement.Money;

namespace MrAgreement.Grants;

/// <summary>What a statement says: the money of a period, from the opening balance
/// to the closing one. By business days; amounts exact to the öre.</summary>
/// <param name="Costs">What the project cost in the period.</param>
/// <param name="Used">What of it the grant has borne: cumulative costs, at most cumulative receipts, less the same at the opening.</param>
/// <param name="CostsInAll">Costs from the beginning to the end of the period.</param>
/// <param name="OtherIncome">Booked on the project beside the grant; shown gross, reduces no cost.</param>
/// <param name="Imports">The ledger imports that it rests on.</param>
/// <param name="Lines">What was used, line by line; of statements from before the lines for what stands outside, the costs only.</param>
/// <param name="Charged">Charged to the appropriation in the period, under a right to charge it; else null.</param>
/// <param name="NotEligible">Booked in the period on days that the terms do not let count; null for nothing.</param>
public sealed record StatementContent(
    Kronor Opening, Kronor Received, Kronor Costs, Kronor Used, Kronor Repaid, Kronor Rounding, Kronor Closing, Kronor CostsInAll,
    Kronor OtherIncome,
    IReadOnlyList<StatementLine> Lines, IReadOnlyList<StatementAdjustment> Adjustments, IReadOnlyList<Guid> Imports, int CategoriesVersion,
    Kronor? Charged = null, Kronor? NotEligible = null)
{
    /// <param name="days">On which costs are the agreement's.</param>
    public static StatementContent Of(Grant it, DateSpan period, DateSpan days)
    {
        var (before, after) = (Position.Until(it, period.From.PlusDays(-1)), Position.Until(it, period.To));
        var adjustments = it.Attested.Where(a => a.Period.To >= period.From && a.Period.To <= period.To).ToList();
        var income = -it.Ledger.Sum(AccountKind.OtherIncome, period.From, period.To)
            + adjustments.Where(a => a.Kind == AdjustmentKind.OtherIncome).Sum(a => a.Amount);
        return new(
            before.Balance, after.Received - before.Received, after.Costs - before.Costs, after.Used - before.Used,
            after.Repaid - before.Repaid,
            after.Rounding - before.Rounding, after.Balance, after.Costs, income,
            [.. StatementLine.Of(it, period, days), .. StatementLine.Beside(before, after, period.To.Year)],
            [.. adjustments.Select(a => new StatementAdjustment(a.Number, a.Kind, a.Amount, a.Reason))],
            [.. it.Ledger.Imports.Select(i => i.Read.Import)], it.Categories.Version,
            it.IsRightToCharge ? after.Charged - before.Charged : null, it.NotEligible(period));
    }

    /// <summary>Its figures, for whoever asks which of them are others.</summary>
    internal IReadOnlyList<(StatementFigure Figure, Kronor Amount)> Figures =>
    [
        (StatementFigure.Opening, Opening), (StatementFigure.Received, Received), (StatementFigure.Charged, Charged ?? Kronor.Zero),
        (StatementFigure.Costs, Costs), (StatementFigure.Used, Used),
        (StatementFigure.Repaid, Repaid), (StatementFigure.Rounding, Rounding), (StatementFigure.Closing, Closing),
        (StatementFigure.CostsInAll, CostsInAll), (StatementFigure.OtherIncome, OtherIncome)
    ];

    /// <summary>Costs by category and year, whatever was budgeted for them.</summary>
    internal IEnumerable<(string Category, int Year, Kronor Amount)> ByCategory =>
        CostLines.Where(l => !l.Amount.IsZero).Select(l => (l.Category, l.Year, l.Amount));

    /// <summary>Whether another statement says just the same.</summary>
    public bool Says(StatementContent other) =>
        (this with { Lines = [], Adjustments = [], Imports = [], NotEligible = null }) == (other with { Lines = [], Adjustments = [],
            Imports = [], NotEligible = null })
        && (Lines.SequenceEqual(other.Lines) || Lines.SequenceEqual(other.CostLines)) && Adjustments.SequenceEqual(other.Adjustments)
        && Imports.SequenceEqual(other.Imports);

    /// <summary>The lines that add up to the costs of the period.</summary>
    internal IEnumerable<StatementLine> CostLines => Lines.Where(line => !line.IsBeside);

    /// <summary>The lines that add up to what was used. Statements of old logs told
    /// the costs only: what parts them from what was used is reckoned.</summary>
    internal IReadOnlyList<StatementLine> UsedLines(int year) =>
        Lines.Sum(line => line.Amount) is var told && told != Costs || told == Used || Lines.Any(line => line.IsBeside)
            ? Lines
            : [.. Lines, new(Used < Costs ? CategoryMap.BeyondGrant : CategoryMap.BeforePeriod, year, Used - Costs, null, null)];
}

public enum StatementFigure
{
    Opening,
    Received,
    Charged,
    Costs,
    Used,
    Repaid,
    Rounding,
    Closing,
    CostsInAll,
    OtherIncome
}

/// <summary>What a statement's costs are made of.</summary>
/// <param name="Booked">In the ledger, or reported by those who share.</param>
/// <param name="Adjusted">Attested adjustments; signed.</param>
/// <param name="Disallowed">Not accepted by a decision; zero or below.</param>
public sealed record CostSources(Kronor Booked, Kronor Adjusted, Kronor Disallowed)
{
    // A statement names its adjustments; of decisions on costs it has those that were recorded before it.
    public static CostSources Of(Statement it, Grant grant)
    {
        var adjusted = it.Content.Adjustments.Sum(a => Adjustment.EffectOf(a.Kind, a.Amount));
        var disallowed = -grant.Disallowances.Where(d => d.StoodAt(it.Sequence) && d.Decision.DecidedOn >= it.Period.From
            && d.Decision.DecidedOn <= it.Period.To).Sum(d => d.Decision.Amount);
        return new(it.Content.Costs - adjusted - disallowed, adjusted, disallowed);
    }
}

/// <summary>A cost category in a year, against what was budgeted and expected
/// for that year; or a line of what stands outside the categories.</summary>
/// <param name="Category">As in <see cref="Cost"/>, or one of the lines that part costs from what was used.</param>
/// <param name="Amount">The period's costs; zero where there is only a budget.</param>
/// <param name="Budget">For the whole year; null when none is set.</param>
/// <param name="Forecast">For the whole year; null when none is set.</param>
public sealed record StatementLine(string Category, int Year, Kronor Amount, Kronor? Budget, Kronor? Forecast)
{
    /// <summary>Whether it is no cost of the period, but parts its costs from what the grant has borne.</summary>
    internal bool IsBeside => Category is CategoryMap.BeforePeriod or CategoryMap.BeyondGrant or CategoryMap.BelowZero;

    /// <summary>
    /// What parts the costs of a period from what the grant bore in it: costs beyond what
    /// there was to use at its end, those from before it that have been borne since,
    /// and costs below zero, which give the grant nothing.
    /// </summary>
    internal static IEnumerable<StatementLine> Beside(Position before, Position after, int year)
    {
        var (beyond, below) = (before.Beyond - after.Beyond, after.Below - before.Below);
        if (!beyond.IsZero)
            yield return new(beyond.IsNegative ? CategoryMap.BeyondGrant : CategoryMap.BeforePeriod, year, beyond, null, null);
        if (!below.IsZero)
            yield return new(CategoryMap.BelowZero, year, below, null, null);
    }

    internal static IEnumerable<StatementLine> Of(Grant it, DateSpan period, DateSpan days)
    {
        var costs = Cost.Of(it, period, days).ToDictionary(c => (c.Category, c.Year), c => c.Amount);
        var budget = Planned(it.Budget);
        var forecast = Planned(it.Forecast);
        return costs.Keys.Union(budget.Keys).Union(forecast.Keys).OrderBy(key => key.Year)
            .ThenBy(key => key.Category == CategoryMap.OutsidePeriod).ThenBy(key => key.Category, StringComparer.Ordinal)
            .Select(key => new StatementLine(key.Category, key.Year, costs.GetValueOrDefault(key), Find(budget, key), Find(forecast, key)));

        Dictionary<(string Category, int Year), Kronor> Planned(IEnumerable<BudgetLine> lines) =>
            lines.Where(l => l.Year >= period.From.Year && l.Year <= period.To.Year).ToDictionary(l => (l.Category, l.Year), l => l.Amount);
        static Kronor? Find(Dictionary<(string Category, int Year), Kronor> planned, (string, int) key) =>
            planned.TryGetValue(key, out var amount) ? amount : null;
    }
}

/// <summary>An attested adjustment of the period, with its reason.</summary>
public sealed record StatementAdjustment(int Number, AdjustmentKind Kind, Kronor Amount, string Reason);
