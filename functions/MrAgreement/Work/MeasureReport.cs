using System.Collections.Immutable;
using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Work;

/// <summary>How far a measure has come.</summary>
public enum MeasureStatus
{
    Planned,
    Ongoing,
    Done,
    Stopped,
    Postponed
}

/// <summary>What came of a measure.</summary>
public enum MeasureResult
{
    Reached,
    Partly,
    Not,
    TooEarly
}

/// <summary>Tells how a measure goes.</summary>
/// <param name="On">The day that it tells of, today or earlier.</param>
/// <param name="Documents">Ids of documents of one's own party; the newest versions are handed over.</param>
/// <param name="Reached">Codes of the organisations that it has reached.</param>
/// <param name="Corrects">Number of the report that it corrects; null for none.</param>
public sealed record ReportMeasure(
    string Measure, LocalDate On, MeasureStatus Status, string Text, IReadOnlyList<Guid> Documents, IReadOnlyList<string> Reached,
    int? Corrects = null) : Command(Act.ReportMeasure), IWithDocuments
{
    public IReadOnlyList<RegisterDocument> Enclosed { get; init; } = [];

    public Command With(IReadOnlyList<Guid> documents) => this with { Documents = documents, Enclosed = [] };

    public override Subject Subject => Measure;
}

/// <summary>Says what came of a measure.</summary>
public sealed record AssessMeasure(
    string Measure, MeasureResult Result, string Text, string? LivesOn, IReadOnlyList<NamedEvidence> Evidence) : Command(Act.AssessMeasure),
    IWithDocuments
{
    public IReadOnlyList<Guid> Documents => [.. Evidence.Select(named => named.Document).OfType<Guid>()];

    public IReadOnlyList<RegisterDocument> Enclosed { get; init; } = [];

    public Command With(IReadOnlyList<Guid> documents) => this with
    {
        Evidence = [.. Evidence, .. documents.Except(Documents).Select(document => new NamedEvidence(Document: document))], Enclosed = []
    };

    public override Subject Subject => Measure;
}

/// <summary>What an assessment is to rest on, as somebody names it: one of them.</summary>
/// <param name="Document">Id of a document of one's own party.</param>
/// <param name="Report">Number of a report of the measure.</param>
/// <param name="Finding">Number of a finding.</param>
public sealed record NamedEvidence(Guid? Document = null, int? Report = null, int? Finding = null);

/// <summary>What an assessment rests on: one of them.</summary>
public sealed record Evidence(DocumentVersion? Document = null, int? Report = null, int? Finding = null);

/// <summary>A report as it is told.</summary>
public sealed record MeasureReportContent(
    LocalDate On, MeasureStatus Status, string Text, IReadOnlyList<DocumentVersion> Documents, IReadOnlyList<string> Reached);

/// <param name="Number">From 1, within the measure.</param>
public sealed record MeasureReported(string Measure, int Number, MeasureReportContent Report, string Party) : WorkEvent(Party);

/// <param name="Number">Of its own, from 1, within the measure.</param>
/// <param name="Corrects">The report that it stands in place of.</param>
public sealed record MeasureReportCorrected(string Measure, int Number, int Corrects, MeasureReportContent Report, string Party)
    : WorkEvent(Party);

/// <param name="Number">From 1, within the measure; the last counts.</param>
public sealed record MeasureAssessed(
    string Measure, int Number, MeasureResult Result, string Text, IReadOnlyList<Evidence> Evidence, string Party, string? LivesOn = null)
        : WorkEvent(Party);

/// <summary>What was told of a measure on a day.</summary>
/// <param name="Corrects">The report that it stands in place of; null for none.</param>
public sealed record MeasureReport(
    int Number, int? Corrects, MeasureReportContent Content, string Party, PersonId By, Instant At)
{
    /// <summary>The report that stands in its place; null while it stands itself.</summary>
    public int? CorrectedBy { get; init; }
}

/// <summary>What was said to have come of a measure.</summary>
public sealed record MeasureAssessment(
    int Number, MeasureResult Result, string Text, string? LivesOn, IReadOnlyList<Evidence> Evidence, string Party, PersonId By,
    Instant At);

/// <summary>What was told of a measure, in whichever versions of the plan it is.</summary>
/// <param name="Measure">Its key.</param>
public sealed record FollowedMeasure(string Measure)
{
    public ImmutableList<MeasureReport> Reports { get; init; } = [];

    public ImmutableList<MeasureAssessment> Assessments { get; init; } = [];

    /// <summary>Sequence of the last event that touched it.</summary>
    public long Touched { get; init; }

    /// <summary>The report of the latest day, of those that stand; null for none.</summary>
    public MeasureReport? Latest => Reports.Where(report => report.CorrectedBy is null).MaxBy(report => (report.Content.On, report.Number));

    public MeasureAssessment? Assessment => Assessments.Count > 0 ? Assessments[^1] : null;
}
