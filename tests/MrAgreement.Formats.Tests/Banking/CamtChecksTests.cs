namespace MrAgreement.Formats.Tests.Banking;

public class CamtChecksTests
{
    [Theory]
    [InlineData("details-do-not-sum", "SEK", "60", "SEK", "39.99")]
    [InlineData("details-in-other-currency", "EUR", "60", "EUR", "40")]
    [InlineData("details-in-other-currency", "SEK", "60", "EUR", "40")]
    [InlineData("details-do-not-sum", "SEK", "60", "SEK", "40", "DBIT")]
    public void An_entry_that_its_transactions_do_not_make_is_handed_over_whole_and_in_doubt(string doubt, string one, string first, string other, string second, string mark = "CRDT")
    {
        var file = BankFile.With(BankFile.Entry(inside: BankFile.Details(BankFile.Amount(first, one), $"<CdtDbtInd>{mark}</CdtDbtInd>{BankFile.Amount(second, other)}"))).Read();

        var it = file.Only;
        Assert.Equal((doubt, true, "100", "B1"), (it.Doubt, it.IsWholeEntry, it.Amount.ToString(), it.BankReference));
        Assert.Equal((doubt, 4), (Assert.Single(file.Reader.Warnings).Rule, file.Reader.Warnings[0].Line));
    }

    [Fact]
    public void A_bundle_where_some_transaction_has_no_amount_is_in_doubt() =>
        Assert.Equal("details-without-amount", BankFile.With(BankFile.Entry(inside: BankFile.Details(BankFile.Amount("60"), "<Refs/>"))).Read().Only.Doubt);

    [Fact]
    public void The_only_transaction_has_the_entrys_amount_unless_it_says_otherwise()
    {
        var it = BankFile.With(BankFile.Entry(inside: BankFile.Details("<Refs><AcctSvcrRef>T1</AcctSvcrRef></Refs>"))).Read().Only;
        Assert.Equal((null, "100", "T1", false), (it.Doubt, it.Amount.ToString(), it.BankReference, it.IsWholeEntry));

        var other = BankFile.With(BankFile.Entry(inside: BankFile.Details(BankFile.Amount("99")))).Read().Only;
        Assert.Equal(("details-do-not-sum", "100"), (other.Doubt, other.Amount.ToString()));
    }

    [Fact]
    public void Transactions_of_a_bundle_without_references_of_their_own_do_not_get_the_bundles() =>
        Assert.All(BankFile.With(BankFile.Entry(inside: BankFile.Details(BankFile.Amount("60"), BankFile.Amount("40")))).Read().Accepted().Transactions,
            it => Assert.Equal((null, "B1"), (it.BankReference, it.EntryReference)));

    [Theory]
    [InlineData("4937550.50", "4937550.51", "balances-do-not-sum")]
    [InlineData("<Amt Ccy=\"SEK\">4937550.50", "<Amt Ccy=\"EUR\">4937550.50", "statement-currencies")]
    public void Balances_that_the_entries_do_not_make_are_a_warning(string old, string with, string rule)
    {
        var file = BankFile.Named("camt.053.001.02.xml").Replace(old, with).Read().Accepted();

        Assert.Equal(rule, Assert.Single(file.Reader.Warnings).Rule);
        Assert.Equal(4, file.Transactions.Count);
    }

    [Fact]
    public void What_is_not_booked_is_no_part_of_the_balance() =>
        Assert.Equal("balances-do-not-sum", Assert.Single(BankFile.Named("camt.053.001.08.xml").Replace("<Sts><Cd>BOOK", "<Sts><Cd>PDNG").Read().Accepted().Reader.Warnings).Rule);

    [Fact]
    public void The_closing_balance_of_the_day_before_is_the_opening_one() =>
        Assert.Empty(BankFile.Named("camt.053.001.02.xml").Replace("OPBD", "PRCD").Read().Accepted().Reader.Warnings);

    [Fact]
    public void Warnings_are_all_counted_and_the_first_hundred_kept()
    {
        var odd = BankFile.Entry(inside: BankFile.Details(BankFile.Amount("99")));

        var file = BankFile.With(string.Concat(Enumerable.Repeat(odd, 250))).Read().Accepted();

        Assert.Equal((100, 250), (file.Reader.Warnings.Count, file.Reader.Warnings.Total));
    }
}
