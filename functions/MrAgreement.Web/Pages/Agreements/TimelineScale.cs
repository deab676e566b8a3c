using MrAgreement.Agreements;
using MrAgreement.Obligations;
using Days = NodaTime.Period;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>Where days and obligations stand on an agreement's timeline, in units of the drawing.</summary>
sealed class TimelineScale
{
    public const int Width = 1000;
    public const int Left = 330;
    public const int Top = 52;
    public const int RowHeight = 30;
    const int Right = 20;

    readonly LocalDate first;
    readonly int days;

    /// <param name="today">The day on which it is judged what is overdue.</param>
    public TimelineScale(Agreement agreement, LocalDate today)
    {
        var dated = agreement.InOrder.Where(o => o.EffectiveDueOn is not null).ToList();
        var period = agreement.Terms.Period;
        Years = [.. Enumerable.Range(period.From.Year,
            dated.Select(o => DayOf(o).Year).Append(period.To.Year).Max() - period.From.Year + 1)];
        first = new(Years[0], 1, 1);
        days = Days.DaysBetween(first, new(Years[^1] + 1, 1, 1));
        Rows = [.. dated.GroupBy(o => o.TermsKey).OrderBy(row => row.Min(o => o.EffectiveDueOn)).Select(row => new TimelineRow([.. row]))];
        var places = Rows.SelectMany((row, i) => row.Marks.Select(o => (o.Key, Place: (X: X(DayOf(o)), Y: Y(i)))))
            .ToDictionary(o => o.Key, o => o.Place);
        Spots = [.. Rows.SelectMany(row => row.Marks).Select(o => new TimelineSpot(
            o, agreement.StandingOf(o, today), places[o.Key].X, places[o.Key].Y,
            o.IsMoved ? X(o.FirstDueOn!.Value) : null,
            o.IsSettled ? [] : [.. agreement.WaitsFor(o).Where(rest => places.ContainsKey(rest.Key)).Select(rest => places[rest.Key])]))];
    }

    public IReadOnlyList<int> Years { get; }

    /// <summary>A yearly obligation has its years in one row.</summary>
    public IReadOnlyList<TimelineRow> Rows { get; }

    public IReadOnlyList<TimelineSpot> Spots { get; }

    /// <summary>Where the rows end; below them is room for two lines about what is pointed at.</summary>
    public int Bottom => Top + Rows.Count * RowHeight + 8;

    public int Height => Bottom + 50;

    public int X(LocalDate day) => Left + (Width - Left - Right) * Math.Clamp(Days.DaysBetween(first, day), 0, days) / days;

    // What has come in stands on the day it came, the rest where it is due or takes place.
    static LocalDate DayOf(Obligation it) => it.DeliveredOn ?? it.TakesPlaceOn ?? it.EffectiveDueOn!.Value;

    public static int Y(int row) => Top + row * RowHeight + RowHeight / 2;
}

/// <summary>One obligation on the timeline.</summary>
/// <param name="First">Where it stood at first; null when it has not moved.</param>
/// <param name="WaitsFor">Where that stands which it waits for.</param>
sealed record TimelineSpot(Obligation Obligation, Standing Standing, int X, int Y, int? First, IReadOnlyList<(int X, int Y)> WaitsFor);

/// <summary>What stands in one row of the timeline.</summary>
sealed record TimelineRow(IReadOnlyList<Obligation> Marks)
{
    const int MostLetters = 46;

    /// <summary>The title without its year, cut where the row ends.</summary>
    public string Label
    {
        get
        {
            var one = Marks[0];
            var title = one.Year is { } year ? one.Title[..^$" {year}".Length] : one.Title;
            return title.Length <= MostLetters ? title : $"{title[..MostLetters].TrimEnd()}…";
        }
    }
}
