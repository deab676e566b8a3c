using MrAgreement.Calendars;
using MrAgreement.Ledgers;
using MrAgreement.Money;

namespace MrAgreement.Grants;

/// <summary>Where the money stood at the end of a business day: payments by the day they were
/// paid, costs by the day they were booked, adjustments by the last day they concern.</summary>
/// <param name="Costs">What the project has cost; may exceed what was received, and be below zero.</param>
/// <param name="Used">Grant-financed costs, at most what was received, or what may be charged, and never below zero.</param>
/// <param name="Charged">Charged to the appropriation as it was used, under a right to charge it.</param>
public sealed record Position(Kronor Received, Kronor Charged, Kronor Costs, Kronor Used, Kronor Repaid, Kronor Rounding)
{
    public Kronor Balance => Received + Charged - Used - Repaid + Rounding;

    /// <summary>Costs that the grant does not bear, since there was no more to use.</summary>
    public Kronor Beyond => Kronor.Greatest(Kronor.Zero, Costs - Used);

    /// <summary>By how much costs are below zero; the grant gets nothing for that.</summary>
    public Kronor Below => Kronor.Greatest(Kronor.Zero, -Costs);

    public static Position Until(Grant it, LocalDate day)
    {
        Kronor Paid(PaymentDirection direction) => it.Payments.Where(p => p.Direction == direction && p.CountsOn(day)).Sum(p => p.Amount);
        var received = Paid(PaymentDirection.In);
        var costs = Cost.Of(it, new(LocalDate.MinIsoValue, day)).Sum(c => c.Amount);
        var rounding = it.Attested.Where(a => a.Kind == AdjustmentKind.Rounding && a.Period.To <= day).Sum(a => a.Amount);
        var used = Kronor.Least(Kronor.Greatest(Kronor.Zero, costs), it.Usable(received));
        return new(received, it.Charged(used), costs, used, Paid(PaymentDirection.Out), rounding);
    }
}

/// <summary>A cost by category and year.</summary>
/// <param name="Category">Key of the cost category, or <see cref="CategoryMap.Unassigned"/>.</param>
public sealed record Cost(string Category, int Year, Kronor Amount)
{
    /// <summary>What counts in a period, booked and adjusted, by year and category; what comes to nothing is left out.</summary>
    /// <param name="days">The agreement's; a cost that is on none of them is
    /// told as one outside, whatever its category. Null to tell none so.</param>
    public static IReadOnlyList<Cost> Of(Grant it, DateSpan period, DateSpan? days = null)
    {
        if (it.Told is { } told)
            return [.. told.Where(c => c.Year >= period.From.Year && c.Year <= period.To.Year)];
        var booked = it.CostsAreReported
            ? []
            : Parts(Shared(period, it.Terms?.Eligible), days)
            .SelectMany(part => it.Ledger.ByYear(AccountKind.Cost, part.Of.From, part.Of.To)
                .Select(c => new Cost(part.IsOutside ? CategoryMap.OutsidePeriod : it.Categories.Of(c.Account), c.Year, c.Amount)));
        var adjusted = it.Attested.Where(a => a.Period.To >= period.From && a.Period.To <= period.To)
            .Select(a => new Cost(a.IsOutside(days) ? CategoryMap.OutsidePeriod : a.Category ?? CategoryMap.Unassigned, a.Period.To.Year,
            a.CostEffect));
        var disallowed = it.Disallowed.Select(d => d.Decision).Where(d => d.DecidedOn >= period.From && d.DecidedOn <= period.To)
            .Select(d => new Cost(d.Category ?? CategoryMap.Unassigned, d.DecidedOn.Year, -d.Amount));
        return
        [
            .. booked.Concat(Reported(it, period)).Concat(adjusted).Concat(disallowed).GroupBy(c => (c.Category, c.Year))
            .OrderBy(c => c.Key.Year).ThenBy(c => c.Key.Category, StringComparer.Ordinal)
                .Select(c => new Cost(c.Key.Category, c.Key.Year, c.Sum(x => x.Amount))).Where(c => !c.Amount.IsZero)
        ];
    }

    // Days that are in both; none where the first is after the last, and then nothing is summed.
    static DateSpan Shared(DateSpan one, DateSpan? other) =>
        other is null ? one : new(LocalDate.Max(one.From, other.From), LocalDate.Min(one.To, other.To));

    static IEnumerable<(DateSpan Of, bool IsOutside)> Parts(DateSpan whole, DateSpan? days) => days is null
        ? [(whole, false)]
        :
        [
            (new(whole.From, LocalDate.Min(whole.To, days.From.PlusDays(-1))), true), (Shared(whole, days), false),
            (new(LocalDate.Max(whole.From, LocalDate.Max(days.From, days.To.PlusDays(1))), whole.To), true)
        ];

    static IEnumerable<Cost> Reported(Grant it, DateSpan period) =>
        it.CostReports.Where(r => r.StandsOn >= period.From && r.StandsOn <= period.To)
            .SelectMany(r => r.Prepared.Lines.Select(line => new Cost(line.Category, r.Year, line.Amount)));
}
