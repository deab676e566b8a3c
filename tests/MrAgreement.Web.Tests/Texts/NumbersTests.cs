using MrAgreement.Money;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Tests.Texts;

/// <summary>Numbers, money and dates as Myndigheternas skrivregler (Ds 2009:38) have them, and as British English has them.</summary>
public class NumbersTests
{
    [Theory]
    [InlineData(0, "0\u00A0kr", "SEK\u00A00")]
    [InlineData(400000000, "4\u00A0000\u00A0000\u00A0kr", "SEK\u00A04,000,000")]
    [InlineData(31245050, "312\u00A0450,50\u00A0kr", "SEK\u00A0312,450.50")]
    [InlineData(5, "0,05\u00A0kr", "SEK\u00A00.05")]
    [InlineData(99999, "999,99\u00A0kr", "SEK\u00A0999.99")]
    [InlineData(100000, "1\u00A0000\u00A0kr", "SEK\u00A01,000")]
    [InlineData(-5, "\u22120,05\u00A0kr", "\u2212SEK\u00A00.05")]
    [InlineData(-31245050, "\u2212312\u00A0450,50\u00A0kr", "\u2212SEK\u00A0312,450.50")]
    [InlineData(100000000000000, "1\u00A0000\u00A0000\u00A0000\u00A0000\u00A0kr", "SEK\u00A01,000,000,000,000")]
    public void Money_is_grouped_by_thousands_with_öre_only_when_there_are_any(long öre, string swedish, string english)
    {
        Assert.Equal(swedish, Language.Swedish.Money(Kronor.FromÖre(öre)));
        Assert.Equal(english, Language.English.Money(Kronor.FromÖre(öre)));
    }

    [Theory]
    [InlineData("2015-02-01", "1 februari 2015", "1 February 2015", "söndag", "Sunday")]
    [InlineData("2016-05-31", "31 maj 2016", "31 May 2016", "tisdag", "Tuesday")]
    [InlineData("2014-06-13", "13 juni 2014", "13 June 2014", "fredag", "Friday")]
    [InlineData("2017-12-25", "25 december 2017", "25 December 2017", "måndag", "Monday")]
    public void A_date_in_running_text_is_day_month_and_year(string date, string swedish, string english, string veckodag, string weekday)
    {
        var day = NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value;
        Assert.Equal((swedish, veckodag), (Language.Swedish.Date(day), Language.Swedish.Weekday(day)));
        Assert.Equal((english, weekday), (Language.English.Date(day), Language.English.Weekday(day)));
    }

    [Fact]
    public void Whole_numbers_are_grouped_and_years_are_not()
    {
        Assert.Equal(("Skriv en text på 1 till 4\u00A0000 tecken.", "4\u00A0000", "4,000"), (Language.Swedish.Say("rule.text-length", ("max", 4000)), Language.Swedish.Write(4000), Language.English.Write(4000)));
        Assert.Equal("Ange ett år från 1900 till 2200.", Language.Swedish.Say("rule.year-range", ("from", 1900), ("to", 2200)));
        Assert.Equal("avser 2014", string.Concat(Language.Swedish.Pieces("obligation.concerns", [("year", 2014)]).Select(piece => piece.Text)));
    }

    [Fact]
    public void Every_month_and_weekday_has_its_name()
    {
        foreach (var language in TextFiles.Languages)
        {
            Assert.Equal(12, Enumerable.Range(1, 12).Select(month => language.Date(new(2015, month, 1))).Distinct().Count());
            Assert.Equal(7, Enumerable.Range(1, 7).Select(day => language.Weekday(new(2015, 2, day))).Distinct().Count());
        }
    }

    [Theory]
    [InlineData(999, "999")]
    [InlineData(9999, "9\u00A0999")]
    [InlineData(10000, "10\u00A0000")]
    [InlineData(1048576, "1\u00A0048\u00A0576")]
    public void A_number_is_grouped_by_thousands(int number, string written) => Assert.Equal(written, Language.Swedish.Write(number));
}
