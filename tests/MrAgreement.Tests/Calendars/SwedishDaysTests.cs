using MrAgreement.Calendars;
using static MrAgreement.Tests.Calendars.CalendarFile;

namespace MrAgreement.Tests.Calendars;

public class SwedishDaysTests
{
    static readonly IReadOnlyList<string[]> Listed = Rows("swedish_days_2013_2032.csv");

    static IEnumerable<LocalDate> EveryDay =>
        Enumerable.Range(0, 7305).Select(n => new LocalDate(2013, 1, 1).PlusDays(n));

    [Fact]
    public void Every_day_of_twenty_years_is_covered_by_320_listed_ones()
    {
        Assert.Equal(new LocalDate(2032, 12, 31), EveryDay.Last());
        Assert.Equal(320, Listed.Count);
    }

    [Fact]
    public void The_named_days_from_2013_to_2032_are_the_listed_ones_no_more_and_no_fewer()
    {
        var named = EveryDay.Where(day => SwedishDays.HolidayName(day) is not null).Select(day => (day, SwedishDays.HolidayName(day)!));

        Assert.Equal(Listed.Select(row => (Day(row[0]), row[1])), named);
    }

    [Fact]
    public void The_public_holidays_from_2013_to_2032_are_the_Sundays_and_the_days_listed_under_1989_253()
    {
        var listed = Listed.Where(row => row[2] == "allman_helgdag_1989_253").Select(row => Day(row[0])).ToHashSet();

        Assert.Equal(
            EveryDay.Where(day => day.DayOfWeek == IsoDayOfWeek.Sunday || listed.Contains(day)),
            EveryDay.Where(SwedishDays.IsPublicHoliday));
    }

    [Fact]
    public void The_working_days_from_2013_to_2032_are_the_weekdays_that_are_not_listed()
    {
        var listed = Listed.Select(row => Day(row[0])).ToHashSet();

        Assert.Equal(
            EveryDay.Where(day => day.DayOfWeek < IsoDayOfWeek.Saturday && !listed.Contains(day)),
            EveryDay.Where(SwedishDays.IsWorkingDay));
    }

    [Theory]
    [InlineData("2003-06-09", "Annandag pingst")]
    [InlineData("2004-05-31", "Annandag pingst")]
    [InlineData("2004-06-06", null)]
    [InlineData("2005-05-16", null)]
    [InlineData("2005-06-06", "Sveriges nationaldag")]
    public void The_national_day_took_the_place_of_Whit_Monday_in_2005(string day, string? name) =>
        Assert.Equal(name, SwedishDays.HolidayName(Day(day)));

    [Theory]
    [InlineData("1818-03-22")]
    [InlineData("1943-04-25")]
    [InlineData("1954-04-18")]
    [InlineData("1981-04-19")]
    [InlineData("2000-04-23")]
    [InlineData("2038-04-25")]
    [InlineData("2285-03-22")]
    public void Easter_comes_out_right_at_its_earliest_its_latest_and_in_the_exceptions(string day) =>
        Assert.Equal("Påskdagen", SwedishDays.HolidayName(Day(day)));

    [Fact]
    public void A_holiday_of_fixed_date_gives_the_day_its_name_when_Ascension_Day_falls_on_it() =>
        Assert.Equal("Första maj", SwedishDays.HolidayName(new(2008, 5, 1)));

    [Fact]
    public void An_ordinary_Sunday_is_a_public_holiday_without_a_name()
    {
        Assert.True(SwedishDays.IsPublicHoliday(new(2015, 2, 1)));
        Assert.Null(SwedishDays.HolidayName(new(2015, 2, 1)));
    }

    [Fact]
    public void An_eve_has_a_name_and_is_no_working_day_but_is_not_a_public_holiday()
    {
        Assert.Equal("Julafton", SwedishDays.HolidayName(new(2014, 12, 24)));
        Assert.False(SwedishDays.IsPublicHoliday(new(2014, 12, 24)));
        Assert.False(SwedishDays.IsWorkingDay(new(2014, 12, 24)));
    }

    [Theory]
    [InlineData("2015-06-18", "2015-06-18")]
    [InlineData("2015-06-19", "2015-06-22")]
    [InlineData("2014-12-24", "2014-12-29")]
    public void The_next_working_day_is_the_day_itself_if_it_is_one(string day, string next) =>
        Assert.Equal(Day(next), SwedishDays.NextWorkingDay(Day(day)));

    [Fact]
    public void Nothing_follows_the_calendars_last_day()
    {
        Assert.Throws<OverflowException>(() => SwedishDays.NextWorkingDay(new(9999, 12, 31)));
        Assert.Throws<OverflowException>(() => StockholmTime.EndOfDay(new(9999, 12, 31)));
    }
}
