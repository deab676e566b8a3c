using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Agreements;

/// <summary>A cost category whose costs deviate from its budget by more than the terms let pass unexplained.</summary>
/// <param name="Explanation">Null when it is missing.</param>
public sealed record Variance(string Category, Kronor Budget, Kronor Amount, string? Explanation)
{
    /// <summary>
    /// The deviations in a statement; none when the terms set no threshold, and none
    /// for a category without a budget. Final accounts are held against what the
    /// terms decide for the category, where they do; every other statement against the part of each year's budget that falls on its days.
    /// </summary>
    public static IEnumerable<Variance> Of(Dossier it, Statement statement)
    {
        if (it.Grant.Terms is not { VarianceThreshold: { } threshold } terms)
            return [];
        var (lines, agreed) = (statement.Content.Lines, it.Agreement.Terms.Period);
        var decided = statement.Kind == StatementKind.Final ? terms.DecidedBudgets() : new Dictionary<string, Kronor>();
        return
        [
            .. from category in lines.Where(l => l.Budget is not null).Select(l => l.Category).Union(decided.Keys)
               let own = lines.Where(l => l.Category == category)
               let isDecided = decided.ContainsKey(category)
               let budget = isDecided ? decided[category] : own.Sum(l => Part(l, statement.Period, agreed))
               let amount = own.Where(l => isDecided || l.Budget is not null).Sum(l => l.Amount)
               where (amount - budget).Absolute.Öre > budget.Öre * threshold
               select new Variance(category, budget, amount, statement.Explanations.FirstOrDefault(e => e.Category == category)?.Text)
        ];
    }

    /// <summary>The categories of which a statement may have to explain a deviation, in the order of their budgets.</summary>
    public static IEnumerable<string> Explainable(Grant it, StatementKind kind) =>
        it.Terms is not { VarianceThreshold: not null } terms ? []
        : it.Budget.Select(line => line.Category).Concat(kind == StatementKind.Final ? terms.DecidedBudgets().Keys : []).Distinct();

    // By days, as nothing says how a year's money is spent over it. Of the first year and the last only the agreement's days have a budget.
    static Kronor Part(StatementLine line, DateSpan stated, DateSpan agreed)
    {
        var year = new DateSpan(new(line.Year, 1, 1), new(line.Year, 12, 31));
        var budgeted = Days(year, agreed) > 0
            ? new DateSpan(LocalDate.Max(year.From, agreed.From), LocalDate.Min(year.To, agreed.To))
            : year;
        return Kronor.FromÖre((line.Budget ?? Kronor.Zero).Öre * Days(budgeted, stated) / Days(budgeted, budgeted));
    }

    // That two periods have in common.
    static int Days(DateSpan one, DateSpan other) =>
        Math.Max(0, NodaTime.Period.DaysBetween(LocalDate.Max(one.From, other.From), LocalDate.Min(one.To, other.To)) + 1);
}
