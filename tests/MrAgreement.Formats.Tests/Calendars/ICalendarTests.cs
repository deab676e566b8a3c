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

    static string[] Lines(CalendarDay day) => ICalendar.Write("Frister", [day], now).Split("\r\n");
}
