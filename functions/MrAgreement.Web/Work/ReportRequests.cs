using MrAgreement.Calendars;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>A report to begin.</summary>
/// <param name="Obligation">Key of what it is to be delivered for; absent for none.</param>
/// <param name="Template">follow-up, final, government, yearly or other; absent for what the obligation asks for.</param>
/// <param name="Title">What it is called; absent for what the obligation is.</param>
/// <param name="Period">From the first day to the last; absent for the calendar year before, or all of the agreement.</param>
/// <param name="From">Number of a frozen report whose texts it begins with.</param>
public sealed record ReportRequest(
    string? Obligation = null, ReportKind? Template = null, string? Title = null, DateSpan? Period = null, int? From = null);

/// <summary>What a report is called, and of which days it is.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Period">From the first day to the last.</param>
public sealed record ReportHeadingRequest(string Title, DateSpan Period);

/// <summary>A section of a report; the whole of it.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Blocks">What it holds, in order.</param>
/// <param name="Contents">Keys of what the clause asks for and this section holds; absent for what was said before.</param>
public sealed record ReportSectionRequest(string Title, IReadOnlyList<ReportBlockRequest> Blocks, IReadOnlyList<string>? Contents = null);

/// <summary>A block of a section: a text, or what is made of what the agreement says.</summary>
/// <param name="Kind">text, figure, table, chart, measures, decisions, statement, recommendations or readings.</param>
/// <param name="Of">What it is of: a reference to a figure, money, efforts, parties, categories, appropriations or
/// coverage:recommendations/measures; the key of a focus area or an indicator; the number of a statement, or final.</param>
/// <param name="Text">Markdown with references to figures, as in {{statement:3/used}}; of a text alone.</param>
/// <param name="Reasons">Why measures are not assessed.</param>
public sealed record ReportBlockRequest(
    ReportBlockKind Kind, string? Of = null, string? Text = null, IReadOnlyList<NotAssessed>? Reasons = null)
{
    internal ReportBlock Block => new(Kind, Of, Text, Reasons);
}
