using MrAgreement.Grants;
using MrAgreement.Reconciliations;
using MrAgreement.Tests.Ledgers;
using static MrAgreement.Tests.Reconciliations.Reconciling;

namespace MrAgreement.Tests.Reconciliations;

public class StatementChecksTests
{
    static Story Spent() => Paid().On("2017-01-15").Spent("100", "2014-12-01").Spent("200", "2015-12-01");

    static Story TwoYears() => Spent().Stated(2014).Stated(2015);

    [Fact]
    public void Without_statements_nothing_is_compared_yet() =>
        Assert.Equal([.. TwoYearsRules.Select(rule => (rule, MrAgreement.Reconciliations.Outcome.NotInTerms, rule != "variance-explained"))],
            Reconciliation.Of(Paid().Dossier, Day("2017-01-15")).Where(c => TwoYearsRules.Contains(c.Rule)).Select(c => (c.Rule, c.Outcome, c.IsNotYet)).OrderBy(c => TwoYearsRules.IndexOf(c.Rule)));

    static readonly List<string> TwoYearsRules = ["statement-is-the-ledger", "statement-adds-up", "used-is-the-sum", "opening-is-last-closing", "periods-follow", "cumulative-never-decreases", "periods-add-up", "variance-explained"];

    [Fact]
    public void A_statement_is_the_ledger_until_the_ledger_changes()
    {
        Assert.Equal("Ok 300 300", TwoYears().Of("statement-is-the-ledger"));
        Assert.Equal("Error 200 250", TwoYears().Spent("50", "2015-12-31").Of("statement-is-the-ledger"));
        Assert.Equal("Ok 350 350", TwoYears().Spent("50", "2015-12-31").Stated(2015).Of("statement-is-the-ledger"));
        Assert.Equal("Ok 300 300", TwoYears().Spent("50", "2016-12-31").Of("statement-is-the-ledger"));
    }

    [Fact]
    public void A_cost_moved_between_two_stated_years_makes_both_wrong()
    {
        var story = TwoYears().Adjusted(AdjustmentKind.Accrual, "70", 2014).Adjusted(AdjustmentKind.Accrual, "-70", 2015);

        Assert.Equal("Error 100 170", story.Of("statement-is-the-ledger"));
        Assert.Equal(["1", "2"], story.Check("statement-is-the-ledger").Sources.Select(s => s.Id));
        Assert.Equal("Ok 300 300", story.Stated(2014).Stated(2015).Of("statement-is-the-ledger"));
    }

    [Fact]
    public void A_payment_recorded_after_the_statement_makes_it_wrong() =>
        Assert.Equal(("Ok 300 300", "Error 3999700 3999705", "Ok 7999600 7999600"),
            (TwoYears().Given(Payer, Payment("5", "2015-06-01", "Sen")).Of("statement-is-the-ledger"), TwoYears().Given(Payer, Payment("5", "2015-06-01", "Sen")).Of("closing-is-the-balance"), TwoYears().Of("closing-is-the-balance")));

    [Fact]
    public void A_statement_adds_up_across_and_down()
    {
        var story = TwoYears();
        Assert.Equal("Ok 0 0", story.Of("statement-adds-up"));

        var content = story.Dossier.Grant.Statements[1].Content;
        foreach (var wrong in new[] { content with { Closing = content.Closing + Kr("0.01") }, content with { Used = content.Used - Kr("0.01"), Closing = content.Closing }, content with { Lines = [] } })
        {
            var broken = TwoYears();
            broken.Record([new StatementPrepared(3, StatementKind.Annual, Year(2016), wrong, [], null)], Finance.Id);
            Assert.Equal("Error 0 1", broken.Given(Approver, new AttestStatement(3)).Of("statement-adds-up"));
            Assert.Contains(StatementChecks.Of(broken.Dossier.Grant.Statements[2], broken.Dossier), c => c is { Rule: "statement-adds-up", Outcome: MrAgreement.Reconciliations.Outcome.Error });
        }
    }

    [Fact]
    public void Used_is_the_sum_of_its_lines_in_every_statement()
    {
        var story = Paid().On("2017-01-15").Spent("100", "2014-05-01").Spent("4000200", "2014-12-01").Spent("50", "2015-12-01").Stated(2014).Stated(2015);
        Assert.Equal("Ok 4000000 4000000", story.Of("used-is-the-sum"));
        Assert.Equal(["unassigned 4000200", "outside-period 100", "beyond-grant -300"], story.Dossier.Grant.Statements[0].Lines.Select(l => $"{l.Category} {l.Amount}"));

        var content = story.Dossier.Grant.Statements[0].Content;
        story.Record([new StatementPrepared(3, StatementKind.Annual, Year(2014), content with { Lines = [.. content.Lines.SkipLast(1), content.Lines[^1] with { Amount = Kr("-299.99") }] }, [], 1)], Finance.Id);
        Assert.Equal("Error 4000000 4000000.01", story.Given(Approver, new AttestStatement(3)).Of("used-is-the-sum"));
        Assert.Contains(StatementChecks.Of(story.Dossier.Grant.Statements[2], story.Dossier), c => c is { Rule: "used-is-the-sum", Outcome: MrAgreement.Reconciliations.Outcome.Error });
    }

    [Fact]
    public void A_statement_opens_with_what_the_one_before_closed_with()
    {
        Assert.Equal("Ok 0 0", TwoYears().Of("opening-is-last-closing"));
        Assert.Equal("Error 0 1", Spent().Stated(2014).Spent("1", "2014-12-31").Stated(2015).Of("opening-is-last-closing"));
        Assert.Equal("Ok 0 0", Spent().Stated(2014).Spent("1", "2014-12-31").Stated(2015).Stated(2014).Of("opening-is-last-closing"));
    }

    [Fact]
    public void Statements_follow_upon_one_another_without_gap_or_overlap()
    {
        Assert.Equal("Ok 0 0", TwoYears().Of("periods-follow"));
        Assert.Equal("Warning 0 1", Spent().Stated(2014).Stated(2016).Of("periods-follow"));
        Assert.Equal("Warning 0 1", TwoYears().Stated(StatementKind.Annual, new(Day("2015-06-01"), Day("2016-05-31"))).Of("periods-follow"));
    }

    [Fact]
    public void Periods_that_overlap_are_not_held_against_one_another()
    {
        var story = Spent().Stated(2015).Stated(StatementKind.Annual, new(Day("2015-06-01"), Day("2016-05-31"))).Stated(StatementKind.Annual, new(Day("2015-10-01"), Day("2015-11-30")))
            .Stated(StatementKind.Final, new(Day("2015-01-01"), Day("2015-11-30")));

        Assert.Equal(("Ok 0 0", "Ok 0 0", "NotInTerms"), (story.Of("opening-is-last-closing"), story.Of("cumulative-never-decreases"), story.Of("periods-add-up")));
    }

    [Fact]
    public void Costs_in_all_do_not_shrink()
    {
        Assert.Equal("Ok 0 0", TwoYears().Of("cumulative-never-decreases"));
        Assert.Equal("Error 0 1", TwoYears().Spent("-0.01", "2016-05-01").Stated(2016).Of("cumulative-never-decreases"));
    }

    [Fact]
    public void The_years_add_up_to_the_final_accounts()
    {
        Story Final(Story story) => story.Stated(StatementKind.Final, new(Day("2014-06-13"), Day("2015-12-31")));

        Assert.Equal("NotInTerms", TwoYears().Of("periods-add-up"));
        Assert.Equal("NotInTerms", Final(Spent().Stated(2015)).Of("periods-add-up"));
        Assert.Equal("Ok 300 300", Final(TwoYears()).Of("periods-add-up"));
        Assert.Equal("Error 300 301", Final(TwoYears().Spent("1", "2014-12-31")).Of("periods-add-up"));
    }

    [Fact]
    public void Deviations_are_explained()
    {
        Story Budgeted(Func<MrAgreement.Grants.GrantTerms, MrAgreement.Grants.GrantTerms>? terms, params Explanation[] explanations)
        {
            var story = Paid(terms).On("2016-01-15").Given(Finance, new MapCategories([new("lokaler", [new(5010, 5010)])]), new SetBudget(BudgetKind.Budget, [new("lokaler", 2015, Kr("50"))])).Spent("100")
                .Given(Finance, new PrepareStatement(StatementKind.Annual, Year(2015), explanations));
            story.Record([new StatementAttested(1)], Approver.Id);
            return story;
        }

        Assert.Equal("NotInTerms", Budgeted(null).Of("variance-explained"));
        Assert.Equal("Error 0 1", Budgeted(g => g with { VarianceThreshold = 0.99m }).Of("variance-explained"));
        Assert.Equal("Ok 0 0", Budgeted(g => g with { VarianceThreshold = 1m }).Of("variance-explained"));
        Assert.Equal("Ok 0 0", Budgeted(g => g with { VarianceThreshold = 0m }, new Explanation("lokaler", "Hyreshöjning")).Of("variance-explained"));
    }

    [Fact]
    public void Its_costs_are_told_apart_by_where_they_come_from()
    {
        var story = Paid().On("2017-01-15").Spent("200").Adjusted(AdjustmentKind.Accrual, "90").Adjusted(AdjustmentKind.OwnFinancing, "15").Adjusted(AdjustmentKind.OtherIncome, "3");
        story.Given(Officer, new DisallowCosts(Kr("7"), Day("2015-12-30"), "Beslut", "Saknar underlag", null, null)).Stated(2015);
        // What comes later is not in it.
        story.Given(Officer, new DisallowCosts(Kr("1"), Day("2015-12-31"), "Beslut 2", "Saknar underlag", null, null));
        story.Spent("50", "2015-12-31");

        Assert.Equal(new(Kr("200"), Kr("75"), Kr("-7")), CostSources.Of(story.Dossier.Grant.Statements[0], story.Dossier.Grant));
        var check = StatementChecks.Of(story.Stated(2015).Dossier.Grant.Statements[1], story.Dossier).First();
        Assert.Equal(["250", "67"], check.Values.Where(v => v.Place is "booked" or "adjusted").Select(v => $"{v.Value}"));
    }

    [Fact]
    public void A_statement_tells_of_the_accruals_that_it_has_itself()
    {
        var story = Paid().On("2017-01-15").Spent("200").Adjusted(AdjustmentKind.Accrual, "90").Stated(2015).Stated(2014);
        Assert.Equal(["Warning 1", "Ok 0"], story.Dossier.Grant.Statements.Select(s => StatementChecks.Of(s, story.Dossier).Single(c => c.Rule == "costs-told-once")).Select(c => $"{c.Outcome} {c.Actual}"));

        story.Given(Approver, new WaiveException("costs-told-once", "Bokförs i januari"));
        Assert.NotNull(StatementChecks.Of(story.Dossier.Grant.Statements[0], story.Dossier).Single(c => c.Rule == "costs-told-once").Waived);
    }

    [Fact]
    public void Only_the_last_attested_word_on_a_period_counts()
    {
        var story = TwoYears().Spent("5", "2015-12-31").Given(Finance, new PrepareStatement(StatementKind.Annual, Year(2015), []));
        Assert.Equal("Error 200 205", story.Of("statement-is-the-ledger"));

        // Number 3 is never attested; number 4 is.
        story.Spent("5", "2015-12-30").Stated(2015);
        Assert.Equal(("Ok 310 310", "Ok 0 0", "Ok 0 0"), (story.Of("statement-is-the-ledger"), story.Of("periods-follow"), story.Of("opening-is-last-closing")));
    }

    [Fact]
    public void The_checks_of_one_statement_name_it_and_tell_four_eyes()
    {
        var story = Spent().Given(Finance, new PrepareStatement(StatementKind.Annual, Year(2015), []));
        Assert.Equal(["statement-is-the-ledger Ok", "costs-told-once NotInTerms", "closing-is-the-balance Ok", "statement-adds-up Ok", "used-is-the-sum Ok", "variance-explained NotInTerms", "four-eyes Ok"], Of(story));

        story.Spent("1").Record([new StatementAttested(1)], Finance.Id);
        Assert.Equal(["statement-is-the-ledger Error", "costs-told-once NotInTerms", "closing-is-the-balance Error", "statement-adds-up Ok", "used-is-the-sum Ok", "variance-explained NotInTerms", "four-eyes Error"], Of(story));

        static IEnumerable<string> Of(Story it) => StatementChecks.Of(it.Dossier.Grant.Statements[0], it.Dossier).Select(c => $"{c.Rule} {c.Outcome}");
    }
}
