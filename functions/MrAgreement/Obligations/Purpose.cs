namespace MrAgreement.Obligations;

/// <summary>What an obligation is for, where that is something to rest on; the terms call it <c>is</c>.</summary>
public enum Purpose
{
    Mapping,
    Plan,
    FollowUpReport,

    /// <summary>A financial statement on the way.</summary>
    Statement,
    FinalReport,
    FinalAccounts,

    /// <summary>To tell of what review bodies say and recommend.</summary>
    Information,

    /// <summary>To spread what has been made.</summary>
    Dissemination
}

/// <summary>What obligations are for: as their terms state it, or else as their documents and their place among the others tell.
/// Keys and titles are the parties' own words, and tell nothing.</summary>
public static class Purposes
{
    // A kind of document is a few words, as in financial-statement.
    static readonly string[] ofMoney = ["statement", "accounts", "financial"];

    /// <summary>What it is for; null when neither its terms nor its shape say.</summary>
    /// <param name="all">All obligations of its agreement.</param>
    public static Purpose? Of(Obligation it, IReadOnlyCollection<Obligation> all) => it.Purpose ?? it switch
    {
        { Kind: ObligationKind.Continuous, Recipient: not null } => Purpose.Information,
        { Kind: not ObligationKind.Deliverable } => null,
        _ when IsFinalAccounts(it, RestOfRepayments(all), all) => Purpose.FinalAccounts,
        _ when it.Documents.Any(IsOfMoney) => Purpose.Statement,
        _ when IsPlan(it) => Purpose.Plan,
        { Year: not null } => Purpose.FollowUpReport,
        _ when all.Any(o => IsPlan(o) && o.Rests.Contains(it.Key)) => Purpose.Mapping,
        _ when IsLastReport(it, all) => Purpose.FinalReport,
        _ => null
    };

    /// <summary>Keys of what repayments rest on.</summary>
    public static IReadOnlyList<string> RestOfRepayments(IEnumerable<Obligation> all) =>
        [.. all.Where(o => o.Kind == ObligationKind.Repayment).SelectMany(o => o.Rests)];

    /// <summary>Whether it is the final accounts: so stated, what a repayment rests on, or accounts that nothing is due after.</summary>
    public static bool IsFinalAccounts(Obligation it, IReadOnlyList<string> restOfRepayments, IReadOnlyCollection<Obligation> all) =>
        it.Kind == ObligationKind.Deliverable && (it.Purpose is { } stated ? stated == Purpose.FinalAccounts
            : restOfRepayments.Contains(it.Key) || it.Documents.Any(kind => Words(kind).Contains("accounts")) && IsLast(it, all));

    /// <summary>Whether an obligation of that kind can be for it: all but two are delivered.</summary>
    public static bool Suits(this Purpose purpose, ObligationKind kind) => kind switch
    {
        ObligationKind.Deliverable => true,
        ObligationKind.Continuous or ObligationKind.Joint => purpose is Purpose.Information or Purpose.Dissemination,
        _ => false
    };

    /// <summary>Whether it is about money, for finance staff to deliver.</summary>
    public static bool IsFinancial(ObligationTerms terms) =>
        terms.Kind is ObligationKind.Payment or ObligationKind.Repayment
        || (terms.Is is { } stated ? stated is Purpose.Statement or Purpose.FinalAccounts : (terms.Documents ?? []).Any(IsOfMoney));

    static bool IsOfMoney(string kind) => Words(kind).Intersect(ofMoney).Any();

    static bool IsPlan(Obligation it) =>
        it.Purpose == Purpose.Plan || it is { Purpose: null, Kind: ObligationKind.Deliverable } && it.Documents.Contains("plan");

    // A report that somebody receives, that nothing waits for but what is owed to nobody, and that nothing is due after.
    static bool IsLastReport(Obligation it, IReadOnlyCollection<Obligation> all) =>
        it.Recipient is not null && it.Documents.Contains("report") && IsLast(it, all)
        && all.All(other => other.Purpose != Purpose.FinalReport && !(other.Recipient is not null && other.Rests.Contains(it.Key)));

    // By the days that they had first, and without those of instalments, which are decided on later.
    static bool IsLast(Obligation it, IReadOnlyCollection<Obligation> all) =>
        it.FirstDueOn is { } day && all.All(other => other.Instalment is not null || !(other.FirstDueOn > day));

    static string[] Words(string kind) => kind.Split('-');
}
