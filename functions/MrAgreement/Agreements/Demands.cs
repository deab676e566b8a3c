using MrAgreement.Money;

namespace MrAgreement.Agreements;

/// <summary>What the recipient is asked to pay back: what decisions claim and, once the final accounts are in, what was not spent.
/// </summary>
public static class Demands
{
    /// <summary>Those of which something is left, the soonest first.</summary>
    public static IReadOnlyList<Demand> Of(Dossier it)
    {
        var all = Settlement.Parts(it).Where(part => part.Disallowance is not null || IsClosing(it)).ToList();
        return [.. Settlement.Outstanding(it)
            .Select(left => (Left: left, Whole: all.Find(part => part.Disallowance == left.Disallowance)))
            .Where(of => of.Whole is not null)
            .Select(of => new Demand(of.Left.Disallowance, of.Whole!.Amount, of.Left.Amount, of.Left.DueOn))];
    }

    /// <summary>All that is left of them.</summary>
    public static Kronor Left(Dossier it) => Of(it).Sum(demand => demand.Left);

    static bool IsClosing(Dossier it) => it.Grant.FinalAccounts is not null || it.Agreement.Reopened is not null;
}

/// <param name="Disallowance">The decision that claims it; null for what was not spent.</param>
/// <param name="Amount">All of it.</param>
/// <param name="Left">What has not come back, nor been set off.</param>
/// <param name="DueOn">By the agreement's working-day rule; null when it has no day.</param>
public sealed record Demand(int? Disallowance, Kronor Amount, Kronor Left, LocalDate? DueOn)
{
    public Kronor Come => Amount - Left;
}
