using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Money;
using MrAgreement.Organisations;
using MrAgreement.Overviews;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>A version of the plan.</summary>
/// <param name="Version">From 1, within the agreement.</param>
/// <param name="Status">made, submitted, returned, current or replaced.</param>
/// <param name="Reason">Why it was made: first, consultation or other.</param>
/// <param name="Consultation">Key of the consultation that it comes of.</param>
/// <param name="Summary">What is new in it.</param>
/// <param name="Period">From the first day to the last.</param>
/// <param name="Goals">What it is to bring about.</param>
/// <param name="TargetGroups">Whom it is for.</param>
/// <param name="FocusAreas">Its parts, with their measures.</param>
/// <param name="Dropped">Measures of earlier versions that it has no longer.</param>
/// <param name="Analysis">What it comes of.</param>
/// <param name="Missing">What it lacks; told, and in nobody's way.</param>
/// <param name="Sha256">Of its content as JSON.</param>
/// <param name="Party">Key of the party whose it is.</param>
/// <param name="By">Who made it.</param>
/// <param name="At">When.</param>
public sealed record PlanView(
    int Version, PlanStatus Status, PlanReason Reason, string? Consultation, string Summary, DateSpan? Period,
    IReadOnlyList<PlanTopic> Goals, IReadOnlyList<PlanTopic> TargetGroups, IReadOnlyList<FocusAreaView> FocusAreas,
    IReadOnlyList<DroppedMeasure> Dropped, string? Analysis, IReadOnlyList<PlanLack> Missing, Sha256 Sha256, string Party, PersonView By,
    Instant At)
{
    internal static PlanView Of(PlanVersion it, Viewpoint at) => new(it.Number, new Plans(at.Dossier).StatusOf(it), it.Reason,
        it.Consultation, it.Summary, it.Content.Period, it.Content.Goals, it.Content.TargetGroups,
        [.. it.Content.FocusAreas.Select(area => FocusAreaView.Of(area, it.Content, at))], it.Content.Dropped, it.Content.Analysis,
        [.. PlanLacks.Of(at.Dossier, it.Content)], it.Sha256, it.Party, at.Name(it.By), it.At);
}

/// <summary>A version of the plan in a list.</summary>
/// <param name="Version">From 1, within the agreement.</param>
/// <param name="Status">made, submitted, returned, current or replaced.</param>
/// <param name="Reason">Why it was made.</param>
/// <param name="Consultation">Key of the consultation that it comes of.</param>
/// <param name="Summary">What is new in it.</param>
/// <param name="Measures">How many measures it has.</param>
/// <param name="Sha256">Of its content as JSON.</param>
/// <param name="Party">Key of the party whose it is.</param>
/// <param name="By">Who made it.</param>
/// <param name="At">When.</param>
public sealed record PlanVersionView(
    int Version, PlanStatus Status, PlanReason Reason, string? Consultation, string Summary, int Measures, Sha256 Sha256, string Party,
    PersonView By, Instant At)
{
    internal static PlanVersionView Of(PlanVersion it, Plans plans, Viewpoint at) => new(it.Number, plans.StatusOf(it), it.Reason,
        it.Consultation, it.Summary, it.Content.Measures.Count, it.Sha256, it.Party, at.Name(it.By), it.At);
}

/// <param name="Key">Of the focus area.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Text">What it is about.</param>
/// <param name="ProjectPlan">Where its project plan stands.</param>
/// <param name="Measures">What is to be done.</param>
public sealed record FocusAreaView(
    string Key, string Title, string? Text, ProjectPlanSummary ProjectPlan, IReadOnlyList<MeasureView> Measures)
{
    internal static FocusAreaView Of(FocusArea it, PlanContent plan, Viewpoint at) => new(it.Key, it.Title, it.Text,
        at.Dossier.Grounds.ProjectPlans.GetValueOrDefault(it.Key) is { } written ? new(written.Status, written.Last.Number)
            : new(ProjectPlanStatus.None, null),
        [.. plan.Measures.Where(measure => measure.FocusArea == it.Key).Select(measure => MeasureView.Of(measure, at))]);
}

/// <param name="Status">none, written, changed, agreed or comments.</param>
/// <param name="Version">The last one; null for none.</param>
public sealed record ProjectPlanSummary(ProjectPlanStatus Status, int? Version);

/// <summary>A measure of the plan.</summary>
/// <param name="Key">Its own for ever.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Kind">measure or pilot.</param>
/// <param name="FocusArea">Key of the focus area that it belongs to.</param>
/// <param name="Text">What is to be done.</param>
/// <param name="Goals">Keys of the plan's goals.</param>
/// <param name="Findings">Numbers of the findings that it answers.</param>
/// <param name="Recommendations">Numbers of the recommendations that it answers.</param>
/// <param name="Responsible">Key of a party, and a function in it.</param>
/// <param name="With">Whom it is done with.</param>
/// <param name="TargetGroups">Keys of the plan's target groups.</param>
/// <param name="Reach">Codes of organisations, the key of a group, or all.</param>
/// <param name="Period">From the first day to the last.</param>
/// <param name="Budget">By year.</param>
/// <param name="Ledger">By what its costs are known.</param>
/// <param name="LivesOn">How it is to live on when the money ends.</param>
/// <param name="Principles">Which of the principles it is about.</param>
/// <param name="Dimensions">structure, process, result.</param>
/// <param name="Status">As it was last reported; null while it never was.</param>
/// <param name="Result">As it was last assessed; null while it never was.</param>
public sealed record MeasureView(
    string Key, string Title, MeasureKind Kind, string FocusArea, string? Text, IReadOnlyList<string> Goals, IReadOnlyList<int> Findings,
    IReadOnlyList<int> Recommendations, MeasureResponsible? Responsible, IReadOnlyList<string> With, IReadOnlyList<string> TargetGroups,
    IReadOnlyList<string> Reach, DateSpan? Period, IReadOnlyList<MeasureBudget> Budget, LedgerTie? Ledger, string? LivesOn,
    IReadOnlyList<Principle> Principles, IReadOnlyList<WorkDimension> Dimensions, MeasureStatus? Status, MeasureResult? Result)
{
    internal static MeasureView Of(Measure it, Viewpoint at)
    {
        var told = at.Dossier.Grounds.Measures.GetValueOrDefault(it.Key);
        return new(it.Key, it.Title, it.Kind, it.FocusArea, it.Text, it.Goals, it.Findings, it.Recommendations, it.Responsible, it.With,
            it.TargetGroups, it.Reach, it.Period, it.Budget, it.Ledger, it.LivesOn, it.Principles, it.Dimensions,
            told?.Latest?.Content.Status, told?.Assessment?.Result);
    }
}

/// <summary>A measure with what was told of it.</summary>
/// <param name="Measure">As the newest plan that has it tells it.</param>
/// <param name="Versions">Numbers of the versions of the plan that have it.</param>
/// <param name="Dropped">Why the plan has it no longer; null while it has.</param>
/// <param name="Reports">Oldest first.</param>
/// <param name="Assessments">Oldest first; the last counts.</param>
public sealed record FollowedMeasureView(
    MeasureView Measure, IReadOnlyList<int> Versions, string? Dropped, IReadOnlyList<MeasureReportView> Reports,
    IReadOnlyList<MeasureAssessmentView> Assessments)
{
    internal static FollowedMeasureView? Of(string key, Viewpoint at)
    {
        var plans = new Plans(at.Dossier);
        if (plans.Measure(key) is not { } it)
            return null;
        var told = at.Dossier.Grounds.Measures.GetValueOrDefault(key) ?? new(key);
        return new(MeasureView.Of(it, at),
            [.. at.Dossier.Grounds.Plans.Where(version => version.Content.Measure(key) is not null).Select(version => version.Number)],
            plans.Shown!.Content.Dropped.FirstOrDefault(dropped => dropped.Key == key)?.Reason,
            [.. told.Reports.Select(report => MeasureReportView.Of(report, at))],
            [.. told.Assessments.Select(assessment => MeasureAssessmentView.Of(assessment, at))]);
    }
}

/// <param name="Number">From 1, within the measure.</param>
/// <param name="On">The day that it tells of.</param>
/// <param name="Status">planned, ongoing, done, stopped or postponed.</param>
/// <param name="Text">How it went.</param>
/// <param name="Documents">Documents handed over with it.</param>
/// <param name="Reached">Codes of the organisations that it had reached.</param>
/// <param name="Corrects">The report that it stands in place of.</param>
/// <param name="CorrectedBy">The report that stands in its place; null while it stands itself.</param>
/// <param name="Party">Key of the party that told it.</param>
/// <param name="By">Who told it.</param>
/// <param name="At">When.</param>
public sealed record MeasureReportView(
    int Number, LocalDate On, MeasureStatus Status, string Text, IReadOnlyList<SubmittedDocumentView> Documents,
    IReadOnlyList<string> Reached, int? Corrects, int? CorrectedBy, string Party, PersonView By, Instant At)
{
    internal static MeasureReportView Of(MeasureReport it, Viewpoint at) => new(it.Number, it.Content.On, it.Content.Status,
        it.Content.Text, SubmittedDocumentView.Of(it.Content.Documents, at), it.Content.Reached, it.Corrects, it.CorrectedBy, it.Party,
        at.Name(it.By), it.At);
}

/// <param name="Number">From 1, within the measure.</param>
/// <param name="Result">reached, partly, not or too-early.</param>
/// <param name="Text">What came of it.</param>
/// <param name="LivesOn">How it lives on.</param>
/// <param name="Evidence">What that is known by.</param>
/// <param name="Warnings">assessment-without-evidence, where it rests on nothing yet.</param>
/// <param name="Party">Key of the party that assessed it.</param>
/// <param name="By">Who assessed it.</param>
/// <param name="At">When.</param>
public sealed record MeasureAssessmentView(
    int Number, MeasureResult Result, string Text, string? LivesOn, IReadOnlyList<EvidenceView> Evidence, IReadOnlyList<string> Warnings,
    string Party, PersonView By, Instant At)
{
    internal static MeasureAssessmentView Of(MeasureAssessment it, Viewpoint at) => new(it.Number, it.Result, it.Text, it.LivesOn,
        [.. it.Evidence.Select(evidence => new EvidenceView(
            evidence.Document is { } document ? SubmittedDocumentView.Of([document], at)[0] : null, evidence.Report, evidence.Finding))],
        it.Evidence.Count == 0 ? ["assessment-without-evidence"] : [], it.Party, at.Name(it.By), it.At);
}

/// <param name="Document">A document.</param>
/// <param name="Report">Number of a report of the measure.</param>
/// <param name="Finding">Number of a finding.</param>
public sealed record EvidenceView(SubmittedDocumentView? Document, int? Report, int? Finding);

/// <summary>The project plan of a focus area.</summary>
/// <param name="FocusArea">Key of the focus area.</param>
/// <param name="Status">none, written, changed, agreed or comments.</param>
/// <param name="Version">The last one.</param>
/// <param name="Text">What it says.</param>
/// <param name="Party">Key of the party that wrote it.</param>
/// <param name="Versions">How it was written, oldest first.</param>
/// <param name="Checks">What the other side said, oldest first.</param>
public sealed record ProjectPlanView(
    string FocusArea, ProjectPlanStatus Status, int Version, string Text, string Party, IReadOnlyList<ProjectPlanVersionView> Versions,
    IReadOnlyList<ProjectPlanCheckView> Checks)
{
    internal static ProjectPlanView Of(ProjectPlan it, Viewpoint at) => new(it.FocusArea, it.Status, it.Last.Number, it.Last.Text, it.Party,
        [.. it.Versions.Select(version => new ProjectPlanVersionView(version.Number, version.Text,
            SubmittedDocumentView.Of(version.Documents, at), at.Name(version.By), version.At))],
        [.. it.Checks.Select(check => new ProjectPlanCheckView(check.Version, check.Outcome, check.Comment, check.Party, at.Name(check.By),
            check.At))]);
}

/// <param name="Version">From 1.</param>
/// <param name="Text">What it said.</param>
/// <param name="Documents">Documents handed over with it.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="At">When.</param>
public sealed record ProjectPlanVersionView(
    int Version, string Text, IReadOnlyList<SubmittedDocumentView> Documents, PersonView By, Instant At);

/// <param name="Version">The version that was checked.</param>
/// <param name="Outcome">agreed or comments.</param>
/// <param name="Comment">What there was to say of it.</param>
/// <param name="Party">Key of the party that checked it.</param>
/// <param name="By">Who checked it.</param>
/// <param name="At">When.</param>
public sealed record ProjectPlanCheckView(int Version, CheckOutcome Outcome, string? Comment, string Party, PersonView By, Instant At);

/// <summary>The plan as a party is writing it.</summary>
/// <param name="Party">Key of the party whose draft it is.</param>
/// <param name="Plan">What it says, as it is sent.</param>
/// <param name="Faults">All that stands against making a version of it, each at its place.</param>
/// <param name="Missing">What it lacks; in nobody's way.</param>
/// <param name="By">Who changed it last.</param>
/// <param name="At">When.</param>
public sealed record PlanDraftView(
    string Party, PlanRequest Plan, IReadOnlyList<ProblemError> Faults, IReadOnlyList<PlanLack> Missing, PersonView By, Instant At)
{
    internal static PlanDraftView Of(PlanDraft it, Viewpoint at, OrganisationRegister register) => new(it.Party, Request(it.Content),
        [.. PlanDecisions.Faults(at.Dossier, it.Content).Concat(PlanPlaces.Faults(it.Content, register))
            .Select(fault => ProblemError.Of(fault, at.Language))],
        [.. PlanLacks.Of(at.Dossier, it.Content)], at.Name(it.By), it.At);

    static PlanRequest Request(PlanContent it) => new(it.Period, it.Goals, it.TargetGroups, it.FocusAreas,
        [.. it.Measures.Select(measure => new MeasureRequest(measure.Key, measure.Title, measure.FocusArea, measure.Kind, measure.Text,
            measure.Goals, measure.Findings, measure.Recommendations, measure.Responsible, measure.With, measure.TargetGroups,
            measure.Reach, measure.Period, measure.Budget, measure.Ledger, measure.LivesOn, measure.Principles, measure.Dimensions))],
        it.Dropped, it.Analysis);
}

/// <summary>In what one version of a plan differs from another.</summary>
/// <param name="Version">The one looked at.</param>
/// <param name="From">The one that it is compared with.</param>
/// <param name="Added">What it has and the other has not.</param>
/// <param name="Removed">What the other has and it has not; of measures with the reason.</param>
/// <param name="Changed">Fields that say something else.</param>
/// <param name="Moved">Focus areas whose money is another.</param>
public sealed record PlanDifferenceView(
    int Version, int From, IReadOnlyList<PlanItem> Added, IReadOnlyList<PlanItem> Removed, IReadOnlyList<ChangedField> Changed,
    IReadOnlyList<MovedBudget> Moved);

/// <summary>The money of the plan.</summary>
/// <param name="Version">Of the plan.</param>
/// <param name="Period">The plan's; costs are those of its days.</param>
/// <param name="Budget">Of all measures.</param>
/// <param name="Spent">On all measures, of which it is known.</param>
/// <param name="Unassigned">Costs of the period that are no measure's: with what is spent they are all costs of the period.</param>
/// <param name="Costs">All costs of the period.</param>
/// <param name="Decided">What is decided of the grant.</param>
/// <param name="Conditional">What there may be besides, on conditions.</param>
/// <param name="RestsOnConditional">Whether a part of the budget rests on what is not decided yet.</param>
/// <param name="Above">By how much the budget is above both.</param>
/// <param name="FocusAreas">One by one, with their measures.</param>
/// <param name="Warnings">budget-above-grant, where it is.</param>
public sealed record PlanMoneyView(
    int Version, DateSpan Period, Kronor Budget, Kronor Spent, Kronor Unassigned, Kronor Costs, Kronor Decided, Kronor Conditional,
    bool RestsOnConditional, Kronor Above, IReadOnlyList<FocusAreaMoneyView> FocusAreas, IReadOnlyList<string> Warnings)
{
    internal static PlanMoneyView Of(PlanVersion version, Viewpoint at)
    {
        var it = PlanMoney.Of(at.Dossier, version.Content);
        return new(version.Number, it.Period, it.Budget, it.Spent, it.Unassigned, it.Costs, it.Decided, it.Conditional,
            it.RestsOnConditional, it.Above, [.. it.Areas.Select(area => new FocusAreaMoneyView(area.Area.Key, area.Area.Title, area.Budget,
                area.Spent, area.Left, [.. area.Measures.Select(measure => new MeasureMoneyView(measure.Measure.Key, measure.Measure.Title,
                    measure.Budget, measure.Spent, measure.Left, measure.Basis))]))],
            it.Above.IsZero ? [] : ["budget-above-grant"]);
    }
}

/// <param name="Key">Of the focus area.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Budget">Of its measures.</param>
/// <param name="Spent">On its measures, of which it is known.</param>
/// <param name="Left">Of the budget.</param>
/// <param name="Measures">One by one.</param>
public sealed record FocusAreaMoneyView(
    string Key, string Title, Kronor Budget, Kronor Spent, Kronor Left, IReadOnlyList<MeasureMoneyView> Measures);

/// <param name="Key">Of the measure.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Budget">Of all its years.</param>
/// <param name="Spent">Null when nothing tells it.</param>
/// <param name="Left">Of the budget; null when nothing tells what is spent.</param>
/// <param name="Basis">ledger-object, category or none.</param>
public sealed record MeasureMoneyView(string Key, string Title, Kronor Budget, Kronor? Spent, Kronor? Left, PlanMoneyBasis Basis);

/// <summary>All that there is of the plan, for a package.</summary>
/// <param name="Plan">The version that counts, or else the last one.</param>
/// <param name="Versions">Oldest first.</param>
/// <param name="ProjectPlans">With their versions and checks.</param>
/// <param name="Measures">With what was told of them; those that were dropped too.</param>
/// <param name="Money">Budget and costs.</param>
public sealed record PlanRecord(
    PlanView Plan, IReadOnlyList<PlanVersionView> Versions, IReadOnlyList<ProjectPlanView> ProjectPlans,
    IReadOnlyList<FollowedMeasureView> Measures, PlanMoneyView? Money)
{
    internal static PlanRecord Of(Viewpoint at)
    {
        var plans = new Plans(at.Dossier);
        return new(PlanView.Of(plans.Shown!, at), [.. at.Dossier.Grounds.Plans.Select(it => PlanVersionView.Of(it, plans, at))],
            [.. at.Dossier.Grounds.ProjectPlans.Values.Select(it => ProjectPlanView.Of(it, at))],
            [.. at.Dossier.Grounds.Plans.SelectMany(it => it.Content.Measures).Select(it => it.Key).Distinct()
                .Select(key => FollowedMeasureView.Of(key, at)!)],
            at.SeesSubmissions ? PlanMoneyView.Of(plans.Shown!, at) : null);
    }
}
