using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Money;
using NodaTime;

namespace MrAgreement.Reconciliations;

/// <summary>Checks of a grant that is shared: that the parts add up, and that those who share account for them.</summary>
static class ShareChecks
{
    public static IEnumerable<Check> Of(Dossier it, LocalDate today)
    {
        var grant = it.Grant;
        if (grant.Terms?.Shares is not { Count: > 0 } && grant.Allocations.Count == 0)
        {
            foreach (var rule in new[] { "allocations-add-up", "spend-within-allocated", "compiled-both-ways", "sharers-have-reported" })
                yield return Check.NotInTerms(rule);
            yield break;
        }
        IReadOnlyList<Source> allocations = [.. grant.Allocations.Select(a => Source.Of("allocation", a.Number))];
        IReadOnlyList<Source> both = [.. allocations, .. grant.CountedReports.Select(r => Source.Of("allocation-report", r.Number))];
        var years = grant.Allocations.Select(a => a.Made.Year).Concat(grant.CountedReports.Select(r => r.Year)).Distinct().Order().Select(year => Compilation.Of(grant, year)).ToList();

        yield return Check.Equal("allocations-add-up", grant.Allocations.Sum(a => a.Made.Amount), grant.Allocations.SelectMany(a => a.Made.Parts).Sum(part => part.Amount), allocations);
        yield return Check.None("spend-within-allocated", [.. years.SelectMany(y => y.ByParty.Where(p => p.Left.IsNegative).Select(p => $"{p.Of} {y.Year}"))], both);
        yield return Check.Equal("compiled-both-ways", years.SelectMany(y => y.ByCategory).Sum(c => c.Spent), years.SelectMany(y => y.ByAppropriation).Sum(a => a.Spent), both);
        // A year is reported when it is over.
        yield return Check.None("sharers-have-reported", [.. years.Where(y => y.Year < today.Year).SelectMany(y => y.NotReported.Select(party => $"{party} {y.Year}"))], both, Outcome.Warning);
    }
}
