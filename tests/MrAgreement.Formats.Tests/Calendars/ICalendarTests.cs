using System.Text;
using MrAgreement.Formats.Calendars;

namespace MrAgreement.Formats.Tests.Calendars;

public class ICalendarTests
{
    static readonly Instant now = Instant.FromUtc(2015, 1, 30, 9, 12);

    static readonly CalendarDay mapping = new(
        "mapping-report.1@mragreement", 7, now, new(2015, 2, 1), "Rapport om kartläggningen", "A2014/2289/DISK: 1 februari 2015", new("http://localhost/x"), IsCancelled: false);

    [Fact]
    public void A_deadline_is_a_whole_day_with_an_exclusive_end()
    {
        var feed = Lines(mapping);

        Assert.Contains("DTSTART;VALUE=DATE:20150201", feed);
        Assert.Contains("DTEND;VALUE=DATE:20150202", feed);
        Assert.Contains("TRANSP:TRANSPARENT", feed);
        Assert.Contains("UID:mapping-report.1@mragreement", feed);
        Assert.Contains("SEQUENCE:7", feed);
        Assert.Contains("DTSTAMP:20150130T091200Z", feed);
        Assert.Contains("STATUS:CONFIRMED", feed);
    }

    [Fact]
    public void A_withdrawn_deadline_is_cancelled() =>
        Assert.Contains("STATUS:CANCELLED", Lines(mapping with { IsCancelled = true }));

    [Fact]
    public void Backslashes_come_first_when_text_is_escaped() =>
        Assert.Contains(@"SUMMARY:a\\b\; c\, d\ne", Lines(mapping with { Title = "a\\b; c, d\r\ne" }));

    [Theory]
    [InlineData("a\rBEGIN:VALARM")]
    [InlineData("a\nBEGIN:VALARM")]
    [InlineData("a\r\nBEGIN:VALARM")]
    public void Nobody_writes_a_line_of_the_feed_by_a_line_of_a_title(string title)
    {
        var feed = ICalendar.Write(title, [mapping with { Title = title, Description = title }], now);

        Assert.DoesNotContain("BEGIN:VALARM", feed.Split('\r', '\n'));
        Assert.Contains(@"SUMMARY:a\nBEGIN:VALARM", feed.Split("\r\n"));
        Assert.Contains(@"X-WR-CALNAME:a\nBEGIN:VALARM", feed.Split("\r\n"));
    }

    [Fact]
    public void Every_line_ends_in_cr_lf_and_holds_at_most_75_octets_of_whole_characters()
    {
        var title = string.Concat(Enumerable.Repeat("åäö€😀", 40));

        var feed = ICalendar.Write("Frister", [mapping with { Title = title }], now);

        Assert.EndsWith("END:VCALENDAR\r\n", feed, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', feed.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.All(feed.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(feed)));
        Assert.Contains($"SUMMARY:{title}\r\n", feed.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_program_reads_an_invitation_whatever_people_wrote_in_it()
    {
        var invitation = new CalendarInvitation("meeting.1@mragreement", 4, now, new(now, now + Duration.FromHours(3), "Sal \"A\"; vån 2, \r\nATTENDEE:mailto:x@example.se"), "Samråd, årligt; 2016", "Rad 1\nRad 2 – åäö €😀", new("http://localhost/x"),
            InvitationState.Confirmed, new("Erik \"Eken\" Ek", "erik.ek@example.se"), [new("Lind, Lena; SKR: lead\r\nX-A:1", "lena+lind@example.se", true), new("Ö", "o@example.se", false)]);
        var read = await CalendarReader.Read(ICalendar.Write(invitation));
        var it = Assert.Single(read.GetProperty("events").EnumerateArray());

        Assert.Equal(("REQUEST", "CONFIRMED", "meeting.1@mragreement", 4), (read.GetProperty("method").GetString(), it.GetProperty("status").GetString(), it.GetProperty("uid").GetString(), it.GetProperty("sequence").GetInt32()));
        Assert.Equal(("Samråd, årligt; 2016", "Rad 1\nRad 2 – åäö €😀", "Sal \"A\"; vån 2, \nATTENDEE:mailto:x@example.se"), (it.GetProperty("title").GetString(), it.GetProperty("description").GetString(), it.GetProperty("location").GetString()));
        Assert.Equal(("2015-01-30T09:12:00Z", "2015-01-30T12:12:00Z", "Erik Eken Ek <mailto:erik.ek@example.se>"), (it.GetProperty("start").GetString(), it.GetProperty("end").GetString(), it.GetProperty("organizer").GetString()));
        Assert.Equal(["Lind, Lena; SKR: leadX-A:1 <mailto:lena+lind@example.se> ACCEPTED", "Ö <mailto:o@example.se> NEEDS-ACTION"], it.GetProperty("attendees").EnumerateArray().Select(guest => guest.GetString()));
        Assert.All(ICalendar.Write(invitation).Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));

        var off = await CalendarReader.Read(ICalendar.Write(invitation with { State = InvitationState.Cancelled, Organizer = new("Erik Ek", null), Guests = [] }));
        Assert.Equal(("CANCEL", "CANCELLED", "Erik Ek <invalid:nomail>"), (off.GetProperty("method").GetString(), off.GetProperty("events")[0].GetProperty("status").GetString(), off.GetProperty("events")[0].GetProperty("organizer").GetString()));
        await Assert.ThrowsAsync<InvalidDataException>(() => CalendarReader.Read("BEGIN:VCALENDAR\r\nnonsense"));
    }

    [Fact]
    public void A_meeting_has_its_hours_and_its_place()
    {
        var lines = Lines(mapping with { Hours = new(now, now + Duration.FromHours(1), "Rosenbad") });

        foreach (var line in new[] { "DTSTART:20150130T091200Z", "DTEND:20150130T101200Z", "LOCATION:Rosenbad", "TRANSP:OPAQUE" })
            Assert.Contains(line, lines);
    }

    static string[] Lines(CalendarDay day) => ICalendar.Write("Frister", [day], now).Split("\r\n");
}
