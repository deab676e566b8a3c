using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Reconciliations;

/// <summary>Checks of a grant that is shared: that the parts add up, and that those who share account for them.</summary>
static class ShareChecks
{
    public static IEnumerable<Check> Of(Dossier it, LocalDate today)
    {
        var grant = it.Grant;
        if (grant.Terms?.Shares is not { Count: > 0 } && grant.Allocations.Count == 0)
        {
            foreach (var rule in new[] { "allocations-add-up", "spend-within-allocated", "compiled-both-ways", "sharers-have-reported",
                "reports-are-costs", "passed-on-told-once" })
                yield return Check.NotInTerms(rule);
            yield break;
        }
        IReadOnlyList<Source> allocations = [.. grant.Allocations.Select(a => Source.Of("allocation", a.Number))];
        IReadOnlyList<Source> both = [.. allocations, .. grant.CountedReports.Select(r => Source.Of("allocation-report", r.Number))];
        var years = Compilation.Years(grant).Select(year => Compilation.Of(grant, year)).ToList();

        yield return Check.Equal("allocations-add-up", grant.Allocations.Sum(a => a.Made.Amount),
            grant.Allocations.SelectMany(a => a.Made.Parts).Sum(part => part.Amount), allocations);
        yield return Check.None("spend-within-allocated",
            [.. ReportLimits.Beyond(grant).OrderBy(r => r.Year).Select(Named).Distinct()], both);
        yield return Check.Equal("compiled-both-ways", years.SelectMany(y => y.ByCategory).Sum(c => c.Spent),
            years.SelectMany(y => y.ByAppropriation).Sum(a => a.Spent), both);
        // A year is reported when it is over.
        yield return Check.None("sharers-have-reported",
            [.. years.Where(y => y.Year < today.Year).SelectMany(y => y.NotReported.Select(party => $"{party} {y.Year}"))], both,
            Outcome.Warning);
        yield return AreCosts(it);
        yield return ToldOnce(grant);
    }

    // What is reported of a grant that is paid is a cost once it is accepted; what was accepted before that was so is none.
    static Check AreCosts(Dossier it)
    {
        const string rule = "reports-are-costs";
        var grant = it.Grant;
        // Final accounts that end before a report's day leave it out.
        var stated = grant.FinalAccounts?.Statement is { } number ? grant.Statements[number - 1] : null;
        var costs = grant.CostReports.Where(r => stated is null || r.StandsOn <= stated.Period.To).ToList();
        var reported = grant.CountedReports.Where(r => grant.IsRightToCharge
            || AllocationReport.AddsCosts(grant, it.Agreement.Terms.Parties, r)).ToList();
        if (costs.Count == 0 && reported.Count == 0)
            return Check.NothingYet(rule);
        List<AllocationReport> others = [.. reported.Where(r => !costs.Contains(r)), .. costs.Where(r => !reported.Contains(r))];
        return Check.Equal(rule, reported.Sum(r => r.Spent), costs.Sum(r => r.Spent),
            [.. reported.Union(costs).Select(r => Source.Of("allocation-report", r.Number))], Outcome.Warning,
            ("list", string.Join(", ", others.Select(Named)
                .Distinct()))) with { Found = Check.HashOf([.. others.Select(r => $"{r.Number} {r.Spent}")]) };
    }

    // A ledger that has what was passed on as a cost tells it once more than the report of whoever got it.
    static Check ToldOnce(Grant it)
    {
        const string rule = "passed-on-told-once";
        if (it.CostsAreReported || it.Ledger.Imports.Count == 0)
            return Check.NothingYet(rule);
        var doubtful = it.CostReports.Select(r => r.Year).Distinct().Order()
            .Select(year => (Year: year, Booked: it.Ledger.Sum(Ledgers.AccountKind.Cost, new(year, 1, 1), new(year, 12, 31)),
            Reported: it.CostReports.Where(r => r.Year == year).Sum(r => r.Spent)))
            .Where(y => !y.Booked.IsZero && !y.Reported.IsZero).ToList();
        var check = Check.None(rule, [.. doubtful.Select(y => $"{y.Year}")],
            [.. it.CostReports.Select(r => Source.Of("allocation-report", r.Number))], Outcome.Warning);
        return check with
        {
            Values = [.. check.Values, ("booked", doubtful.Sum(y => y.Booked)), ("reported", doubtful.Sum(y => y.Reported))],
            Found = Check.HashOf([.. doubtful.Select(y => $"{y.Year} {y.Booked} {y.Reported}")])
        };
    }

    static string Named(AllocationReport it) => $"{it.Party} {it.Year}";
}
