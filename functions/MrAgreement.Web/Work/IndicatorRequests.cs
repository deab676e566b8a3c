using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <param name="Title">What it is called.</param>
/// <param name="Dimension">structure, process or result.</param>
/// <param name="Unit">yes-no, number, share or scale.</param>
/// <param name="Direction">up, down or hold: which way is the right one.</param>
/// <param name="BelongsTo">A measure, a focus area or a goal, by its key in the plan: one of them.</param>
/// <param name="Key">Its own for ever. In a revision as in the address, or absent.</param>
/// <param name="Principles">anti-discrimination, transparency, accountability, participation, inclusion.</param>
/// <param name="Cumulative">Whether each figure holds those before it.</param>
/// <param name="Decimals">With which its figures are told, 0 to 6; none when absent.</param>
/// <param name="Scale">The ends of a scale.</param>
/// <param name="Baseline">How it was before anything was done.</param>
/// <param name="Targets">What is to be reached by days.</param>
/// <param name="Breakdowns">By what it is told in parts.</param>
/// <param name="Source">manual, survey or kolada: where its figures come from; manual when absent. They are entered by hand.</param>
/// <param name="Of">What of the source it is: a question, a key figure.</param>
public sealed record IndicatorRequest(
    string Title, WorkDimension Dimension, IndicatorUnit Unit, IndicatorDirection Direction, BelongsTo BelongsTo, string? Key = null,
    IReadOnlyList<Principle>? Principles = null, bool? Cumulative = null, int? Decimals = null, ScaleEnds? Scale = null,
    BaselineRequest? Baseline = null, IReadOnlyList<TargetRequest>? Targets = null, IReadOnlyList<Breakdown>? Breakdowns = null,
    IndicatorSource? Source = null, string? Of = null)
{
    internal IndicatorContent Content => new(Title, Dimension, Principles ?? [], Unit, Direction, BelongsTo,
        [.. (Targets ?? []).Select(target => new IndicatorTarget(target.By, target.Value))], Breakdowns ?? [],
        Source ?? IndicatorSource.Manual, Decimals ?? 0, Cumulative ?? false, Scale,
        Baseline is { } it ? new(it.On, new(it.Value, it.Numerator, it.Denominator), it.Source) : null, Of);
}

/// <param name="On">The day that it is of.</param>
/// <param name="Source">What tells it.</param>
/// <param name="Value">In the indicator's unit; of a share per cent, where its fraction is not known.</param>
/// <param name="Numerator">Of a share.</param>
/// <param name="Denominator">Of a share.</param>
public sealed record BaselineRequest(LocalDate On, string Source, decimal? Value = null, long? Numerator = null, long? Denominator = null);

/// <param name="By">The day.</param>
/// <param name="Value">In the indicator's unit; of a share per cent.</param>
public sealed record TargetRequest(LocalDate By, decimal Value);

/// <param name="Reason">Why it is not read any more.</param>
public sealed record IndicatorEndingRequest(string Reason);

/// <param name="On">The day that it is of, today or earlier.</param>
/// <param name="Value">In the indicator's unit, 1 for yes and 0 for no; absent of a share.</param>
/// <param name="Numerator">Of a share: how many.</param>
/// <param name="Denominator">Of a share: of how many.</param>
/// <param name="Parts">By the indicator's breakdowns.</param>
/// <param name="Source">What tells it.</param>
/// <param name="Documents">Ids of documents of one's own party; they are handed over.</param>
/// <param name="Corrects">Number of the reading that it stands in place of.</param>
public sealed record ReadingRequest(
    LocalDate On, decimal? Value = null, long? Numerator = null, long? Denominator = null, IReadOnlyList<ReadingPartRequest>? Parts = null,
    string? Source = null, IReadOnlyList<Guid>? Documents = null, int? Corrects = null)
{
    internal ToldReading Told => new(On, new(Value, Numerator, Denominator),
        [.. (Parts ?? []).Select(part => new ReadingPart(part.Breakdown, part.Value, new(part.Reading, part.Numerator, part.Denominator)))],
        Source, Documents ?? []);
}

/// <param name="Breakdown">Key of the breakdown.</param>
/// <param name="Value">Which of its values.</param>
/// <param name="Reading">The figure, of other units than shares.</param>
/// <param name="Numerator">Of a share: how many.</param>
/// <param name="Denominator">Of a share: of how many.</param>
public sealed record ReadingPartRequest(
    string Breakdown, string Value, decimal? Reading = null, long? Numerator = null, long? Denominator = null);
