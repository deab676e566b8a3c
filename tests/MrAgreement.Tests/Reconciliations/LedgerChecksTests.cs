using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Reconciliations;
using MrAgreement.Tests.Ledgers;
using static MrAgreement.Tests.Ledgers.Books;
using static MrAgreement.Tests.Reconciliations.Reconciling;

namespace MrAgreement.Tests.Reconciliations;

public class LedgerChecksTests
{
    static readonly LedgerImported file = File(1, 2015, Sum("5010", "2015-03-01", "100"), Sum("2890", "2015-12-31", "-900", 2));

    static Story After(LedgerImported read, Story? begun = null) => (begun ?? Paid()).On("2016-01-15").Imported(read);

    [Theory]
    [InlineData(3, 0, 0, "Ok 0 0")]
    [InlineData(9, 4, 2, "Ok 0 0")]
    [InlineData(4, 0, 0, "Error 0 1")]
    [InlineData(2, 0, 0, "Error 0 1")]
    [InlineData(2, -1, 0, "Error 0 1")]
    public void Every_row_of_a_file_is_counted_or_said_not_to_be(int rows, int foreign, int repeated, string outcome) =>
        Assert.Equal(outcome, After(file with { Rows = rows, RowsForeign = foreign, RowsRepeated = repeated }).Of("every-row-accounted-for"));

    [Fact]
    public void Vouchers_stay_as_they_were()
    {
        Assert.Equal("Ok 0 0", After(file).Of("vouchers-unchanged"));
        Assert.Equal("Error 0 2", After(file with { Differences = [new("A", "1", Day("2015-03-01"), DifferenceKind.Changed, [], []), new("A", "2", Day("2015-03-01"), DifferenceKind.Missing, [], [])] }).Of("vouchers-unchanged"));
    }

    [Fact]
    public void A_voucher_that_has_come_to_days_that_were_covered_is_worth_a_look()
    {
        VoucherDifference added = new("A", "1", Day("2015-03-01"), DifferenceKind.Added, [], []);

        Assert.Equal("Warning 0 1", After(file with { Differences = [added] }).Of("vouchers-unchanged"));
        Assert.Equal("Error 0 2", After(file with { Differences = [added, added with { Number = "2", Kind = DifferenceKind.Missing }] }).Of("vouchers-unchanged"));
    }

    [Fact]
    public void A_voucher_without_a_number_that_is_gone_may_count_twice_until_somebody_settles_it()
    {
        Assert.Equal("Ok 0 0", After(file).Of("vouchers-counted-once"));
        var story = After(file with { Differences = [new("", "", Day("2015-03-01"), DifferenceKind.Missing, [], [Sum("5010", "2015-03-01", "100"), Sum("1930", "2015-03-01", "-100")])] });
        Assert.Equal(("Error 0 1", "Ok 0 0"), (story.Of("vouchers-counted-once"), story.Of("vouchers-unchanged")));
        Assert.Contains(("list", "2015-03-01 100"), story.Check("vouchers-counted-once").Values.Select(v => (v.Place, $"{v.Value}")));

        story.Adjusted(AdjustmentKind.Correction, "-100").Given(Approver, new MrAgreement.Grants.WaiveException("vouchers-counted-once", "Rättad, se justering 1"));
        Assert.NotNull(story.Check("vouchers-counted-once").Waived);
    }

    [Fact]
    public void Without_a_ledger_there_is_nothing_to_compare_yet()
    {
        var checks = Reconciliation.Of(Paid().Dossier, Day("2015-02-01")).ToDictionary(c => c.Rule, c => (c.Outcome, c.IsNotYet));
        Assert.All(["every-row-accounted-for", "vouchers-unchanged", "vouchers-counted-once", "costs-told-once", "costs-in-period"],
            rule => Assert.Equal((MrAgreement.Reconciliations.Outcome.NotInTerms, true), checks[rule]));
        Assert.Equal((MrAgreement.Reconciliations.Outcome.NotInTerms, true), checks["payments-in-bank-files"]);
        Assert.Equal((MrAgreement.Reconciliations.Outcome.NotInTerms, false), checks["overhead"]);
    }

    [Fact]
    public void A_cost_that_an_accrual_adds_where_the_ledger_has_costs_may_count_twice_until_somebody_settles_it()
    {
        Assert.Equal("NotInTerms", After(file).Of("costs-told-once"));
        Assert.Equal("NotInTerms", Paid().On("2016-01-15").Adjusted(AdjustmentKind.Accrual, "90").Of("costs-told-once"));
        Assert.Equal("Ok 0 0", After(file).Adjusted(AdjustmentKind.Accrual, "90", 2014).Of("costs-told-once"));
        Assert.Equal("Ok 0 0", After(file).Adjusted(AdjustmentKind.Accrual, "-90").Of("costs-told-once"));

        var story = After(file).Adjusted(AdjustmentKind.Correction, "5").Adjusted(AdjustmentKind.Accrual, "90");
        Assert.Equal("Warning 0 1", story.Of("costs-told-once"));
        Assert.Equal(["2", "90", "100"], story.Check("costs-told-once").Values.Where(v => v.Place is "list" or "adjusted" or "booked").Select(v => $"{v.Value}"));

        // Moved to another period it is no cost added.
        Assert.Equal("Ok 0 0", story.Adjusted(AdjustmentKind.Accrual, "-90", 2016).Of("costs-told-once"));
        Assert.Equal("Warning 0 1", story.Adjusted(AdjustmentKind.Accrual, "90").Of("costs-told-once"));
    }

    [Fact]
    public void Who_has_accepted_that_an_accrual_stands_beside_the_ledger_is_asked_again_when_the_ledger_grows()
    {
        var story = After(file).Adjusted(AdjustmentKind.Accrual, "90").Given(Approver, new MrAgreement.Grants.WaiveException("costs-told-once", "Hyran för december, bokförs i januari"));
        Assert.NotNull(story.Check("costs-told-once").Waived);

        Assert.NotNull(story.Spent("1", "2014-12-01").Check("costs-told-once").Waived);
        Assert.Null(story.Spent("1", "2015-12-01").Check("costs-told-once").Waived);
    }

    [Fact]
    public void Every_cost_account_has_a_category_where_there_is_a_map()
    {
        Assert.Equal("NotInTerms", After(file).Of("accounts-mapped"));
        Assert.Equal("Ok 0 0", After(file).Given(Finance, new MapCategories([new("lokaler", [new(5010, 5010)])])).Of("accounts-mapped"));
        Assert.Equal("Warning 0 1", After(file).Given(Finance, new MapCategories([new("lokaler", [new(5011, 5011)])])).Of("accounts-mapped"));
    }

    [Theory]
    [InlineData("2014-06-12", "Warning 0 100")]
    [InlineData("2014-06-13", "Ok 0 0")]
    [InlineData("2017-12-31", "Ok 0 0")]
    [InlineData("2018-01-01", "Warning 0 100")]
    public void Costs_lie_within_the_agreement_s_period(string day, string outcome) => Assert.Equal(outcome, After(File(1, 2015, Sum("5010", day, "100"), Sum("3010", "2013-01-01", "-5"))).Of("costs-in-period"));

    [Theory]
    [InlineData("2014-12-31", "Error 0 100")]
    [InlineData("2015-01-01", "Ok 0 0")]
    [InlineData("2015-12-31", "Ok 0 0")]
    [InlineData("2016-01-01", "Error 0 100")]
    public void Costs_lie_within_the_eligible_period_where_the_terms_have_one(string day, string outcome)
    {
        Assert.Equal(outcome, After(File(1, 2015, Sum("5010", day, "100")), Paid(g => g with { Eligible = Year(2015) })).Of("costs-eligible"));
        Assert.Equal("NotInTerms", After(File(1, 2015, Sum("5010", day, "100"))).Of("costs-eligible"));
    }

    [Fact]
    public void What_is_unspent_is_the_liability_at_the_turn_of_the_year()
    {
        Assert.Equal("NotInTerms", After(file).Of("unspent-is-the-liability"));
        Assert.Equal("Ok 3999900 3999900", After(file with { Closing = [new("2890", Kr("-3999900"))] }).Of("unspent-is-the-liability"));
        Assert.Equal("Error 3999900 3999899.99", After(file with { Closing = [new("2890", Kr("-3999899.99"))] }).Of("unspent-is-the-liability"));
    }

    [Fact]
    public void While_the_fiscal_year_runs_its_liability_is_not_to_be_compared()
    {
        var story = After(file with { Closing = [new("2890", Kr("-3999900"))] });
        story.Imported(File(2, 2016, Sum("5010", "2016-01-10", "5")) with { Closing = [new("2890", Kr("0"))] });

        Assert.Equal("Ok 3999900 3999900", story.Of("unspent-is-the-liability"));
        Assert.Equal("Error 3999895 0", story.On("2017-01-01").Of("unspent-is-the-liability"));
        Assert.Equal("NotInTerms", Paid().On("2015-12-30").Imported(file with { Closing = [new("2890", Kr("0"))] }).Of("unspent-is-the-liability"));
    }

    [Fact]
    public void Overhead_is_at_most_its_share_of_the_other_costs()
    {
        Story With(string overhead) => After(File(1, 2015, Sum("5010", "2015-03-01", "1000.05"), Sum("6990", "2015-03-01", overhead)),
            Paid(g => g with { Categories = [new("lokaler", null, ["5010"]), new("overhead", null, ["6990"])], Overhead = new("overhead", 0.1m) }));

        Assert.Equal("NotInTerms", After(file).Of("overhead"));
        Assert.Equal("Ok 100 100", With("100").Of("overhead"));
        Assert.Equal("Error 100 100.01", With("100.01").Of("overhead"));
    }

    [Fact]
    public void What_rests_on_the_ledger_is_for_the_recipient_alone()
    {
        var checks = MrAgreement.Reconciliations.Reconciliation.Of(After(file).Dossier, Day("2016-01-15")).ToLookup(c => c.IsInternal, c => c.Rule);

        Assert.Equal(
            ["accounts-mapped", "bank-transactions-decided", "closing-is-the-balance", "costs-eligible", "costs-in-period", "costs-told-once", "dismissed-names-another", "every-row-accounted-for", "overhead", "passed-on-told-once",
                "same-payment-answered", "statement-is-the-ledger", "unspent-is-the-liability", "vouchers-counted-once", "vouchers-unchanged"],
            checks[true].Order());
        Assert.Equal(
            ["allocations-add-up", "balance-adds-up", "compiled-both-ways", "cumulative-never-decreases", "four-eyes", "opening-is-last-closing", "own-contribution", "payments-in-bank-files", "payments-on-requisition", "periods-add-up", "periods-follow", "repaid-in-time", "reports-are-costs",
                "requisitions-in-time", "requisitions-paid", "requisitions-within-decided", "sharers-have-reported", "spend-within-allocated", "statement-adds-up", "used-is-the-sum", "variance-explained"],
            checks[false].Order());
    }
}
