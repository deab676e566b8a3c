using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Reconciliations;
using static MrAgreement.Tests.Some;

namespace MrAgreement.Tests.Ledgers;

/// <summary>An agreement with as many sums as two imports may bring.</summary>
public class LargeLedgerTests
{
    static readonly Lazy<Story> large = new(() =>
    {
        LedgerTotal[] Many(int year) => [.. Enumerable.Range(0, LedgerDecisions.MostEntries).Select(n => new LedgerTotal($"{4000 + n % 80 * 40}", new NodaTime.LocalDate(year, 1, 1).PlusDays(n / 80), Kr("1"), 1))];
        return Story.Of2014().On("2017-02-01").Imported(Books.File(1, 2015, Many(2015))).Imported(Books.File(2, 2016, Many(2016)))
            .Given(Finance, new MapCategories([.. Enumerable.Range(0, 80).Select(n => new CategoryAccounts($"k{n}", [new(4000 + n * 40, 4039 + n * 40)]))]));
    });

    static double Seconds(Action work)
    {
        work();
        var start = TimeProvider.System.GetTimestamp();
        work();
        return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    // Far above what they take, and far below what they would if every command went through all sums.
    [Fact]
    public void A_command_that_asks_nothing_of_the_ledger_does_not_go_through_it() =>
        Assert.InRange(Seconds(() =>
        {
            for (var n = 0; n < 500; n++)
            {
                Assert.IsType<Accepted>(large.Value.Dossier.Decide(Adjustment(AdjustmentKind.Correction, "5"), new(Finance, large.Value.Now)));
                Projection.Portfolio(large.Value.Dossier);
            }
        }), 0, 2);

    [Fact]
    public void A_statement_and_the_reconciliation_are_done_while_one_waits() =>
        Assert.InRange(Seconds(() =>
        {
            Assert.Equal(Kr("20000"), StatementContent.Of(large.Value.Dossier.Grant, Year(2016)).Costs);
            Assert.NotEmpty(Reconciliation.Of(large.Value.Dossier, large.Value.Today));
        }), 0, 5);
}
