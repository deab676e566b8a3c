using MrAgreement.Calendars;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>A plan as it is written, finished or not.</summary>
/// <param name="Period">From the first day to the last.</param>
/// <param name="Goals">What it is to bring about.</param>
/// <param name="TargetGroups">Whom it is for.</param>
/// <param name="FocusAreas">Its parts.</param>
/// <param name="Measures">What is to be done, in each of them.</param>
/// <param name="Dropped">Measures of earlier versions that are in it no longer, with the reason of each.</param>
/// <param name="Analysis">What it comes of.</param>
public sealed record PlanRequest(
    DateSpan? Period = null, IReadOnlyList<PlanTopic>? Goals = null, IReadOnlyList<PlanTopic>? TargetGroups = null,
    IReadOnlyList<FocusArea>? FocusAreas = null, IReadOnlyList<MeasureRequest>? Measures = null,
    IReadOnlyList<DroppedMeasure>? Dropped = null, string? Analysis = null)
{
    internal PlanContent Content => new(Goals ?? [], TargetGroups ?? [], FocusAreas ?? [],
        [.. (Measures ?? []).Select(measure => measure.Measure)], Dropped ?? [], Period, Analysis);
}

/// <param name="Key">Its own for ever: none is used twice.</param>
/// <param name="Title">What it is called.</param>
/// <param name="FocusArea">Key of the focus area that it belongs to.</param>
/// <param name="Kind">measure, or pilot for what is tried first; measure when absent.</param>
/// <param name="Text">What is to be done.</param>
/// <param name="Goals">Keys of the plan's goals.</param>
/// <param name="Findings">Numbers of the findings that it answers.</param>
/// <param name="Recommendations">Numbers of the recommendations that it answers.</param>
/// <param name="Responsible">Key of a party, and a function in it.</param>
/// <param name="With">Whom it is done with.</param>
/// <param name="TargetGroups">Keys of the plan's target groups.</param>
/// <param name="Reach">Codes of organisations, the key of a group, or all.</param>
/// <param name="Period">Within the plan's.</param>
/// <param name="Budget">By year.</param>
/// <param name="Ledger">By what its costs are known: an object of a dimension, or a cost category.</param>
/// <param name="LivesOn">How it is to live on when the money ends.</param>
/// <param name="Principles">anti-discrimination, transparency, accountability, participation, inclusion.</param>
/// <param name="Dimensions">structure, process, result.</param>
public sealed record MeasureRequest(
    string Key, string Title, string FocusArea, MeasureKind? Kind = null, string? Text = null, IReadOnlyList<string>? Goals = null,
    IReadOnlyList<int>? Findings = null, IReadOnlyList<int>? Recommendations = null, MeasureResponsible? Responsible = null,
    IReadOnlyList<string>? With = null, IReadOnlyList<string>? TargetGroups = null, IReadOnlyList<string>? Reach = null,
    DateSpan? Period = null, IReadOnlyList<MeasureBudget>? Budget = null, LedgerTie? Ledger = null, string? LivesOn = null,
    IReadOnlyList<Principle>? Principles = null, IReadOnlyList<WorkDimension>? Dimensions = null)
{
    internal Measure Measure => new(Key, Title, Kind ?? MeasureKind.Measure, FocusArea, Goals ?? [], Findings ?? [], Recommendations ?? [],
        With ?? [], TargetGroups ?? [], Reach ?? [], Budget ?? [], Principles ?? [], Dimensions ?? [], Responsible, Period, Ledger, LivesOn,
        Text);
}

/// <param name="Reason">first, consultation or other.</param>
/// <param name="Summary">What is new, in short.</param>
/// <param name="Consultation">Key of the consultation that it comes of.</param>
public sealed record PlanVersionRequest(PlanReason Reason, string Summary, string? Consultation = null);

/// <param name="Text">What is to be done, by whom and when.</param>
/// <param name="Documents">Ids of documents of one's own party; they are handed over.</param>
public sealed record ProjectPlanRequest(string Text, IReadOnlyList<Guid>? Documents = null);

/// <param name="Outcome">agreed or comments.</param>
/// <param name="Comment">What there is to say of it.</param>
public sealed record ProjectPlanCheckRequest(CheckOutcome Outcome, string? Comment = null);

/// <param name="On">The day that it tells of, today or earlier.</param>
/// <param name="Status">planned, ongoing, done, stopped or postponed.</param>
/// <param name="Text">How it goes.</param>
/// <param name="Documents">Ids of documents of one's own party; they are handed over.</param>
/// <param name="Reached">Codes of the organisations that it has reached.</param>
/// <param name="Corrects">Number of the report that it stands in place of.</param>
public sealed record MeasureReportRequest(
    LocalDate On, MeasureStatus Status, string Text, IReadOnlyList<Guid>? Documents = null, IReadOnlyList<string>? Reached = null,
    int? Corrects = null);

/// <param name="Result">reached, partly, not or too-early.</param>
/// <param name="Text">What came of it.</param>
/// <param name="LivesOn">How it lives on.</param>
/// <param name="Evidence">What that is known by; needed unless it is too early to say.</param>
public sealed record MeasureAssessmentRequest(
    MeasureResult Result, string Text, string? LivesOn = null, IReadOnlyList<NamedEvidence>? Evidence = null);
