using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

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

    const string EndOfLine = "\r\n";
    const int MaxLine = 75;

    /// <summary>The same days at the same time are always the same text.</summary>
    /// <param name="now">When the feed is made.</param>
    public static string Write(string name, IEnumerable<CalendarDay> days, Instant now)
    {
        var feed = new Calendar { Method = CalendarMethods.Publish, ProductId = "-//MrAgreement//Deadlines//SV" };
        feed.AddProperty("NAME", name);
        feed.AddProperty("X-WR-CALNAME", name);
        // Hints only: calendar programs poll as they please.
        feed.AddProperty(new CalendarProperty("REFRESH-INTERVAL", "PT12H") { Parameters = { new("VALUE", "DURATION") } });
        feed.AddProperty("X-PUBLISHED-TTL", "PT12H");
        feed.Events.AddRange(days.Select(it => new CalendarEvent
        {
            Uid = it.Uid,
            DtStamp = Time(now),
            LastModified = Time(it.Changed),
            Sequence = it.Sequence,
            DtStart = Day(it.On),
            // The end is exclusive: a whole day ends on the next.
            DtEnd = Day(it.On.PlusDays(1)),
            Transparency = TransparencyType.Transparent,
            Summary = it.Title,
            Description = it.Description,
            Url = new(it.Link.AbsoluteUri),
            Status = it.IsCancelled ? EventStatus.Cancelled : EventStatus.Confirmed
        }));
        return Folded(new CalendarSerializer(feed).SerializeToString()!);
    }

    static CalDateTime Time(Instant time) => new(time.ToDateTimeUtc());

    static CalDateTime Day(LocalDate day) => new(day.ToDateOnly());

    // The library folds within a character that UTF-16 writes in two halves, which no UTF-8 can tell. Here it is never inside one.
    static string Folded(string feed)
    {
        var folded = new StringBuilder(feed.Length);
        foreach (var line in feed.Replace($"{EndOfLine} ", "", StringComparison.Ordinal).Split(EndOfLine).SkipLast(1))
        {
            var octets = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (octets + rune.Utf8SequenceLength > MaxLine)
                {
                    folded.Append(EndOfLine).Append(' ');
                    octets = 1;
                }
                folded.Append(rune);
                octets += rune.Utf8SequenceLength;
            }
            folded.Append(EndOfLine);
        }
        return folded.ToString();
    }
}
