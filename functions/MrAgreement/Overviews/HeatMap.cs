using MrAgreement.Agreements;
using MrAgreement.Work;

namespace MrAgreement.Overviews;

/// <summary>What the rows of a heat map are.</summary>
public enum HeatRows
{
    Measures,
    FocusAreas
}

/// <summary>What its columns are.</summary>
public enum HeatColumns
{
    Principles,
    Dimensions
}

/// <summary>The indicators of a row that are tagged as a column, by how they stand.</summary>
/// <param name="Indicators">In the order of their keys.</param>
public sealed record HeatCell(IReadOnlyList<Indicator> Indicators)
{
    public int Count(IndicatorStanding standing) => Indicators.Count(it => it.Stands == standing);

    /// <summary>How the one stands that stands worst; null of an empty cell, where nothing is followed.</summary>
    public IndicatorStanding? Worst => Indicators.Count == 0 ? null : Indicators.Min(it => it.Stands switch
    {
        IndicatorStanding.Behind => (0, it.Stands),
        IndicatorStanding.Unread => (1, it.Stands),
        IndicatorStanding.Untargeted => (2, it.Stands),
        IndicatorStanding.Approaching => (3, it.Stands),
        _ => (4, it.Stands)
    }).Stands;
}

/// <param name="Key">Of the measure or the focus area; null for indicators that are of none of the rows.</param>
/// <param name="Title">Null as its key is.</param>
public sealed record HeatRow(string? Key, string? Title, IReadOnlyList<HeatCell> Cells);

/// <summary>How the plan is followed: of each measure or focus area, by principle or dimension.</summary>
/// <param name="Columns">By name; the last one, of those that are tagged by none, is null, where there are any.</param>
public sealed record HeatMap(IReadOnlyList<string?> Columns, IReadOnlyList<HeatRow> Rows)
{
    public static HeatMap Of(Dossier it, HeatRows rows, HeatColumns columns)
    {
        var plan = new Plans(it).Shown?.Content ?? PlanContent.Empty;
        var all = it.Grounds.Indicators.Values.Where(indicator => indicator.Ended is null).ToList();
        var named = columns == HeatColumns.Principles
            ? Enum.GetValues<Principle>().Select(principle => (string?)Json.NameOf(principle)).ToList()
            : [.. Enum.GetValues<WorkDimension>().Select(dimension => (string?)Json.NameOf(dimension))];
        if (all.Exists(indicator => Tags(indicator, columns).First() is null))
            named.Add(null);
        var found = (rows == HeatRows.Measures
            ? plan.Measures.Select(measure => (Key: (string?)measure.Key, Title: (string?)measure.Title))
            : plan.FocusAreas.Select(area => (Key: (string?)area.Key, Title: (string?)area.Title))).ToList();
        var known = found.Select(row => row.Key!).ToHashSet();
        var byRow = all.ToLookup(indicator => Row(plan, indicator, rows) is { } key && known.Contains(key) ? key : "");
        if (byRow[""].Any())
            found.Add((null, null));
        return new(named, [.. found.Select(row => new HeatRow(row.Key, row.Title, [.. named.Select(column =>
            new HeatCell([.. byRow[row.Key ?? ""].Where(indicator => Tags(indicator, columns).Contains(column))]))]))]);
    }

    // What is of a measure is of its focus area too.
    static string? Row(PlanContent plan, Indicator it, HeatRows rows) => rows == HeatRows.Measures ? it.Content.BelongsTo.Measure
        : it.Content.BelongsTo.FocusArea ?? (it.Content.BelongsTo.Measure is { } key ? plan.Measure(key)?.FocusArea : null);

    static IEnumerable<string?> Tags(Indicator it, HeatColumns columns) => columns == HeatColumns.Dimensions
        ? [Json.NameOf(it.Content.Dimension)]
        : it.Content.Principles.Select(principle => (string?)Json.NameOf(principle)).DefaultIfEmpty();
}
