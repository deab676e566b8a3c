using MrAgreement.Calendars;

namespace MrAgreement.Tests.Calendars;

public class StockholmTimeTests
{
    [Theory]
    [InlineData("2015-01-31T22:59:59.999Z", "2015-01-31")]
    [InlineData("2015-01-31T23:00:00Z", "2015-02-01")]
    [InlineData("2015-06-30T21:59:59.999Z", "2015-06-30")]
    [InlineData("2015-06-30T22:00:00Z", "2015-07-01")]
    public void The_date_changes_at_midnight_in_Stockholm_winter_and_summer(string instant, string day) =>
        Assert.Equal(Day(day), StockholmTime.DateOf(Utc(instant)));

    [Theory]
    [InlineData("2015-03-28", "2015-03-27T23:00:00Z", "2015-03-28T23:00:00Z", 24)]
    [InlineData("2015-03-29", "2015-03-28T23:00:00Z", "2015-03-29T22:00:00Z", 23)]
    [InlineData("2015-03-30", "2015-03-29T22:00:00Z", "2015-03-30T22:00:00Z", 24)]
    [InlineData("2015-10-24", "2015-10-23T22:00:00Z", "2015-10-24T22:00:00Z", 24)]
    [InlineData("2015-10-25", "2015-10-24T22:00:00Z", "2015-10-25T23:00:00Z", 25)]
    [InlineData("2015-10-26", "2015-10-25T23:00:00Z", "2015-10-26T23:00:00Z", 24)]
    public void A_day_has_23_or_25_hours_when_the_clocks_change(string day, string start, string end, int hours)
    {
        Assert.Equal(Utc(start), StockholmTime.StartOfDay(Day(day)));
        Assert.Equal(Utc(end), StockholmTime.EndOfDay(Day(day)));
        Assert.Equal(Duration.FromHours(hours), StockholmTime.EndOfDay(Day(day)) - StockholmTime.StartOfDay(Day(day)));
    }

    [Fact]
    public void The_end_of_a_day_is_exclusive()
    {
        var day = new LocalDate(2015, 2, 1);

        Assert.Equal(day, StockholmTime.DateOf(StockholmTime.EndOfDay(day) - Duration.Epsilon));
        Assert.Equal(day.PlusDays(1), StockholmTime.DateOf(StockholmTime.EndOfDay(day)));
    }

    [Theory]
    [InlineData("2015-03-28", "2015-03-28T07:00:00Z", "2015-03-28T11:00:00Z")]
    [InlineData("2015-03-29", "2015-03-29T06:00:00Z", "2015-03-29T10:00:00Z")]
    [InlineData("2015-10-24", "2015-10-24T06:00:00Z", "2015-10-24T10:00:00Z")]
    [InlineData("2015-10-25", "2015-10-25T07:00:00Z", "2015-10-25T11:00:00Z")]
    public void Reminders_go_out_at_eight_and_noon_is_twelve_by_the_clock_on_the_wall(string day, string eight, string noon)
    {
        Assert.Equal(Utc(eight), StockholmTime.ReminderTime(Day(day)));
        Assert.Equal(Utc(noon), StockholmTime.Noon(Day(day)));
    }

    [Fact]
    public void A_time_that_the_clocks_skip_falls_an_hour_later() =>
        Assert.Equal(Utc("2015-03-29T01:30:00Z"), StockholmTime.At(new(2015, 3, 29), new(2, 30)));

    [Fact]
    public void A_time_that_comes_twice_is_the_first() =>
        Assert.Equal(Utc("2015-10-25T00:30:00Z"), StockholmTime.At(new(2015, 10, 25), new(2, 30)));
}
