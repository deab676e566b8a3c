using System.Globalization;
using System.Text.Json;
using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Work;

/// <summary>What an indicator was read as for a part, as for women.</summary>
/// <param name="Breakdown">Key of what it is a part by.</param>
/// <param name="Value">Which of its values.</param>
public sealed record ReadingPart(string Breakdown, string Value, Figure Figure);

/// <summary>A reading as somebody tells it.</summary>
/// <param name="On">The day that it is of, today or earlier.</param>
/// <param name="Source">What tells it; null for nothing said.</param>
/// <param name="Documents">Ids of documents of one's own party; the newest versions are handed over.</param>
public sealed record ToldReading(
    LocalDate On, Figure Figure, IReadOnlyList<ReadingPart> Parts, string? Source, IReadOnlyList<Guid> Documents);

/// <summary>Reads an indicator.</summary>
/// <param name="Corrects">Number of the reading that it stands in place of; null for none.</param>
/// <param name="IsSure">If not, whoever tells it is asked first about what looks like a slip.</param>
public sealed record RecordReading(string Indicator, ToldReading Reading, int? Corrects = null, bool IsSure = true)
    : Command(Act.RecordReading), IWithDocuments
{
    public IReadOnlyList<Guid> Documents => Reading.Documents;

    public IReadOnlyList<RegisterDocument> Enclosed { get; init; } = [];

    public Command With(IReadOnlyList<Guid> documents) => this with
    {
        Reading = Reading with { Documents = documents }, Enclosed = []
    };

    public override Subject Subject => Indicator;
}

/// <summary>A reading as it is told.</summary>
public sealed record ReadingContent(
    LocalDate On, Figure Figure, IReadOnlyList<ReadingPart> Parts, IReadOnlyList<DocumentVersion> Documents, string? Source = null)
{
    internal bool SaysSame(ReadingContent other) =>
        JsonSerializer.Serialize(this, Json.Options) == JsonSerializer.Serialize(other, Json.Options);
}

/// <param name="Number">From 1, within the agreement.</param>
public sealed record ReadingRecorded(string Indicator, int Number, ReadingContent Reading, string Party) : IndicatorEvent(Indicator, Party);

/// <param name="Number">Of its own, from 1, within the agreement.</param>
/// <param name="Corrects">The reading that it stands in place of.</param>
public sealed record ReadingCorrected(string Indicator, int Number, int Corrects, ReadingContent Reading, string Party)
    : IndicatorEvent(Indicator, Party);

/// <summary>What an indicator was read as on a day (mätvärde). It never changes: another may stand in its place.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Corrects">The reading that it stands in place of; null for none.</param>
public sealed record RecordedReading(int Number, int? Corrects, ReadingContent Content, string Party, PersonId By, Instant At)
{
    /// <summary>The reading that stands in its place; null while it stands itself.</summary>
    public int? CorrectedBy { get; init; }

    /// <summary>What may be a slip, beside the other readings that stand.</summary>
    /// <param name="others">By their days.</param>
    internal static IEnumerable<Fault> Doubts(IndicatorContent of, ReadingContent told, IReadOnlyList<RecordedReading> others)
    {
        const string sure = "/sure";
        foreach (var by in of.Unit is IndicatorUnit.Share or IndicatorUnit.Number ? told.Parts.GroupBy(part => part.Breakdown) : [])
        {
            Figure sum = of.Unit == IndicatorUnit.Share
                ? new(null, by.Sum(part => part.Figure.Numerator), by.Sum(part => part.Figure.Denominator))
                : new(Figure.Plain(by.Sum(part => part.Figure.Value ?? 0)));
            if (sum != told.Figure)
                yield return new(sure, "parts-differ-from-total", ("title", of.Breakdowns.First(it => it.Key == by.Key).Title),
                    ("sum", Written(sum)), ("total", Written(told.Figure)));
        }
        if (others.LastOrDefault(other => other.Content.On <= told.On) is not { } before)
            yield break;
        if (before.Content.On == told.On)
            yield return new(sure, "reading-same-day", ("number", before.Number), ("date", told.On));
        if (of.Cumulative && told.Figure.Exact < before.Content.Figure.Exact)
            yield return new(sure, "cumulative-falls", ("number", before.Number), ("date", before.Content.On));
        if (told.Figure.Denominator is { } whole && before.Content.Figure.Denominator is { } was
            && Math.Abs(whole - was) * 10m > was)
            yield return new(sure, "base-changed", ("before", was), ("now", whole), ("date", before.Content.On));
    }

    static string Written(Figure it) => it.Value is { } value ? value.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{it.Numerator}/{it.Denominator}");
}
