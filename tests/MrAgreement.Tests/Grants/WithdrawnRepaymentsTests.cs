using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Grants;

/// <summary>A repayment that nobody has paid holds the closing up, until it is paid or taken back.</summary>
public class WithdrawnRepaymentsTests
{
    static Story Prepared() => Story.Of2014().On("2014-08-15").Given(Payer, Payment("4000000", "2014-08-15")).Spent("3999900").Given(Finance, new PrepareRepayment(Kr("100"), "ÅTER 1"));

    static Story Attested() => Prepared().Given(Approver, new AttestRepayment(1));

    static Repayment First(Story story) => story.Dossier.Grant.Repayments[0];

    static Story Closed()
    {
        var story = Story.Of2014().Until("2017-08-20").Given(Payer, Payment("4000000", "2014-09-05")).Spent("3000000").Submitted("final-accounts", Finance).Accepted("final-accounts")
            .Given(Payer, PaymentBack("1000000", "2017-08-20")).Given(Officer, new LapseInstalment("2015", "Nej"), new LapseInstalment("2016", "Nej"));
        foreach (var left in story.Agreement.InOrder.Where(o => !o.IsSettled).ToList())
            story.Given(Officer, new WaiveObligation(left.Key, "Avslutas", "A1"));
        return story.Given(Officer, new CloseAgreement());
    }

    static Story ClawedBack() => Closed().Until("2018-03-01").Given(Officer, new DisallowCosts(Kr("100000"), Day("2018-03-01"), "Beslut 9", "Saknar underlag", Day("2018-05-31"), null))
        .Given(Finance, new PrepareRepayment(Kr("100000"), "ÅTER 2"));

    [Fact]
    public void Of_two_of_the_same_amount_the_one_by_that_reference_is_carried_out()
    {
        var story = Story.Of2014().On("2014-08-15").Given(Payer, Payment("4000000", "2014-08-15")).Spent("3999800")
            .Given(Finance, new PrepareRepayment(Kr("100"), "ÅTER 1"), new PrepareRepayment(Kr("100"), "ÅTER 2"))
            .Given(Approver, new AttestRepayment(1), new AttestRepayment(2))
            .Given(Finance, PaymentBack("100", "2014-08-15", " ÅTER 2"));

        Assert.Equal([RepaymentStatus.Attested, RepaymentStatus.Done], story.Dossier.Grant.Repayments.Select(r => r.Status));
        Assert.Equal(["pay-repayment 1"], WorkList.For(story.Dossier, Finance, story.Today).Select(w => $"{Json.NameOf(w.Work)} {w.Subject}").Where(w => w.Contains("repayment")));
    }

    [Fact]
    public void Two_alike_in_all_are_carried_out_by_their_numbers()
    {
        var story = Story.Of2014().On("2014-08-15").Given(Payer, Payment("4000000", "2014-08-15")).Spent("3999800")
            .Given(Finance, new PrepareRepayment(Kr("100"), "ÅTER")).Given(Approver, new AttestRepayment(1))
            .Given(Finance, new PrepareRepayment(Kr("100"), "ÅTER")).Given(Approver, new AttestRepayment(2))
            .Given(Finance, PaymentBack("100", "2014-08-15") with { Repayment = 2 });
        Assert.Equal([RepaymentStatus.Attested, RepaymentStatus.Done], story.Dossier.Grant.Repayments.Select(r => r.Status));
        story.When(Finance, PaymentBack("100", "2014-08-15") with { Repayment = 2 }).ThenNothing();

        story.Given(Finance, PaymentBack("100", "2014-08-15") with { Repayment = 1 });
        Assert.Equal([2, 1], story.Dossier.Grant.Payments.Skip(1).Select(p => p.Repayment!.Value));
    }

    [Fact]
    public void What_is_no_longer_owed_is_looked_for_by_nobody()
    {
        var story = Attested().Spent("100");

        Assert.Equal([WorkKind.WithdrawRepayment], WorkList.Of(story.Dossier).Select(w => w.Work).Where(w => w is WorkKind.WithdrawRepayment or WorkKind.PayRepayment or WorkKind.ReceiveRepayment));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_that_waits_for_its_attestation_or_its_payment_is_taken_back(bool attested)
    {
        var story = attested ? Attested() : Prepared();
        story.When(Finance, new WithdrawRepayment(1, " Fel belopp ")).Then(new RepaymentWithdrawn(1, "Fel belopp"));
        Assert.Equal((RepaymentStatus.Withdrawn, "Fel belopp", Finance.Id, false), (First(story).Status, First(story).WithdrawalReason, First(story).WithdrawnBy, First(story).IsOpen));
        Assert.Equal((Kr("100"), Kr("0")), (story.Dossier.Grant.Balances.Remaining, story.Dossier.Grant.Balances.Repaid));
        story.When(Finance, new WithdrawRepayment(1, "Fel belopp")).ThenNothing();
        story.When(Finance, new WithdrawRepayment(1, "Annat")).ThenRefused("repayment-withdrawn");
        story.When(Approver, new AttestRepayment(1)).ThenRefused("repayment-withdrawn");

        // What it took is free again, also in the same words.
        story.When(Finance, new PrepareRepayment(Kr("100"), "ÅTER 1")).Then(new RepaymentPrepared(2, Kr("100"), "ÅTER 1"));
    }

    [Fact]
    public void Nobody_waits_for_its_payment_any_more()
    {
        var story = Attested();
        Assert.Contains(WorkList.Of(story.Dossier), turn => turn.Work == WorkKind.PayRepayment);
        Assert.Equal(["ÅTER 1"], BankExpectations.Expecting(story.Dossier).Repayments.Select(r => r.Reference));
        story.Given(Finance, new WithdrawRepayment(1, "Fel belopp"));
        Assert.DoesNotContain(WorkList.Of(story.Dossier), turn => turn.Work is WorkKind.PayRepayment or WorkKind.ReceiveRepayment or WorkKind.AttestRepayment);
        Assert.Empty(BankExpectations.Expecting(story.Dossier).Repayments);

        // A payment of the same amount is none of it.
        story.When(Payer, PaymentBack("100", "2014-08-15") with { IsSure = false }).ThenFaults(("/sure", "payment-without-repayment"));
        story.Given(Payer, PaymentBack("100", "2014-08-15"));
        Assert.Equal((null, RepaymentStatus.Withdrawn), (story.Dossier.Grant.Payments[1].Repayment, First(story).Status));
    }

    [Fact]
    public void What_is_left_to_pay_back_waits_to_be_prepared_anew()
    {
        var story = Closed().Until("2018-03-01").Given(Officer, new DisallowCosts(Kr("100"), Day("2018-03-01"), "Beslut 9", "Saknar underlag", null, null)).Given(Finance, new PrepareRepayment(Kr("100"), "ÅTER 2"));
        Assert.DoesNotContain(WorkList.Of(story.Dossier), turn => turn.Work == WorkKind.Repay);
        story.Given(Finance, new WithdrawRepayment(1, "Fel referens"));
        Assert.Contains(WorkList.Of(story.Dossier), turn => turn.Work == WorkKind.Repay && turn.Amount == Kr("100"));
    }

    [Fact]
    public void One_that_is_paid_is_not_taken_back_before_its_payment_is_reversed()
    {
        var story = Attested().Given(Payer, PaymentBack("100", "2014-08-15"));
        story.When(Finance, new WithdrawRepayment(1, "Nej")).ThenRefused("repayment-paid");
        story.Given(Payer, new ReversePayment(2, Day("2014-08-15"), "Kom inte fram")).When(Finance, new WithdrawRepayment(1, "Nej")).Then(new RepaymentWithdrawn(1, "Nej"));
    }

    [Fact]
    public void The_recipient_s_own_finance_staff_takes_it_back_with_a_reason()
    {
        foreach (var other in (Actor[])[Payer, Officer, Approver, ProjectLead])
            Attested().When(other, new WithdrawRepayment(1, "Nej")).ThenRefused("forbidden", RefusalKind.Forbidden);
        Attested().When(Finance, new WithdrawRepayment(1, " ")).ThenFaults(("/reason", "text-length"));
        Attested().When(Finance, new WithdrawRepayment(2, "Nej")).ThenRefused("no-such-repayment", RefusalKind.NotFound);
    }

    [Fact]
    public void A_draft_that_never_left_the_house_is_taken_back_unseen()
    {
        var (draft, sent) = (Prepared().Given(Finance, new WithdrawRepayment(1, "Fel")), Attested().Given(Finance, new WithdrawRepayment(1, "Fel")));
        Assert.Equal((true, false), (Sees(draft, Finance), Sees(draft, Officer)));
        Assert.Equal((true, true), (Sees(sent, Finance), Sees(sent, Officer)));

        static bool Sees(Story story, Actor actor) => Sight.Sees(story.Dossier, actor, new RepaymentWithdrawn(1, "Fel"));
    }

    [Fact]
    public void A_settlement_does_not_close_again_of_itself_while_one_is_on_its_way()
    {
        var story = ClawedBack().Given(Approver, new AttestRepayment(1)).Given(Officer, new WithdrawDisallowance(1, "Fel projekt"));
        Assert.Equal((AgreementStatus.Active, Kr("0")), (story.Agreement.Status, story.Dossier.Grant.Balances.Remaining));
        story.When(Officer, new CloseAgreement()).ThenFaults(("/grant/repayments/1", "repayment-remains"));

        story.When(Finance, new WithdrawRepayment(1, "Beslutet är tillbakataget")).Then(new RepaymentWithdrawn(1, "Beslutet är tillbakataget"), new AgreementClosed());
        Assert.Equal(AgreementStatus.Closed, story.Agreement.Status);
        story.When(Finance, new WithdrawRepayment(1, "Annat")).ThenRefused("agreement-closed");
    }

    [Fact]
    public void One_that_nobody_has_attested_holds_nothing_up() =>
        Assert.Equal(AgreementStatus.Closed, ClawedBack().Given(Officer, new WithdrawDisallowance(1, "Fel projekt")).Agreement.Status);
}
