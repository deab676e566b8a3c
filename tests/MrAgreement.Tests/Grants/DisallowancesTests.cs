using MrAgreement.Agreements;
using MrAgreement.Decisions;
using MrAgreement.Grants;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Grants;

public class DisallowancesTests
{
    static DisallowCosts Decided(string amount, string on = "2016-05-02", string? repayBy = null) => new(Kr(amount), Day(on), "A2016/12", "Saknar underlag", repayBy is null ? null : Day(repayBy), null);

    static Story Begun() => Story.Of2014().On("2016-05-02").Given(Payer, Payment("1000", "2015-02-01")).Spent("700");

    static Refused Refused(Story story, Command command) => Assert.IsType<Refused>(story.Dossier.Decide(command, new(Officer, story.Now)));

    [Fact]
    public void A_disallowed_cost_counts_no_more_and_is_owed_back()
    {
        var story = Begun().Given(Officer, Decided("200.50"));
        Assert.Equal((Kr("499.5"), Kr("500.5")), (story.Dossier.Grant.Costs, story.Dossier.Grant.Balances.Remaining));
        Assert.False(story.Dossier.Grant.Disallowances[0].Decision.IsClawback);
        Assert.Equal(Kr("300"), Position.Until(story.Dossier.Grant, Day("2016-05-01")).Balance);
        Assert.Equal(Kr("500.5"), Position.Until(story.Dossier.Grant, Day("2016-05-02")).Balance);
    }

    [Fact]
    public void Decided_after_the_final_accounts_it_is_a_clawback_with_a_day_of_its_own()
    {
        var story = Begun().Until("2017-08-01").Submitted("final-accounts", Finance).Given(Payer, PaymentBack("300", "2017-08-01")).Given(Officer, Decided("100", "2017-08-01", "2018-01-31"));
        Assert.True(story.Dossier.Grant.Disallowances[0].Decision.IsClawback);
        Assert.Equal((Kr("600"), Day("2018-01-31")), (story.Dossier.Grant.Costs, Settlement.DueOn(story.Dossier)));
    }

    [Fact]
    public void A_decision_that_says_anything_else_is_another()
    {
        var story = Begun().Given(Officer, Decided("100"));

        story.When(Officer, Decided("100")).ThenNothing();
        story.When(Officer, Decided("100") with { Reason = "Avser ett annat projekt" }).Then<CostsDisallowed>();
        story.When(Officer, Decided("100", repayBy: "2016-06-30")).Then<CostsDisallowed>();
    }

    [Fact]
    public void It_is_the_grantor_s_decision_of_today_or_earlier_and_of_at_most_what_was_accepted()
    {
        var story = Begun();
        Assert.Equal("disallowed-exceeds-costs", Refused(story, Decided("700.01")).Slug);
        Assert.Equal("date-in-future", Refused(story, Decided("1", "2016-05-03")).Slug);
        Assert.Equal("before-signature", Refused(story, Decided("1", "2014-06-12")).Slug);
        Assert.Equal("period-reversed", Refused(story, Decided("1", repayBy: "2016-05-01")).Slug);
        Assert.Equal("amount-not-positive", Refused(story, Decided("0")).Slug);
        Assert.Equal("forbidden", Assert.IsType<Refused>(story.Dossier.Decide(Decided("1"), new(Finance, story.Now))).Slug);
        story.Given(Officer, Decided("1"));
        Assert.IsType<Nothing>(story.Dossier.Decide(Decided("1"), new(Officer, story.Now)));
    }
}
