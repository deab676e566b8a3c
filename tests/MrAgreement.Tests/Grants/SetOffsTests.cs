using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Overviews;
using MrAgreement.Reconciliations;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Grants;

/// <summary>The payer meets what is claimed back by a part of what it is to pay: no money moves, and both sides see why.</summary>
public class SetOffsTests
{
    static SetOffDebt Set(string amount, string on = "2015-08-20", string reason = "Beslut om återkrav 7") => new(1, Kr(amount), Day(on), "Kv 2015/1", reason);

    // 4 000 000 received and 1 000 000 used, of which 100 000 is claimed back; 5 000 000 asked for.
    internal static Story Asked() => Story.Of2014().Until("2015-08-15").Given(Payer, Payment("4000000", "2014-09-05")).Spent("1000000")
        .Given(Officer, Some.Release("2015"), new DisallowCosts(Kr("100000"), Day("2015-08-15"), "Beslut 7", "Saknar underlag", Day("2015-09-15"), null))
        .Given(Finance, Some.Requisition("2015", "900000", "MR 2015")).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1)).On("2015-08-20");

    [Fact]
    public void As_much_of_the_requisition_counts_as_paid_and_of_the_debt_as_paid_back()
    {
        var story = Asked();
        var before = story.Dossier.Grant.Balances;
        Assert.Equal([new Demand(1, Kr("100000"), Kr("100000"), Day("2015-09-15"))], Demands.Of(story.Dossier));

        story.When(Payer, Set("60000")).Then(new DebtSetOff(1, 1, Kr("60000"), Day("2015-08-20"), "Kv 2015/1", "Beslut om återkrav 7"));
        var grant = story.Dossier.Grant;
        Assert.Equal((before.Received + Kr("60000"), before.Repaid + Kr("60000"), before.Remaining), (grant.Balances.Received, grant.Balances.Repaid, grant.Balances.Remaining));
        Assert.Equal(Kr("840000"), grant.LeftToPay(grant.Requisitions[0]));
        Assert.Equal([new Demand(1, Kr("100000"), Kr("40000"), Day("2015-09-15"))], Demands.Of(story.Dossier));
        Assert.Equal((60000m, 1, 1, 2, 3), ((decimal)grant.SetOffs[0].Decision.Amount.Öre / 100, grant.Payments[1].SetOff!.Value, grant.SetOffs[0].Number, grant.SetOffs[0].PaidIn, grant.SetOffs[0].PaidOut));

        story.Given(Payer, Payment("840000", "2015-08-20", "MR 2015", 1));
        Assert.Equal(RequisitionStatus.Paid, story.Dossier.Grant.Requisitions[0].Status);
    }

    [Fact]
    public void It_may_pay_all_of_a_requisition_and_meet_all_of_the_debt()
    {
        var story = Story.Of2014().Until("2015-08-15").Given(Payer, Payment("4000000", "2014-09-05")).Spent("1000000")
            .Given(Officer, Some.Release("2015"), new DisallowCosts(Kr("100000"), Day("2015-08-15"), "Beslut 7", "Saknar underlag", Day("2015-09-15"), null))
            .Given(Finance, Some.Requisition("2015", "100000", "MR 2015")).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1))
            .Given(Payer, Set("100000", "2015-08-15"));
        Assert.Equal((RequisitionStatus.Paid, true), (story.Dossier.Grant.Requisitions[0].Status, Demands.Of(story.Dossier).Count == 0));
        story.When(Payer, Set("1", "2015-08-15")).ThenRefused("requisition-paid-in-full");
    }

    [Fact]
    public void Never_more_than_the_debt_or_what_is_left_to_pay()
    {
        Asked().When(Payer, Set("100000.01")).ThenRefused("set-off-exceeds-debt");
        Asked().Given(Payer, Payment("899999", "2015-08-20", "MR", 1)).When(Payer, Set("2")).ThenRefused("set-off-exceeds-requisition");
        Asked().Given(Finance, PaymentBack("100000", "2015-08-20")).When(Payer, Set("1")).ThenRefused("nothing-to-set-off");
        Story.Of2014().When(Payer, Set("1", "2014-06-13")).ThenRefused("no-such-requisition", RefusalKind.NotFound);
        Story.Of2014().Given(Finance, Some.Requisition()).When(Payer, Set("1", "2014-06-13")).ThenRefused("requisition-not-dispatched");
    }

    [Fact]
    public void Only_the_payer_decides_it_with_a_reason_and_a_day_since_the_requisition_came()
    {
        foreach (var other in new[] { Finance, Approver, Officer, ProjectLead })
            Asked().When(other, Set("1")).ThenRefused("forbidden", RefusalKind.Forbidden);
        Asked().When(Payer, Set("0", "2015-08-14", " ")).ThenFaults(("/amount", "amount-not-positive"), ("/decidedOn", "set-off-before-dispatch"), ("/reason", "text-length"));
        Asked().When(Payer, Set("1", "2015-08-21")).ThenFaults(("/decidedOn", "date-in-future"));
    }

    [Fact]
    public void The_same_again_adds_nothing_and_a_repayment_on_its_way_is_asked_about()
    {
        Asked().Given(Payer, Set("60000")).When(Payer, Set("60000")).ThenNothing();
        var attested = Asked().Given(Finance, new PrepareRepayment(Kr("100000"), "ÅTER 1")).Given(Approver, new AttestRepayment(1));
        attested.When(Payer, Set("1") with { IsSure = false }).ThenFaults(("/sure", "set-off-beside-repayment"));
        attested.When(Payer, Set("1")).Then<DebtSetOff>();
    }

    [Fact]
    public void Nobody_confirms_or_contests_it_no_bank_has_it_and_taken_back_both_halves_go()
    {
        var story = Asked().Given(Payer, Set("60000"));
        story.When(Finance, new ConfirmPayment(2, Day("2015-08-20"), "Bg")).ThenRefused("payment-by-set-off");
        story.When(Finance, new ContestPayment(3, "Känner inte till")).ThenRefused("payment-by-set-off");
        Assert.DoesNotContain(WorkList.Of(story.Dossier), w => w.Work is WorkKind.ConfirmPayment or WorkKind.AcknowledgePayment && w.Subject is "2" or "3");
        Assert.DoesNotContain(story.Dossier.Expecting().Payments, p => p.Number is 2 or 3);
        // The same amount that comes by the bank is another payment.
        story.When(Finance, Payment("60000", "2015-08-20", "Bg 1", 1)).Then<PaymentRecorded>();
        Assert.Equal(MrAgreement.Reconciliations.Outcome.Ok, Reconciliation.Of(story.Dossier, story.Today).Single(c => c.Rule == "balance-adds-up").Outcome);

        story.When(Finance, new ReversePayment(2, Day("2015-08-20"), "Fel")).ThenRefused("payment-of-other-side", RefusalKind.Forbidden);
        story.When(Payer, new ReversePayment(3, Day("2015-08-20"), "Fel krav")).Then(new PaymentReversed(2, Day("2015-08-20"), "Fel krav", "KAMK"), new PaymentReversed(3, Day("2015-08-20"), "Fel krav", "KAMK"));
        story.When(Payer, new ReversePayment(2, Day("2015-08-20"), "Fel krav")).ThenNothing();
        Assert.Equal((Kr("100000"), false), (Demands.Left(story.Dossier), story.Dossier.Grant.SetOffs[0].Stands(story.Dossier.Grant)));
        story.When(Payer, Set("60000")).Then<DebtSetOff>();
    }

    [Fact]
    public void It_is_the_payer_s_decision_in_the_register_of_those_who_keep_the_money()
    {
        var act = Asked().Given(Payer, Set("60000")).Dossier.Acts[^1];
        Assert.Equal(("KAMK", "Kv 2015/1", 1), (act.Party, act.Title, act.Number!.Value));
        Assert.Contains("SKR", act.To);
    }

    [Fact]
    public void What_was_not_spent_is_claimed_once_the_final_accounts_are_in()
    {
        var story = Asked();
        story.Given(Payer, PaymentBack("100000", "2015-08-20"));
        Assert.Empty(Demands.Of(story.Dossier));
        story.Submitted("final-accounts", Finance);
        Assert.Equal([null], Demands.Of(story.Dossier).Select(d => d.Disallowance));
        Assert.Equal((Kr("3000000"), Kr("3000000"), Kr("0")), (Demands.Of(story.Dossier)[0].Amount, Demands.Of(story.Dossier)[0].Left, Demands.Of(story.Dossier)[0].Come));
    }
}
