using MrAgreement.Ledgers;
using MrAgreement.Money;

namespace MrAgreement.Tests.Ledgers;

public class AccountSumsTests
{
    static readonly AccountSums sums = AccountSums.None
        .With([new("5010", Day("2015-03-01"), Kr("100"), 1), new("5010", Day("2015-01-31"), Kr("10"), 1)])
        .With([new("5010", Day("2015-03-01"), Kr("-40"), 1), new("5010", Day("2016-01-01"), Kr("1"), 1)]);

    [Theory]
    [InlineData("2014-01-01", "2020-12-31", "71")]
    [InlineData("2015-01-31", "2015-01-31", "10")]
    [InlineData("2015-02-01", "2015-02-28", "0")]
    [InlineData("2015-02-01", "2015-03-01", "60")]
    [InlineData("2015-03-02", "2016-01-01", "1")]
    [InlineData("2016-01-02", "2016-12-31", "0")]
    [InlineData("2015-12-31", "2015-01-01", "0")]
    public void A_period_has_what_was_booked_on_its_days(string from, string to, string sum) => Assert.Equal(Kr(sum), sums.Between(Day(from), Day(to)));

    [Fact]
    public void Its_days_are_the_first_and_the_last_that_something_was_booked_on()
    {
        Assert.Equal((Day("2015-01-31"), Day("2016-01-01")), sums.Days);
        Assert.Null(AccountSums.None.Days);
        Assert.Equal(Kronor.Zero, AccountSums.None.Between(LocalDate.MinIsoValue, LocalDate.MaxIsoValue));
    }

    [Fact]
    public void Any_period_agrees_with_adding_up_its_days()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("MRAGREEMENT_SEED"), out var given) ? given : 2289;
        var random = new Random(seed);
        var totals = Enumerable.Range(0, 500).Select(_ => new LedgerTotal("5010", Day("2015-01-01").PlusDays(random.Next(800)), Kronor.FromÖre(random.Next(-1000, 1000)), 1)).ToList();
        var all = totals.Chunk(100).Aggregate(AccountSums.None, (it, chunk) => it.With(chunk));
        for (var n = 0; n < 200; n++)
        {
            var (from, to) = (Day("2014-12-01").PlusDays(random.Next(900)), Day("2014-12-01").PlusDays(random.Next(900)));
            Assert.True(totals.Where(t => t.Date >= from && t.Date <= to).Sum(t => t.Amount) == all.Between(from, to), $"{from}–{to} differs; repeat it with MRAGREEMENT_SEED={seed}.");
        }
    }
}
