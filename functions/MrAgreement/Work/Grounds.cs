using System.Collections.Immutable;
using System.Diagnostics;

namespace MrAgreement.Work;

/// <summary>Something that happens to the work itself.</summary>
/// <param name="Party">Key of the party whose people did it.</param>
public abstract record WorkEvent(string Party) : Event;

/// <summary>The work itself: recommendations, what was told of them, findings, the plan that rests on them, and what comes of
/// it to be read by all.</summary>
public sealed record Grounds
{
    public static readonly Grounds None = new();

    public ImmutableList<Recommendation> Recommendations { get; init; } = [];

    public ImmutableList<Information> Informations { get; init; } = [];

    public ImmutableList<Finding> Findings { get; init; } = [];

    /// <summary>Versions of the plan, oldest first; of another party's only those that the person sees.</summary>
    public ImmutableList<PlanVersion> Plans { get; init; } = [];

    /// <summary>Frozen reports, oldest first; of another party's only those that the person sees.</summary>
    public ImmutableList<FrozenReport> Reports { get; init; } = [];

    /// <summary>Project plans, by the key of their focus area.</summary>
    public ImmutableSortedDictionary<string, ProjectPlan> ProjectPlans { get; init; } = ByKey<ProjectPlan>();

    /// <summary>What was told of measures, by their keys.</summary>
    public ImmutableSortedDictionary<string, FollowedMeasure> Measures { get; init; } = ByKey<FollowedMeasure>();

    /// <summary>What the sides have published, or mean to, oldest first.</summary>
    public ImmutableList<Publication> Publications { get; init; } = [];
    /// <summary>By their keys.</summary>
    public ImmutableSortedDictionary<string, Indicator> Indicators { get; init; } = ByKey<Indicator>();

    public Support Support { get; init; } = Support.None;

    public PlanVersion? Plan(int number) => Plans.Find(version => version.Number == number);

    static ImmutableSortedDictionary<string, T> ByKey<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);

    /// <summary>The recommendation of the same paragraph of the same document; null when none is recorded.</summary>
    public Recommendation? OfSamePlace(RecommendationContent told) =>
        told.Trimmed() is var content ? Recommendations.Find(other => other.Content.Place == content.Place) : null;

    public static Grounds Evolve(Grounds it, WorkEvent happened, Recorded recorded) => happened switch
    {
        RecommendationRecorded e => it with
        {
            Recommendations = it.Recommendations.AddRange(e.Recommendations.Select((content, i) => new Recommendation(e.Number + i, e.Party,
                [new(content, recorded.By, recorded.At)]) { Recorded = recorded.Sequence, Touched = recorded.Sequence }))
        },
        RecommendationRevised e => it.Changed(e.Number, recorded, before => before with
        {
            Versions = before.Versions.Add(new(e.Content, recorded.By, recorded.At))
        }),
        RecommendationsInformed e => e.Numbers.Aggregate(it, (after, number) => after.Changed(number, recorded, before => before with
        {
            Informed = e.Number, InformedVersion = before.Versions.Count
        })) with
        {
            Informations = it.Informations.Add(new(e.Number, e.Numbers, e.InformedOn, e.How, e.Documents, e.Party, recorded.By, recorded.At,
                e.Obligation) { Touched = recorded.Sequence })
        },
        InformationReceived e => it with
        {
            Informations = it.Informations.SetItem(e.Number - 1, it.Informations[e.Number - 1] with
            {
                Received = new(e.Party, recorded.By, recorded.At), Touched = recorded.Sequence
            })
        },
        FindingRecorded e => it with
        {
            Findings = it.Findings.Add(new(e.Number, e.Party, [new(1, e.Finding, recorded.By, recorded.At)])
            {
                Touched = recorded.Sequence
            })
        },
        FindingRevised e => it.Changed(e.Number, recorded, before => before with
        {
            Told = before.Told.Add(new(e.Version, e.Finding, recorded.By, recorded.At))
        }),
        FindingRetracted e => it.Changed(e.Number, recorded, before => before with
        {
            Retracted = new(e.Reason, recorded.By, recorded.At)
        }),
        PlanVersionMade e => it with
        {
            Plans = it.Plans.Add(new(e.Number, e.Reason, e.Consultation, e.Summary, e.Content, e.Sha256, e.Party, recorded.By, recorded.At,
                recorded.Sequence))
        },
        ReportFrozen e => it with
        {
            Reports = it.Reports.Add(new(e.Number, e.Report, e.Content, e.Sha256, e.Documents, e.Party, recorded.By, recorded.At,
                recorded.Sequence))
        },
        ProjectPlanWritten e => it.Changed(e.FocusArea, e.Party, recorded, before => before with
        {
            Party = e.Party, Versions = before.Versions.Add(new(e.Version, e.Text, e.Documents, recorded.By, recorded.At))
        }),
        ProjectPlanChecked e => it.Changed(e.FocusArea, e.Party, recorded, before => before with
        {
            Checks = before.Checks.Add(new(e.Version, e.Outcome, e.Comment, e.Party, recorded.By, recorded.At))
        }),
        MeasureReported e => it.Changed(e.Measure, recorded, before => before with
        {
            Reports = before.Reports.Add(new(e.Number, null, e.Report, e.Party, recorded.By, recorded.At))
        }),
        MeasureReportCorrected e => it.Changed(e.Measure, recorded, before => before with
        {
            Reports = before.Reports.SetItem(e.Corrects - 1, before.Reports[e.Corrects - 1] with { CorrectedBy = e.Number })
                .Add(new(e.Number, e.Corrects, e.Report, e.Party, recorded.By, recorded.At))
        }),
        MeasureAssessed e => it.Changed(e.Measure, recorded, before => before with
        {
            Assessments = before.Assessments.Add(new(e.Number, e.Result, e.Text, e.LivesOn, e.Evidence, e.Party, recorded.By, recorded.At))
        }),
        MaterialPublished e => it with
        {
            Publications = it.Publications.Add(new(e.Number, e.Material, e.Party, recorded.By, recorded.At) { Touched = recorded.Sequence })
        },
        MaterialSpread e => it.Publication(e.Number, recorded, before => before with
        {
            Spread = before.Spread.Add(new(e.Spreading, e.Party, recorded.By, recorded.At))
        }),
        PublicationApproved e => it.Publication(e.Number, recorded, before => before with
        {
            Approved = new(e.Checks, e.Sha256, e.Party, recorded.By, recorded.At)
        }),
        PublicationWithdrawn e => it.Publication(e.Number, recorded, before => before with
        {
            Withdrawn = new(e.Reason, recorded.By, recorded.At), WithdrawnBy = e.Party
        }),
        IndicatorEvent e => it with { Indicators = Indicator.Evolve(it.Indicators, e, recorded) },
        SupportEvent e => it with { Support = Support.Evolve(it.Support, e, recorded) },
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    Grounds Changed(string area, string party, Recorded recorded, Func<ProjectPlan, ProjectPlan> change) => this with
    {
        ProjectPlans = ProjectPlans.SetItem(area, change(ProjectPlans.GetValueOrDefault(area) ?? new(area, party, [])) with
        {
            Touched = recorded.Sequence
        })
    };

    Grounds Changed(string measure, Recorded recorded, Func<FollowedMeasure, FollowedMeasure> change) => this with
    {
        Measures = Measures.SetItem(measure, change(Measures.GetValueOrDefault(measure) ?? new(measure)) with
        {
            Touched = recorded.Sequence
        })
    };

    Grounds Changed(int number, Recorded recorded, Func<Recommendation, Recommendation> change) => this with
    {
        Recommendations = Recommendations.SetItem(number - 1, change(Recommendations[number - 1]) with { Touched = recorded.Sequence })
    };

    Grounds Publication(int number, Recorded recorded, Func<Publication, Publication> change) => this with
    {
        Publications = Publications.SetItem(number - 1, change(Publications[number - 1]) with { Touched = recorded.Sequence })
    };

    Grounds Changed(int number, Recorded recorded, Func<Finding, Finding> change) => this with
    {
        Findings = Findings.SetItem(number - 1, change(Findings[number - 1]) with { Touched = recorded.Sequence })
    };
}
