using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Grants;

/// <summary>A decision on costs that was a mistake is withdrawn, and the settlement counts as before.</summary>
public class WithdrawnDisallowancesTests
{
    static DisallowCosts Decision(string amount, string on, string? repayBy = null) => new(Kr(amount), Day(on), $"Beslut {on}", "Saknar underlag", repayBy is null ? null : Day(repayBy), null);

    static Story Spent() => Story.Of2014().Until("2017-08-20").Given(Payer, Payment("4000000", "2014-09-05")).Spent("3000000");

    static Story Accepted() => Spent().Submitted("final-accounts", Finance).Accepted("final-accounts");

    static Story Closed()
    {
        var story = Accepted().Given(Payer, PaymentBack("1000000", "2017-08-20")).Given(Officer, new LapseInstalment("2015", "Nej"), new LapseInstalment("2016", "Nej"));
        foreach (var left in story.Agreement.InOrder.Where(o => !o.IsSettled).ToList())
            story.Given(Officer, new WaiveObligation(left.Key, "Avslutas", "A1"));
        return story.Given(Officer, new CloseAgreement());
    }

    static string Remaining(Story story) => story.Dossier.Grant.Balances.Remaining.ToString();

    [Fact]
    public void The_costs_count_again()
    {
        var story = Spent().Given(Officer, Decision("100000", "2017-08-20"));
        Assert.Equal("1100000", Remaining(story));
        story.When(Officer, new WithdrawDisallowance(1, "Fel projekt")).Then(new DisallowanceWithdrawn(1, "Fel projekt"));
        Assert.Equal("1000000", Remaining(story));
        Assert.Equal(Kr("3000000"), Position.Until(story.Dossier.Grant, story.Today).Costs);
        story.When(Officer, new WithdrawDisallowance(1, "Fel projekt")).ThenNothing();
        story.When(OtherOfficer, new WithdrawDisallowance(1, "Annat")).ThenRefused("disallowance-withdrawn");
        // The same words may be decided anew.
        story.When(Officer, Decision("100000", "2017-08-20")).Then<CostsDisallowed>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void After_the_final_accounts_too_whether_they_had_it_or_came_before_it(bool hadIt)
    {
        var story = hadIt
            ? Spent().Given(Officer, Decision("100000", "2017-08-20")).Submitted("final-accounts", Finance).Accepted("final-accounts")
            : Accepted().Given(Officer, Decision("100000", "2017-08-20"));
        Assert.Equal("1100000", Remaining(story));
        Assert.Equal("1000000", Remaining(story.Given(Officer, new WithdrawDisallowance(1, "Fel"))));
    }

    [Fact]
    public void What_was_paid_back_before_it_has_paid_nothing_of_it_though_its_day_is_the_sooner()
    {
        var story = Accepted().Given(Payer, PaymentBack("1000000", "2017-08-20")).Given(Officer, Decision("500", "2017-08-20", "2017-08-25"));
        Assert.Equal([new RepaymentPart(Kr("500"), Day("2017-08-25"), 1)], Settlement.Outstanding(story.Dossier));
        Assert.Equal(Day("2017-08-25"), story["repayment"].EffectiveDueOn);
        story.When(Officer, new WithdrawDisallowance(1, "Fel projekt")).Then<DisallowanceWithdrawn>();
    }

    [Fact]
    public void What_was_paid_back_too_much_before_it_is_of_it()
    {
        var story = Accepted().Given(Payer, PaymentBack("1000300", "2017-08-20")).Given(Officer, Decision("500", "2017-08-20", "2017-10-31"));
        Assert.Equal([new RepaymentPart(Kr("200"), Day("2017-10-31"), 1)], Settlement.Outstanding(story.Dossier));
        story.When(Officer, new WithdrawDisallowance(1, "Fel projekt")).ThenRefused("disallowance-repaid");
    }

    [Fact]
    public void Without_a_day_of_its_own_and_the_repayment_s_past_it_is_known_again()
    {
        var decision = Decision("500", "2017-10-01");
        var story = Accepted().Given(Payer, PaymentBack("1000000", "2017-08-20")).Until("2017-10-01").Given(Officer, decision);
        Assert.Equal(Day("2017-10-31"), story.Dossier.Grant.Disallowances[0].Decision.RepayBy);
        Assert.NotNull(Disallowance.Same(story.Dossier.Grant, decision, Officer.Id));
        story.When(Officer, decision).ThenNothing();
    }

    [Fact]
    public void Its_day_is_no_more_the_repayment_s()
    {
        var story = Accepted().Given(Payer, PaymentBack("1000000", "2017-08-20")).Given(Officer, Decision("100000", "2017-08-20", "2017-10-31"));
        Assert.Equal((Day("2017-10-31"), null), (story["repayment"].EffectiveDueOn!.Value, story["repayment"].FulfilledOn));
        story.Given(Officer, new WithdrawDisallowance(1, "Fel"));
        Assert.Equal((Day("2017-09-01"), Day("2017-08-20")), (story["repayment"].EffectiveDueOn!.Value, story["repayment"].FulfilledOn!.Value));
    }

    [Fact]
    public void What_it_opened_again_is_closed_again()
    {
        var story = Closed().Until("2018-03-01").Given(Officer, Decision("100000", "2018-03-01", "2018-05-31"));
        Assert.Equal(AgreementStatus.Active, story.Agreement.Status);
        story.Given(Officer, new WithdrawDisallowance(1, "Fel"));
        Assert.Equal((AgreementStatus.Closed, null, "0"), (story.Agreement.Status, story.Agreement.Reopened, Remaining(story)));
        Assert.Null(Lifecycle.NextWakeUp(story.Dossier));
    }

    [Fact]
    public void While_another_holds_it_open_it_stays_open()
    {
        var story = Closed().Until("2018-03-01").Given(Officer, Decision("100000", "2018-03-01", "2018-05-31"), Decision("300", "2018-03-01", "2018-04-30"), new WithdrawDisallowance(1, "Fel"));
        Assert.Equal((1, 2), (story.Agreement.Reopened!.Disallowance, Settlement.HeldOpenBy(story.Dossier)!.Decision.Number));
        Assert.Equal((AgreementStatus.Active, "300", Day("2018-04-30")), (story.Agreement.Status, Remaining(story), story["repayment"].EffectiveDueOn!.Value));
        // Of itself it would close on a payment that nobody could take back then.
        story.Given(Payer, PaymentBack("300", "2018-03-01", "ÅTER 2"));
        Assert.Equal(AgreementStatus.Active, story.Agreement.Status);
        story.Given(Officer, new CloseAgreement());
        Assert.Null(Settlement.HeldOpenBy(story.Dossier));
    }

    [Fact]
    public void What_opened_it_is_named_while_it_stands()
    {
        var story = Closed().Until("2018-03-01").Given(Officer, Decision("100000", "2018-03-01", "2018-05-31"), Decision("300", "2018-03-01", "2018-04-30"));
        Assert.Equal(1, Settlement.HeldOpenBy(story.Dossier)!.Decision.Number);
        story.Given(Officer, new WithdrawDisallowance(2, "Fel"));
        Assert.Equal(1, Settlement.HeldOpenBy(story.Dossier)!.Decision.Number);
    }

    [Fact]
    public void What_was_repaid_of_it_stands()
    {
        var story = Closed().Until("2018-03-01").Given(Officer, Decision("100000", "2018-03-01", "2018-05-31")).Given(Payer, PaymentBack("1", "2018-03-01", "ÅTER 2"));
        story.When(Officer, new WithdrawDisallowance(1, "Fel")).ThenRefused("disallowance-repaid");
        story.Given(Payer, PaymentBack("99999", "2018-03-01", "ÅTER 3")).Given(Officer, new CloseAgreement()).When(Officer, new WithdrawDisallowance(1, "Fel")).ThenRefused("disallowance-repaid");

        // Without a day of its own it is a part of what was unspent.
        var undated = Spent().Given(Officer, Decision("100000", "2017-08-20")).Given(Payer, PaymentBack("1100000", "2017-08-20"));
        undated.When(Officer, new WithdrawDisallowance(1, "Fel")).ThenRefused("disallowance-repaid");
    }

    [Fact]
    public void Only_the_grantor_withdraws_it_with_a_reason()
    {
        var story = Spent().Given(Officer, Decision("100000", "2017-08-20"));
        story.When(Finance, new WithdrawDisallowance(1, "Nej")).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.When(Officer, new WithdrawDisallowance(1, " ")).ThenFaults(("/reason", "text-length"));
        story.When(Officer, new WithdrawDisallowance(2, "Nej")).ThenRefused("no-such-disallowance", RefusalKind.NotFound);
    }

    [Fact]
    public void A_last_day_that_is_far_off_is_asked_about()
    {
        var story = Spent();
        story.When(Officer, Decision("100", "2017-08-20", "2091-01-01") with { IsSure = false }).ThenFaults(("/sure", "repay-by-far-off"));
        story.When(Officer, Decision("100", "2017-08-20", "2018-08-20") with { IsSure = false }).Then<CostsDisallowed>();
    }
}
