using MrAgreement.Work;

namespace MrAgreement.Overviews;

/// <summary>A reading among those before it.</summary>
/// <param name="Change">Since the one before, of what is shown: in the unit, of a share in percentage points. Null of the first.</param>
/// <param name="IsBaseChanged">Whether the whole that it is a share of differs by more than a tenth.</param>
public sealed record TrendPoint(RecordedReading Reading, decimal Shown, decimal? Change, bool IsBaseChanged);

/// <summary>How an indicator has moved.</summary>
public static class Trend
{
    /// <summary>The readings that stand, by their days.</summary>
    public static IReadOnlyList<TrendPoint> Of(Indicator it)
    {
        var found = new List<TrendPoint>();
        Figure? before = it.Content.Baseline?.Figure;
        foreach (var reading in it.Standing)
        {
            var (figure, decimals) = (reading.Content.Figure, it.Content.Decimals);
            found.Add(new(reading, figure.Shown(decimals),
                before is null ? null : Math.Round(figure.Exact - before.Exact, decimals, MidpointRounding.AwayFromZero),
                before?.Denominator is { } was && figure.Denominator is { } whole && Math.Abs(whole - was) * 10m > was));
            before = figure;
        }
        return found;
    }
}
