using MrAgreement.Grants;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Grants;

public class BudgetsTests
{
    static Story Story2() => Story.Signed(Books.With(g => g with { Categories = [new("personal"), new("resor")] }));

    static SetBudget Budget(params BudgetLine[] lines) => new(BudgetKind.Budget, lines);

    [Fact]
    public void A_budget_replaces_the_one_before_and_leaves_the_forecast_alone()
    {
        var story = Story2().When(Finance, Budget(new("personal", 2015, Kr("100")), new("resor", 2015, Kr("0")))).Then(
            new BudgetSet(BudgetKind.Budget, [new("personal", 2015, Kr("100")), new("resor", 2015, Kr("0"))]));
        story.Given(Finance, new SetBudget(BudgetKind.Forecast, [new("personal", 2015, Kr("90"))]), Budget(new BudgetLine("resor", 2016, Kr("5"))));

        Assert.Equal([new("resor", 2016, Kr("5"))], story.Dossier.Grant.Budget);
        Assert.Equal([new("personal", 2015, Kr("90"))], story.Dossier.Grant.Forecast);
    }

    [Fact]
    public void Whoever_is_not_sure_is_asked_about_a_budget_beyond_the_grant_and_it_is_known_who_set_it()
    {
        var story = Story2();
        var granted = story.Dossier.Grant.Instalments.Select(i => i.Amount).Aggregate((a, b) => a + b);
        var beyond = Budget(new("personal", 2015, granted), new("resor", 2015, Kr("0.01"))) with { IsSure = false };

        story.When(Finance, beyond).ThenFaults(("/sure", "budget-exceeds-grant"));
        story.When(Finance, beyond with { Kind = BudgetKind.Forecast }).Then<BudgetSet>();
        Assert.Null(story.Dossier.Grant.BudgetSet);
        story.When(Finance, beyond with { Lines = [new("personal", 2015, granted)] }).Then<BudgetSet>();
        Assert.Equal((Finance.Id, story.Now), story.Dossier.Grant.BudgetSet);
        story.When(Finance, beyond with { IsSure = true }).Then<BudgetSet>();
    }

    [Fact]
    public void The_same_again_is_nothing_and_none_at_all_clears_it()
    {
        var story = Story2().Given(Finance, Budget(new BudgetLine("personal", 2015, Kr("100"))));

        story.When(Finance, Budget(new BudgetLine("personal", 2015, Kr("100")))).ThenNothing();
        story.When(Finance, Budget()).Then<BudgetSet>();
        story.When(Finance, Budget()).ThenNothing();
        story.When(Finance, new SetBudget(BudgetKind.Forecast, [])).ThenNothing();
    }

    [Fact]
    public void A_line_has_a_known_category_a_year_and_no_debt_and_comes_once()
    {
        Story2().When(Finance, Budget(new("konsulter", 2015, Kr("1")), new("unassigned", 2015, Kr("1")), new("resor", 1899, Kr("1")), new("resor", 2015, Kr("-0.01")), new("resor", 2015, Kr("2")))).ThenFaults(
            ("/lines/0/category", "category-unknown"), ("/lines/1/category", "category-unknown"), ("/lines/2/year", "year-range"), ("/lines/3/amount", "amount-negative"), ("/lines/4", "budget-line-twice"));
        Story2().When(Finance, Budget([.. Enumerable.Range(0, 1001).Select(n => new BudgetLine("resor", 2015, Kr("1")))])).ThenFaults(("/lines", "too-many"));
    }

    [Fact]
    public void The_years_of_a_category_stay_within_what_the_terms_decide_for_it_and_a_forecast_need_not()
    {
        Story Decided() => Story.Signed(Books.With(g => g with { Categories = [new("personal", null, null, Kr("100")), new("resor")] }));

        Decided().When(Finance, Budget(new("personal", 2015, Kr("60")), new("personal", 2016, Kr("40")), new("resor", 2015, Kr("500")))).Then<BudgetSet>();
        Decided().When(Finance, Budget(new("personal", 2015, Kr("60")), new("personal", 2016, Kr("40.01")))).ThenFaults(("/lines", "budget-exceeds-terms"));
        Decided().When(Finance, new SetBudget(BudgetKind.Forecast, [new("personal", 2015, Kr("101"))])).Then<BudgetSet>();
    }

    [Fact]
    public void A_category_of_the_map_alone_may_have_a_budget() =>
        Story.Of2014().Given(Finance, new MapCategories([new("konsulter", [new(6550, 6550)])])).When(Finance, Budget(new BudgetLine("konsulter", 2015, Kr("1")))).Then<BudgetSet>();
}
