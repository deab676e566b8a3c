using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Tests.Texts;

public class LanguageTests
{
    [Theory]
    [InlineData(null, "sv")]
    [InlineData("", "sv")]
    [InlineData("de", "sv")]
    [InlineData("sv-SE,sv;q=0.9,en;q=0.8", "sv")]
    [InlineData("en-GB,en;q=0.9,sv;q=0.8", "en")]
    [InlineData("de, en", "en")]
    public void Swedish_unless_English_is_asked_for_before_it(string? preferred, string code) => Assert.Equal(code, Language.For(preferred).Code);

    [Fact]
    public void The_places_of_a_refusal_are_filled_as_the_language_writes_them()
    {
        (string, object)[] values = [("instalment", "2015"), ("amount", Kronor.Of(4_000_000)), ("left", Kronor.FromÖre(312_450_50))];
        Assert.Equal(
            "Rekvisitionen på 4\u00A0000\u00A0000\u00A0kr är större än det som återstår att rekvirera av årsbelopp 2015: 312\u00A0450,50\u00A0kr. Minska beloppet.",
            Language.Swedish.Say("problem.requisition-exceeds-instalment.detail", values));
        Assert.Equal(
            "The requisition of SEK\u00A04,000,000 is more than what remains to be requisitioned of instalment 2015: SEK\u00A0312,450.50. Reduce the amount.",
            Language.English.Say("problem.requisition-exceeds-instalment.detail", values));
    }

    [Fact]
    public void A_status_in_a_sentence_is_its_word() =>
        Assert.Equal("Rekvisition 3 har statusen ”Utbetald” och kan inte skickas igen.",
            Language.Swedish.Say("problem.already-dispatched.detail", ("number", 3), ("status", RequisitionStatus.Paid)));

    [Fact]
    public void A_month_says_the_day_and_the_month() =>
        Assert.Equal("31 maj 2016, senast i maj månad", Language.Swedish.Say("due.month", ("date", new LocalDate(2016, 5, 31)), ("month", "maj")));

    [Fact]
    public void A_day_off_says_the_next_working_day() =>
        Assert.Equal("(söndag – nästa vardag 2 februari 2015)", Language.Swedish.Say("due.working-day", ("weekday", "söndag"), ("date", new LocalDate(2015, 2, 2))));

    [Fact]
    public void A_value_that_looks_like_a_place_stays_as_it_is() =>
        Assert.Equal("Det är registrerat att ”Rapport {date}” genomfördes 1 maj 2015. Det kan inte registreras igen.",
            Language.Swedish.Say("problem.already-completed.detail", ("obligation", "Rapport {date}"), ("date", new LocalDate(2015, 5, 1))));

    [Fact]
    public void A_text_that_does_not_exist_is_an_error() => Assert.Throws<KeyNotFoundException>(() => Language.Swedish.Say("no.such.text"));
}
