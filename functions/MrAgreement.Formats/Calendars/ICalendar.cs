using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace MrAgreement.Formats.Calendars;

/// <summary>One deadline in a calendar: a whole day, or the hours at which the parties have agreed to meet.</summary>
/// <param name="Uid">The same for the same deadline for ever.</param>
/// <param name="Sequence">Rises whenever anything about the deadline changes.</param>
/// <param name="Changed">When it last changed.</param>
/// <param name="IsCancelled">Whether it has been withdrawn; calendars then strike it out.</param>
/// <param name="Hours">When it begins and ends, and where; null for a whole day.</param>
public sealed record CalendarDay(string Uid, int Sequence, Instant Changed, LocalDate On, string Title, string Description, Uri Link,
    bool IsCancelled, CalendarHours? Hours = null);

/// <param name="Place">Null when it has none.</param>
public sealed record CalendarHours(Instant Start, Instant End, string? Place);

/// <summary>Somebody in an invitation.</summary>
/// <param name="Mail">Null where it is not known, or not to be told.</param>
public sealed record CalendarPerson(string Name, string? Mail);

/// <summary>Somebody who is invited.</summary>
/// <param name="HasAccepted">Whether their party has agreed to the time.</param>
public sealed record CalendarGuest(string Name, string Mail, bool HasAccepted);

public enum InvitationState
{
    /// <summary>It waits for the other party.</summary>
    Tentative,
    Confirmed,
    Cancelled
}

/// <summary>The invitation to one meeting.</summary>
/// <param name="Uid">The same for the same meeting for ever, however often it is moved.</param>
/// <param name="Sequence">Rises whenever it is moved, agreed or called off.</param>
/// <param name="Changed">When it last was.</param>
public sealed record CalendarInvitation(string Uid, int Sequence, Instant Changed, CalendarHours Hours, string Title, string Description,
    Uri Link, InvitationState State, CalendarPerson Organizer, IReadOnlyList<CalendarGuest> Guests);

/// <summary>A feed of deadlines for calendar programs to subscribe to, and invitations to meetings. Source: RFC 5545, RFC 7986 and, of
/// invitations, RFC 5546.</summary>
public static class ICalendar
{
    public const string MediaType = "text/calendar; charset=utf-8";

    // An organiser whose address is not told: the standard wants one, and calendar programs know this for none.
    const string NoAddress = "invalid:nomail";

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
            DtStart = it.Hours is { } begins ? Time(begins.Start) : Day(it.On),
            // The end is exclusive: a whole day ends on the next.
            DtEnd = it.Hours is { } ends ? Time(ends.End) : Day(it.On.PlusDays(1)),
            Location = it.Hours?.Place,
            Transparency = it.Hours is null ? TransparencyType.Transparent : TransparencyType.Opaque,
            Summary = it.Title,
            Description = it.Description,
            Url = new(it.Link.AbsoluteUri),
            Status = it.IsCancelled ? EventStatus.Cancelled : EventStatus.Confirmed
        }));
        return Folded(new CalendarSerializer(feed).SerializeToString()!);
    }

    /// <summary>A file with one invitation, for a calendar to take in; taken in anew it moves, or strikes out, what is there.</summary>
    public static string Write(CalendarInvitation it)
    {
        var file = new Calendar
        {
            Method = it.State == InvitationState.Cancelled ? CalendarMethods.Cancel : CalendarMethods.Request,
            ProductId = "-//MrAgreement//Meetings//SV"
        };
        var meeting = new CalendarEvent
        {
            Uid = it.Uid,
            DtStamp = Time(it.Changed),
            LastModified = Time(it.Changed),
            Sequence = it.Sequence,
            DtStart = Time(it.Hours.Start),
            DtEnd = Time(it.Hours.End),
            Summary = it.Title,
            Description = it.Description,
            Location = it.Hours.Place,
            Url = it.Link,
            Status = it.State switch
            {
                InvitationState.Cancelled => EventStatus.Cancelled,
                InvitationState.Tentative => EventStatus.Tentative,
                _ => EventStatus.Confirmed
            },
            Organizer = new() { Value = Address(it.Organizer.Mail), CommonName = Named(it.Organizer.Name) }
        };
        foreach (var guest in it.Guests)
            meeting.Attendees.Add(new()
            {
                Value = Address(guest.Mail), CommonName = Named(guest.Name), Role = ParticipationRole.RequiredParticipant,
                ParticipationStatus = guest.HasAccepted ? EventParticipationStatus.Accepted : EventParticipationStatus.NeedsAction,
                // The time is answered here and not by mail.
                Rsvp = false
            });
        file.Events.Add(meeting);
        return Folded(new CalendarSerializer(file).SerializeToString()!);
    }

    static Uri Address(string? mail) => new(mail is null ? NoAddress : $"mailto:{mail}");

    // A parameter's value stands between quotation marks, and holds none. Source: RFC 5545, 3.2.
    static string Named(string name) => string.Concat(name.Where(c => c != '"' && !char.IsControl(c)));

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
