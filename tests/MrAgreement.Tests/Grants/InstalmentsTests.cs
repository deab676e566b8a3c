using MrAgreement.Grants;
using MrAgreement.Obligations;

namespace MrAgreement.Tests.Grants;

public class InstalmentsTests
{
    [Fact]
    public void Conditional_money_is_never_shown_as_decided()
    {
        var balances = Story.Of2014().Dossier.Grant.Balances;

        Assert.Equal((Kr("4000000"), Kr("8000000")), (balances.Decided, balances.Conditional));
    }

    [Fact]
    public void A_release_decides_the_money_and_brings_the_obligation_to_requisition_it()
    {
        var story = Story.Of2014().On("2015-01-20").When(Officer, Release("2015"))
            .Then(
                new InstalmentReleased("2015", Day("2015-01-15"), "A2015/99/DISK", Day("2015-09-01"), "rskr. 2014/15:86", Kr("4000000"), null, null, null),
                new ObligationAdded("requisition-2015", ObligationKind.Requisition, "2015", Day("2015-09-01"), [], "A2015/99/DISK"));

        Assert.Equal((Day("2015-09-01"), "KAMK", "A2015/99/DISK"), (story["requisition-2015"].DueOn!.Value, story["requisition-2015"].Recipient, story["requisition-2015"].Clause));
        Assert.Equal((Kr("8000000"), Kr("4000000")), (story.Dossier.Grant.Balances.Decided, story.Dossier.Grant.Balances.Conditional));
        Assert.Equal(InstalmentStatus.Released, story.Dossier.Grant.Instalment("2015")!.Status);
        Assert.Equal(story.Dossier.Sequence, story["requisition-2015"].Touched);
        Assert.Equal(-90, story.Until("2015-06-03")["requisition-2015"].Reminders[^1].Rung);
        story.When(Finance, Requisition("2015")).Then<RequisitionPrepared>();
    }

    [Fact]
    public void A_release_may_allot_another_amount_and_a_day_to_repay()
    {
        var story = Story.Of2014().On("2015-01-20").Given(Officer, Release("2015", amount: "3500000.50", repayBy: "2016-03-01"));

        Assert.Equal(Kr("7500000.50"), story.Dossier.Grant.Balances.Decided);
        Assert.Equal((ObligationKind.Repayment, Day("2016-03-01")), (story["repayment-2015"].Kind, story["repayment-2015"].DueOn!.Value));
        Assert.Equal(["final-accounts"], story["repayment-2015"].Rests);
        story.When(Finance, Requisition("2015", "3500000.51")).ThenRefused("requisition-exceeds-instalment");
    }

    [Fact]
    public void Only_a_conditional_instalment_is_released_or_lapses()
    {
        var story = Story.Of2014().On("2015-01-20").Given(Officer, Release("2015"), new LapseInstalment("2016", "Riksdagen avslog"));

        story.When(Officer, Release("2014")).ThenRefused("instalment-not-conditional");
        story.When(Officer, Release("2015")).ThenRefused("instalment-not-conditional");
        story.When(Officer, Release("2016")).ThenRefused("instalment-not-conditional");
        story.When(Officer, new LapseInstalment("2015", "Riksdagen avslog")).ThenRefused("instalment-not-conditional");
        story.When(Officer, Release("2017")).ThenRefused("no-such-instalment", RefusalKind.NotFound);
        story.When(ProjectLead, Release("2015")).ThenRefused("forbidden", RefusalKind.Forbidden);
        Assert.Equal(Kr("0"), story.Dossier.Grant.Balances.Conditional);
    }

    [Fact]
    public void A_release_says_what_it_must() =>
        Story.Of2014().On("2015-01-20").When(Officer, new ReleaseInstalment("2015", Day("2015-01-15"), "", Day("2015-01-14"), null, Kr("-1"), new(28, "6"), Day("2015-01-01")))
            .ThenFaults(("/reference", "text-length"), ("/amount", "amount-not-positive"), ("/requisitionDueOn", "period-reversed"), ("/repayBy", "period-reversed"),
                ("/appropriation/area", "appropriation-area"), ("/appropriation/item", "appropriation-item"));

    [Fact]
    public void No_decision_releases_more_than_is_agreed_on_nor_was_taken_before_the_signature()
    {
        var story = Story.Of2014().On("2015-01-20");
        story.When(Officer, Release("2015", amount: "40000000")).ThenRefused("release-exceeds-agreed");
        story.When(Officer, Release("2015", amount: "4000000.01")).ThenFaults(("/amount", "release-exceeds-agreed"));
        story.When(Officer, Release("2015") with { DecidedOn = Day("2014-06-12") }).ThenFaults(("/decidedOn", "before-signature"));
        story.When(Officer, Release("2015", requisitionDueOn: "2015-01-14")).ThenFaults(("/requisitionDueOn", "period-reversed"));
        story.When(Officer, Release("2015", amount: "4000000")).Then<InstalmentReleased>();
    }

    [Fact]
    public void What_was_released_beyond_the_total_in_an_older_log_leaves_nothing_to_release()
    {
        var story = Story.Of2014().On("2015-01-20");
        story.Record([new InstalmentReleased("2015", Day("2015-01-15"), "A1", Day("2015-09-01"), null, Kr("40000000"), null, null, null)], Officer.Id);

        story.When(Officer, Release("2016")).ThenFaults(("/amount", "release-exceeds-total"));
        story.When(Officer, new CorrectRelease(Release("2015"))).Then<ReleaseCorrected>();
        story.When(Officer, Release("2016")).Then<InstalmentReleased>();
    }

    [Fact]
    public void The_payment_is_done_when_every_instalment_is_paid_or_has_lapsed()
    {
        var story = Story.Of2014().On("2014-08-15").Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1))
            .Given(Payer, Payment("4000000", "2014-08-15")).Given(Officer, new LapseInstalment("2015", "Nej"));
        Assert.Equal(ObligationStatus.Open, story.Agreement.StatusOf(story["grant-payment"]));

        story.When(Officer, new LapseInstalment("2016", "Nej")).Then(new InstalmentLapsed("2016", "Nej"), new ObligationFulfilled("grant-payment", Day("2014-08-15")));
    }
}
