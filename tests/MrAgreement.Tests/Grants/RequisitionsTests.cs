using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Grants;

public class RequisitionsTests
{
    static Story Prepared() => Story.Of2014().On("2014-08-15").Given(Finance, Requisition());

    static Story Attested() => Prepared().Given(Approver, new AttestRequisition(1));

    static Story Dispatched() => Attested().Given(Finance, new DispatchRequisition(1));

    static RequisitionStatus Status(Story story) => story.Dossier.Grant.Requisitions[0].Status;

    [Fact]
    public void A_requisition_is_prepared_attested_by_another_dispatched_received_and_paid()
    {
        var story = Story.Of2014().On("2014-08-15")
            .When(Finance, Requisition()).Then(new RequisitionPrepared(1, "2014", Kr("4000000"), Bankgiro.Parse("5050-1055"), null, "MR 2014"))
            .When(Approver, new AttestRequisition(1)).Then(new RequisitionAttested(1))
            .When(Finance, new DispatchRequisition(1)).Then(new RequisitionDispatched(1, Day("2014-08-15")), new ObligationFulfilled("requisition-2014", Day("2014-08-15")));
        Assert.Equal(ObligationStatus.Done, story.Agreement.StatusOf(story["requisition-2014"]));

        story.On("2014-08-18").When(Payer, new ReceiveRequisition(1)).Then(new RequisitionReceived(1, Day("2014-08-18")));
        story.On("2014-09-05").Given(Payer, Payment("4000000", "2014-09-05"));
        Assert.Equal(RequisitionStatus.Paid, Status(story));
    }

    [Fact]
    public void What_is_prepared_is_not_requisitioned_until_it_is_dispatched_and_leaves_no_more_to_prepare()
    {
        Assert.Equal("0 4000000 0", Figures(Prepared()));
        Assert.Equal("0 4000000 0", Figures(Attested()));
        Assert.Equal("4000000 0 0", Figures(Dispatched()));
        Assert.Equal("4000000 0 0", Figures(Dispatched().Given(Payer, Payment("4000000", "2014-08-15"))));
        Assert.Equal("0 0 4000000", Figures(Dispatched().Given(Payer, new RefuseRequisition(1, "Fel konto"))));

        static string Figures(Story story) => story.Dossier.Grant is var it ? $"{it.Requisitioned("2014")} {it.InPreparation("2014")} {it.LeftToRequisition(it.Instalments[0])}" : "";
    }

    [Fact]
    public void Whoever_prepared_it_cannot_attest_it()
    {
        var both = Finance with { Role = Role.Approver };

        Prepared().When(both, new AttestRequisition(1)).ThenRefused("own-requisition", RefusalKind.Forbidden);
        Prepared().When(Finance, new AttestRequisition(1)).ThenRefused("forbidden", RefusalKind.Forbidden);
    }

    [Fact]
    public void None_above_the_attestation_limit_is_attested()
    {
        static Story Limited(string limit) => Story.Signed(Terms2014 with { Grant = Terms2014.Grant! with { AttestationLimit = Kr(limit) } }).On("2014-08-15").Given(Finance, Requisition());

        Limited("3999999.99").When(Approver, new AttestRequisition(1)).ThenRefused("attestation-limit");
        Limited("4000000").When(Approver, new AttestRequisition(1)).Then(new RequisitionAttested(1));
        Assert.Contains(TermsCheck.Faults(Terms2014 with { Grant = Terms2014.Grant! with { AttestationLimit = Kr("0") } }), f => (f.Pointer, f.Rule) == ("/grant/attestationLimit", "amount-not-positive"));
    }

    [Fact]
    public void It_may_say_which_days_the_money_is_for()
    {
        var period = new DateSpan(Day("2014-06-13"), Day("2014-12-31"));

        Story.Of2014().When(Finance, Requisition() with { Period = period })
            .Then(new RequisitionPrepared(1, "2014", Kr("4000000"), Bankgiro.Parse("5050-1055"), null, "MR 2014", period))
            .When(Finance, Requisition() with { Period = period }).ThenNothing();
        Story.Of2014().When(Finance, Requisition() with { Period = new(period.To, period.From) }).ThenFaults(("/period", "period-reversed"));
    }

    [Fact]
    public void A_retry_changes_nothing()
    {
        Prepared().When(Finance, Requisition()).ThenNothing();
        Attested().When(Approver, new AttestRequisition(1)).ThenNothing();
        Dispatched().When(Finance, new DispatchRequisition(1)).ThenNothing();
        Dispatched().Given(Payer, new ReceiveRequisition(1)).When(Payer, new ReceiveRequisition(1)).ThenNothing();
        Dispatched().Given(Payer, new RefuseRequisition(1, "Fel konto")).When(Payer, new RefuseRequisition(1, "Fel konto")).ThenNothing();
    }

    [Fact]
    public void The_steps_come_in_order_and_once()
    {
        Prepared().When(Finance, new DispatchRequisition(1)).ThenRefused("requisition-not-attested");
        Attested().When(OtherApprover, new AttestRequisition(1)).ThenRefused("already-attested");
        Attested().When(Payer, new ReceiveRequisition(1)).ThenRefused("requisition-not-dispatched");
        Attested().When(Payer, new RefuseRequisition(1, "Fel konto")).ThenRefused("requisition-not-dispatched");
        Dispatched().When(Finance with { Id = new("person-finance-2") }, new DispatchRequisition(1)).ThenRefused("already-dispatched");
        Dispatched().Given(Payer, new ReceiveRequisition(1)).When(Payer with { Id = new("person-payer-2") }, new ReceiveRequisition(1)).ThenRefused("already-received");
        Dispatched().Given(Payer, new RefuseRequisition(1, "Fel konto")).When(Payer, new ReceiveRequisition(1)).ThenRefused("requisition-decided");
        Dispatched().When(Payer, new RefuseRequisition(1, " ")).ThenRefused("text-length", RefusalKind.Invalid);
        Prepared().When(Approver, new AttestRequisition(2)).ThenRefused("no-such-requisition", RefusalKind.NotFound);
    }

    [Fact]
    public void After_a_refusal_nothing_that_was_done_before_is_done_again()
    {
        var refused = Dispatched().Given(Payer, new ReceiveRequisition(1), new RefuseRequisition(1, "Fel konto"));

        refused.When(Approver, new AttestRequisition(1)).ThenRefused("requisition-decided");
        refused.When(Finance, new DispatchRequisition(1)).ThenRefused("requisition-decided");
        refused.When(Payer, new ReceiveRequisition(1)).ThenRefused("requisition-decided");
        refused.When(Payer, new RefuseRequisition(1, "Fel konto")).ThenNothing();
    }

    [Fact]
    public void Refused_it_reopens_the_obligation_and_frees_the_instalment()
    {
        var story = Dispatched().On("2014-08-20").When(Payer, new RefuseRequisition(1, "Fel konto"))
            .Then(new RequisitionRefused(1, "Fel konto"), new ObligationReopened("requisition-2014"));

        Assert.Equal(ObligationStatus.Open, story.Agreement.StatusOf(story["requisition-2014"]));
        story.When(Finance, Requisition(reference: "MR 2014 igen")).Then<RequisitionPrepared>();
    }

    [Fact]
    public void What_is_paid_in_part_is_not_refused() =>
        Dispatched().Given(Payer, Payment("1000000", "2014-08-15", requisition: 1)).When(Payer, new RefuseRequisition(1, "Fel konto")).ThenRefused("requisition-decided");

    [Fact]
    public void Together_they_do_not_exceed_the_instalment()
    {
        var story = Story.Of2014();

        story.When(Finance, Requisition(amount: "4000000.01")).ThenRefused("requisition-exceeds-instalment");
        story.Given(Finance, Requisition(amount: "3000000")).When(Finance, Requisition(amount: "1000000.01")).ThenRefused("requisition-exceeds-instalment");
        story.When(Finance, Requisition(amount: "1000000")).Then<RequisitionPrepared>();
    }

    [Fact]
    public void Conditional_and_lapsed_instalments_are_not_requisitioned()
    {
        var story = Story.Of2014();

        story.When(Finance, Requisition("2015")).ThenRefused("instalment-conditional");
        story.Given(Officer, new LapseInstalment("2015", "Riksdagen avslog")).When(Finance, Requisition("2015")).ThenRefused("instalment-lapsed");
        story.When(Finance, Requisition("2018")).ThenRefused("no-such-instalment", RefusalKind.Invalid);
    }

    [Fact]
    public void It_names_an_amount_one_account_and_a_reference()
    {
        Story.Of2014().When(Finance, new PrepareRequisition("2014", Kr("0"), null, null, " "))
            .ThenFaults(("/amount", "amount-not-positive"), ("/bankgiro", "one-account"), ("/reference", "text-length"));
        Story.Of2014().When(Finance, Requisition() with { Plusgiro = Plusgiro.Parse("1-8") }).ThenFaults(("/bankgiro", "one-account"));
    }
}
