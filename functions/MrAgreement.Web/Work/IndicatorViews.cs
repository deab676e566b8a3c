using MrAgreement.Overviews;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>By what something is followed.</summary>
/// <param name="Key">Its own for ever.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Dimension">structure, process or result.</param>
/// <param name="Principles">Those that it is tagged by.</param>
/// <param name="Unit">yes-no, number, share or scale.</param>
/// <param name="Direction">up, down or hold.</param>
/// <param name="Cumulative">Whether each figure holds those before it.</param>
/// <param name="Decimals">With which its figures are told.</param>
/// <param name="Scale">The ends of a scale.</param>
/// <param name="BelongsTo">A measure, a focus area or a goal.</param>
/// <param name="Baseline">How it was before anything was done.</param>
/// <param name="Targets">What is to be reached by days.</param>
/// <param name="Breakdowns">By what it is told in parts.</param>
/// <param name="Source">manual, survey or kolada.</param>
/// <param name="Of">What of the source it is.</param>
/// <param name="Party">Key of the party that defined it.</param>
/// <param name="Standing">unread, untargeted, behind, approaching or reached.</param>
/// <param name="Latest">The latest reading that stands; null for none.</param>
/// <param name="ReadBy">The day by which it is to be read next; null when it has ended.</param>
/// <param name="Ended">Why it is not read any more; null while it is.</param>
/// <param name="Versions">How many times it was told.</param>
public sealed record IndicatorView(
    string Key, string Title, WorkDimension Dimension, IReadOnlyList<Principle> Principles, IndicatorUnit Unit,
    IndicatorDirection Direction, bool Cumulative, int Decimals, ScaleEnds? Scale, BelongsTo BelongsTo, BaselineView? Baseline,
    IReadOnlyList<IndicatorTarget> Targets, IReadOnlyList<Breakdown> Breakdowns, IndicatorSource Source, string? Of, string Party,
    IndicatorStanding Standing, ReadingView? Latest, LocalDate? ReadBy, RetractedView? Ended, int Versions)
{
    internal static IndicatorView Shown(Indicator it, Viewpoint at) => Shown(it, it.Content, at);

    static IndicatorView Shown(Indicator it, IndicatorContent told, Viewpoint at) => new(it.Key, told.Title, told.Dimension,
        told.Principles,
        told.Unit, told.Direction, told.Cumulative, told.Decimals, told.Scale, told.BelongsTo,
        told.Baseline is { } before ? new(before.On, before.Source, before.Figure.Shown(told.Decimals), before.Figure.Numerator,
            before.Figure.Denominator) : null,
        told.Targets, told.Breakdowns, told.Source, told.Of, it.Party, it.Stands,
        it.Latest is { } latest ? ReadingView.Of(it, latest, at) : null, it.ReadBy,
        it.Ended is { } ended ? new(ended.Reason, at.Name(ended.By), ended.At) : null, it.Versions.Count);
}

/// <param name="On">The day that it is of.</param>
/// <param name="Source">What tells it.</param>
/// <param name="Value">In the unit; of a share per cent, rounded half away from zero.</param>
/// <param name="Numerator">Of a share, where its fraction is known.</param>
/// <param name="Denominator">Of a share, where its fraction is known.</param>
public sealed record BaselineView(LocalDate On, string Source, decimal Value, long? Numerator, long? Denominator);

/// <summary>What an indicator was read as on a day.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="On">The day that it is of.</param>
/// <param name="Value">In the unit; of a share per cent, rounded half away from zero from the exact fraction.</param>
/// <param name="Numerator">Of a share: how many.</param>
/// <param name="Denominator">Of a share: of how many.</param>
/// <param name="Parts">By breakdown.</param>
/// <param name="LeftOut">Of results, those who do not get what they have a right to; null of others.</param>
/// <param name="Source">What tells it.</param>
/// <param name="Documents">Documents handed over with it.</param>
/// <param name="Corrects">The reading that it stands in place of; null for none.</param>
/// <param name="CorrectedBy">The reading that stands in its place; null while it stands.</param>
/// <param name="Party">Key of the party that recorded it.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
public sealed record ReadingView(
    int Number, LocalDate On, decimal Value, long? Numerator, long? Denominator, IReadOnlyList<ReadingPartView> Parts,
    LeftOutView? LeftOut, string? Source, IReadOnlyList<SubmittedDocumentView> Documents, int? Corrects, int? CorrectedBy, string Party,
    PersonView By, Instant At)
{
    internal static ReadingView Of(Indicator of, RecordedReading it, Viewpoint at)
    {
        var (told, decimals) = (it.Content, of.Content.Decimals);
        return new(it.Number, told.On, told.Figure.Shown(decimals), told.Figure.Numerator, told.Figure.Denominator,
            [.. told.Parts.Select(part => new ReadingPartView(part.Breakdown, part.Value, part.Figure.Shown(decimals),
                part.Figure.Numerator, part.Figure.Denominator))],
            of.LeftOutOf(told) is { } left ? LeftOutView.Of(left, decimals) : null, told.Source,
            SubmittedDocumentView.Of(told.Documents, at), it.Corrects, it.CorrectedBy, it.Party, at.Name(it.By), it.At);
    }
}

/// <param name="Breakdown">Key of the breakdown.</param>
/// <param name="Value">Which of its values.</param>
/// <param name="Reading">The figure in the unit; of a share per cent, rounded half away from zero.</param>
/// <param name="Numerator">Of a share: how many.</param>
/// <param name="Denominator">Of a share: of how many.</param>
public sealed record ReadingPartView(string Breakdown, string Value, decimal Reading, long? Numerator, long? Denominator);

/// <summary>Those who do not get what they have a right to.</summary>
/// <param name="Count">How many; null where the figure is of no fraction.</param>
/// <param name="Share">Per cent, rounded half away from zero.</param>
/// <param name="ByPart">Those who are worst off first.</param>
public sealed record LeftOutView(long? Count, decimal? Share, IReadOnlyList<LeftOutPartView> ByPart)
{
    internal static LeftOutView Of(LeftOut it, int decimals) => new(it.Count, it.Share?.Shown(decimals),
        [.. it.ByPart.Select(part => new LeftOutPartView(part.Breakdown, part.Value, part.Count, part.Share.Shown(decimals)))]);
}

/// <param name="Breakdown">Key of the breakdown.</param>
/// <param name="Value">Which of its values.</param>
/// <param name="Count">How many.</param>
/// <param name="Share">Per cent of the part.</param>
public sealed record LeftOutPartView(string Breakdown, string Value, long Count, decimal Share);

/// <summary>How an indicator has moved.</summary>
/// <param name="Key">Of the indicator.</param>
/// <param name="Unit">yes-no, number, share or scale.</param>
/// <param name="Direction">up, down or hold.</param>
/// <param name="Standing">unread, untargeted, behind, approaching or reached.</param>
/// <param name="Baseline">How it was before anything was done.</param>
/// <param name="Targets">What is to be reached by days.</param>
/// <param name="Points">Readings that stand, by their days.</param>
public sealed record TrendView(
    string Key, IndicatorUnit Unit, IndicatorDirection Direction, IndicatorStanding Standing, BaselineView? Baseline,
    IReadOnlyList<IndicatorTarget> Targets, IReadOnlyList<TrendPointView> Points)
{
    internal static TrendView Of(Indicator it, Viewpoint at) => new(it.Key, it.Content.Unit, it.Content.Direction, it.Stands,
        IndicatorView.Shown(it, at).Baseline, it.Content.Targets, [.. Trend.Of(it).Select(point => new TrendPointView(point.Reading.Number,
            point.Reading.Content.On, point.Shown, point.Reading.Content.Figure.Numerator, point.Reading.Content.Figure.Denominator,
            point.Change, point.IsBaseChanged,
            it.LeftOutOf(point.Reading.Content) is { } left ? LeftOutView.Of(left, it.Content.Decimals) : null))]);
}

/// <param name="Number">Of the reading.</param>
/// <param name="On">The day that it is of.</param>
/// <param name="Value">In the unit; of a share per cent, rounded half away from zero.</param>
/// <param name="Numerator">Of a share: how many.</param>
/// <param name="Denominator">Of a share: of how many.</param>
/// <param name="Change">Since the one before or the baseline; of a share in percentage points. Null where there is none before.</param>
/// <param name="BaseChanged">Whether it is a share of a whole that differs by more than a tenth.</param>
/// <param name="LeftOut">Of results, those who do not get what they have a right to.</param>
public sealed record TrendPointView(
    int Number, LocalDate On, decimal Value, long? Numerator, long? Denominator, decimal? Change, bool BaseChanged, LeftOutView? LeftOut);

/// <summary>How the plan is followed by indicators that have not ended.</summary>
/// <param name="Rows">measures or focus-areas.</param>
/// <param name="Columns">principles or dimensions.</param>
/// <param name="Heads">Names of the columns; null for indicators that are tagged by none.</param>
/// <param name="Cells">Row by row.</param>
public sealed record HeatMapView(HeatRows Rows, HeatColumns Columns, IReadOnlyList<string?> Heads, IReadOnlyList<HeatRowView> Cells)
{
    internal static HeatMapView Of(HeatMap it, HeatRows rows, HeatColumns columns) => new(rows, columns, it.Columns,
        [.. it.Rows.Select(row => new HeatRowView(row.Key, row.Title, [.. row.Cells.Select((cell, i) => new HeatCellView(it.Columns[i],
            [.. cell.Indicators.Select(indicator => indicator.Key)], cell.Worst, cell.Count(IndicatorStanding.Reached),
            cell.Count(IndicatorStanding.Approaching), cell.Count(IndicatorStanding.Behind), cell.Count(IndicatorStanding.Untargeted),
            cell.Count(IndicatorStanding.Unread)))]))]);
}

/// <param name="Key">Of the measure or the focus area; null for indicators of none of the rows.</param>
/// <param name="Title">What it is called; null as its key is.</param>
/// <param name="Cells">One for each column.</param>
public sealed record HeatRowView(string? Key, string? Title, IReadOnlyList<HeatCellView> Cells);

/// <param name="Column">Name of the column.</param>
/// <param name="Indicators">Their keys; none where nothing is followed.</param>
/// <param name="Worst">How the one stands that stands worst; null of an empty cell.</param>
/// <param name="Reached">How many are there.</param>
/// <param name="Approaching">How many are better than at first.</param>
/// <param name="Behind">How many are no better than at first.</param>
/// <param name="Untargeted">Of how many nobody has said what is to be reached.</param>
/// <param name="Unread">How many nobody has read.</param>
public sealed record HeatCellView(
    string? Column, IReadOnlyList<string> Indicators, IndicatorStanding? Worst, int Reached, int Approaching, int Behind, int Untargeted,
    int Unread);
