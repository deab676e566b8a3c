using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace MrAgreement.Formats.Calendars;

/// <summary>One deadline as a whole day in a calendar.</summary>
/// <param name="Uid">The same for the same deadline for ever.</param>
/// <param name="Sequence">Rises whenever anything about the deadline changes.</param>
/// <param name="Changed">When it last changed.</param>
/// <param name="IsCancelled">Whether it has been withdrawn; calendars then strike it out.</param>
public sealed record CalendarDay(string Uid, int Sequence, Instant Changed, LocalDate On, string Title, string Description, Uri Link,
    bool IsCancelled);

/// <summary>A feed of deadlines for calendar programs to subscribe to. Source: RFC 5545 and RFC 7986.</summary>
public static class ICalendar
{
    public const string MediaType = "text/calendar; charset=utf-8";

    const int MaxLine = 75;

    static readonly InstantPattern stamp = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");
    static readonly LocalDatePattern day = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    /// <param name="now">When the feed is made.</param>
    public static string Write(string name, IEnumerable<CalendarDay> days, Instant now)
    {
        var feed = new StringBuilder();
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//MrAgreement//Deadlines//SV");
        Line("METHOD:PUBLISH");
        Line($"NAME:{Escaped(name)}");
        Line($"X-WR-CALNAME:{Escaped(name)}");
        // Hints only: calendar programs poll as they please.
        Line("REFRESH-INTERVAL;VALUE=DURATION:PT12H");
        Line("X-PUBLISHED-TTL:PT12H");
        foreach (var it in days)
        {
            Line("BEGIN:VEVENT");
            Line($"UID:{Escaped(it.Uid)}");
            Line($"DTSTAMP:{stamp.Format(now)}");
            Line($"LAST-MODIFIED:{stamp.Format(it.Changed)}");
            Line(string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{it.Sequence}"));
            Line($"DTSTART;VALUE=DATE:{day.Format(it.On)}");
            // The end is exclusive: a whole day ends on the next.
            Line($"DTEND;VALUE=DATE:{day.Format(it.On.PlusDays(1))}");
            Line("TRANSP:TRANSPARENT");
            Line($"SUMMARY:{Escaped(it.Title)}");
            Line($"DESCRIPTION:{Escaped(it.Description)}");
            Line($"URL:{it.Link.AbsoluteUri}");
            Line($"STATUS:{(it.IsCancelled ? "CANCELLED" : "CONFIRMED")}");
            Line("END:VEVENT");
        }
        Line("END:VCALENDAR");
        return feed.ToString();

        // Folded at 75 octets, never inside a character; a folded line's continuation begins with a space.
        void Line(string content)
        {
            var octets = 0;
            foreach (var rune in content.EnumerateRunes())
            {
                if (octets + rune.Utf8SequenceLength > MaxLine)
                {
                    feed.Append("\r\n ");
                    octets = 1;
                }
                feed.Append(rune);
                octets += rune.Utf8SequenceLength;
            }
            feed.Append("\r\n");
        }
    }

    static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .ReplaceLineEndings("\\n");
}
