using MrAgreement.Ledgers;
using MrAgreement.Money;
using NodaTime;
using Period = MrAgreement.Agreements.Period;

namespace MrAgreement.Grants;

/// <summary>Where the money stood at the end of a business day: payments by the day they were paid, costs by the day they were booked, adjustments by the last day they concern.</summary>
/// <param name="Costs">What the project has cost; may exceed what was received, and be below zero.</param>
/// <param name="Used">Grant-financed costs, at most what was received and never below zero.</param>
public sealed record Position(Kronor Received, Kronor Costs, Kronor Used, Kronor Repaid, Kronor Rounding)
{
    public Kronor Balance => Received - Used - Repaid + Rounding;

    public static Position Until(Grant it, LocalDate day)
    {
        Kronor Paid(PaymentDirection direction) => it.Payments.Where(p => p.Direction == direction && p.CountsOn(day)).Sum(p => p.Amount);
        var received = Paid(PaymentDirection.In);
        var costs = Cost.Of(it, new(LocalDate.MinIsoValue, day)).Sum(c => c.Amount);
        var rounding = it.Attested.Where(a => a.Kind == AdjustmentKind.Rounding && a.Period.To <= day).Sum(a => a.Amount);
        return new(received, costs, Kronor.Least(Kronor.Greatest(Kronor.Zero, costs), received), Paid(PaymentDirection.Out), rounding);
    }
}

/// <summary>A cost by category and year.</summary>
/// <param name="Category">Key of the cost category, or <see cref="CategoryMap.Unassigned"/>.</param>
public sealed record Cost(string Category, int Year, Kronor Amount)
{
    /// <summary>What counts in a period, booked and adjusted, by year and category; what comes to nothing is left out.</summary>
    public static IReadOnlyList<Cost> Of(Grant it, Period period)
    {
        var booked = it.Ledger.Of(AccountKind.Cost)
            .Where(t => t.Date >= period.From && t.Date <= period.To && Ledger.IsEligible(t.Date, it.Terms?.Eligible))
            .GroupBy(t => (t.Account, t.Date.Year)).Select(t => new Cost(it.Categories.Of(t.Key.Account), t.Key.Year, t.Sum(x => x.Amount)));
        var adjusted = it.Attested.Where(a => a.Period.To >= period.From && a.Period.To <= period.To)
            .Select(a => new Cost(a.Category ?? CategoryMap.Unassigned, a.Period.To.Year, a.CostEffect));
        return
        [
            .. booked.Concat(adjusted).GroupBy(c => (c.Category, c.Year)).OrderBy(c => c.Key.Year).ThenBy(c => c.Key.Category, StringComparer.Ordinal)
                .Select(c => new Cost(c.Key.Category, c.Key.Year, c.Sum(x => x.Amount))).Where(c => !c.Amount.IsZero)
        ];
    }
}
