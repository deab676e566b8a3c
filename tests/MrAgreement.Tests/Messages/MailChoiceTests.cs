using MrAgreement.Messages;

namespace MrAgreement.Tests.Messages;

/// <summary>When what comes goes to somebody who has chosen mornings, or is away.</summary>
public class MailChoiceTests
{
    [Theory]
    // A weekday, before seven and after; a Friday; the eve of Epiphany; midsummer.
    [InlineData("2015-01-20T05:59:00Z", "2015-01-20T06:00:00Z")]
    [InlineData("2015-01-20T06:00:00Z", "2015-01-20T06:00:00Z")]
    [InlineData("2015-01-20T06:00:01Z", "2015-01-21T06:00:00Z")]
    [InlineData("2015-01-23T10:00:00Z", "2015-01-26T06:00:00Z")]
    [InlineData("2015-01-05T10:00:00Z", "2015-01-07T06:00:00Z")]
    [InlineData("2015-06-18T10:00:00Z", "2015-06-22T05:00:00Z")]
    public void On_the_next_working_morning(string at, string until) =>
        Assert.Equal(Utc(until), new MailChoice(MailTiming.EachMorning).Until(Utc(at)));

    [Theory]
    [InlineData(MailTiming.AtOnce, "2015-07-05T21:59:59Z", "2015-07-05T21:59:59Z")]
    [InlineData(MailTiming.AtOnce, "2015-07-05T22:00:00Z", "2015-07-27T05:00:00Z")]
    [InlineData(MailTiming.AtOnce, "2015-07-26T10:00:00Z", "2015-07-27T05:00:00Z")]
    [InlineData(MailTiming.AtOnce, "2015-07-27T05:00:00Z", "2015-07-27T05:00:00Z")]
    // The next morning would be a quiet one.
    [InlineData(MailTiming.EachMorning, "2015-07-05T10:00:00Z", "2015-07-27T05:00:00Z")]
    [InlineData(MailTiming.EachMorning, "2015-07-27T10:00:00Z", "2015-07-28T05:00:00Z")]
    public void Nothing_goes_on_quiet_days_nor_before_the_first_working_morning_after_them(MailTiming timing, string at, string until) =>
        Assert.Equal(Utc(until), new MailChoice(timing, new(Day("2015-07-06"), Day("2015-07-24"))).Until(Utc(at)));

    [Theory]
    [InlineData("2015-07-06", "2015-07-05", "period-reversed")]
    [InlineData("2015-01-01", "2015-01-02", "quiet-days-over")]
    [InlineData("2015-07-01", "2015-10-01", "quiet-days-long")]
    [InlineData("2015-07-01", "9999-10-01", "date-range")]
    [InlineData("2015-07-01", "2015-09-30", null)]
    public void Quiet_days_end_and_are_not_over(string from, string to, string? refused) =>
        Assert.Equal(refused, new MailChoice(MailTiming.AtOnce, new(Day(from), Day(to))).Against(Day("2015-06-30"))?.Slug);
}
