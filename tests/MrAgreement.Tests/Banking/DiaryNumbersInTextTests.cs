using MrAgreement.Banking;

namespace MrAgreement.Tests.Banking;

/// <summary>How payers write diary numbers, seen by what is matched.</summary>
public class DiaryNumbersInTextTests
{
    [Theory]
    [InlineData("A2014/2289/DISK")]
    [InlineData("A2014/2289")]
    [InlineData("a2014/02289")]
    [InlineData("Dnr A2014/2289/DISK rekvisition 2")]
    [InlineData("DnrA2014/2289")]
    [InlineData("diarienr: A 2014 / 2289")]
    [InlineData("REPAY-A2014-2289-DISK-1")]
    [InlineData("bidrag enl A2014-2289, 2015-02-03")]
    public void A_diary_number_is_found_however_it_is_written(string text) =>
        Assert.Equal(new Matched(MatchRule.DiaryNumber, Bank.Requisitioned(1)), Bank.Outcome(Bank.In("100", text), Bank.Expect(Bank.Requisition(1, "100"))));

    [Theory]
    [InlineData("A2014/22891")]
    [InlineData("A2014/228")]
    [InlineData("FA2014/2289")]
    [InlineData("2014/2289")]
    [InlineData("A2014/2 289")]
    [InlineData("A12014/2289")]
    [InlineData("A   2014/2289")]
    [InlineData("Rekvisition 2014/2289")]
    [InlineData("")]
    public void Another_number_is_another(string text) =>
        Assert.IsType<Unmatched>(Bank.Outcome(Bank.In("100", text), Bank.Expect(Bank.Requisition(1, "100"))));

    [Fact]
    public void A_date_is_no_diary_number() =>
        Assert.Equal("nothing-expected", Assert.IsType<Unmatched>(Bank.Outcome(Bank.In("100", "beslut S 2015-02-03"), Bank.Expect(Bank.Requisition(1, "100", "S2015/2")))).Reason);

    [Fact]
    public void Letters_that_the_bank_has_stripped_of_their_dots_are_the_same() =>
        Assert.IsType<Matched>(Bank.Outcome(Bank.In("100", "FO2015/17"), Bank.Expect(Bank.Requisition(1, "100", "Fö2015/17/MIL"))));

    [Fact]
    public void A_number_of_another_form_is_found_when_it_stands_alone() =>
        Assert.IsType<Matched>(Bank.Outcome(Bank.In("100", "skr 15 0012"), Bank.Expect(Bank.Requisition(1, "100", "SKR 15/0012"))));

    [Fact]
    public void A_number_broken_between_two_lines_of_text_is_found() =>
        Assert.IsType<Matched>(Bank.Outcome(Bank.In("100", "Rekvisition 2 dnr A2014/", "2289/DISK"), Bank.Expect(Bank.Requisition(1, "100"))));

    [Fact]
    public void It_is_found_in_every_reference()
    {
        var expected = Bank.Expect(Bank.Requisition(1, "100"));

        Assert.IsType<Matched>(Bank.Outcome(Bank.In("100") with { References = ["A2014/2289"] }, expected));
        Assert.IsType<Matched>(Bank.Outcome(Bank.In("100") with { PaymentReferences = ["A2014/2289"] }, expected));
        Assert.IsType<Matched>(Bank.Outcome(Bank.In("100") with { EndToEndId = "A2014/2289" }, expected));
    }
}
