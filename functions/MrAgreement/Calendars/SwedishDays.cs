namespace MrAgreement.Calendars;

/// <summary>Which days are public holidays in Sweden, and on which days nothing falls due by statute.</summary>
/// <remarks>Any year from 1583 to 9998; before 1990 and after the last amendment the rules are carried on, not history.</remarks>
public static class SwedishDays
{
    /// <summary>
    /// The Swedish name of a public holiday or of an eve equated with one, or null; an ordinary Sunday or Saturday has no name.
    /// When two fall on one day, the name is that of the one with a fixed date (1 May 2008: <c>Första maj</c>).
    /// </summary>
    public static string? HolidayName(LocalDate day) => PublicHolidayName(day) ?? EveName(day);

    /// <summary>Sundays, and the days listed in lag (1989:253) 1–2 §§.</summary>
    public static bool IsPublicHoliday(LocalDate day) => day.DayOfWeek == IsoDayOfWeek.Sunday || PublicHolidayName(day) is not null;

    /// <summary>Neither a public holiday nor a day that lag (1930:173) 2 § equates
    /// with one: Saturday, midsummer's, Christmas and New Year's eve.</summary>
    public static bool IsWorkingDay(LocalDate day) =>
        day.DayOfWeek != IsoDayOfWeek.Saturday && !IsPublicHoliday(day) && EveName(day) is null;

    /// <summary>The first working day from <paramref name="day"/> on; the day itself if it is one.</summary>
    /// <exception cref="OverflowException">There is none before the calendar ends, as on 31 December 9999.</exception>
    public static LocalDate NextWorkingDay(LocalDate day)
    {
        while (!IsWorkingDay(day))
            day = day.PlusDays(1);
        return day;
    }

    static string? PublicHolidayName(LocalDate day) => (day.Month, day.Day) switch
    {
        (1, 1) => "Nyårsdagen",
        (1, 6) => "Trettondedag jul",
        (5, 1) => "Första maj",
        // The national day took the place of Whit Monday in 2005 (lag 2004:1320).
        (6, 6) when day.Year >= 2005 => "Sveriges nationaldag",
        (6, >= 20 and <= 26) when day.DayOfWeek == IsoDayOfWeek.Saturday => "Midsommardagen",
        (10, 31) or (11, <= 6) when day.DayOfWeek == IsoDayOfWeek.Saturday => "Alla helgons dag",
        (12, 25) => "Juldagen",
        (12, 26) => "Annandag jul",
        _ => Period.DaysBetween(EasterSunday(day.Year), day) switch
        {
            -2 => "Långfredagen",
            0 => "Påskdagen",
            1 => "Annandag påsk",
            39 => "Kristi himmelsfärdsdag",
            49 => "Pingstdagen",
            50 when day.Year <= 2004 => "Annandag pingst",
            _ => null
        }
    };

    static string? EveName(LocalDate day) => (day.Month, day.Day) switch
    {
        (6, >= 19 and <= 25) when day.DayOfWeek == IsoDayOfWeek.Friday => "Midsommarafton",
        (12, 24) => "Julafton",
        (12, 31) => "Nyårsafton",
        _ => null
    };

    // The anonymous Gregorian algorithm (Meeus, Jones, Butcher), with its customary letters.
    static LocalDate EasterSunday(int year)
    {
        var a = year % 19;
        var (b, c) = Math.DivRem(year, 100);
        var (d, e) = Math.DivRem(b, 4);
        var g = (8 * b + 13) / 25;
        var h = (19 * a + b - d - g + 15) % 30;
        var (i, k) = Math.DivRem(c, 4);
        var l = (32 + 2 * e + 2 * i - h - k) % 7;
        var m = (a + 11 * h + 19 * l) / 433;
        var month = (h + l - 7 * m + 90) / 25;
        return new(year, month, (h + l - 7 * m + 33 * month + 19) % 32);
    }
}
