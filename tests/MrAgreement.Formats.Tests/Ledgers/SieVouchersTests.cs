namespace MrAgreement.Formats.Tests.Ledgers;

public class SieVouchersTests
{
    [Fact]
    public void Only_rows_that_count_are_in_a_voucher()
    {
        var (vouchers, reader) = SieText.Read(SieText.Rows(
            "5800 {} 100", "#BTRANS 5010 {} 999.99", "#RTRANS 1930 {} -100.00 20150204 \"rättelse\" 0 \"EK\"", "1930 {} -100"));

        Assert.Empty(reader.Errors);
        Assert.Empty(reader.Warnings);
        Assert.Equal([100_00, -100_00], Assert.Single(vouchers).Rows.Select(row => row.Amount.Öre));
        Assert.Equal((2, 1, 1), (reader.Rows, reader.StruckRows, reader.AddedRows));
    }

    [Theory]
    [InlineData("#RTRANS 5800 {} 50", "1930 {} -100", "5800 {} 100")]
    [InlineData("5800 {} 100", "1930 {} -100", "#RTRANS 5800 {} 50")]
    [InlineData("#RTRANS 5800 {} 50", "#RTRANS 5800 {} 100", "5800 {} 100", "1930 {} -100")]
    [InlineData("#RTRANS 5800 {6 \"1\"} 50", "5800 {} 50", "1930 {} -50")]
    public void A_row_added_later_without_the_row_itself_is_told(params string[] rows)
    {
        var warning = SieText.Warning(SieText.Rows(rows));

        Assert.Equal("ledger-added-row-alone series=A number=7 account=5800 amount=50", warning.Said()[2..].Trim());
    }

    [Fact]
    public void The_row_s_own_day_goes_before_the_voucher_s()
    {
        var voucher = Assert.Single(SieText.Vouchers(SieText.Rows("5800 {} 1 20150204 \"Tåg\"", "1930 {} -1 \"\" Bank")));

        Assert.Equal([new(2015, 2, 4), new LocalDate(2015, 2, 3)], voucher.Rows.Select(row => row.Date));
        Assert.Equal(["Tåg", "Bank"], voucher.Rows.Select(row => row.Text));
    }

    [Fact]
    public void Texts_are_left_out_where_nobody_asked_for_them()
    {
        var voucher = Assert.Single(SieText.Read(SieText.Rows("5800 {} 1 20150204 \"Tåg\"", "1930 {} -1"), withTexts: false).Vouchers);

        Assert.Equal(("", ""), (voucher.Text, voucher.Rows[0].Text));
    }

    [Fact]
    public void Series_and_number_may_be_empty_and_the_voucher_without_rows()
    {
        var vouchers = SieText.Vouchers(SieText.Lines("#VER \"\" \"\" 20150203", "{", "}"));

        Assert.Equal(("", "", 0), (vouchers[0].Series, vouchers[0].Number, vouchers[0].Rows.Count));
    }

    [Theory]
    [InlineData("#BTRANS 5010 {6 \"P1\"} 100.00", "#BTRANS 1930 {} -100.00")]
    [InlineData]
    public void A_voucher_without_a_row_that_counts_can_not_be_outside_the_years(params string[] rows)
    {
        var file = SieText.Lines(["#RAR 0 20140101 20141231", "#VER A 1 20131220 \"struken\"", "{", .. rows, "}", "#VER A 2 20140301 x", "{", "#TRANS 5010 {} 250", "#TRANS 1930 {} -250", "}"]);

        Assert.Equal(["2"], SieText.Vouchers(file).Select(voucher => voucher.Number));
        Assert.Equal("5 ledger-empty-voucher-outside-years series=A number=1 date=2013-12-20", SieText.Warning(file).Said());
    }

    [Fact]
    public void A_voucher_with_a_row_that_counts_is_outside_the_years_also_when_others_are_struck_out() =>
        Assert.Equal("5 ledger-date-outside-years series=A number=1 date=2013-12-20",
            SieText.Error(SieText.Lines("#RAR 0 20140101 20141231", "#VER A 1 20131220 x", "{", "#BTRANS 5010 {} 100", "#TRANS 5010 {} 0", "}")).Said());

    [Fact]
    public void A_row_without_its_object_list_is_told_so() =>
        Assert.Equal("7 ledger-objects-missing", SieText.Error(SieText.Rows("5010 {} 100", "1930 -100.00")).Said());

    [Fact]
    public void Rows_may_be_indented_and_fields_parted_by_tabs()
    {
        var vouchers = SieText.Vouchers(SieText.Lines("#VER\tA\t1\t20150203\t\"Hyra\"", "\t{\t", "\t #TRANS\t5010\t{6\t\"P 1\"}\t1.50", "  #TRANS 1930 { } -1.5  ", " }\t"));

        Assert.Equal([150, -150], vouchers[0].Rows.Select(row => row.Amount.Öre));
        Assert.Equal([new(6, "P 1")], vouchers[0].Rows[0].Objects);
    }

    [Fact]
    public void Labels_in_small_letters_are_the_same_labels()
    {
        var vouchers = SieText.Vouchers(SieText.Lines("#ver A 1 20150203", "{", "#trans 5010 {} 1", "#Trans 1930 {} -1", "}"));

        Assert.Equal(2, vouchers[0].Rows.Count);
    }

    [Theory]
    [InlineData("0.01")]
    [InlineData("-0.01")]
    [InlineData("1000000000000")]
    public void A_voucher_whose_rows_are_not_zero_together_is_refused(string amount) =>
        Assert.Equal($"4 ledger-voucher-unbalanced series=A number=7 difference={amount}", SieText.Error(SieText.Rows($"5010 {{}} {amount}")).Said());

    [Fact]
    public void Large_amounts_that_cancel_out_are_zero_to_the_öre()
    {
        var rows = Enumerable.Repeat("5010 {} 1000000000000", 9000).Concat(Enumerable.Repeat("5010 {} -1000000000000", 9000));

        Assert.Equal(18_000, Assert.Single(SieText.Vouchers(SieText.Rows([.. rows]))).Rows.Count);
    }

    [Theory]
    [InlineData("7 ledger-voucher-broken series=B number=2", "#VER A 1 20150203", "{", "}", "#VER B 2 20150203", "#VER A 3 20150203", "{", "}")]
    [InlineData("4 ledger-voucher-broken series=B number=2", "#VER B 2 20150203", "{", "#TRANS 5010 {} 1", "#VER A 3 20150203", "{", "}")]
    [InlineData("4 ledger-voucher-broken series=B number=2", "#VER B 2 20150203", "{", "{")]
    [InlineData("4 ledger-voucher-broken series=B number=2", "#VER B 2 20150203", "}")]
    [InlineData("4 ledger-outside-voucher what=#TRANS", "#TRANS 5010 {} 1", "#VER B 2 20150203", "{", "}")]
    [InlineData("4 ledger-outside-voucher what=#RTRANS", "#RTRANS 5010 {} 1", "#VER B 2 20150203", "{", "}")]
    [InlineData("7 ledger-outside-voucher what={", "#VER B 2 20150203", "{", "}", "{")]
    [InlineData("7 ledger-outside-voucher what=}", "#VER B 2 20150203", "{", "}", "}")]
    [InlineData("4 ledger-line-unlabelled", "TRANS 5010 {} 1", "#VER B 2 20150203", "{", "}")]
    [InlineData("6 ledger-truncated", "#VER B 2 20150203", "{", "#TRANS 5010 {} 0")]
    [InlineData("4 ledger-truncated", "#VER B 2 20150203")]
    public void Rows_stand_between_the_braces_of_their_voucher(string error, params string[] lines) =>
        Assert.Contains(error, SieText.Read(SieText.Lines(lines)).Reader.Errors.Select(SieText.Said));

    [Fact]
    public void Records_that_the_standard_does_not_have_are_passed_over_with_their_rows()
    {
        var (vouchers, reader) = SieText.Read(SieText.Lines(
            "#NEW 1 \"open", "{", "#TRANS 1 {} 9", "{", "}", "}",
            "#VER A 1 20150203", "{", "#TRANS 5010 {} 1", "#XTRANS 5010 {} 7", "{", "#TRANS 5010 {} 7", "}", "#TRANS 1930 {} -1 20150203 \"\" 0 EK more \"and more\"", "}"));

        Assert.Empty(reader.Errors);
        Assert.Equal(2, Assert.Single(vouchers).Rows.Count);
        Assert.Equal(2, reader.UnknownRecords);
    }
}
