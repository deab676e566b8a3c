using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Organisations;
using MrAgreement.Parties;

namespace MrAgreement.Overviews;

/// <summary>A part of the work itself.</summary>
public enum WorkPart
{
    Recommendations,
    Findings,
    Plan,
    Indicators,
    Efforts,
    Publications,
    Reports,
    Bodies
}

/// <summary>What a part of the work lacks.</summary>
public enum WorkLack
{
    /// <summary>The other side has not been told of a recommendation.</summary>
    NotInformed,

    /// <summary>The other side was told, and has not said that it has received it.</summary>
    NotReceived,

    /// <summary>No finding rests on a recommendation.</summary>
    WithoutFinding,

    /// <summary>No measure takes it up.</summary>
    WithoutMeasure,

    /// <summary>A finding rests on nothing.</summary>
    WithoutSource,

    /// <summary>The plan, or a revision of it, is to be handed in.</summary>
    PlanOwed,

    /// <summary>The other side has not checked a project plan.</summary>
    NotChecked,

    /// <summary>The period of a measure has ended, and nothing tells how it ended.</summary>
    NotReported,

    /// <summary>The day by which an indicator is to be read is past.</summary>
    NotRead,

    /// <summary>An effort's step asks for a declaration that somebody has not made.</summary>
    WithoutIntent,

    /// <summary>The other side has not opened material to everybody.</summary>
    NotApproved,

    /// <summary>A report is to be handed in.</summary>
    ReportOwed,

    /// <summary>A body has not met.</summary>
    NotMet
}

/// <param name="Key">Its number, or its key.</param>
/// <param name="DueOn">Null for no day.</param>
public sealed record LackingItem(string Key, string Title, LocalDate? DueOn = null);

/// <summary>Those of a part that lack the same.</summary>
public sealed record WorkGap(WorkLack Lack, IReadOnlyList<LackingItem> Of);

/// <summary>How much there is of a part of the work, and what it lacks.</summary>
/// <param name="Count">Of a plan its measures.</param>
public sealed record WorkPartRow(WorkPart Part, int Count, IReadOnlyList<WorkGap> Missing);

/// <summary>The work itself at a glance. What waits for somebody is asked of the work list and what touches what of the coverage, so that
/// no page tells it otherwise.</summary>
public static class WorkHub
{
    /// <summary>All parts, in the order in which the work is done.</summary>
    public static IReadOnlyList<WorkPartRow> Of(Dossier it, Actor by, LocalDate today, OrganisationRegister register)
    {
        var (grounds, turns) = (it.Grounds, WorkList.Of(it).Where(turn => turn.From <= today).ToLookup(turn => turn.Work));
        var publications = grounds.Publications.Count(material => Sight.Sees(it, by, material));
        return
        [
            Row(WorkPart.Recommendations, grounds.Recommendations.Count,
                (WorkLack.NotInformed, grounds.Recommendations.Where(told => told.IsToTell)
                    .Select(told => new LackingItem($"{told.Number}", told.Content.Title))),
                (WorkLack.NotReceived, Waiting(WorkKind.ReceiveInformation)),
                (WorkLack.WithoutFinding, Untouched(CoverageOf.Recommendations, CoverageBy.Findings)),
                (WorkLack.WithoutMeasure, Untouched(CoverageOf.Recommendations, CoverageBy.Measures))),
            Row(WorkPart.Findings, grounds.Findings.Count(finding => finding.Retracted is null),
                (WorkLack.WithoutSource, grounds.Findings.Where(finding => finding is { Retracted: null, Content.Sources.Count: 0 })
                    .Select(finding => new LackingItem($"{finding.Number}", finding.Content.Title))),
                (WorkLack.WithoutMeasure, Untouched(CoverageOf.Findings, CoverageBy.Measures))),
            Row(WorkPart.Plan, new Plans(it).Shown?.Content.Measures.Count ?? 0,
                (WorkLack.PlanOwed, Waiting(WorkKind.Submit, WorkKind.Complete).Where(owed => PurposeOf(owed.Key) == Purpose.Plan)),
                (WorkLack.NotChecked, Waiting(WorkKind.CheckProjectPlan)), (WorkLack.NotReported, Waiting(WorkKind.ReportMeasure))),
            Row(WorkPart.Indicators, grounds.Indicators.Values.Count(indicator => indicator.Ended is null),
                (WorkLack.NotRead, Waiting(WorkKind.ReadIndicator))),
            Row(WorkPart.Efforts, grounds.Support.Efforts.Count(effort => effort.Cancelled is null),
                (WorkLack.WithoutIntent, grounds.Support.Efforts.Where(effort => effort.Cancelled is null
                    && EffortReaching.WithoutIntent(grounds.Support, effort.Content, register).Count > 0)
                    .Select(effort => new LackingItem($"{effort.Number}", effort.Content.Title)))),
            Row(WorkPart.Publications, publications, (WorkLack.NotApproved, Waiting(WorkKind.ApprovePublication))),
            Row(WorkPart.Reports, grounds.Reports.Count, (WorkLack.ReportOwed, Waiting(WorkKind.Submit, WorkKind.Complete).Where(owed =>
                PurposeOf(owed.Key) is Purpose.FollowUpReport or Purpose.FinalReport))),
            Row(WorkPart.Bodies, it.Agreement.Bodies.Count, (WorkLack.NotMet, it.Agreement.Bodies.Where(body => body.Meetings.Count == 0)
                .Select(body => new LackingItem(body.Key, body.Title))))
        ];

        // What waits for several people is lacking once.
        IEnumerable<LackingItem> Waiting(params WorkKind[] kinds) => kinds.SelectMany(kind => turns[kind])
            .DistinctBy(turn => turn.Subject).Select(turn => new LackingItem(turn.Subject, turn.Title, turn.DueOn));

        IEnumerable<LackingItem> Untouched(CoverageOf of, CoverageBy with) => Coverage.Of(it, of, with)
            .Where(row => row.TouchedBy.Count == 0).Select(row => new LackingItem($"{row.Number}", row.Title));

        Purpose? PurposeOf(string key) => it.Agreement.PurposeOf(it.Agreement.Obligations[key]);
    }

    static WorkPartRow Row(WorkPart part, int count, params (WorkLack Lack, IEnumerable<LackingItem> Of)[] gaps) =>
        new(part, count, [.. gaps.Select(gap => new WorkGap(gap.Lack, [.. gap.Of])).Where(gap => gap.Of.Count > 0)]);
}
