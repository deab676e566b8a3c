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
        _ when IsFinalAccounts(it, RestOfRepayments(all)) => Purpose.FinalAccounts,
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

    /// <summary>Whether it is the final accounts: so stated, what a repayment rests on, or what the kind of its document says.</summary>
    public static bool IsFinalAccounts(Obligation it, IReadOnlyList<string> restOfRepayments) => it.Kind == ObligationKind.Deliverable
        && (it.Purpose is { } stated ? stated == Purpose.FinalAccounts
            : restOfRepayments.Contains(it.Key) || it.Documents.Any(kind => Words(kind).Contains("accounts")));

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

    // Of the reports that somebody receives on days of their own, and that nothing waits for but what is owed to nobody.
    static bool IsLastReport(Obligation it, IReadOnlyCollection<Obligation> all)
    {
        bool IsReport(Obligation o) =>
            o is { Kind: ObligationKind.Deliverable, Purpose: null, Year: null, Recipient: not null, Instalment: null }
            && o.FirstDueOn is not null && o.Documents.Contains("report")
            && !all.Any(other => other.Recipient is not null && other.Rests.Contains(o.Key));
        return IsReport(it) && all.Where(IsReport).All(other => other.FirstDueOn <= it.FirstDueOn)
            && all.All(other => other.Purpose != Purpose.FinalReport);
    }

    static string[] Words(string kind) => kind.Split('-');
}
