using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using MrAgreement.Obligations;

namespace MrAgreement.Agreements;

/// <summary>
/// The grant as those see it who are told of a cost once it is submitted: costs are those of the statements that were submitted and
/// not taken back, and what was decided of them since; the books and what was attested beside them are not there.
/// </summary>
static class SubmittedCosts
{
    public static Grant Of(Dossier dossier)
    {
        var it = dossier.Grant;
        return it with
        {
            // Reports of those who share are submitted when they are attested.
            Told = it.CostsAreReported ? null : [.. Costs(dossier)],
            Ledger = Ledger.None,
            BankImports = [],
            WithdrawnFiles = [],
            Adjustments = [.. it.Adjustments.Select(a => IsTold(it, a) ? a : a with { AttestedBy = null })],
            Statements = [.. it.Statements.Select(s => s.Submitted is null ? s with { AttestedBy = null } : s)]
        };
    }

    /// <summary>Whether an adjustment is in a statement that was submitted, or settles the final accounts.</summary>
    public static bool IsTold(Grant it, Adjustment adjustment) => adjustment.AttestedBy is not null
        && (adjustment.Kind == AdjustmentKind.Rounding
            || it.FinalAccounts is { } final && adjustment.Touched > final.Sequence && !adjustment.IsForNextVersion
            || it.Statements.Exists(s => s.Submitted is not null && s.Content.Adjustments.Any(a => a.Number == adjustment.Number)));

    static IEnumerable<Cost> Costs(Dossier it)
    {
        var words = LastWords(it);
        var stated = words.SelectMany(s => s.Content.ByCategory).Select(c => new Cost(c.Category, c.Year, c.Amount));
        var decided = it.Grant.Disallowances.Where(d => (d.Withdrawn is null) != IsIn(words, d)).Select(d => new Cost(
            d.Decision.Category ?? CategoryMap.Unassigned, d.Decision.DecidedOn.Year,
            d.Withdrawn is null ? -d.Decision.Amount : d.Decision.Amount));
        return stated.Concat(decided).GroupBy(c => (c.Category, c.Year))
            .OrderBy(of => of.Key.Year).ThenBy(of => of.Key.Category, StringComparer.Ordinal)
            .Select(of => new Cost(of.Key.Category, of.Key.Year, of.Sum(c => c.Amount))).Where(c => !c.Amount.IsZero);
    }

    static bool IsIn(List<Statement> words, Disallowance it) =>
        words.Exists(s => it.Decision.DecidedOn >= s.Period.From && it.Decision.DecidedOn <= s.Period.To && it.StoodAt(s.Sequence));

    // Of two that tell of the same days one that was not returned, and the later one; final accounts tell of all of them.
    static List<Statement> LastWords(Dossier it)
    {
        var words = new List<Statement>();
        foreach (var statement in it.Grant.Statements.Where(s => s.State(it) is not null and not SubmissionState.Withdrawn)
            .OrderByDescending(s => s.Stands(it)).ThenByDescending(s => s.Kind == StatementKind.Final)
            .ThenByDescending(s => s.Number))
            if (!words.Exists(w => w.Kind == StatementKind.Final
                || w.Period.From <= statement.Period.To && statement.Period.From <= w.Period.To))
                words.Add(statement);
        return words;
    }
}
