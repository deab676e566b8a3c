using MrAgreement.Grants;
using MrAgreement.Parties;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Grants;

public class AdjustmentsTests
{
    static Story Received(string amount = "1000") => Story.Of2014().Given(Payer, Payment(amount, "2014-06-13"));

    static Story Adjusted(Story story, AdjustmentKind kind, string amount)
    {
        story.Given(Finance, Adjustment(kind, amount, $"Nr {story.Dossier.Grant.Adjustments.Count}"));
        return story.Given(Approver, new AttestAdjustment(story.Dossier.Grant.Adjustments.Count));
    }

    static (string Used, string Rounding, string Remaining) Of(Story story) =>
        (story.Dossier.Grant.Balances.Used.ToString(), story.Dossier.Grant.Balances.Rounding.ToString(), story.Dossier.Grant.Balances.Remaining.ToString());

    [Fact]
    public void An_adjustment_counts_once_somebody_else_has_attested_it()
    {
        var story = Received().When(Finance, Adjustment(AdjustmentKind.Correction, "100.50"))
            .Then(new AdjustmentPrepared(1, AdjustmentKind.Correction, Kr("100.50"), Year(2015), null, "Enligt underlag"));
        Assert.Equal(("0", "0", "1000"), Of(story));

        story.When(Finance with { Role = Role.Approver }, new AttestAdjustment(1)).ThenRefused("own-adjustment", RefusalKind.Forbidden);
        story.When(Approver, new AttestAdjustment(1)).Then(new AdjustmentAttested(1));
        Assert.Equal(("100.5", "0", "899.5"), Of(story));
        story.When(Approver, new AttestAdjustment(1)).ThenNothing();
        story.When(OtherApprover, new AttestAdjustment(1)).ThenRefused("already-attested");
        story.When(Approver, new AttestAdjustment(2)).ThenRefused("no-such-adjustment", RefusalKind.NotFound);
    }

    [Fact]
    public void The_same_in_the_same_words_is_prepared_once_until_it_is_attested()
    {
        var story = Received().Given(Finance, Adjustment(AdjustmentKind.Accrual, "5"));

        story.When(Finance, Adjustment(AdjustmentKind.Accrual, "5")).ThenNothing();
        story.Given(Approver, new AttestAdjustment(1)).When(Finance, Adjustment(AdjustmentKind.Accrual, "5")).Then<AdjustmentPrepared>();
    }

    [Theory]
    [InlineData(AdjustmentKind.Accrual, "100", "600")]
    [InlineData(AdjustmentKind.Accrual, "-100", "400")]
    [InlineData(AdjustmentKind.Correction, "-0.01", "499.99")]
    [InlineData(AdjustmentKind.Disallowed, "100", "400")]
    [InlineData(AdjustmentKind.OwnFinancing, "100", "400")]
    [InlineData(AdjustmentKind.OtherIncome, "100", "500")]
    [InlineData(AdjustmentKind.Rounding, "0.5", "500")]
    public void Each_kind_does_its_own_to_the_costs(AdjustmentKind kind, string amount, string used) =>
        Assert.Equal(used, Of(Adjusted(Adjusted(Received(), AdjustmentKind.Correction, "500"), kind, amount)).Used);

    [Theory]
    [InlineData(AdjustmentKind.Disallowed, "-1", "amount-not-positive")]
    [InlineData(AdjustmentKind.OwnFinancing, "-1", "amount-not-positive")]
    [InlineData(AdjustmentKind.OtherIncome, "-1", "amount-not-positive")]
    [InlineData(AdjustmentKind.Correction, "0", "adjustment-zero")]
    [InlineData(AdjustmentKind.Rounding, "0.51", "rounding-too-large")]
    [InlineData(AdjustmentKind.Rounding, "-0.51", "rounding-too-large")]
    public void Each_kind_has_its_sign_and_rounding_its_limit(AdjustmentKind kind, string amount, string rule) =>
        Received().When(Finance, Adjustment(kind, amount)).ThenFaults(("/amount", rule));

    [Fact]
    public void Rounding_is_added_to_the_balance() =>
        Assert.Equal(("999.6", "-0.4", "0"), Of(Adjusted(Adjusted(Received(), AdjustmentKind.Correction, "999.60"), AdjustmentKind.Rounding, "-0.40")));

    [Fact]
    public void Used_is_capped_at_what_was_received_and_own_financing_bears_the_rest()
    {
        var story = Adjusted(Received(), AdjustmentKind.Correction, "1200");
        Assert.Equal(("1000", "0", "0"), Of(story));

        Adjusted(story, AdjustmentKind.OwnFinancing, "300");
        Assert.Equal(("900", "0", "100"), Of(story));
    }

    [Theory]
    [InlineData(AdjustmentKind.Accrual, "2014-06-12", "2014-12-31", true)]
    [InlineData(AdjustmentKind.Accrual, "2014-06-13", "2017-12-31", false)]
    [InlineData(AdjustmentKind.Correction, "2017-12-31", "2018-01-01", true)]
    [InlineData(AdjustmentKind.OwnFinancing, "2018-01-01", "2018-01-31", false)]
    public void Whoever_is_not_sure_is_asked_about_costs_of_days_outside_the_agreement(AdjustmentKind kind, string from, string to, bool isAsked)
    {
        var unsure = new PrepareAdjustment(kind, Kr("5"), new(Day(from), Day(to)), null, "Skäl", IsSure: false);

        if (isAsked)
            Received().Spent("5").When(Finance, unsure).ThenFaults(("/sure", "adjustment-outside-agreement"));
        else
            Received().Spent("5").When(Finance, unsure).Then<AdjustmentPrepared>();
        Assert.Equal(isAsked, Received().Spent("5").Given(Finance, unsure with { IsSure = true }) is var story && story.Dossier.Grant.Adjustments[0].Doubts(story.Dossier.CostDays, story.Dossier.Grant.Balances.Remaining).Any());
    }

    [Fact]
    public void A_rounding_the_wrong_way_is_told_until_it_is_attested()
    {
        var story = Received().Spent("5.40").Given(Finance, Some.Adjustment(AdjustmentKind.Rounding, "-0.2"));
        Assert.Equal(["rounding-other-way"], Doubts());
        story.Given(Approver, new AttestAdjustment(1));
        Assert.Empty(Doubts());

        IEnumerable<string> Doubts() => story.Dossier.Grant.Adjustments[0].Doubts(story.Dossier.CostDays, story.Dossier.Grant.Balances.Remaining).Select(doubt => doubt.Rule);
    }

    [Fact]
    public void Where_the_terms_say_which_days_count_an_accrual_of_others_is_asked_about() =>
        Story.Signed(Ledgers.Books.With(g => g with { Eligible = new(Day("2015-02-01"), Day("2015-11-30")) })).When(Finance, new PrepareAdjustment(AdjustmentKind.Accrual, Kr("5"), new(Day("2015-11-01"), Day("2015-12-31")), null, "Skäl", IsSure: false))
            .ThenFaults(("/sure", "adjustment-outside-agreement"));

    [Fact]
    public void Costs_are_never_below_zero() =>
        Assert.Equal(("0", "0", "1000"), Of(Received().Spent("-5")));

    [Fact]
    public void An_adjustment_has_a_reason_and_a_period() =>
        Received().When(Finance, new PrepareAdjustment(AdjustmentKind.Accrual, Kr("1"), new(Day("2015-02-01"), Day("2015-01-01")), null, " "))
            .ThenFaults(("/period", "period-reversed"), ("/reason", "text-length"));
}
