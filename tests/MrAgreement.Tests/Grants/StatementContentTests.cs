using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Tests.Ledgers;
using static MrAgreement.Tests.Ledgers.Books;

namespace MrAgreement.Tests.Grants;

public class StatementContentTests
{
    static Story Begun() => Story.Of2014().On("2018-01-10");

    static StatementContent Of(Story story, int year) => Some.Content(story.Dossier, Year(year));

    static IEnumerable<string> Lines(Story story, int year) => Of(story, year).Lines.Select(l => $"{l.Category} {l.Amount}");

    static string Money(StatementContent it) => $"{it.Opening} + {it.Received} - {it.Used} - {it.Repaid} + {it.Rounding} = {it.Closing}; {it.Costs} of {it.CostsInAll}";

    static Story Adjusted(Story story, AdjustmentKind kind, string amount, int year, string? category = null)
    {
        story.Given(Finance, new PrepareAdjustment(kind, Kr(amount), Year(year), null, $"Nr {story.Dossier.Grant.Adjustments.Count}", category));
        return story.Given(Approver, new AttestAdjustment(story.Dossier.Grant.Adjustments.Count));
    }

    [Fact]
    public void What_is_unspent_is_carried_over_until_it_is_repaid()
    {
        var story = Begun().Given(Payer, Payment("4000000", "2014-09-05"), PaymentBack("312450", "2017-08-30"))
            .Spent("87550.25", "2014-11-01").Spent("1500000", "2015-05-01").Spent("2099999.75", "2016-12-31");

        Assert.Equal("0 + 4000000 - 87550.25 - 0 + 0 = 3912449.75; 87550.25 of 87550.25", Money(Of(story, 2014)));
        Assert.Equal("3912449.75 + 0 - 1500000 - 0 + 0 = 2412449.75; 1500000 of 1587550.25", Money(Of(story, 2015)));
        Assert.Equal("2412449.75 + 0 - 2099999.75 - 0 + 0 = 312450; 2099999.75 of 3687550", Money(Of(story, 2016)));
        Assert.Equal("312450 + 0 - 0 - 312450 + 0 = 0; 0 of 3687550", Money(Of(story, 2017)));
    }

    [Fact]
    public void Costs_beyond_what_was_received_are_borne_when_money_comes()
    {
        var story = Begun().Given(Payer, Payment("100", "2014-09-05"), Payment("400", "2015-09-05", "2")).Spent("250", "2014-11-01").Spent("100", "2015-02-01");

        Assert.Equal("0 + 100 - 100 - 0 + 0 = 0; 250 of 250", Money(Of(story, 2014)));
        Assert.Equal("0 + 400 - 250 - 0 + 0 = 150; 100 of 350", Money(Of(story, 2015)));
    }

    [Fact]
    public void An_accrual_moves_a_cost_to_the_period_in_which_it_arose()
    {
        var story = Adjusted(Adjusted(Begun().Given(Payer, Payment("1000", "2014-09-05")).Spent("300", "2016-01-15"), AdjustmentKind.Accrual, "300", 2015), AdjustmentKind.Accrual, "-300", 2016);

        Assert.Equal(("300", "0", "300"), (Of(story, 2015).Costs.ToString(), Of(story, 2016).Costs.ToString(), Of(story, 2016).CostsInAll.ToString()));
        Assert.Equal([new(1, AdjustmentKind.Accrual, Kr("300"), "Nr 0")], Of(story, 2015).Adjustments);
    }

    [Fact]
    public void Disallowed_costs_and_own_financing_reduce_what_the_grant_bears()
    {
        var story = Adjusted(Adjusted(Begun().Given(Payer, Payment("1000", "2014-09-05")).Spent("1200"), AdjustmentKind.OwnFinancing, "200", 2015), AdjustmentKind.Disallowed, "50.01", 2015);

        Assert.Equal("1000 + 0 - 949.99 - 0 + 0 = 50.01; 949.99 of 949.99", Money(Of(story, 2015)));
    }

    [Fact]
    public void Costs_that_were_below_zero_before_add_up_with_their_categories()
    {
        var story = Begun().Given(Payer, Payment("1000", "2014-09-05")).Spent("-500", "2014-12-01").Spent("800", "2015-02-01");

        Assert.Equal("0 + 1000 - 0 - 0 + 0 = 1000; -500 of -500", Money(Of(story, 2014)));
        Assert.Equal("1000 + 0 - 300 - 0 + 0 = 700; 800 of 300", Money(Of(story, 2015)));
        Assert.Equal(["unassigned 800", "below-zero -500"], Lines(story, 2015));
        Assert.Equal(["unassigned -500", "below-zero 500"], Lines(story, 2014));
    }

    [Fact]
    public void Costs_above_what_was_received_stand_in_a_line_of_their_own_and_used_is_the_sum()
    {
        var story = Begun().Given(Payer, Payment("100", "2014-09-05"), Payment("400", "2015-09-05", "2")).Spent("250", "2014-11-01").Spent("100", "2015-02-01");

        Assert.Equal(["unassigned 250", "beyond-grant -150"], Lines(story, 2014));
        Assert.Equal(["unassigned 100", "before-period 150"], Lines(story, 2015));
        Assert.All([2013, 2014, 2015, 2016], year => Assert.Equal(Of(story, year).Used, Of(story, year).Lines.Sum(l => l.Amount)));
    }

    [Fact]
    public void Costs_before_the_signature_and_outside_the_agreement_stand_in_a_line_of_their_own()
    {
        var story = Begun().Given(Payer, Payment("1000", "2014-09-05")).Spent("10", "2014-06-12").Spent("20", "2014-06-13").Spent("40", "2017-12-31").Spent("80", "2018-01-01");

        Assert.Equal(["unassigned 20", "outside-period 10"], Lines(story, 2014));
        Assert.Equal(["unassigned 40"], Lines(story, 2017));
        Assert.Equal(["outside-period 80"], Lines(story, 2018));
        // Booked before the first day, when nothing had been received: borne in the period, and no cost of its own.
        var final = Some.Content(story.Dossier, new(Day("2014-06-13"), Day("2017-12-31")));
        Assert.Equal(["unassigned 20", "unassigned 40", "before-period 10"], final.Lines.Select(l => $"{l.Category} {l.Amount}"));
        Assert.Equal((Kr("60"), Kr("70"), Kr("70")), (final.Costs, final.Used, final.Lines.Sum(l => l.Amount)));
    }

    [Fact]
    public void An_agreement_signed_within_its_period_has_costs_from_the_signature_on()
    {
        var story = Story.Signed(Terms2014 with { Period = new(Day("2014-01-01"), Day("2017-12-31")) }).On("2018-01-10").Given(Payer, Payment("1000", "2014-09-05")).Spent("10", "2014-06-12").Spent("20", "2014-06-13");

        Assert.Equal(["unassigned 20", "outside-period 10"], Lines(story, 2014));
    }

    [Fact]
    public void An_accrual_of_other_days_than_the_agreement_s_is_told_apart_and_a_decision_after_its_end_is_not()
    {
        var story = Begun().Given(Payer, Payment("1000", "2014-09-05")).Spent("500", "2015-03-01");
        Adjusted(Adjusted(Adjusted(story, AdjustmentKind.Accrual, "30", 2013), AdjustmentKind.Accrual, "40", 2014), AdjustmentKind.OwnFinancing, "5", 2018);
        story.Given(Officer, new DisallowCosts(Kr("7"), Day("2018-01-05"), "Beslut", "Saknar underlag", null, null));

        Assert.Equal(["outside-period 30", "beyond-grant -30"], Lines(story, 2013));
        Assert.Equal(["unassigned 40", "before-period 30"], Lines(story, 2014));
        Assert.Equal(["unassigned -12"], Lines(story, 2018));
    }

    [Fact]
    public void What_is_booked_outside_the_eligible_period_is_told_and_not_counted()
    {
        var story = Story.Signed(With(g => g with { Eligible = new(Day("2015-02-01"), Day("2015-11-30")) })).On("2016-02-01").Given(Payer, Payment("1000", "2014-09-05"))
            .Spent("1", "2015-01-31").Spent("10", "2015-02-01").Spent("1000", "2015-12-01");

        Assert.Equal(["unassigned 10"], Lines(story, 2015));
        Assert.Equal((Kr("1001"), null), (Of(story, 2015).NotEligible, Of(story, 2014).NotEligible));
    }

    [Fact]
    public void A_statement_stored_before_there_were_such_lines_gets_them_and_keeps_its_bytes()
    {
        var old = Begun().Given(Payer, Payment("100", "2014-09-05")).Spent("250", "2014-11-01");
        var content = Of(old, 2014) with { Lines = [new("unassigned", 2014, Kr("250"), null, null)] };
        old.Record([new StatementPrepared(1, StatementKind.Annual, Year(2014), content, [], null)], Finance.Id);
        var stored = old.Dossier.Grant.Statements[0];

        Assert.Equal(["unassigned 250", "beyond-grant -150"], stored.Lines.Select(l => $"{l.Category} {l.Amount}"));
        Assert.Single(stored.Content.Lines);
        Assert.DoesNotContain("notEligible", System.Text.Encoding.UTF8.GetString(stored.Written()));
        Assert.True(content.Says(Of(old, 2014)));
    }

    [Fact]
    public void Rounding_belongs_to_its_period()
    {
        var story = Adjusted(Begun().Given(Payer, Payment("1000", "2014-09-05")).Spent("999.60"), AdjustmentKind.Rounding, "-0.40", 2016);

        Assert.Equal("1000 + 0 - 999.6 - 0 + 0 = 0.4; 999.6 of 999.6", Money(Of(story, 2015)));
        Assert.Equal("0.4 + 0 - 0 - 0 + -0.4 = 0; 0 of 999.6", Money(Of(story, 2016)));
    }

    [Fact]
    public void Other_income_is_shown_gross_and_grant_income_not_at_all()
    {
        var story = Begun().Given(Payer, Payment("1000", "2014-09-05"))
            .Imported(File(1, 2015, Sum("3010", "2015-04-01", "-250"), Sum("3990", "2015-04-01", "-1000"), Sum("2890", "2015-12-31", "-600"), Sum("5010", "2015-04-01", "400")));

        Assert.Equal((Kr("250"), Kr("400")), (Of(story, 2015).OtherIncome, Of(story, 2015).Costs));
        Assert.Equal(Kr("260"), Of(Adjusted(story, AdjustmentKind.OtherIncome, "10", 2015), 2015).OtherIncome);
        Assert.Equal((Kronor.Zero, Kr("400")), (Of(story, 2016).OtherIncome, Of(story, 2015).Used));
    }

    [Fact]
    public void Only_costs_of_the_eligible_period_are_stated()
    {
        var story = Story.Signed(With(g => g with { Eligible = new(Day("2015-02-01"), Day("2015-11-30")) })).On("2016-02-01")
            .Spent("1", "2015-01-31").Spent("10", "2015-02-01").Spent("100", "2015-11-30").Spent("1000", "2015-12-01");

        Assert.Equal(Kr("110"), Of(story, 2015).Costs);
    }

    [Fact]
    public void Lines_are_by_category_and_year_against_budget_and_forecast()
    {
        var story = Begun().Given(Payer, Payment("1000", "2014-09-05")).Given(Finance, new MapCategories([new("personal", [new(7000, 7699)]), new("resor", [new(5800, 5899)])]),
                new SetBudget(BudgetKind.Budget, [new("personal", 2015, Kr("500")), new("resor", 2016, Kr("50")), new("resor", 2017, Kr("9"))]), new SetBudget(BudgetKind.Forecast, [new("personal", 2016, Kr("70"))]))
            .Imported(File(1, 2015, Sum("7010", "2015-04-01", "400"), Sum("5810", "2015-04-01", "40"), Sum("5010", "2015-04-01", "4"), Sum("7010", "2016-04-01", "60"), Sum("5810", "2015-05-01", "-40")));

        Assert.Equal([
            new("personal", 2015, Kr("400"), Kr("500"), null), new("unassigned", 2015, Kr("4"), null, null),
            new("personal", 2016, Kr("60"), null, Kr("70")), new("resor", 2016, Kronor.Zero, Kr("50"), null)],
            Some.Content(story.Dossier, new(Day("2015-01-01"), Day("2016-12-31"))).Lines);
    }

    [Fact]
    public void Another_map_of_accounts_says_the_same_money_otherwise()
    {
        var story = Begun().Spent("100");
        var before = Of(story, 2015);
        story.Given(Finance, new MapCategories([new("lokaler", [new(5010, 5010)])]));

        Assert.Equal(("unassigned", "lokaler", 1), (before.Lines[0].Category, Of(story, 2015).Lines[0].Category, Of(story, 2015).CategoriesVersion));
        Assert.False(before.Says(Of(story, 2015)));
        Assert.True(Of(story, 2015).Says(Of(story, 2015)));
    }

    [Fact]
    public void An_adjustment_over_two_years_is_stated_once_in_the_year_it_ends()
    {
        var story = Begun().Given(Finance, new PrepareAdjustment(AdjustmentKind.Correction, Kr("10"), new(Day("2014-12-01"), Day("2015-01-31")), null, "Skäl")).Given(Approver, new AttestAdjustment(1));

        Assert.Equal((0, 1, 0), (Of(story, 2014).Adjustments.Count, Of(story, 2015).Adjustments.Count, Of(story, 2016).Adjustments.Count));
    }
}
