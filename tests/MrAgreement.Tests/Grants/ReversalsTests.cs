using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Grants;

public class ReversalsTests
{
    static ReversePayment Reverse(int number = 1, string on = "2014-09-12", string reason = "Fel konto") => new(number, Day(on), reason);

    static Story Paid() => Story.Of2014().On("2014-09-02").Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1))
        .On("2014-09-12").Given(Payer, Payment("4000000", "2014-09-10", requisition: 1));

    static RequisitionStatus Status(Story story) => story.Dossier.Grant.Requisitions[0].Status;

    [Fact]
    public void A_reversed_payment_counts_no_more_and_its_requisition_is_unpaid()
    {
        var story = Paid();
        Assert.Equal((RequisitionStatus.Paid, ObligationStatus.Done), (Status(story), story.Agreement.StatusOf(story["requisition-2014"])));

        story.When(Payer, Reverse()).Then(new PaymentReversed(1, Day("2014-09-12"), "Fel konto", "KAMK"));
        Assert.Equal((RequisitionStatus.Dispatched, "0", "0"), (Status(story), story.Dossier.Grant.Balances.Received.ToString(), story.Dossier.Grant.Balances.Remaining.ToString()));
        Assert.Equal(RequisitionStatus.Paid, Status(story.Given(Payer, Payment("4000000", "2014-09-12", requisition: 1))));
        Assert.Equal((2, RequisitionStatus.Paid), (story.Dossier.Grant.Payments.Count, Status(story)));
    }

    [Fact]
    public void A_requisition_that_was_received_is_received_again()
    {
        var story = Story.Of2014().On("2014-09-02").Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1))
            .Given(Payer, new ReceiveRequisition(1), Payment("4000000", "2014-09-02", requisition: 1), Reverse(on: "2014-09-02"));

        Assert.Equal(RequisitionStatus.Received, Status(story));
    }

    [Fact]
    public void A_reversal_is_done_once_and_a_retry_is_nothing()
    {
        var story = Paid().Given(Payer, Reverse());

        story.When(Payer, Reverse(reason: " Fel konto ")).ThenNothing();
        story.When(Payer, Reverse(reason: "Annat")).ThenRefused("payment-reversed");
        story.When(Payer with { Id = new("person-payer-2") }, Reverse()).ThenRefused("payment-reversed");
    }

    [Fact]
    public void Only_a_side_that_has_recorded_the_payment_takes_it_back()
    {
        Paid().When(Finance, Reverse()).ThenRefused("payment-of-other-side", RefusalKind.Forbidden);
        Paid().Given(Finance, Payment("4000000", "2014-09-11", "Bg 7")).When(Finance, Reverse()).Then<PaymentReversed>();
        Paid().When(Payer, Reverse(2)).ThenRefused("no-such-payment", RefusalKind.NotFound);
        Paid().When(Officer, Reverse()).ThenRefused("forbidden", RefusalKind.Forbidden);
    }

    [Fact]
    public void A_reversal_has_a_reason_and_a_day_between_the_payment_and_today()
    {
        Paid().When(Payer, Reverse(on: "2014-09-09", reason: " ")).ThenFaults(("/on", "reversal-day"), ("/reason", "text-length"));
        Paid().When(Payer, Reverse(on: "2014-09-13")).ThenFaults(("/on", "reversal-day"));
        Paid().When(Payer, Reverse(on: "2014-09-10")).Then<PaymentReversed>();
    }

    static Story Repaid() => Paid().On("2017-09-05").Spent("3999000").Submitted("final-accounts", Finance)
        .Given(Finance, new PrepareRepayment(Kr("1000"), "ÅTER 1")).Given(Approver, new AttestRepayment(1)).Given(Payer, PaymentBack("1000", "2017-09-01"));

    [Fact]
    public void A_repayment_that_bounced_is_attested_again_and_its_obligation_open()
    {
        var story = Repaid();
        Assert.Equal((RepaymentStatus.Done, ObligationStatus.Done), (story.Dossier.Grant.Repayments[0].Status, story.Agreement.StatusOf(story["repayment"])));

        story.When(Payer, Reverse(2, "2017-09-04")).Then(new PaymentReversed(2, Day("2017-09-04"), "Fel konto", "KAMK"), new ObligationReopened("repayment"));
        Assert.Equal((RepaymentStatus.Attested, ObligationStatus.Waiting), (story.Dossier.Grant.Repayments[0].Status, story.Agreement.StatusOf(story["repayment"])));

        story.Given(Payer, PaymentBack("1000", "2017-09-05", "ÅTER igen"));
        Assert.Equal((RepaymentStatus.Done, 1, ObligationStatus.Done), (story.Dossier.Grant.Repayments[0].Status, story.Dossier.Grant.Payments[2].Repayment, story.Agreement.StatusOf(story["repayment"])));
    }

    [Fact]
    public void Interest_runs_on_what_came_back_from_the_bank_from_the_day_that_it_did()
    {
        Story Owing() => Story.Signed(Books.With(g => g with { Interest = InterestRule.Räntelagen6 })).On("2017-10-31").Given(Payer, Payment("365000", "2014-09-10"));
        // 7,5 % of 365 000 kr: 75 kr a day, from 2 September on.
        Assert.Equal("2250", Settlement.Interest(Owing().Dossier, Day("2017-10-01")).ToString());
        var paid = Owing().Given(Payer, PaymentBack("365000", "2017-09-01"));
        Assert.Equal("0", Settlement.Interest(paid.Dossier, Day("2017-10-01")).ToString());

        Assert.Equal("750", Settlement.Interest(paid.Given(Payer, Reverse(2, "2017-09-21")).Dossier, Day("2017-10-01")).ToString());
    }

    [Fact]
    public void After_the_closing_nothing_is_taken_back()
    {
        var story = Repaid().Given(Officer, new AcceptSubmission("final-accounts", 1, null), new LapseInstalment("2015", "Inga medel"), new LapseInstalment("2016", "Inga medel"));
        foreach (var left in story.Agreement.InOrder.Where(o => !o.IsSettled))
            story.Given(Officer, new WaiveObligation(left.Key, "Avslutas", "A1"));

        story.Given(Officer, new CloseAgreement()).When(Payer, Reverse(2, "2017-09-04")).ThenRefused("agreement-closed");
    }
}
