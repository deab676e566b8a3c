using System.Globalization;
using MrAgreement.Money;

namespace MrAgreement.Tests.Money;

public class SharingTests
{
    // Another seed, or one that failed before, comes in with MRAGREEMENT_SEED.
    static readonly int seed = int.Parse(Environment.GetEnvironmentVariable("MRAGREEMENT_SEED") ?? "20240024", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("100", "1 1 1", "33.34 33.33 33.33")]
    [InlineData("0.02", "1 1 1", "0.01 0.01 0")]
    [InlineData("0.01", "1 2", "0 0.01")]
    [InlineData("10", "1 2 1", "2.5 5 2.5")]
    [InlineData("0", "1 2", "0 0")]
    [InlineData("-100", "1 1 1", "-33.34 -33.33 -33.33")]
    [InlineData("1000000000000", "2147483647 2147483647 1", "499999999883.59 499999999883.58 232.83")]
    public void What_whole_öre_leave_over_goes_to_the_largest_remainders_and_among_equals_to_the_first(string amount, string weights, string parts) =>
        Assert.Equal(parts, string.Join(' ', Sharing.By(Some.Kr(amount), [.. weights.Split(' ').Select(w => int.Parse(w, CultureInfo.InvariantCulture))])));

    [Fact]
    public void The_24_key_shares_8_200_000_kronor_over_21_county_boards_with_nothing_lost()
    {
        var key = Boards2024.Terms.Grant!.Shares!;
        var parts = key.Zip(Sharing.By(Some.Kr("8200000"), [.. key.Select(share => share.Weight)])).ToList();

        Assert.Equal((21, 24), (key.Count, key.Sum(share => share.Weight)));
        Assert.Equal(Some.Kr("8200000"), parts.Sum(part => part.Second));
        Assert.Equal([("341666.67", 13), ("341666.66", 5), ("683333.33", 3)],
            parts.GroupBy(part => part.Second).Select(same => (same.Key.ToString(), same.Count())).OrderBy(same => same.Item1[0]).ThenByDescending(same => same.Item2));
        Assert.Equal(["LST-AB", "LST-M", "LST-O"], parts.Where(part => part.Second == Some.Kr("683333.33")).Select(part => part.First.Party));
    }

    [Fact]
    public void Nothing_is_lost_no_part_is_an_öre_off_and_the_same_comes_out_again()
    {
        var random = new Random(seed);
        for (var n = 0; n < 2000; n++)
        {
            var weights = Enumerable.Range(0, random.Next(1, 51)).Select(_ => random.Next(3) == 0 ? random.Next(1, int.MaxValue) : random.Next(1, 30)).ToList();
            var amount = Kronor.FromÖre(random.NextInt64(-Kronor.Max.Öre, Kronor.Max.Öre) / (long)Math.Pow(10, random.Next(0, 14)));
            var parts = Sharing.By(amount, weights);

            var told = $"Repeat it with MRAGREEMENT_SEED={seed}: {amount} by {string.Join(' ', weights)}";
            Assert.True(parts.Sum() == amount, told);
            var all = weights.Sum(w => (long)w);
            Assert.True(parts.Zip(weights).All(p => Int128.Abs((Int128)p.First.Öre * all - (Int128)amount.Öre * p.Second) < all), told);
            Assert.True(weights.Zip(parts).OrderBy(p => p.First).Select(p => p.Second.Absolute).ToList() is var bySize && bySize.Zip(bySize.Skip(1)).All(p => p.First <= p.Second + Kronor.FromÖre(1)), told);
            Assert.True(parts.SequenceEqual(Sharing.By(amount, weights)), told);
        }
    }

    [Theory]
    [InlineData]
    [InlineData(1, 0)]
    [InlineData(-1)]
    public void A_key_has_weights_of_at_least_one(params int[] weights) => Assert.Throws<ArgumentException>(() => Sharing.By(Some.Kr("1"), weights));
}
