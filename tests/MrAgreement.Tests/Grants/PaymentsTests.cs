using MrAgreement.Grants;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Grants;

public class PaymentsTests
{
    static Story Dispatched(string amount = "4000000") => Story.Of2014().On("2014-09-01").Given(Finance, Requisition(amount: amount))
        .Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1)).On("2014-09-10");

    static Balances Of(Story story) => story.Dossier.Grant.Balances;

    [Theory]
    [InlineData(null, null, "OCR 1", "OCR 1")]
    [InlineData(null, null, "OCR 1", "Bg 7")]
    [InlineData(1, 1, "OCR 1", "Bg 7")]
    [InlineData(1, null, "OCR 1", "Bg 7")]
    [InlineData(null, 1, "OCR 1", "Bg 7")]
    public void A_payment_recorded_from_both_sides_counts_once(int? first, int? second, string payersReference, string recipientsReference)
    {
        var story = Dispatched().Given(Payer, Payment("4000000", "2014-09-05", payersReference, first))
            .When(Finance, Payment("4000000", "2014-09-08", recipientsReference, second)).Then(
                new PaymentConfirmed(1, Day("2014-09-08"), recipientsReference, Recipient));

        Assert.Equal(Kr("4000000"), Of(story).Received);
        Assert.Equal(RequisitionStatus.Paid, story.Dossier.Grant.Requisitions[0].Status);
        story.When(Finance, Payment("4000000", "2014-09-08", recipientsReference, second)).ThenNothing();
        story.When(Payer, Payment("4000000", "2014-09-05", payersReference, first)).ThenNothing();
    }

    const PartyRole Recipient = PartyRole.Recipient;

    [Fact]
    public void Whoever_is_not_sure_is_asked_about_what_is_not_as_it_was_requisitioned()
    {
        var story = Dispatched();
        static RecordPayment Unsure(string amount, int? requisition) => Payment(amount, "2014-09-05", requisition: requisition) with { IsSure = false };

        story.When(Payer, Unsure("3999999", null)).ThenFaults(("/sure", "payment-without-requisition"));
        story.When(Payer, Unsure("3999999", 1)).ThenFaults(("/sure", "payment-of-other-amount"));
        story.When(Payer, Unsure("4000001", 1)).ThenRefused("payment-exceeds-requisition");
        story.When(Payer, Unsure("4000000", null)).Then<PaymentRecorded>();

        var part = Dispatched();
        part.When(Payer, Unsure("3999999", 1) with { IsSure = true }).Then<PaymentRecorded>();
        part.When(Payer, Unsure("1", 1) with { PaidOn = Day("2014-08-31") }).ThenFaults(("/sure", "payment-before-dispatch"));
        part.When(Payer, Unsure("1", 1) with { PaidOn = Day("2014-06-12") }).ThenFaults(("/sure", "payment-before-dispatch"), ("/sure", "payment-before-signature"));
        // What is known already is not asked about again, and what is left then is what is expected.
        part.When(Finance, Unsure("3999999", 1)).Then<PaymentConfirmed>();
        part.When(Payer, Unsure("1", 1)).Then<PaymentRecorded>();
    }

    [Fact]
    public void Whoever_is_not_sure_is_asked_about_what_is_not_as_it_was_to_be_paid_back()
    {
        var story = Dispatched().Given(Payer, Payment("4000000", "2014-09-05"));
        var unsure = PaymentBack("999", "2014-09-08") with { IsSure = false };
        // Nobody has attested any: it would count all the same.
        story.When(Payer, unsure).ThenFaults(("/sure", "payment-without-repayment"));
        story.When(Payer, unsure with { Amount = Kr("4000001") }).ThenFaults(("/sure", "payment-without-repayment"), ("/sure", "payment-above-received"));

        story = Dispatched().Given(Payer, Payment("4000000", "2014-09-05")).Given(Finance, new PrepareRepayment(Kr("1000"), "ÅTER")).Given(Approver, new AttestRepayment(1));
        story.When(Payer, unsure).ThenFaults(("/sure", "payment-without-repayment"));
        story.When(Payer, unsure with { Amount = Kr("1000") }).Then<PaymentRecorded>();
    }

    [Theory]
    [InlineData("312000", "2014-09-08")]
    [InlineData("312450", "2014-09-02")]
    public void Whoever_is_not_sure_is_asked_whether_it_is_the_payment_that_the_other_side_has_recorded(string amount, string paidOn)
    {
        var story = Dispatched().Given(Payer, Payment("4000000", "2014-09-05")).Given(Finance, new PrepareRepayment(Kr(amount), "ÅTER"), PaymentBack("312450", "2014-09-08"))
            .Given(Approver, new AttestRepayment(1));
        var unsure = PaymentBack(amount, paidOn) with { IsSure = false };

        story.When(Payer, unsure).ThenFaults(("/sure", "payment-beside-another"));
        story.When(Finance, unsure).Then<PaymentRecorded>();

        story = Dispatched().Given(Payer, Payment("4000000", "2014-09-05")).Given(Finance, new PrepareRepayment(Kr(amount), "ÅTER"), PaymentBack("312450", "2014-09-08"))
            .Given(Approver, new AttestRepayment(1)).Given(Payer, new ConfirmPayment(2, Day("2014-09-08"), "Bg 7"));
        story.When(Payer, unsure).Then<PaymentRecorded>();
    }

    [Fact]
    public void The_side_that_knows_the_requisition_tells_which_it_was()
    {
        var story = Dispatched("2000000").Given(Finance, Requisition(amount: "2000000", reference: "Nr 2")).Given(Approver, new AttestRequisition(2)).Given(Finance, new DispatchRequisition(2));
        story.Given(Payer, Payment("2000000", "2014-09-05"));
        Assert.Null(story.Dossier.Grant.Payments[0].Requisition);

        story.When(Finance, Payment("2000000", "2014-09-08", "Bg 7", 2)).Then(new PaymentConfirmed(1, Day("2014-09-08"), "Bg 7", Recipient, 2));

        Assert.Equal((RequisitionStatus.Dispatched, RequisitionStatus.Paid), (story.Dossier.Grant.Requisitions[0].Status, story.Dossier.Grant.Requisitions[1].Status));
    }

    [Fact]
    public void Two_like_payments_recorded_from_both_sides_count_twice()
    {
        var story = Dispatched().Given(Payer, Payment("2000000", "2014-09-05", "OCR 1", 1), Payment("2000000", "2014-09-07", "OCR 2", 1))
            .Given(Finance, Payment("2000000", "2014-09-05", "Bg 1", 1), Payment("2000000", "2014-09-07", "Bg 2", 1));

        Assert.Equal(Kr("4000000"), Of(story).Received);
        Assert.All(story.Dossier.Grant.Payments, p => Assert.Equal(Finance.Id, p.ConfirmedBy));
        Assert.Equal(2, story.Dossier.Grant.Payments.Count);
    }

    [Fact]
    public void The_same_amount_another_week_is_another_payment()
    {
        var story = Dispatched().Given(Payer, Payment("2000000", "2014-09-01", "OCR 1", 1)).Given(Finance, Payment("2000000", "2014-09-10", "Bg 1", 1));

        Assert.Equal(Kr("4000000"), Of(story).Received);
    }

    [Fact]
    public void Without_a_word_the_only_requisition_with_that_amount_left_is_meant()
    {
        var story = Dispatched().Given(Payer, Payment("1000000", "2014-09-05", "OCR 1", 1)).Given(Payer, Payment("3000000", "2014-09-06", "OCR 2"));

        Assert.Equal(1, story.Dossier.Grant.Payments[1].Requisition);
        Assert.Equal(RequisitionStatus.Paid, story.Dossier.Grant.Requisitions[0].Status);
    }

    [Fact]
    public void A_payment_without_any_requisition_is_taken_down()
    {
        var story = Story.Of2014().When(Payer, Payment("10.50", "2014-06-13")).Then(
            new PaymentRecorded(1, PaymentDirection.In, Day("2014-06-13"), Kr("10.50"), "2014-1", null, null, PartyRole.Payer));

        Assert.Equal((Kr("10.50"), Kr("10.50")), (Of(story).Received, Of(story).Remaining));
    }

    [Fact]
    public void Parts_do_not_exceed_the_requisition()
    {
        var story = Dispatched().Given(Payer, Payment("3000000", "2014-09-05", "OCR 1", 1));
        Assert.Equal(RequisitionStatus.Dispatched, story.Dossier.Grant.Requisitions[0].Status);

        story.When(Payer, Payment("1000000.01", "2014-09-06", "OCR 2", 1)).ThenRefused("payment-exceeds-requisition");
        story.Given(Payer, Payment("1000000", "2014-09-06", "OCR 2", 1));
        Assert.Equal(RequisitionStatus.Paid, story.Dossier.Grant.Requisitions[0].Status);
    }

    [Fact]
    public void Only_what_has_been_dispatched_is_paid() =>
        Story.Of2014().Given(Finance, Requisition()).When(Payer, Payment("4000000", "2014-06-13", requisition: 1)).ThenRefused("requisition-not-dispatched");

    [Fact]
    public void A_payment_says_what_it_must()
    {
        Dispatched().When(Payer, Payment("0", "2014-09-11", " ", 2))
            .ThenFaults(("/amount", "amount-not-positive"), ("/paidOn", "date-in-future"), ("/reference", "text-length"), ("/requisition", "no-such-requisition"));
        Dispatched().When(Payer, PaymentBack("5", "2014-09-10") with { Requisition = 1 }).ThenRefused("requisition-of-repayment", RefusalKind.Invalid);
        Dispatched().When(Officer, Payment("5", "2014-09-10")).ThenRefused("forbidden", RefusalKind.Forbidden);
    }
}
