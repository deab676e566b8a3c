using System.Text;
using MrAgreement.Formats.Ledgers;

namespace MrAgreement.Formats.Tests.Ledgers;

public class SieHeadingTests
{
    static readonly string[] years = ["#RAR 0 20150101 20151231", "#RAR -1 20140101 20141231"];

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("#PROGRAM x 1\r\n#FLAGGA 0\r\n")]
    [InlineData("<?xml version=\"1.0\"?><Sie/>")]
    [InlineData("PK\u0003\u0004\0\0")]
    [InlineData("#FLAGGAN 0\r\n")]
    public void A_file_that_does_not_begin_with_its_flag_is_not_sie(string file) =>
        Assert.Equal("ledger-not-sie", SieText.Error(Encoding.Latin1.GetBytes(file)).Rule);

    [Fact]
    public void Text_in_two_byte_characters_is_not_sie() =>
        Assert.Equal("1 ledger-not-sie", SieText.Error([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("#FLAGGA 0\r\n")]).Said());

    [Theory]
    [InlineData("#SIETYP 1", 1)]
    [InlineData("#SIETYP 2", 2)]
    [InlineData("#SIETYP 3", 3)]
    [InlineData("#SIETYP 5", 5)]
    [InlineData("#FNAMN x", 1)]
    public void Only_type_4_has_vouchers(string type, int told) =>
        Assert.Equal($"ledger-wrong-type type={told}", SieText.Error(Encoding.ASCII.GetBytes($"#FLAGGA 0\n{type}\n")).Said()[2..]);

    [Fact]
    public void A_file_with_vouchers_and_no_type_is_of_type_4() =>
        Assert.Single(SieText.Vouchers("#FLAGGA 0\n#VER A 1 20150203\n{\n}\n"u8.ToArray()));

    [Fact]
    public void Two_files_in_one_are_refused() =>
        Assert.Equal("5 ledger-several-files", SieText.Error(SieText.Lines("", "#FLAGGA 0")).Said());

    [Fact]
    public void What_is_not_told_has_its_default()
    {
        var heading = SieText.Read(SieText.Lines("#VALUTA \"\"", "#KPTYP")).Reader.Heading;

        Assert.Equal(("SEK", "BAS95", "", null), (heading.Currency, heading.ChartOfAccounts, heading.OrganisationNumberText, heading.OrganisationNumber));
        Assert.Empty(heading.Years);
    }

    [Fact]
    public void Another_currency_and_a_number_that_is_no_organisation_s_are_told_and_not_judged()
    {
        var heading = SieText.Read(SieText.Lines("#VALUTA EUR", "#ORGNR 555555-5556")).Reader.Heading;

        Assert.Equal(("EUR", "555555-5556", null), (heading.Currency, heading.OrganisationNumberText, heading.OrganisationNumber));
    }

    [Theory]
    [InlineData("222000 0315")]
    [InlineData("222000 - 0315")]
    [InlineData("222000\u20130315")]
    [InlineData("16222000-0315")]
    [InlineData("16 222000-0315")]
    [InlineData("162220000315")]
    [InlineData(" 2220000315 ")]
    public void An_organisation_number_is_the_same_however_programs_write_it(string written)
    {
        var file = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes($"#FLAGGA 0\n#SIETYP 4\n#ORGNR \"{written}\"\n#FNAMN \"Vård och mål\"\n");

        Assert.Equal("222000-0315", SieText.Read(file).Reader.Heading.OrganisationNumber?.ToString());
    }

    [Fact]
    public void Two_kinds_of_one_account_are_told_and_the_later_counts()
    {
        var file = SieText.Lines("#KTYP 5010 S", "#VER A 1 20150203", "{", "#TRANS 5010 {} 1", "#TRANS 1930 {} -1", "}", "#KTYP 5010 K");

        Assert.Equal("10 ledger-account-kind-twice account=5010 first=S second=K", SieText.Warning(file).Said());
        Assert.Equal(SieAccountKind.Cost, SieText.Read(file).Reader.Accounts.Accounts["5010"].Kind);
    }

    [Fact]
    public void The_same_kind_twice_needs_no_word() =>
        Assert.Empty(SieText.Read(SieText.Lines("#KTYP 5010 K", "#KONTO 5010 Hyra", "#KTYP 5010 k")).Reader.Warnings);

    [Theory]
    [InlineData("#ORGNR 556677-8899", "#ORGNR 222000-0315", "5 ledger-told-twice label=#ORGNR first=556677-8899 second=222000-0315")]
    [InlineData("#ORGNR hej", "#ORGNR 222000-0315", "5 ledger-told-twice label=#ORGNR first=hej second=222000-0315")]
    [InlineData("#VALUTA EUR", "#VALUTA SEK", "5 ledger-told-twice label=#VALUTA first=EUR second=SEK")]
    [InlineData("#RAR 0 20150101 20151231", "#RAR 0 20140101 20141231", "5 ledger-told-twice label=#RAR first=2015-01-01–2015-12-31 second=2014-01-01–2014-12-31")]
    public void Whose_books_they_are_is_told_once_or_twice_the_same(string first, string second, string error)
    {
        Assert.Equal(error, SieText.Error(SieText.Lines(first, second)).Said());
        Assert.Empty(SieText.Read(SieText.Lines(first, first)).Reader.Errors);
    }

    [Fact]
    public void The_flag_of_a_file_that_has_been_imported_is_told() =>
        Assert.Equal("1 ledger-already-imported", SieText.Warning("#FLAGGA 1\n#SIETYP 4\n"u8.ToArray()).Said());

    [Fact]
    public void Another_format_is_told() =>
        Assert.Equal("2 ledger-format-unknown format=UTF-8", SieText.Warning("#FLAGGA 0\n#FORMAT UTF-8\n#SIETYP 4\n"u8.ToArray()).Said());

    [Theory]
    [InlineData("20150101")]
    [InlineData("20151231")]
    public void A_voucher_of_the_current_year_needs_no_word(string day) =>
        Assert.Empty(SieText.Read(SieText.Lines([.. years, $"#VER A 1 {day}", "{", "#TRANS 5010 {} 0", "}"])).Reader.Warnings);

    [Fact]
    public void A_voucher_of_another_declared_year_is_told() =>
        Assert.Equal("6 ledger-date-other-year series=A number=1 date=2014-12-31", SieText.Warning(SieText.Lines([.. years, "#VER A 1 20141231", "{", "}"])).Said());

    [Theory]
    [InlineData("20131231", "2013-12-31")]
    [InlineData("20160101", "2016-01-01")]
    public void A_voucher_of_no_declared_year_is_refused(string day, string told) =>
        Assert.Equal($"6 ledger-date-outside-years series=A number=1 date={told}", SieText.Error(SieText.Lines([.. years, $"#VER A 1 {day}", "{", "#TRANS 5010 {} 0", "}"])).Said());

    [Fact]
    public void Years_without_days_declare_nothing() =>
        Assert.Single(SieText.Vouchers(SieText.Lines("#RAR 0  ", "#VER A 1 20150203", "{", "}")));

    [Theory]
    [InlineData("#RAR 0 20151231 20150101", "4 ledger-date-malformed date=20150101")]
    [InlineData("#RAR 0 20150101", "4 ledger-date-malformed date=")]
    [InlineData("#RAR x 20150101 20151231", "4 ledger-field-malformed label=#RAR value=x")]
    [InlineData("#DIM sex Projekt", "4 ledger-field-malformed label=#DIM value=sex")]
    [InlineData("#UNDERDIM 21 Delprojekt", "4 ledger-field-malformed label=#UNDERDIM value=")]
    [InlineData("#UB 0 1930 1,50", "4 ledger-amount-malformed amount=1,50")]
    [InlineData("#RES 0 FEL 1", "4 ledger-account-malformed account=FEL")]
    [InlineData("#OUB 0 1930 1", "4 ledger-objects-missing")]
    [InlineData("#FNAMN \"Exempel", "4 ledger-quote-unclosed")]
    public void A_heading_that_can_not_be_read_is_refused(string line, string error) => Assert.Equal(error, SieText.Error(SieText.Lines(line)).Said());

    [Fact]
    public void Kinds_of_accounts_parents_of_dimensions_and_balances_of_objects_are_told()
    {
        var reader = SieText.Read(SieText.Lines(
            "#KTYP 5010 K", "#KONTO 5010 \"Lokalhyra\"", "#UNDERDIM 21 \"Delprojekt\" 6", "#OUB -1 2890 {6 \"P 2289\"} -312450.50", "#RES 0 5010 0")).Reader;

        Assert.Equal(new SieAccount("5010", "Lokalhyra", SieAccountKind.Cost), reader.Accounts.Accounts["5010"]);
        Assert.Equal(new SieDimension(21, "Delprojekt", 6), reader.Accounts.Dimensions[21]);
        var balance = Assert.Single(reader.Balances.Closing);
        Assert.Equal((-1, "2890", -312_450_50), (balance.Year, balance.Account, balance.Amount.Öre));
        Assert.Equal([new(6, "P 2289")], balance.Objects);
    }

    [Fact]
    public void Vouchers_that_do_not_add_up_to_the_results_are_told()
    {
        var warning = SieText.Warning(SieText.Lines("#RES 0 5010 3", "#RES 0 5800 0", "#RES -1 5010 9", "#VER A 1 20150203", "{", "#TRANS 5010 {} 2", "#TRANS 1930 {} -2", "}"));

        Assert.Equal("11 ledger-results-differ accounts=1 account=5010 result=3 booked=2", warning.Said());
    }
}
