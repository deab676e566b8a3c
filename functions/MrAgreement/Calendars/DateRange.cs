namespace MrAgreement.Calendars;

/// <summary>The years that a date in an agreement may lie in. Beyond them it is
/// a slip of the pen, and reckoning with it could leave the calendar.</summary>
public static class DateRange
{
    public const int FirstYear = 1900;
    public const int LastYear = 2200;

    public static bool Holds(int year) => year is >= FirstYear and <= LastYear;

    /// <summary>A fault for each date outside the range; absent ones have none.</summary>
    public static IEnumerable<Fault> Faults(params (string Pointer, LocalDate? Date)[] dates) =>
        dates.Where(d => d.Date is { } date && !Holds(date.Year))
            .Select(d => new Fault(d.Pointer, "date-range", ("date", d.Date!.Value), ("from", FirstYear), ("to", LastYear)));

    /// <summary>A fault of a day that has not come yet, or is outside the range; an absent one has none.</summary>
    public static IEnumerable<Fault> FaultsOfPast(string pointer, LocalDate? date, LocalDate today) => date is not { } day ? []
        : !Holds(day.Year) ? Faults((pointer, day)) : day > today ? [new(pointer, "date-in-future", ("date", day))] : [];

    /// <summary>The refusal of a date outside the range, or null.</summary>
    public static Refused? Against(string pointer, LocalDate date) =>
        Holds(date.Year) ? null : Refused.Invalid([.. Faults((pointer, date))]);
}
