using MrAgreement.Grants;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Grants;

public class PaymentConfirmationsTests
{
    static Story Paid(int? requisition = 1) => Story.Of2014().On("2014-09-01").Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1))
        .Given(Finance, new DispatchRequisition(1)).On("2014-09-10").Given(Payer, Payment("3999999", "2014-09-03", requisition: requisition));

    static ConfirmPayment Confirm(string paidOn = "2014-09-08", int? requisition = null, int number = 1) => new(number, Day(paidOn), "Bg 7", requisition);

    [Fact]
    public void Just_that_payment_is_confirmed_whatever_its_amount()
    {
        var story = Paid().When(Finance, Confirm()).Then(new PaymentConfirmed(1, Day("2014-09-08"), "Bg 7", PartyRole.Recipient));

        Assert.Equal((1, Kr("3999999")), (story.Dossier.Grant.Payments.Count, story.Dossier.Grant.Balances.Received));
        Assert.False(story.Dossier.Grant.Payments[0].IsUnconfirmed);
        story.When(Finance, Confirm()).ThenNothing();
        story.When(Finance, Confirm("2014-09-07")).ThenRefused("payment-confirmed");
    }

    [Fact]
    public void What_was_taken_back_since_is_confirmed_no_more() =>
        Paid().Given(Finance, Confirm()).Given(Payer, new ReversePayment(1, Day("2014-09-10"), "Fel mottagare")).When(Finance, Confirm()).ThenRefused("payment-reversed");

    [Fact]
    public void A_payment_back_is_confirmed_by_the_payer()
    {
        var story = Paid().Given(Finance, PaymentBack("312450", "2014-09-09")).When(Payer, Confirm("2014-09-10", number: 2)).Then(
            new PaymentConfirmed(2, Day("2014-09-10"), "Bg 7", PartyRole.Payer));

        Assert.Equal(Kr("312450"), story.Dossier.Grant.Balances.Repaid);
    }

    [Fact]
    public void A_day_far_from_the_other_side_s_is_theirs_to_put_right()
    {
        Paid().When(Finance, Confirm("2014-09-09")).ThenFaults(("/paidOn", "payment-other-day"));
        Paid().When(Finance, Confirm("2014-09-11")).ThenFaults(("/paidOn", "date-in-future"), ("/paidOn", "payment-other-day"));
    }

    [Fact]
    public void It_says_which_requisition_it_was_only_where_the_other_side_did_not()
    {
        Paid(requisition: null).When(Finance, Confirm(requisition: 1)).Then(new PaymentConfirmed(1, Day("2014-09-08"), "Bg 7", PartyRole.Recipient, 1));
        Paid().When(Finance, Confirm(requisition: 1)).Then(new PaymentConfirmed(1, Day("2014-09-08"), "Bg 7", PartyRole.Recipient));
        Paid(requisition: null).When(Finance, Confirm(requisition: 2)).ThenFaults(("/requisition", "no-such-requisition"));

        var two = Story.Of2014().On("2014-09-01").Given(Finance, Requisition(amount: "3000000"), Requisition(amount: "1000000", reference: "Nr 2"))
            .Given(Approver, new AttestRequisition(1), new AttestRequisition(2)).Given(Finance, new DispatchRequisition(1), new DispatchRequisition(2))
            .On("2014-09-10").Given(Payer, Payment("500000", "2014-09-03", requisition: 1));
        two.When(Finance, Confirm(requisition: 2)).ThenFaults(("/requisition", "payment-other-requisition"));
    }

    [Fact]
    public void Nobody_confirms_the_payment_of_their_own_side_nor_one_that_does_not_stand()
    {
        var story = Paid();
        story.When(Payer, Confirm()).ThenRefused("own-payment", RefusalKind.Forbidden);
        story.When(Payer with { Party = "SKR", Role = Role.Finance }, Confirm()).ThenRefused("four-eyes", RefusalKind.Forbidden);
        story.When(Finance, Confirm(number: 2)).ThenRefused("no-such-payment", RefusalKind.NotFound);
        story.When(Finance, Confirm(number: 0)).ThenRefused("no-such-payment", RefusalKind.NotFound);
        story.Given(Payer, new ReversePayment(1, Day("2014-09-10"), "Fel")).When(Finance, Confirm()).ThenRefused("payment-reversed");
    }
}
