using MrAgreement.Calendars;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>Sets the whole budget, or the whole forecast, by cost category and year; replaces what was set before.</summary>
/// <param name="IsSure">If not, whoever sets it is asked first about a budget beyond the grant.</param>
public sealed record SetBudget(BudgetKind Kind, IReadOnlyList<BudgetLine> Lines, bool IsSure = true) : GrantCommand(Act.SetBudget);

public sealed record BudgetSet(BudgetKind Kind, IReadOnlyList<BudgetLine> Lines) : GrantEvent;

public enum BudgetKind
{
    Budget,

    /// <summary>What the recipient now expects, whatever the budget says.</summary>
    Forecast
}

/// <param name="Amount">Zero or more.</param>
public sealed record BudgetLine(string Category, int Year, Kronor Amount);

/// <summary>Decisions on budgets and forecasts.</summary>
static class BudgetDecisions
{
    const int MostLines = 1000;

    public static Decision Decide(Grant it, SetBudget command)
    {
        if (command.Lines.Count > MostLines)
            return Refused.Invalid(new Fault("/lines", "too-many", ("max", MostLines)));
        var faults = new List<Fault>();
        for (var i = 0; i < command.Lines.Count; i++)
        {
            var line = command.Lines[i];
            if (!it.KnowsCategory(line.Category))
                faults.Add(new($"/lines/{i}/category", "category-unknown", ("category", line.Category)));
            if (!DateRange.Holds(line.Year))
                faults.Add(new($"/lines/{i}/year", "year-range", ("from", DateRange.FirstYear), ("to", DateRange.LastYear)));
            if (line.Amount.IsNegative)
                faults.Add(new($"/lines/{i}/amount", "amount-negative"));
            if (command.Lines.Take(i).Any(other => (other.Category, other.Year) == (line.Category, line.Year)))
                faults.Add(new($"/lines/{i}", "budget-line-twice", ("category", line.Category), ("year", line.Year)));
        }
        // The budget spreads over the years what the terms decide; a forecast may go beyond it.
        if (command.Kind == BudgetKind.Budget && it.Terms is { } terms)
            faults.AddRange(terms.DecidedBudgets().Where(d => command.Lines.Where(l => l.Category == d.Key).Sum(l => l.Amount) > d.Value)
                .Select(d => new Fault("/lines", "budget-exceeds-terms", ("category", it.CategoryTitle(d.Key) ?? d.Key),
                ("decided", d.Value))));
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        if ((command.Kind == BudgetKind.Budget ? it.Budget : it.Forecast).SequenceEqual(command.Lines))
            return new Nothing();
        // What the recipient adds of its own may be budgeted too.
        var (sum, granted) = (command.Lines.Sum(l => l.Amount),
            it.Instalments.Where(i => i.Status != InstalmentStatus.Lapsed).Sum(i => i.Amount));
        return command is { Kind: BudgetKind.Budget, IsSure: false } && sum > granted
            ? Refused.Invalid(new Fault("/sure", "budget-exceeds-grant", ("sum", sum), ("granted", granted)))
            : new BudgetSet(command.Kind, command.Lines);
    }

    public static Grant Evolve(Grant it, BudgetSet happened, Recorded recorded) => happened.Kind switch
    {
        BudgetKind.Budget => it with { Budget = [.. happened.Lines], BudgetSet = (recorded.By, recorded.At) },
        BudgetKind.Forecast => it with { Forecast = [.. happened.Lines] }
    };
}
