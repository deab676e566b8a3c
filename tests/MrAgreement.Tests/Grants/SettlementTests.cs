using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Grants;

public class SettlementTests
{
    // 4 000 000 received, 3 999 000.40 used.
    static Story Used()
    {
        var story = Story.Of2014().On("2017-08-01").Given(Payer, Payment("4000000", "2014-09-05"))
            .Given(Finance, Adjustment(AdjustmentKind.Correction, "3999000.40")).Given(Approver, new AttestAdjustment(1));
        return story;
    }

    static DisallowCosts Disallow(string amount, string on = "2017-08-01") => new(Kr(amount), Day(on), "B1", "Alkohol", null, null);

    static string Remaining(Story story) => story.Dossier.Grant.Balances.Remaining.ToString();

    static ObligationStatus Repayment(Story story) => story.Agreement.StatusOf(story["repayment"]);

    [Fact]
    public void A_repayment_is_prepared_attested_by_another_and_done_when_paid()
    {
        var story = Used().When(Finance, new PrepareRepayment(Kr("1000"), "ÅTER 1")).Then(new RepaymentPrepared(1, Kr("1000"), "ÅTER 1"));

        story.When(Finance, new PrepareRepayment(Kr("1000"), "ÅTER 1")).ThenNothing();
        story.When(Finance with { Role = Role.Approver }, new AttestRepayment(1)).ThenRefused("own-repayment", RefusalKind.Forbidden);
        story.When(Approver, new AttestRepayment(1)).Then(new RepaymentAttested(1));
        story.When(Approver, new AttestRepayment(1)).ThenNothing();
        story.When(OtherApprover, new AttestRepayment(1)).ThenRefused("already-attested");
        story.When(Approver, new AttestRepayment(2)).ThenRefused("no-such-repayment", RefusalKind.NotFound);
        Assert.Equal("999.6", Remaining(story));

        Assert.Equal(1, story.When(Payer, PaymentBack("1000", "2017-08-01")).Then<PaymentRecorded>().Repayment);
        Assert.Equal(RepaymentStatus.Done, story.Dossier.Grant.Repayments[0].Status);
        Assert.Equal("-0.4", Remaining(story));
    }

    [Fact]
    public void A_repayment_is_at_most_what_remains_rounded_to_whole_kronor()
    {
        Used().When(Finance, new PrepareRepayment(Kr("1000.01"), "ÅTER")).ThenRefused("repayment-exceeds-unspent");
        Used().When(Finance, new PrepareRepayment(Kr("999.60"), "ÅTER")).Then<RepaymentPrepared>();
        Used().Given(Finance, new PrepareRepayment(Kr("999"), "ÅTER")).When(Finance, new PrepareRepayment(Kr("2"), "ÅTER 2")).ThenRefused("repayment-exceeds-unspent");
        Used().When(Finance, new PrepareRepayment(Kr("-1"), " ")).ThenFaults(("/amount", "amount-not-positive"), ("/reference", "text-length"));
    }

    [Fact]
    public void Final_accounts_fix_the_costs_and_a_return_lets_the_ledger_tell_again()
    {
        var story = Used().Submitted("final-accounts", Finance);
        Assert.Equal((Kr("3999000.40"), story.Log[^1].Type), (story.Dossier.Grant.FinalAccounts!.Costs, "final-accounts-fixed"));

        story.When(Officer, new ReturnSubmission("final-accounts", 1, "Verifikat saknas", Day("2017-09-20"))).Then(
            new SubmissionReturned("final-accounts", 1, "Verifikat saknas", Day("2017-09-20")), new FinalAccountsReopened());
        Assert.Null(story.Dossier.Grant.FinalAccounts);
    }

    [Fact]
    public void What_is_disallowed_after_the_final_accounts_counts_no_more()
    {
        var story = Used().Given(Finance, Adjustment(AdjustmentKind.Correction, "-100"), Adjustment(AdjustmentKind.Disallowed, "100", "Alkohol"))
            .Given(Approver, new AttestAdjustment(2)).Submitted("final-accounts", Finance);
        Assert.Equal("1099.6", Remaining(story));

        // What the recipient itself takes out then is for a new version; the grantor's decision counts at once.
        story.Given(Approver, new AttestAdjustment(3));
        Assert.Equal("1099.6", Remaining(story));
        story.Given(Officer, Disallow("50"));
        Assert.Equal("1149.6", Remaining(story));
    }

    [Fact]
    public void The_repayment_is_done_only_when_final_accounts_are_in_and_the_balance_is_zero()
    {
        var story = Used().Given(Payer, PaymentBack("1000", "2017-08-01"))
            .Given(Finance, Adjustment(AdjustmentKind.Rounding, "0.40")).Given(Approver, new AttestAdjustment(2));
        Assert.Equal(("0", ObligationStatus.Waiting), (Remaining(story), Repayment(story)));

        story.On("2017-08-20").Submitted("final-accounts", Finance);
        Assert.Equal((ObligationStatus.Done, Day("2017-08-20")), (Repayment(story), story["repayment"].FulfilledOn!.Value));

        story.When(Officer, Disallow("100", "2017-08-20")).Then(
            new CostsDisallowed(1, Kr("100"), Day("2017-08-20"), "B1", "Alkohol", null, null, true), new ObligationReopened("repayment"));
        Assert.Equal("100", Remaining(story));

        story.When(Payer, PaymentBack("100", "2017-08-20", "ÅTER 2")).Then<ObligationFulfilled>();
        story.When(Finance, new WithdrawSubmission("final-accounts", 1, "Fel")).Then<ObligationReopened>();
    }

    [Fact]
    public void Money_that_comes_late_or_goes_back_twice_keeps_the_balance_true()
    {
        var story = Used().Given(Payer, PaymentBack("1000", "2017-07-01")).Given(Finance, PaymentBack("1000", "2017-07-03", "Bg ut"));

        var balances = story.Dossier.Grant.Balances;
        Assert.Equal(Kr("1000"), balances.Repaid);
        Assert.Equal(balances.Received - balances.Used - balances.Repaid + balances.Rounding, balances.Remaining);
    }
}
