using MrAgreement.Grants;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Grants;

public class StatementsTests
{
    static readonly PrepareStatement prepare = new(StatementKind.Annual, Year(2015), []);

    static Story Begun() => Story.Of2014().On("2016-05-02").Given(Payer, Payment("1000", "2014-09-05")).Spent("300");

    static Story Attested() => Begun().Given(Finance, prepare).Given(Approver, new AttestStatement(1));

    static Statement Last(Story story) => story.Dossier.Grant.Statements[^1];

    [Fact]
    public void A_statement_is_drawn_up_from_the_log_and_keeps_what_it_says()
    {
        var story = Begun().When(Finance, prepare).Then(new StatementPrepared(1, StatementKind.Annual, Year(2015), Some.Content(Begun().Dossier, Year(2015)), [], null));
        var hash = Sha256.Of(Last(story).Written());

        story.Spent("50").Given(Finance, new MapCategories([new("lokaler", [new(5010, 5010)])]));
        Assert.Equal((Kr("300"), hash), (Last(story).Content.Costs, Sha256.Of(Last(story).Written())));
    }

    [Fact]
    public void Nobody_attests_the_statement_that_is_their_own()
    {
        var story = Begun().Given(Finance, prepare);

        story.When(Finance with { Role = Role.Approver }, new AttestStatement(1)).ThenRefused("own-statement", RefusalKind.Forbidden);
        story.When(Approver, new AttestStatement(1)).Then(new StatementAttested(1));
        story.When(Approver, new AttestStatement(1)).ThenNothing();
        story.When(OtherApprover, new AttestStatement(1)).ThenRefused("already-attested");
        story.When(Approver, new AttestStatement(2)).ThenRefused("no-such-statement", RefusalKind.NotFound);
        story.When(Approver, new AttestStatement(0)).ThenRefused("no-such-statement", RefusalKind.NotFound);
    }

    [Theory]
    [InlineData(StatementKind.Annual, "2013-12-31", "2015-12-31", "statement-beyond-agreement")]
    [InlineData(StatementKind.Annual, "2016-01-01", "2016-05-03", "statement-period-not-ended")]
    [InlineData(StatementKind.Annual, "2014-01-01", "2014-12-31", null)]
    [InlineData(StatementKind.Annual, "2015-01-01", "2016-05-02", null)]
    [InlineData(StatementKind.Final, "2014-06-14", "2016-05-02", "statement-not-whole")]
    [InlineData(StatementKind.Final, "2014-06-13", "2015-02-28", "statement-not-whole")]
    [InlineData(StatementKind.Final, "2014-06-13", "2016-05-02", null)]
    [InlineData(StatementKind.Final, "2014-01-01", "2018-01-01", "statement-beyond-agreement statement-period-not-ended")]
    public void Whoever_is_not_sure_is_asked_about_a_period_that_may_be_a_slip(StatementKind kind, string from, string to, string? asked)
    {
        var unsure = new PrepareStatement(kind, new(Day(from), Day(to)), [], IsSure: false);

        if (asked is null)
            Begun().When(Finance, unsure).Then<StatementPrepared>();
        else
            Begun().When(Finance, unsure).ThenFaults([.. asked.Split(' ').Select(rule => ("/sure", rule))]);
        Begun().When(Finance, unsure with { IsSure = true }).Then<StatementPrepared>();
    }

    [Fact]
    public void Whoever_is_not_sure_is_asked_about_costs_that_reach_beyond_the_period_or_are_left_out()
    {
        var story = Begun().Given(Finance, new PrepareAdjustment(AdjustmentKind.Accrual, Kr("10"), new(Day("2015-12-01"), Day("2016-01-31")), null, "Periodisering")).Given(Approver, new AttestAdjustment(1))
            .Given(Finance, new PrepareAdjustment(AdjustmentKind.Rounding, Kr("0.1"), new(Day("2015-12-01"), Day("2016-01-31")), null, "Öre")).Given(Approver, new AttestAdjustment(2)).Spent("7", "2016-04-30");

        story.When(Finance, prepare with { IsSure = false }).ThenFaults(("/sure", "statement-accruals-straddle"));
        story.When(Finance, prepare with { Period = new(Day("2015-01-01"), Day("2016-01-31")), IsSure = false }).Then<StatementPrepared>();
        story.When(Finance, new PrepareStatement(StatementKind.Final, new(Day("2014-06-13"), Day("2016-04-29")), [], IsSure: false)).ThenFaults(("/sure", "statement-not-whole"));
        Assert.Equal(["statement-leaves-costs"], Last(story.Given(Finance, new PrepareStatement(StatementKind.Final, new(Day("2014-06-13"), Day("2016-04-29")), []))).Doubts(story.Dossier.Grant).Select(doubt => doubt.Rule));
        Assert.Equal(["statement-accruals-straddle"], Last(story.Given(Finance, prepare)).Doubts(story.Dossier.Grant).Select(doubt => doubt.Rule));
    }

    [Fact]
    public void A_period_with_days_to_come_is_told_as_that() =>
        Assert.Equal(["statement-period-not-ended"], Last(Begun().Given(Finance, prepare with { Period = new(Day("2015-01-01"), Day("2016-12-31")) }))
            .Doubts(Begun().Dossier.Grant).Select(doubt => doubt.Rule));

    [Fact]
    public void The_same_person_draws_up_the_same_once()
    {
        Begun().Given(Finance, prepare).When(Finance, prepare).ThenNothing();
        Begun().Given(Finance, prepare).When(Finance, prepare with { Period = null }).ThenNothing();
        Begun().Given(Finance, prepare).When(Finance with { Id = new("person-finance-2") }, prepare).Then<StatementPrepared>();
        Begun().Given(Finance, prepare).When(Finance, prepare with { Explanations = [new("unassigned", "Hyra")] }).Then<StatementPrepared>();
        Begun().Given(Finance, prepare).When(Finance, prepare with { Period = Year(2014) }).Then<StatementPrepared>();
        Begun().Given(Finance, prepare).When(Finance, prepare with { Kind = StatementKind.Final }).Then<StatementPrepared>();
        Begun().Given(Finance, prepare).Spent("1").When(Finance, prepare).Then<StatementPrepared>();
    }

    [Fact]
    public void What_a_colleague_has_attested_since_is_not_drawn_up_again_while_it_would_say_the_same()
    {
        Attested().When(Finance, prepare).ThenNothing();
        Assert.Equal(1, Attested().Spent("1").When(Finance, prepare).Then<StatementPrepared>().Replaces);
    }

    [Fact]
    public void A_correction_replaces_the_one_of_the_same_kind_and_period()
    {
        var story = Begun().Given(Finance, prepare).Spent("1");
        Assert.Equal(1, story.When(Finance, prepare).Then<StatementPrepared>().Replaces);
        story.When(Approver, new AttestStatement(1)).ThenRefused("statement-replaced");
        Assert.Equal(2, story.Spent("1").When(Finance, prepare).Then<StatementPrepared>().Replaces);
        Assert.Null(story.When(Finance, prepare with { Period = Year(2014) }).Then<StatementPrepared>().Replaces);
    }

    [Fact]
    public void Final_accounts_replace_those_before_whatever_their_last_day()
    {
        var story = Begun().On("2018-02-01").Given(Finance, new PrepareStatement(StatementKind.Final, null, []));
        Assert.Equal(new(Day("2014-06-13"), Day("2017-12-31")), Last(story).Period);

        Assert.Equal(1, story.On("2018-02-02").Spent("1", "2018-01-15").When(Finance, new PrepareStatement(StatementKind.Final, null, [])).Then<StatementPrepared>().Replaces);
    }

    [Fact]
    public void Without_a_period_a_year_is_the_one_before_and_final_accounts_are_all_of_it()
    {
        Assert.Equal(Year(2015), Begun().When(Finance, prepare with { Period = null }).Then<StatementPrepared>().Period);
        Assert.Equal(new(Day("2014-06-13"), Day("2015-03-01")), Begun().When(Finance, new PrepareStatement(StatementKind.Final, null, [])).Then<StatementPrepared>().Period);
    }

    [Fact]
    public void A_statement_has_a_period_and_explains_what_there_is()
    {
        Begun().When(Finance, new PrepareStatement(StatementKind.Annual, new(Day("2015-12-31"), Day("2015-01-01")), [new("resor", "Flyg"), new("unassigned", " "), new("unassigned", "Hyra")])).ThenFaults(
            ("/period", "period-reversed"), ("/explanations/0/category", "category-unknown"), ("/explanations/1/text", "text-length"), ("/explanations/2/category", "key-taken"));
        Begun().When(Finance, prepare with { Period = new(Day("1899-12-31"), Day("2201-01-01")) }).ThenFaults(("/period/from", "date-range"), ("/period/to", "date-range"));
        Begun().When(Finance, prepare with { Explanations = [.. Enumerable.Range(0, 201).Select(n => new Explanation($"k{n}", "x"))] }).ThenFaults(("/explanations", "too-many"));
    }

    [Fact]
    public void Where_the_terms_ask_for_it_a_deviation_is_explained_before_it_is_attested()
    {
        Story Budgeted(string spent) => Story.Signed(Books.With(g => g with { VarianceThreshold = 0.1m, Categories = [new("lokaler", null, ["5000-5099"])] })).On("2016-05-02")
            .Given(Finance, new SetBudget(BudgetKind.Budget, [new("lokaler", 2015, Kr("100"))])).Spent(spent).Given(Finance, prepare);

        Budgeted("110").When(Approver, new AttestStatement(1)).Then<StatementAttested>();
        Budgeted("110.01").When(Approver, new AttestStatement(1)).ThenRefused("variance-unexplained");
        Budgeted("89.99").When(Approver, new AttestStatement(1)).ThenRefused("variance-unexplained");
        Budgeted("110.01").Given(Finance, prepare with { Explanations = [new("lokaler", "Dyrare hyra")] }).When(Approver, new AttestStatement(2)).Then<StatementAttested>();
    }

    [Theory]
    [InlineData("2015-01-01", "2015-06-30", "181")]
    [InlineData("2015-07-01", "2016-06-30", "366")]
    [InlineData("2015-01-01", "2015-12-31", "365")]
    [InlineData("2014-01-01", "2014-12-31", "202")]
    [InlineData("2014-06-13", "2014-06-13", "1")]
    public void A_part_of_a_year_is_held_against_as_large_a_part_of_its_budget(string from, string to, string budget)
    {
        // A krona for each day: in 2014 the agreement's own days, from 13 June on.
        Story Of(string spent) => Story.Signed(Books.With(g => g with { VarianceThreshold = 0m, Categories = [new("lokaler", null, ["5000-5099"])] })).On("2017-05-02")
            .Given(Finance, new SetBudget(BudgetKind.Budget, [new("lokaler", 2014, Kr("202")), new("lokaler", 2015, Kr("365")), new("lokaler", 2016, Kr("366"))]))
            .Spent(spent, from == "2014-01-01" ? "2014-06-13" : from).Given(Finance, prepare with { Period = new(Day(from), Day(to)) });

        Of(budget).When(Approver, new AttestStatement(1)).Then<StatementAttested>();
        Of($"{budget}.01").When(Approver, new AttestStatement(1)).ThenRefused("variance-unexplained");
    }

    [Fact]
    public void Final_accounts_are_held_against_what_the_terms_decide_for_a_category_and_other_statements_are_not()
    {
        Story Of(StatementKind kind, string lokaler, string resor) =>
            Story.Signed(Books.With(g => g with { VarianceThreshold = 0m, Categories = [new("lokaler", null, ["5000-5099"], Kr("300")), new("resor", null, ["5800-5899"])] })).On("2017-05-02")
                .Given(Finance, new SetBudget(BudgetKind.Budget, [new("lokaler", 2015, Kr("100")), new("resor", 2015, Kr("50"))]))
                .Spent(lokaler, "2015-03-01").Spent("200", "2016-03-01").Spent(resor, "2015-03-01", "5810")
                .Given(Finance, new PrepareStatement(kind, kind == StatementKind.Final ? new(Day("2014-06-13"), Day("2017-05-02")) : Year(2015), []));

        Of(StatementKind.Final, "100", "50").When(Approver, new AttestStatement(1)).Then<StatementAttested>();
        Of(StatementKind.Final, "101", "50").When(Approver, new AttestStatement(1)).ThenRefused("variance-unexplained");
        Of(StatementKind.Final, "100", "51").When(Approver, new AttestStatement(1)).ThenRefused("variance-unexplained");
        Of(StatementKind.Annual, "100", "50").When(Approver, new AttestStatement(1)).Then<StatementAttested>();
    }

    [Fact]
    public void What_is_decided_for_a_category_and_never_used_is_a_deviation_of_the_final_accounts() =>
        Story.Signed(Books.With(g => g with { VarianceThreshold = 0.5m, Categories = [new("resor", null, null, Kr("300"))] })).On("2017-05-02").Given(Finance, prepare with { Kind = StatementKind.Final, Period = null })
            .When(Approver, new AttestStatement(1)).ThenRefused("variance-unexplained");

    [Fact]
    public void Without_a_threshold_or_a_budget_nothing_is_to_explain()
    {
        Begun().Given(Finance, prepare).When(Approver, new AttestStatement(1)).Then<StatementAttested>();
        Story.Signed(Books.With(g => g with { VarianceThreshold = 0m })).On("2016-05-02").Spent("10").Given(Finance, prepare).When(Approver, new AttestStatement(1)).Then<StatementAttested>();
    }

    [Fact]
    public void However_large_the_sums_a_statement_reads_again()
    {
        var story = Story.Of2014().On("2016-05-02").Given(Payer, Payment("1000000000000", "2015-01-01", "1"), Payment("1000000000000", "2015-01-02", "2"), Payment("0.01", "2015-01-03", "3"))
            .Given(Finance, prepare);

        Assert.Equal("2000000000000.01", Last(story).Content.Closing.ToString());
        Assert.Equal("2000000000000.01", Projection.Summary(Projection.Portfolio(story.Dossier)).Balances.Received.ToString());
    }
}
