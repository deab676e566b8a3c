using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Obligations;

namespace MrAgreement.Tests.Grants;

/// <summary>A requisition that was paid in part for good is ended: the rest of it lapses.</summary>
public class EndedRequisitionsTests
{
    static Story Dispatched() => Story.Of2014().On("2014-08-15").Given(Officer, new LapseInstalment("2015", "Nej"), new LapseInstalment("2016", "Nej"))
        .Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1));

    static Story PaidInPart() => Dispatched().Given(Payer, Payment("3500000", "2014-08-15", requisition: 1));

    [Fact]
    public void What_was_paid_is_all_that_comes_and_the_payment_is_done()
    {
        var story = PaidInPart();
        Assert.NotEqual(ObligationStatus.Done, story.Agreement.StatusOf(story["grant-payment"]));

        story.When(Payer, new EndRequisition(1, "Mer behövs inte")).Then(new RequisitionEnded(1, "Mer behövs inte", "KAMK"), new ObligationFulfilled("grant-payment", Day("2014-08-15")));
        var it = story.Dossier.Grant;
        Assert.Equal((RequisitionStatus.Ended, Kr("0"), Kr("3500000")), (it.Requisitions[0].Status, it.LeftToPay(it.Requisitions[0]), it.Requisitioned("2014")));
        Assert.Equal(Kr("0"), it.Instalment("2014")!.Awaited(story.Dossier.Grant, story.Dossier.Agreement.BarsRequisitions()));
        story.When(Payer, new EndRequisition(1, "Mer behövs inte")).ThenNothing();
        story.When(Officer, new EndRequisition(1, "Annat")).ThenRefused("requisition-decided");
        story.When(Payer, Payment("1", "2014-08-15", "Mer", 1)).ThenRefused("payment-exceeds-requisition");
    }

    [Fact]
    public void No_bank_transaction_is_held_against_the_rest_that_lapsed()
    {
        var story = PaidInPart();
        Assert.Equal([(1, Kr("500000"))], BankExpectations.Expecting(story.Dossier).Requisitions.Select(r => (r.Number, r.Left)));
        story.Given(Payer, new EndRequisition(1, "Mer behövs inte"));
        Assert.Empty(BankExpectations.Expecting(story.Dossier).Requisitions);
    }

    [Fact]
    public void The_grantor_may_say_so_too_and_nobody_else() =>
        PaidInPart().When(Officer, new EndRequisition(1, "Mer behövs inte")).Then<RequisitionEnded>();

    [Fact]
    public void The_recipient_ends_nothing_that_the_payer_owes_a_word_on()
    {
        PaidInPart().When(Finance, new EndRequisition(1, "Nej")).ThenRefused("forbidden", RefusalKind.Forbidden);
        PaidInPart().When(Payer, new EndRequisition(1, " ")).ThenFaults(("/reason", "text-length"));
        PaidInPart().When(Payer, new EndRequisition(9, "Nej")).ThenRefused("no-such-requisition", RefusalKind.NotFound);
        // Where nothing is paid, it is refused instead; a draft has not left the house.
        Dispatched().When(Payer, new EndRequisition(1, "Nej")).ThenRefused("requisition-not-paid");
        Dispatched().Given(Payer, Payment("4000000", "2014-08-15", requisition: 1)).When(Payer, new EndRequisition(1, "Nej")).ThenRefused("requisition-decided");
    }

    [Fact]
    public void The_rest_of_the_instalment_may_be_requisitioned_anew_and_is_awaited_then()
    {
        var story = PaidInPart().Given(Payer, new EndRequisition(1, "Fel belopp")).Given(Finance, Requisition(amount: "500000", reference: "MR 2")).Given(Approver, new AttestRequisition(2)).Given(Finance, new DispatchRequisition(2));
        Assert.Equal((Kr("4000000"), Kr("500000")), (story.Dossier.Grant.Requisitioned("2014"), story.Dossier.Grant.Instalment("2014")!.Awaited(story.Dossier.Grant, story.Dossier.Agreement.BarsRequisitions())));
        Assert.NotEqual(ObligationStatus.Done, story.Agreement.StatusOf(story["grant-payment"]));
        story.Given(Payer, Payment("500000", "2014-08-15", "Rest", 2));
        Assert.Equal(ObligationStatus.Done, story.Agreement.StatusOf(story["grant-payment"]));
    }

    [Fact]
    public void After_an_early_end_nothing_is_awaited_of_what_was_never_requisitioned()
    {
        var story = Story.Of2014().On("2015-01-20").Given(Officer, Release("2015"), new MrAgreement.Agreements.TerminateAgreement(Day("2015-01-20"), "A1", Day("2015-06-30")));
        var instalment = story.Dossier.Grant.Instalment("2015")!;
        Assert.Equal((InstalmentStatus.Released, Kr("0"), true), (instalment.Status, instalment.Awaited(story.Dossier.Grant, story.Dossier.Agreement.BarsRequisitions()), instalment.IsNeverRequisitioned(story.Dossier.Grant, story.Dossier.Agreement.BarsRequisitions())));
    }
}
