using MrAgreement.Agreements;
using MrAgreement.Obligations;
using NodaTime;
using Days = NodaTime.Period;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>Where days and obligations stand on an agreement's timeline, in units of the drawing.</summary>
sealed class TimelineScale
{
    public const int Width = 1000;
    public const int Left = 330;
    public const int Top = 34;
    public const int RowHeight = 30;
    const int Right = 20;

    readonly LocalDate first;
    readonly int days;

    public TimelineScale(Agreement agreement)
    {
        var dated = agreement.InOrder.Where(o => o.EffectiveDueOn is not null).ToList();
        var period = agreement.Terms.Period;
        Years = [.. Enumerable.Range(period.From.Year, dated.Select(o => o.EffectiveDueOn!.Value.Year).Append(period.To.Year).Max() - period.From.Year + 1)];
        first = new(Years[0], 1, 1);
        days = Days.DaysBetween(first, new(Years[^1] + 1, 1, 1));
        Rows = [.. dated.GroupBy(o => o.TermsKey).OrderBy(row => row.Min(o => o.EffectiveDueOn)).Select(row => new TimelineRow(row))];
    }

    public IReadOnlyList<int> Years { get; }

    /// <summary>A yearly obligation has its years in one row.</summary>
    public IReadOnlyList<TimelineRow> Rows { get; }

    public int Height => Top + Rows.Count * RowHeight + 8;

    public int X(LocalDate day) => Left + (Width - Left - Right) * Math.Clamp(Days.DaysBetween(first, day), 0, days) / days;

    public static int Y(int row) => Top + row * RowHeight + RowHeight / 2;
}

/// <summary>What stands in one row of the timeline.</summary>
sealed record TimelineRow(IEnumerable<Obligation> Marks)
{
    const int MostLetters = 46;

    /// <summary>The title without its year, cut where the row ends.</summary>
    public string Label
    {
        get
        {
            var one = Marks.First();
            var title = one.Year is { } year ? one.Title[..^$" {year}".Length] : one.Title;
            return title.Length <= MostLetters ? title : $"{title[..MostLetters].TrimEnd()}…";
        }
    }
}
