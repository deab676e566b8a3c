using MrAgreement.Access;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using MrAgreement.Reconciliations;
using MrAgreement.Web.Http;
using MrAgreement.Web.Ledgers;
using MrAgreement.Web.Reconciliations;

namespace MrAgreement.Web.Grants;

/// <summary>A statement (ekonomisk redovisning). Amounts in kronor, exact to the öre; by business days.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Kind">annual or final.</param>
/// <param name="Period">The days that it covers.</param>
/// <param name="Status">prepared, attested or submitted.</param>
/// <param name="Opening">Balance before the first day.</param>
/// <param name="Received">Paid to the recipient in the period.</param>
/// <param name="Charged">Charged to the appropriation in the period, under a right to charge it; else null.</param>
/// <param name="Costs">What the project cost in the period.</param>
/// <param name="CostSources">What the costs are made of.</param>
/// <param name="Used">What of it the grant has borne; together never more than was received.</param>
/// <param name="UsedByCategory">What was used, line by line: costs by category and year, against budget and forecast; and
/// outside-period, before-period, beyond-grant or below-zero for what stands outside the categories. The sum is what was used.</param>
/// <param name="NotEligible">Booked in the period on days that the terms do not let count; null for nothing.</param>
/// <param name="Repaid">Paid back in the period.</param>
/// <param name="Rounding">Attested rounding entries of the period.</param>
/// <param name="Closing">Balance after the last day.</param>
/// <param name="OtherIncome">Other income of the project; shown gross, reduces no cost.</param>
/// <param name="Adjustments">Attested adjustments of the period.</param>
/// <param name="Explanations">Why costs deviate from the budget.</param>
/// <param name="Replaces">The statement that this one corrects.</param>
/// <param name="Difference">What differs from the one that it corrects; null where the caller does not see that one.</param>
/// <param name="Sha256">Hash of its content; the same content has always the same.</param>
/// <param name="Submitted">The last submission that held it.</param>
/// <param name="Checks">Whether it adds up.</param>
/// <param name="Warnings">What may be a slip in it.</param>
/// <param name="PreparedBy">Who prepared it.</param>
/// <param name="PreparedAt">When.</param>
/// <param name="AttestedBy">Who attested it; never who prepared it.</param>
/// <param name="Undone">Why nobody attests it; null where somebody has, or may.</param>
public sealed record StatementView(
    int Number, StatementKind Kind, DateSpan Period, string Status, Kronor Opening, Kronor Received, Kronor? Charged, Kronor Costs,
    CostSources CostSources, Kronor Used, IReadOnlyList<StatementLineView> UsedByCategory, Kronor? NotEligible,
    Kronor Repaid, Kronor Rounding, Kronor Closing, Kronor OtherIncome, IReadOnlyList<StatementAdjustment> Adjustments,
    IReadOnlyList<Explanation> Explanations, int? Replaces,
    StatementDifferenceView? Difference, Sha256 Sha256, StatementSubmissionView? Submitted, IReadOnlyList<CheckView> Checks,
    IReadOnlyList<WarningView> Warnings, PersonView PreparedBy, Instant PreparedAt, PersonView? AttestedBy, UndoneView? Undone)
{
    internal static StatementView Of(Statement it, Viewpoint at)
    {
        var content = it.Content;
        var replaced = it.Replaces is { } number && at.Dossier.Grant.Statements[number - 1] is var earlier
            && Sight.Sees(at.Dossier, at.By, earlier) ? earlier.Content : null;
        return new(
            it.Number, it.Kind, it.Period, StatementState.Of(it),
            content.Opening, content.Received, content.Charged, content.Costs, CostSources.Of(it, at.Dossier.Grant), content.Used,
            [.. it.Lines.Select(l => new StatementLineView(l.Category, l.Year, l.Amount, l.Budget, l.Forecast))], content.NotEligible,
            content.Repaid, content.Rounding, content.Closing, content.OtherIncome, content.Adjustments, it.Explanations, it.Replaces,
            replaced is null ? null : new(content.Received - replaced.Received, content.Costs - replaced.Costs,
                content.Used - replaced.Used, content.Repaid - replaced.Repaid, content.Closing - replaced.Closing),
            Sha256.Of(it.Written()), it.Submitted is { } sent ? new(sent.Obligation, sent.Submission) : null,
            [.. StatementChecks.Of(it, at.Dossier).Where(c => !c.IsInternal || Sight.SeesLedger(at.Dossier, at.By))
                .Select(c => CheckView.Of(c, at))],
            WarningView.Of(it.Doubts(at.Dossier.Grant), at),
            at.Name(it.PreparedBy), it.PreparedAt, at.Name(it.AttestedBy), UndoneView.Of(it.Undone, at));
    }
}

/// <param name="Category">Cost category; unassigned for what has none; or the key of a line outside the categories.</param>
/// <param name="Year">Calendar year.</param>
/// <param name="Amount">Cost in the period; of a line outside the categories what it adds to what was used.</param>
/// <param name="Budget">Budget of the whole year.</param>
/// <param name="Forecast">Forecast of the whole year.</param>
public sealed record StatementLineView(string Category, int Year, Kronor Amount, Kronor? Budget, Kronor? Forecast);

/// <param name="Received">More received.</param>
/// <param name="Costs">More costs.</param>
/// <param name="Used">More used.</param>
/// <param name="Repaid">More paid back.</param>
/// <param name="Closing">Higher closing balance.</param>
public sealed record StatementDifferenceView(Kronor Received, Kronor Costs, Kronor Used, Kronor Repaid, Kronor Closing);

/// <param name="Obligation">Key of the obligation.</param>
/// <param name="Submission">Number of the submission.</param>
public sealed record StatementSubmissionView(string Obligation, int Submission);

/// <summary>Which accounts belong to which cost category.</summary>
/// <param name="Version">0 as the terms have it, then one more with every change.</param>
/// <param name="Lines">Category and accounts.</param>
/// <param name="Unassigned">Accounts with costs that belong to none.</param>
public sealed record CategoriesView(int Version, IReadOnlyList<CategoryAccounts> Lines, IReadOnlyList<UnassignedView> Unassigned)
{
    internal static CategoriesView Of(Viewpoint at)
    {
        var (grant, ledger) = (at.Dossier.Grant, at.Dossier.Grant.Ledger);
        return new(grant.Categories.Version, grant.Categories.Lines,
            !Sight.SeesLedger(at.Dossier, at.By) ? [] :
            [.. ledger.Accounts.Values.Where(a => a.Kind == AccountKind.Cost && grant.Categories.Of(a.Number) == CategoryMap.Unassigned)
                .Select(a => new UnassignedView(a.Number, a.Name, ledger.CostsOn(a.Number)))]);
    }
}

/// <param name="Account">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Amount">Its costs.</param>
public sealed record UnassignedView(string Account, string Name, Kronor Amount);

/// <param name="Lines">Category, year and amount.</param>
/// <param name="Decided">What the terms set for a category over all years; categories without such a decision are left out.</param>
public sealed record BudgetView(IReadOnlyList<BudgetLine> Lines, IReadOnlyList<DecidedBudgetView> Decided)
{
    internal static BudgetView Of(Viewpoint at, BudgetKind kind) => new(
        !at.SeesSubmissions ? [] : kind == BudgetKind.Budget ? at.Dossier.Grant.Budget : at.Dossier.Grant.Forecast,
        [.. (at.Dossier.Grant.Terms?.DecidedBudgets() ?? new Dictionary<string, Kronor>())
            .Select(d => new DecidedBudgetView(d.Key, d.Value))]);
}

/// <param name="Category">Key of the cost category.</param>
/// <param name="Amount">For all years together.</param>
public sealed record DecidedBudgetView(string Category, Kronor Amount);
