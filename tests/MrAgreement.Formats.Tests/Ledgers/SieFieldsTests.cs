using MrAgreement.Ledgers;

namespace MrAgreement.Formats.Tests.Ledgers;

public class SieFieldsTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("1", 100)]
    [InlineData("1.5", 150)]
    [InlineData("-1.05", -105)]
    [InlineData("\"12.34\"", 1234)]
    [InlineData("0000000000000000000007.00", 700)]
    [InlineData("1000000000000.00", 1_000_000_000_000_00)]
    public void An_amount_has_a_point_and_at_most_two_decimals(string amount, long öre)
    {
        var rows = SieText.Vouchers(SieText.Rows($"5010 {{}} {amount}", öre == 0 ? "1930 {} 0" : $"1930 {{}} {Negative(amount)}"))[0].Rows;

        Assert.Equal([öre, -öre], rows.Select(row => row.Amount.Öre));
    }

    [Theory]
    [InlineData("1e9")]
    [InlineData("+1")]
    [InlineData("1,5")]
    [InlineData("1.234")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData("1-")]
    [InlineData("1.-5")]
    [InlineData("0x1")]
    [InlineData("1 000", "1930 {} -1000")]
    [InlineData("NaN")]
    public void Anything_else_is_no_amount_and_never_zero(string amount, string other = "1930 {} 0")
    {
        var errors = SieText.Read(SieText.Rows($"5010 {{}} {amount}", other)).Reader.Errors;

        Assert.Equal(amount == "1 000" ? "6 ledger-date-malformed date=000" : $"6 ledger-amount-malformed amount={amount}", Assert.Single(errors).Said());
    }

    [Theory]
    [InlineData("5010 {}")]
    [InlineData("5010 {} \"\" 20150203")]
    public void An_amount_that_is_missing_is_not_zero(string row) => Assert.Equal("6 ledger-amount-malformed amount=", SieText.Error(SieText.Rows(row)).Said());

    [Theory]
    [InlineData("1000000000000.01")]
    [InlineData("-99999999999999999999999999999999")]
    public void An_amount_past_all_reason_is_refused(string amount) =>
        Assert.Equal($"6 ledger-amount-too-large amount={amount} most=1000000000000", SieText.Error(SieText.Rows($"5010 {{}} {amount}")).Said());

    [Theory]
    [InlineData("20150229")]
    [InlineData("20151301")]
    [InlineData("20150100")]
    [InlineData("00000101")]
    [InlineData("2015-02-03")]
    [InlineData("201502")]
    [InlineData("2015020a")]
    [InlineData("\"\"")]
    public void A_date_is_a_day_of_the_calendar(string date)
    {
        Assert.Equal($"4 ledger-date-malformed date={date.Trim('"')}", SieText.Error(SieText.Lines($"#VER A 1 {date}", "{", "}")).Said());
        if (date != "\"\"")
            Assert.Equal($"6 ledger-date-malformed date={date}", SieText.Error(SieText.Rows($"5010 {{}} 0 {date}")).Said());
    }

    [Theory]
    [InlineData("FEL")]
    [InlineData("50 10", "6 ledger-objects-missing")]
    [InlineData("-5010")]
    [InlineData("\"\"", "6 ledger-account-malformed account=")]
    [InlineData("5010{}", "6 ledger-account-malformed account=5010{}")]
    public void An_account_is_digits(string account, string? error = null) =>
        Assert.Contains(error ?? $"6 ledger-account-malformed account={account}", SieText.Read(SieText.Rows($"{account} {{}} 0")).Reader.Errors.Select(SieText.Said));

    [Theory]
    [InlineData("{}", "")]
    [InlineData("{ }", "")]
    [InlineData("{1 10 6 P1}", "1:10 6:P1")]
    [InlineData("{\"6\" \"P 2289\" \"1\" \"10\"}", "6:P 2289 1:10")]
    [InlineData("{ 6   P1   }", "6:P1")]
    [InlineData("{6 \"a } b { c\"}", "6:a } b { c")]
    [InlineData("{6 \"5\\\" rör\"}", "6:5\" rör")]
    [InlineData("{6 \"a\\b\"}", "6:a\\b")]
    [InlineData("{1 \"\" 6 P1}", "6:P1")]
    public void Objects_are_pairs_in_any_order(string list, string objects)
    {
        var row = SieText.Vouchers(SieText.Rows($"5010 {list} 0"))[0].Rows[0];

        Assert.Equal(objects, string.Join(" ", row.Objects.Select((LedgerObject it) => $"{it.Dimension}:{it.Code}")));
    }

    [Theory]
    [InlineData("{6 P1", "{")]
    [InlineData("{6 \"P1}", "{")]
    [InlineData("{6}", "6")]
    [InlineData("{6 P1 1}", "6 P1 1")]
    [InlineData("{P1 6}", "P1 6")]
    [InlineData("{0 P1}", "0 P1")]
    [InlineData("{6 P1 6 P2}", "6 P1 6 P2")]
    [InlineData("{6 \"P\"1}", "6 \"P\"1")]
    public void A_list_of_objects_that_is_not_pairs_is_refused(string list, string shown) =>
        Assert.Equal($"6 ledger-objects-malformed objects={shown}", SieText.Error(SieText.Rows($"5010 {list} 0")).Said());

    [Fact]
    public void A_quote_inside_a_text_is_escaped_and_braces_there_are_text()
    {
        var voucher = Assert.Single(SieText.Vouchers(SieText.Lines("#VER A 1 20150203 \"Lön {\\\"mars\\\"} #TRANS\"", "{", "#TRANS 5010 {} 0 \"\" \"}\"", "}")));

        Assert.Equal(("Lön {\"mars\"} #TRANS", "}"), (voucher.Text, voucher.Rows[0].Text));
    }

    [Theory]
    [InlineData("5010 {} 0 20150203 \"Hyra")]
    [InlineData("5010 {} 0 20150203 \"Hyra\\\"")]
    [InlineData("5010 {} 0 20150203 Hyra 0 \"EK")]
    public void A_quote_that_is_opened_is_closed_on_its_line(string row) => Assert.Equal("6 ledger-quote-unclosed", SieText.Error(SieText.Rows(row)).Said());

    [Theory]
    [InlineData("\0", 0)]
    [InlineData("\a", 7)]
    [InlineData("\r", 13)]
    [InlineData("\x7F", 127)]
    public void Control_characters_have_no_place_in_a_field(string control, int code) =>
        Assert.Equal($"6 ledger-control-character code={code}", SieText.Error(SieText.Rows($"5010 {{}} 0 20150203 \"Hy{control}ra\"")).Said());

    static string Negative(string amount) => amount.Contains('-', StringComparison.Ordinal)
        ? amount.Replace("-", "", StringComparison.Ordinal)
        : amount.StartsWith('"') ? amount.Insert(1, "-") : $"-{amount}";
}
