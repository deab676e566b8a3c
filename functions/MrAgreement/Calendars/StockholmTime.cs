namespace MrAgreement.Calendars;

/// <summary>Days and times of day in Sweden (Europe/Stockholm), where every deadline is counted; a day has 23, 24 or 25 hours.</summary>
public static class StockholmTime
{
    static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Stockholm"];

    /// <summary>The day that it is in Stockholm at an instant.</summary>
    public static LocalDate DateOf(Instant instant) => instant.InZone(Zone).Date;

    /// <summary>The day and the time of day in Stockholm at an instant.</summary>
    public static LocalDateTime LocalOf(Instant instant) => instant.InZone(Zone).LocalDateTime;

    /// <summary>The day's first instant.</summary>
    public static Instant StartOfDay(LocalDate day) => Zone.AtStartOfDay(day).ToInstant();

    /// <summary>The instant at which the day has ended, exclusive: the first instant of the next day.</summary>
    /// <exception cref="OverflowException">The calendar ends with the day, 31 December 9999.</exception>
    public static Instant EndOfDay(LocalDate day) => StartOfDay(day.PlusDays(1));

    /// <summary>A time of day; one that the clocks skip falls as much later as they skip, one that comes twice is the first.</summary>
    public static Instant At(LocalDate day, LocalTime time) => Zone.AtLeniently(day + time).ToInstant();

    /// <summary>08:00, when reminders of the day go out.</summary>
    public static Instant ReminderTime(LocalDate day)
    {
        // The clocks change in the small hours, so that the offset at 08:00 UTC
        // is that of 08:00 here, and is found much faster than by the local time.
        var time = day + new LocalTime(8, 0);
        return time.WithOffset(Zone.GetUtcOffset(time.InUtc().ToInstant())).ToInstant();
    }

    /// <summary>12:00.</summary>
    public static Instant Noon(LocalDate day) => At(day, LocalTime.Noon);
}
