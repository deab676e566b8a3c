using MrAgreement.Ledgers;

namespace MrAgreement.Tests.Ledgers;

/// <summary>By what vouchers are compared, and the numbers of those that have none.</summary>
public class VoucherFingerprintTests
{
    static readonly LocalDate day = Day("2015-03-01");

    static VoucherRow Row(string account, string amount, LocalDate? on = null, string text = "") => new(account, [], Kr(amount), on ?? day, text);

    static VoucherFingerprint Of(LocalDate date, params VoucherRow[] rows) => new FingerprintTaker().Of(date, rows);

    static Voucher Booked(string series, string number) => new(series, number, day, "Hyra", 1, []);

    [Fact]
    public void It_is_what_it_has_always_been()
    {
        Assert.Equal("BB27203995AB0DDB9DB4187E1CB2F452", Of(day, Row("5010", "187500.50"), Row("1930", "-187500.50", day.PlusDays(1))).ToString());
        Assert.Equal("1B98E614C01DBF789EAA22F1AE14BCD6", Of(day).ToString());
        Assert.Equal("2EA5D97730C313D8AD2564F71114F24B", Of(day, Row("Ö 1", "0.01")).ToString());
    }

    [Fact]
    public void Days_accounts_amounts_and_order_make_another_and_texts_do_not()
    {
        var (one, two) = (Row("5010", "100"), Row("5011", "50"));
        var print = Of(day, one, two);

        Assert.Equal(print, Of(day, one with { Text = "Rättad" }, two));
        Assert.NotEqual(print, Of(day.PlusDays(1), one, two));
        Assert.NotEqual(print, Of(day, two, one));
        Assert.NotEqual(print, Of(day, one with { Account = "5012" }, two));
        Assert.NotEqual(print, Of(day, one with { Date = day.PlusDays(1) }, two));
        Assert.NotEqual(print, Of(day, one with { Amount = Kr("100.01") }, two));
        Assert.NotEqual(print, Of(day, one));
    }

    [Fact]
    public void It_reads_from_its_bytes_and_is_reckoned_anew_each_time()
    {
        var taker = new FingerprintTaker();
        var print = taker.Of(day, [Row("5010", "100")]);
        taker.Of(day, [Row("5010", "100"), Row("5011", "50")]);

        Assert.Equal(print, taker.Of(day, [Row("5010", "100")]));
        Assert.Equal(print, VoucherFingerprint.Read(print.ToBytes()));
        Assert.Equal(print.ToString(), Convert.ToHexString(print.ToBytes()));
    }

    [Fact]
    public void A_voucher_without_a_number_is_given_one_by_what_it_holds_and_which_of_those_in_its_series_it_is()
    {
        var (numbers, one, other) = (new GivenNumbers(), new VoucherFingerprint(7), new VoucherFingerprint(8));

        Assert.Equal("\u000100000000000000000000000000000007-1", numbers.For(Booked("A", ""), one));
        Assert.Equal("\u000100000000000000000000000000000007-2", numbers.For(Booked("A", ""), one));
        Assert.Equal("\u000100000000000000000000000000000008-1", numbers.For(Booked("A", ""), other));
        Assert.Equal("\u000100000000000000000000000000000007-1", numbers.For(Booked("B", ""), one));
        Assert.Equal("17 b", numbers.For(Booked("A", "17 b"), one));
    }

    [Fact]
    public void A_given_number_is_not_shown() =>
        Assert.Equal(("", "17 b", ""), (GivenNumbers.Shown(new GivenNumbers().For(Booked("A", ""), new(7))), GivenNumbers.Shown("17 b"), GivenNumbers.Shown("")));
}
