using MrAgreement.Agreements;
using MrAgreement.Banking;
using MrAgreement.Grants;
using MrAgreement.Overviews;
using MrAgreement.Tests.Banking;

namespace MrAgreement.Tests.Agreements;

/// <summary>Money on its way holds the closing up.</summary>
public class ClosingMoneyTests
{
    static Story Signed(string? condition = null) => Story.Signed(Terms(Deliverable("it", NoDate, acceptance: false)) with
    {
        Grant = new("SEK", Kr("200"), [new("all", Kr("100")), new("more", Kr("100"), condition)])
    }).Submitted("it");

    static Story Dispatched() => Signed().Given(Finance, Requisition("all", "100")).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1));

    static Story Close(Story story, params (string, string)[] faults) => story.When(Officer, new CloseAgreement()).ThenFaults(faults);

    [Fact]
    public void A_requisition_that_is_dispatched_received_or_half_paid()
    {
        var story = Dispatched();
        Close(story, ("/grant/requisitions/1", "requisition-remains"));
        Close(story.Given(Payer, new ReceiveRequisition(1)), ("/grant/requisitions/1", "requisition-remains"));
        story.Given(Payer, Payment("40", "2014-06-13", requisition: 1), PaymentBack("40", "2014-06-13"));
        Close(story, ("/grant/requisitions/1", "requisition-remains"));
        story.Given(Payer, Payment("60", "2014-06-13", requisition: 1), PaymentBack("60", "2014-06-13")).Given(Officer, new CloseAgreement());
    }

    [Fact]
    public void One_that_was_paid_in_part_and_ended_holds_nothing_up()
    {
        var story = Dispatched().Given(Payer, new ReceiveRequisition(1), Payment("40", "2014-06-13", requisition: 1), PaymentBack("40", "2014-06-13"));
        Close(story, ("/grant/requisitions/1", "requisition-remains"));
        story.Given(Payer, new EndRequisition(1, "Mer betalas inte")).Given(Officer, new CloseAgreement());
    }

    [Fact]
    public void A_refused_requisition_and_a_draft_are_not_on_their_way()
    {
        Dispatched().Given(Payer, new RefuseRequisition(1, "Nej")).Given(Officer, new CloseAgreement());
        Signed().Given(Finance, Requisition("all", "100")).Given(Officer, new CloseAgreement());
    }

    [Fact]
    public void An_instalment_that_still_waits_for_its_condition()
    {
        var story = Signed("riksdag-appropriation");
        Close(story, ("/grant/instalments/more", "instalment-remains"));
        story.Given(Officer, new LapseInstalment("more", "Inga medel"), new CloseAgreement());
    }

    [Fact]
    public void A_payment_that_only_the_recipient_tells_of()
    {
        var story = Signed().Given(Payer, Payment("100", "2014-06-13")).Given(Finance, PaymentBack("100", "2014-06-13"));
        Close(story, ("/grant/payments/2", "payment-remains"));
        story.Given(Payer, new ConfirmPayment(2, Day("2014-06-13"), "KAMK")).Given(Officer, new CloseAgreement());
    }

    [Fact]
    public void A_repayment_that_is_attested_and_not_paid()
    {
        var story = Signed().Given(Payer, Payment("100", "2014-06-13")).Given(Finance, new PrepareRepayment(Kr("100"), "ÅTER 1")).Given(Approver, new AttestRepayment(1))
            .Given(Payer, PaymentBack("60", "2014-06-13", "ÅTER A"), PaymentBack("40", "2014-06-13", "ÅTER B"));
        Close(story, ("/grant/repayments/1", "repayment-remains"));
        Assert.Equal(["withdraw-repayment"], WorkList.For(story.Dossier, Finance, story.Today).Select(turn => Json.NameOf(turn.Work)).Where(act => act.EndsWith("-repayment", StringComparison.Ordinal)));
        story.Given(Finance, new WithdrawRepayment(1, "Betald i två delar")).Given(Officer, new CloseAgreement());
    }

    [Fact]
    public void A_repayment_that_is_only_prepared_or_is_paid_is_not_on_its_way()
    {
        Signed().Given(Payer, Payment("100", "2014-06-13")).Given(Finance, new PrepareRepayment(Kr("100"), "ÅTER 1")).Given(Payer, PaymentBack("100", "2014-06-13")).Given(Officer, new CloseAgreement());
        Signed().Given(Payer, Payment("100", "2014-06-13")).Given(Finance, new PrepareRepayment(Kr("100"), "ÅTER 1")).Given(Approver, new AttestRepayment(1)).Given(Payer, PaymentBack("100", "2014-06-13")).Given(Officer, new CloseAgreement());
    }

    [Fact]
    public void A_transaction_of_a_bank_s_file_that_nobody_has_decided_on()
    {
        var file = new BankFile(Id(8001), Sha256.Of("camt"u8), "camt.xml", 1000, "camt.054.001.02", "M1", Utc("2014-06-13T08:00:00Z"), [], 2, 0, 2, []);
        // The one may be a part of the requisition; the other is none of the grant's, and nobody is asked to act on it.
        var story = Dispatched().Given(Finance, new ImportBankFile(file, [Bank.In("40", "A2020/1/X") with { Number = 1 }, Bank.In("77", "Hyra") with { Number = 2 }], [], null))
            .Given(Payer, Payment("100", "2014-06-13", requisition: 1), PaymentBack("100", "2014-06-13"));
        Close(story, ($"/grant/bank-imports/{Id(8001)}", "transactions-remain"));
        Assert.Contains(WorkList.Of(story.Dossier), turn => turn.Work == WorkKind.Match);
        story.Given(Finance, new DismissTransaction(Id(8001), 1, "Avser annat"));
        Assert.DoesNotContain(WorkList.Of(story.Dossier), turn => turn.Work == WorkKind.Match);

        // Somebody has doubts about it: it waits for an answer.
        story.Given(Finance, new DismissTransaction(Id(8001), 2, "Hyra"), new ReopenTransaction(Id(8001), 2));
        Close(story, ($"/grant/bank-imports/{Id(8001)}", "transactions-remain"));
        Assert.Contains(WorkList.Of(story.Dossier), turn => turn.Work == WorkKind.Match);
        story.Given(Finance, new DismissTransaction(Id(8001), 2, "Hyra")).Given(Officer, new CloseAgreement());
    }

    [Fact]
    public void What_the_payer_tells_of_holds_nothing_up() =>
        Signed().Given(Payer, Payment("100", "2014-06-13"), PaymentBack("100", "2014-06-13")).Given(Officer, new CloseAgreement());
}
