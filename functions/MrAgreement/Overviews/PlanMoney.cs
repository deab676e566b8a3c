using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using MrAgreement.Work;

namespace MrAgreement.Overviews;

/// <summary>By what it is known what something of a plan has cost.</summary>
public enum PlanMoneyBasis
{
    /// <summary>An object of the ledger.</summary>
    LedgerObject,

    /// <summary>A cost category.</summary>
    Category,

    /// <summary>By nothing: what it cost is among the unassigned.</summary>
    None
}

/// <summary>Budget and costs of a measure.</summary>
/// <param name="Spent">Null when nothing tells it: by nothing known, or by an object to somebody who is shown no books.</param>
public sealed record MeasureMoney(Measure Measure, Kronor Budget, Kronor? Spent, PlanMoneyBasis Basis)
{
    public Kronor? Left => Budget - Spent;
}

/// <summary>Budget and costs of a focus area.</summary>
/// <param name="Spent">On its measures, of which it is known.</param>
public sealed record FocusAreaMoney(FocusArea Area, Kronor Budget, Kronor Spent, IReadOnlyList<MeasureMoney> Measures)
{
    public Kronor Left => Budget - Spent;
}

/// <summary>
/// The money of a plan. Each cost of its period is one measure's or nobody's: of the measure with its object, else of the one with its
/// category, else unassigned; so that what is spent and what is unassigned are what the grant's costs of the period are, to the öre.
/// </summary>
/// <param name="Unassigned">Costs of the period that are no measure's.</param>
/// <param name="Costs">All costs of the period.</param>
/// <param name="Decided">What is decided of the grant.</param>
/// <param name="Conditional">What there may be besides, on conditions.</param>
public sealed record PlanMoney(
    DateSpan Period, IReadOnlyList<FocusAreaMoney> Areas, Kronor Unassigned, Kronor Costs, Kronor Decided, Kronor Conditional)
{
    public Kronor Budget => Areas.Sum(area => area.Budget);

    public Kronor Spent => Areas.Sum(area => area.Spent);

    /// <summary>By how much the budget is above what is decided and what is conditional; zero when it is not.</summary>
    public Kronor Above => Kronor.Greatest(Kronor.Zero, Budget - Decided - Conditional);

    /// <summary>Whether a part of the budget rests on what is not decided yet.</summary>
    public bool RestsOnConditional => Budget > Decided && !Conditional.IsZero;

    /// <param name="it">As somebody is shown it.</param>
    public static PlanMoney Of(Dossier it, PlanContent plan)
    {
        var grant = it.Grant;
        var period = plan.Period ?? it.Agreement.Terms.Period;
        var costs = Cost.Of(grant, period);
        var (objects, categories) = (Ties(plan, tie => tie.Object is not null), Ties(plan, tie => tie.Category is not null));
        var hasBooks = grant.Told is null && !grant.CostsAreReported;
        var byCategory = costs.GroupBy(cost => cost.Category).ToDictionary(of => of.Key, of => of.Sum(cost => cost.Amount));
        var spent = new Dictionary<string, Kronor>();
        // What is an object's is taken out of its category first.
        if (hasBooks && objects.Count > 0)
            foreach (var (project, category, amount) in Booked(grant, period))
                if (objects.GetValueOrDefault(new LedgerTie(project.Dimension, project.Code)) is { } whose)
                {
                    spent[whose] = spent.GetValueOrDefault(whose) + amount;
                    byCategory[category] = byCategory.GetValueOrDefault(category) - amount;
                }
        foreach (var (tie, whose) in categories)
            spent[whose] = spent.GetValueOrDefault(whose) + byCategory.GetValueOrDefault(tie.Category!);
        var measures = plan.Measures.ToLookup(measure => measure.FocusArea, measure => new MeasureMoney(measure, measure.BudgetInAll(),
            measure.Ledger switch
            {
                { Category: not null } => spent.GetValueOrDefault(measure.Key),
                { Object: not null } when hasBooks => spent.GetValueOrDefault(measure.Key),
                _ => (Kronor?)null
            },
            measure.Ledger switch
            {
                { Category: not null } => PlanMoneyBasis.Category,
                { Object: not null } => PlanMoneyBasis.LedgerObject,
                _ => PlanMoneyBasis.None
            }));
        var areas = plan.FocusAreas.Select(area => new FocusAreaMoney(area, measures[area.Key].Sum(measure => measure.Budget),
            measures[area.Key].Sum(measure => measure.Spent ?? Kronor.Zero), [.. measures[area.Key]])).ToList();
        var all = costs.Sum(cost => cost.Amount);
        return new(period, areas, all - areas.Sum(area => area.Spent), all,
            grant.Instalments.Where(i => i.Status is not (InstalmentStatus.Conditional or InstalmentStatus.Lapsed)).Sum(i => i.Amount),
            grant.Instalments.Where(i => i.Status == InstalmentStatus.Conditional).Sum(i => i.Amount));
    }

    static Dictionary<LedgerTie, string> Ties(PlanContent plan, Func<LedgerTie, bool> wanted) => plan.Measures
        .Where(measure => measure.Ledger is { } tie && wanted(tie)).ToDictionary(measure => measure.Ledger!, measure => measure.Key);

    // What each import brought on the days that count, by its object and the category of the account.
    static IEnumerable<(Project Project, string Category, Kronor Amount)> Booked(Grant grant, DateSpan period)
    {
        var eligible = grant.Terms?.Eligible;
        return from import in grant.Ledger.Imports
               from change in import.Read.Changes
               where change.Date >= period.From && change.Date <= period.To
                   && (eligible is null || change.Date >= eligible.From && change.Date <= eligible.To)
                   && grant.Ledger.Accounts.GetValueOrDefault(change.Account)?.Kind == AccountKind.Cost
               select (import.Read.Project, grant.Categories.Of(change.Account), change.Amount);
    }
}

/// <summary>Something that a plan lacks.</summary>
public enum PlanLackKind
{
    Responsible,
    Period,
    Budget,
    Grounds,
    Measures,
    MeasureOfFinding,
    MeasureOfGoal,
    BudgetAboveGrant
}

/// <param name="Of">Key of the measure, the focus area or the goal, or the number of the finding; empty of the whole.</param>
public sealed record PlanLack(PlanLackKind What, string Of, string Title);

/// <summary>What a plan lacks: told, and in nobody's way.</summary>
public static class PlanLacks
{
    public static IEnumerable<PlanLack> Of(Dossier it, PlanContent plan)
    {
        if (PlanMoney.Of(it, plan) is { Above.IsZero: false })
            yield return new(PlanLackKind.BudgetAboveGrant, "", "");
        foreach (var area in plan.FocusAreas.Where(area => plan.Measures.All(measure => measure.FocusArea != area.Key)))
            yield return new(PlanLackKind.Measures, area.Key, area.Title);
        foreach (var goal in plan.Goals.Where(goal => plan.Measures.All(measure => !measure.Goals.Contains(goal.Key))))
            yield return new(PlanLackKind.MeasureOfGoal, goal.Key, goal.Title);
        var used = plan.Measures.SelectMany(measure => measure.Findings).ToHashSet();
        foreach (var finding in it.Grounds.Findings.Where(finding => finding.Retracted is null && !used.Contains(finding.Number)))
            yield return new(PlanLackKind.MeasureOfFinding, $"{finding.Number}", finding.Content.Title);
        foreach (var measure in plan.Measures)
        {
            if (measure.Responsible is null)
                yield return new(PlanLackKind.Responsible, measure.Key, measure.Title);
            if (measure.Period is null)
                yield return new(PlanLackKind.Period, measure.Key, measure.Title);
            if (measure.Budget.Count == 0)
                yield return new(PlanLackKind.Budget, measure.Key, measure.Title);
            if (measure.Findings.Count + measure.Recommendations.Count == 0)
                yield return new(PlanLackKind.Grounds, measure.Key, measure.Title);
        }
    }
}
