using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Reconciliations;

/// <summary>Checks of the statements: each in itself, against the ledger as it now is, and against the one before.</summary>
public static class StatementChecks
{
    /// <summary>Those of one statement.</summary>
    public static IEnumerable<Check> Of(Statement it, Grant grant)
    {
        IReadOnlyList<Source> source = [Source.Of("statement", it.Number)];
        var now = StatementContent.Of(grant, it.Period);
        yield return Check.Equal("statement-is-the-ledger", it.Content.Costs, now.Costs, source) with { IsInternal = true };
        yield return Check.None("statement-adds-up", AddsUp(it.Content) ? [] : [$"{it.Number}"], source);
        yield return VarianceExplained(grant, [it], source);
        yield return it.AttestedBy is null || it.AttestedBy != it.PreparedBy ? Check.None("four-eyes", [], source) : Check.None("four-eyes", [$"{it.Number}"], source);
    }

    internal static IEnumerable<Check> Of(Dossier it)
    {
        var grant = it.Grant;
        // Only the last word on each kind and period.
        var current = grant.Statements.Where(s => s.AttestedBy is not null && !grant.Statements.Exists(n => n.Replaces == s.Number && n.AttestedBy is not null)).ToList();
        var annual = current.Where(s => s.Kind == StatementKind.Annual).OrderBy(s => s.Period.From).ThenBy(s => s.Number).ToList();
        var sources = current.Select(s => Source.Of("statement", s.Number)).ToList();

        yield return Check.Equal("statement-is-the-ledger", current.Sum(s => s.Content.Costs), current.Sum(s => StatementContent.Of(grant, s.Period).Costs), sources) with { IsInternal = true };
        yield return Check.None("statement-adds-up", [.. current.Where(s => !AddsUp(s.Content)).Select(s => $"{s.Number}")], sources);
        yield return Check.None("opening-is-last-closing", [.. annual.Zip(annual.Skip(1)).Where(pair => pair.First.Content.Closing != pair.Second.Content.Opening).Select(pair => $"{pair.Second.Number}")], sources);
        yield return Check.None("periods-follow", [.. annual.Zip(annual.Skip(1)).Where(pair => pair.First.Period.To.PlusDays(1) != pair.Second.Period.From).Select(pair => $"{pair.Second.Number}")], sources, Outcome.Warning);
        yield return Check.None("cumulative-never-decreases", [.. annual.Zip(annual.Skip(1)).Where(pair => pair.Second.Content.CostsInAll < pair.First.Content.CostsInAll).Select(pair => $"{pair.Second.Number}")], sources);
        yield return FinalIsTheSum(current, annual, sources);
        yield return VarianceExplained(grant, current, sources);
    }

    static Check VarianceExplained(Grant it, IEnumerable<Statement> statements, IReadOnlyList<Source> sources)
    {
        const string rule = "variance-explained";
        return it.Terms?.VarianceThreshold is null
            ? Check.NotInTerms(rule)
            : Check.None(rule, [.. statements.SelectMany(s => Variance.Of(it, s)).Where(v => v.Explanation is null).Select(v => v.Category)], sources);
    }

    static bool AddsUp(StatementContent it) =>
        it.Opening + it.Received + (it.Charged ?? Kronor.Zero) - it.Used - it.Repaid + it.Rounding == it.Closing && it.Lines.Sum(l => l.Amount) == it.Costs;

    // The periods add up to the cumulative figure, once they cover all that the final accounts do.
    static Check FinalIsTheSum(IReadOnlyList<Statement> current, IReadOnlyList<Statement> annual, IReadOnlyList<Source> sources)
    {
        const string rule = "periods-add-up";
        if (current.LastOrDefault(s => s.Kind == StatementKind.Final) is not { } final || annual.Count == 0
            || annual[0].Period.From > final.Period.From || annual[^1].Period.To < final.Period.To)
            return Check.NotInTerms(rule);
        return Check.Equal(rule, annual.Sum(s => s.Content.Costs), final.Content.CostsInAll, sources, Outcome.Error);
    }
}
