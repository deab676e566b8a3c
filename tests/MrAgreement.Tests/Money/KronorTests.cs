using MrAgreement.Money;

namespace MrAgreement.Tests.Money;

public class KronorTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("4000000", 400000000)]
    [InlineData("312450.5", 31245050)]
    [InlineData("312450.50", 31245050)]
    [InlineData("0.05", 5)]
    [InlineData("-0.05", -5)]
    [InlineData("-1.99", -199)]
    [InlineData("1000000000000", 100000000000000)]
    [InlineData("1000000000000.00", 100000000000000)]
    [InlineData("-1000000000000", -100000000000000)]
    public void Plain_decimal_notation_is_read_to_the_öre(string text, long öre)
    {
        Assert.True(Kronor.TryParse(text, null, out var amount));
        Assert.Equal(öre, amount.Öre);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1.005")]
    [InlineData("1.000")]
    [InlineData("+1")]
    [InlineData("--1")]
    [InlineData("1.-5")]
    [InlineData("1e3")]
    [InlineData("1E3")]
    [InlineData("1,50")]
    [InlineData("1 000")]
    [InlineData("1_000")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1.2.3")]
    [InlineData("−1")]
    [InlineData("١")]
    [InlineData("1000000000000.01")]
    [InlineData("-1000000000000.01")]
    [InlineData("9999999999999")]
    [InlineData("10000000000000")]
    [InlineData("99999999999999999999")]
    public void Anything_else_is_refused(string? text)
    {
        Assert.False(Kronor.TryParse(text, null, out var amount));
        Assert.Equal(Kronor.Zero, amount);
        Assert.Throws<FormatException>(() => Kronor.Parse(text!));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(5, "0.05")]
    [InlineData(50, "0.5")]
    [InlineData(-5, "-0.05")]
    [InlineData(-50, "-0.5")]
    [InlineData(110, "1.1")]
    [InlineData(101, "1.01")]
    [InlineData(-199, "-1.99")]
    [InlineData(31245050, "312450.5")]
    [InlineData(400000000, "4000000")]
    [InlineData(100000000000000, "1000000000000")]
    public void An_amount_is_written_without_trailing_zeros(long öre, string text) =>
        Assert.Equal(text, Kronor.FromÖre(öre).ToString());

    [Theory]
    [InlineData(0, 0)]
    [InlineData(49, 0)]
    [InlineData(50, 100)]
    [InlineData(99, 100)]
    [InlineData(100, 100)]
    [InlineData(149, 100)]
    [InlineData(150, 200)]
    [InlineData(-49, 0)]
    [InlineData(-50, -100)]
    [InlineData(-99, -100)]
    [InlineData(-100, -100)]
    [InlineData(-149, -100)]
    [InlineData(-150, -200)]
    public void Whole_kronor_round_1_to_49_öre_down_and_50_to_99_up_on_both_sides_of_zero(long öre, long whole) =>
        Assert.Equal(whole, Kronor.FromÖre(öre).ToWholeKronor().Öre);

    [Fact]
    public void Whatever_is_written_reads_back_as_the_same_amount()
    {
        const int seed = 20150201;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 10_000; i++)
        {
            // Amounts of every length, up to the largest.
            var bound = (long)Math.Pow(10, 1 + i % 14);
            var amount = Kronor.FromÖre(random.NextInt64(-bound, bound + 1));

            Assert.Equal(amount, Kronor.Parse(amount.ToString()));
        }
    }

    [Fact]
    public void A_sum_past_what_can_be_counted_is_an_error_and_never_wraps()
    {
        Assert.Throws<OverflowException>(() => Kronor.FromÖre(long.MaxValue) + Kronor.FromÖre(1));
        Assert.Throws<OverflowException>(() => Kronor.FromÖre(long.MinValue) - Kronor.FromÖre(1));
        Assert.Throws<OverflowException>(() => -Kronor.FromÖre(long.MinValue));
        Assert.Throws<OverflowException>(() => Kronor.Of(long.MaxValue));
    }

    [Fact]
    public void A_sum_keeps_every_öre()
    {
        Kronor[] amounts = [Kronor.Of(4), Kronor.FromÖre(-1), Kronor.FromÖre(50)];

        Assert.Equal(449, amounts.Sum().Öre);
        Assert.Equal(Kronor.Zero, Array.Empty<Kronor>().Sum());
    }
}
