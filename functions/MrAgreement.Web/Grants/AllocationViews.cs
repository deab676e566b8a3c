using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Web.Http;
using MrAgreement.Web.Registry;

namespace MrAgreement.Web.Grants;

/// <summary>An amount shared out (fördelning). Amounts in kronor, exact to the öre.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Amount">The whole of it, or for a sub-recipient its own part; negative when it takes back.</param>
/// <param name="Year">Calendar year in which it is to be used.</param>
/// <param name="Reference">The decision that it rests on.</param>
/// <param name="Category">The cost category that it is for.</param>
/// <param name="Appropriation">Where in the state budget it comes from.</param>
/// <param name="Party">The one party that it is for; null when it was shared by the key.</param>
/// <param name="Parts">What each got; of a sub-recipient's own sight, its own part only.</param>
/// <param name="AllocatedBy">Who allocated it.</param>
public sealed record AllocationView(
    int Number, Kronor Amount, int Year, string Reference, string? Category, Appropriation? Appropriation, string? Party,
    IReadOnlyList<AllocationPart> Parts, PersonView AllocatedBy)
{
    internal static AllocationView Of(Allocation it, Viewpoint at) => new(
        it.Number, it.Made.Amount, it.Made.Year, it.Made.Reference, it.Made.Category, it.Made.Appropriation, it.Made.Party, it.Made.Parts,
        at.Name(it.By));

    internal static bool Sees(Allocation it, Viewpoint at) => at.SeesSubmissions && it.Made.Parts.Count > 0;
}

/// <summary>A party's report of what it has spent of its parts in a year.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Party">Key of the party.</param>
/// <param name="Year">Calendar year.</param>
/// <param name="Version">From 1, within the party's year.</param>
/// <param name="Status">prepared, attested, accepted, returned, replaced, withdrawn or sent-back; attested and accepted ones count.</param>
/// <param name="Lines">What was spent, by category and appropriation.</param>
/// <param name="Spent">Together.</param>
/// <param name="Comment">What the coordinator should know.</param>
/// <param name="PreparedBy">Who prepared it.</param>
/// <param name="PreparedAt">When.</param>
/// <param name="AttestedBy">Who attested it; never who prepared it.</param>
/// <param name="DecidedBy">Who accepted or returned it.</param>
/// <param name="DecisionText">The comment or the reason.</param>
/// <param name="Undone">Why nobody attests it; null where somebody has, or may.</param>
/// <param name="Receipt">By whom and when it came in, and under which number; null until it is attested.</param>
public sealed record AllocationReportView(
    int Number, string Party, int Year, int Version, AllocationReportStatus Status, IReadOnlyList<SpendLine> Lines, Kronor Spent,
    string? Comment,
    PersonView PreparedBy, Instant PreparedAt, PersonView? AttestedBy, PersonView? DecidedBy, string? DecisionText,
    UndoneView? Undone, ReceiptView? Receipt)
{
    internal static AllocationReportView Of(AllocationReport it, Viewpoint at) => new(
        it.Number, it.Party, it.Year, it.Prepared.Version, it.Status, it.Prepared.Lines, it.Spent, it.Prepared.Comment,
        at.Name(it.PreparedBy), it.PreparedAt, at.Name(it.AttestedBy), at.Name(it.DecidedBy), it.DecisionText,
        UndoneView.Of(it.Undone, at), ReceiptView.Of(new AllocationReportAttested(it.Number), at.Dossier) is [var from, ..] ? from : null);
}

/// <summary>A year's money put together (sammanställning): the same sums three ways; for a sub-recipient, of its own money alone.</summary>
/// <param name="Year">Calendar year.</param>
/// <param name="ByCategory">By cost category.</param>
/// <param name="ByAppropriation">By appropriation.</param>
/// <param name="ByParty">By party.</param>
/// <param name="Total">All of it.</param>
/// <param name="NotReported">Keys of the parties that were allocated something and have no attested report.</param>
public sealed record CompilationView(
    int Year, IReadOnlyList<CategorySumView> ByCategory, IReadOnlyList<AppropriationSumView> ByAppropriation,
    IReadOnlyList<PartySumView> ByParty, SumView Total, IReadOnlyList<string> NotReported)
{
    internal static CompilationView Of(Compilation it, Viewpoint at)
    {
        return new(it.Year,
            [.. it.ByCategory.Select(c => new CategorySumView(c.Of, at.Dossier.Grant.CategoryTitle(c.Of), c.Allocated, c.Spent, c.Left))],
            [.. it.ByAppropriation.Select(a => new AppropriationSumView(a.Of, a.Allocated, a.Spent, a.Left))],
            [.. it.ByParty.Where(_ => at.SeesSubmissions)
                .Select(p => new PartySumView(p.Of, p.Allocated, p.Spent, p.Left, !it.NotReported.Contains(p.Of)))],
            new(it.Allocated, it.Spent, it.Allocated - it.Spent), at.SeesSubmissions ? it.NotReported : []);
    }
}

/// <param name="Category">Its key; unassigned for what has none.</param>
/// <param name="Title">What the terms call it.</param>
/// <param name="Allocated">Allocated to it.</param>
/// <param name="Spent">Spent on it, by the reports that count.</param>
/// <param name="Left">Negative when more was spent.</param>
public sealed record CategorySumView(string Category, string? Title, Kronor Allocated, Kronor Spent, Kronor Left);

/// <param name="Appropriation">Null for what names none.</param>
/// <param name="Allocated">Allocated of it.</param>
/// <param name="Spent">Spent of it, by the reports that count.</param>
/// <param name="Left">Negative when more was spent.</param>
public sealed record AppropriationSumView(Appropriation? Appropriation, Kronor Allocated, Kronor Spent, Kronor Left);

/// <param name="Party">Its key.</param>
/// <param name="Allocated">Allocated to it.</param>
/// <param name="Spent">Spent by it, by the report that counts.</param>
/// <param name="Left">Negative when more was spent.</param>
/// <param name="Reported">Whether it has a report that counts, or nothing to report.</param>
public sealed record PartySumView(string Party, Kronor Allocated, Kronor Spent, Kronor Left, bool Reported);

/// <param name="Allocated">Allocated.</param>
/// <param name="Spent">Spent, by the reports that count.</param>
/// <param name="Left">Negative when more was spent.</param>
public sealed record SumView(Kronor Allocated, Kronor Spent, Kronor Left);
