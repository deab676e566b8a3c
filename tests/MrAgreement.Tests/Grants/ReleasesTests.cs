using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Obligations;

namespace MrAgreement.Tests.Grants;

public class ReleasesTests
{
    static Story Released(string? repayBy = "2016-03-01") => Story.Of2014().On("2015-01-20").Given(Officer, Release("2015", repayBy: repayBy));

    static Story Dispatched(string amount) => Released().Given(Finance, Requisition("2015", amount)).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1));

    [Fact]
    public void A_release_is_corrected_and_the_obligations_that_it_brought_follow()
    {
        var story = Released();
        var right = Release("2015", "2015-10-01", "3000000", "2016-04-01") with { Reference = "A2015/100/DISK", DecidedOn = Day("2015-01-16") };
        story.When(Officer, new CorrectRelease(right, "Fel belopp")).Then(
            new ReleaseCorrected("2015", Day("2015-01-16"), "A2015/100/DISK", Day("2015-10-01"), "rskr. 2014/15:86", Kr("3000000"), null, Day("2016-04-01"), null, "Fel belopp"),
            new ObligationRedated("requisition-2015", Day("2015-10-01"), "A2015/100/DISK"),
            new ObligationRedated("repayment-2015", Day("2016-04-01"), "A2015/100/DISK"));

        Assert.Equal((Day("2015-10-01"), Day("2016-04-01"), "A2015/100/DISK"), (story["requisition-2015"].DueOn!.Value, story["repayment-2015"].DueOn!.Value, story["requisition-2015"].Clause));
        Assert.Equal((Kr("7000000"), Kr("4000000")), (story.Dossier.Grant.Balances.Decided, story.Dossier.Grant.Instalment("2015")!.Agreed));
        Assert.Equal(Day("2015-10-01"), story.Dossier.Grant.Instalment("2015")!.RequisitionDueOn);
        story.When(OtherOfficer, new CorrectRelease(right, "Fel belopp")).ThenNothing();
        story.When(Finance, Requisition("2015", "3000000.01")).ThenRefused("requisition-exceeds-instalment");
    }

    [Fact]
    public void A_day_to_repay_comes_and_goes_with_the_correction()
    {
        var story = Released().Given(Officer, new CorrectRelease(Release("2015")));
        Assert.NotNull(story["repayment-2015"].Waived);

        story.Given(Officer, new CorrectRelease(Release("2015", repayBy: "2016-05-01")));
        Assert.True(story["repayment-2015"] is { Waived: null, DueOn: var due } && due == Day("2016-05-01"));
        Assert.Equal(Day("2016-05-01"), Released(null).Given(Officer, new CorrectRelease(Release("2015", repayBy: "2016-05-01")))["repayment-2015"].DueOn);
    }

    [Fact]
    public void An_extension_stands_when_only_the_reference_was_wrong() =>
        Assert.Equal(Day("2015-11-01"), Released().Given(Officer, new ExtendObligation("requisition-2015", Day("2015-11-01"), "A1"),
            new CorrectRelease(Release("2015", repayBy: "2016-03-01") with { Reference = "A2015/100/DISK" }))["requisition-2015"].DueOn);

    [Fact]
    public void A_release_is_taken_back_with_what_it_brought_and_may_be_made_anew()
    {
        var story = Released().When(Officer, new WithdrawRelease("2015", "Fel årsbelopp")).Then(
            new ReleaseWithdrawn("2015", "Fel årsbelopp"),
            new ObligationWaived("requisition-2015", "Fel årsbelopp", "A2015/99/DISK"),
            new ObligationWaived("repayment-2015", "Fel årsbelopp", "A2015/99/DISK"));
        Assert.Equal((InstalmentStatus.Conditional, Kr("4000000"), null), (story.Dossier.Grant.Instalment("2015")!.Status, story.Dossier.Grant.Balances.Decided, story.Dossier.Grant.Instalment("2015")!.RequisitionDueOn));
        story.When(Finance, Requisition("2015")).ThenRefused("instalment-conditional");
        story.When(Officer, new WithdrawRelease("2015", "Fel årsbelopp")).ThenRefused("instalment-not-released");

        story.Given(Officer, Release("2015", "2015-12-01"));
        Assert.True(story["requisition-2015"] is { Waived: null, DueOn: var due } && due == Day("2015-12-01"));
        Assert.NotNull(story["repayment-2015"].Waived);
        Assert.Equal(-90, story.Until("2015-09-03")["requisition-2015"].Reminders[^1].Rung);
    }

    [Fact]
    public void Once_requisitioned_it_is_lowered_to_that_and_no_further()
    {
        var story = Dispatched("1500000");
        story.When(Officer, new WithdrawRelease("2015", "Fel")).ThenRefused("release-requisitioned");
        story.When(Officer, new CorrectRelease(Release("2015", amount: "1499999.99", repayBy: "2016-03-01"))).ThenRefused("release-requisitioned");
        story.When(Officer, new CorrectRelease(Release("2015", "2015-10-01", "1500000", "2016-03-01"))).ThenRefused("release-requisitioned");
        story.When(Officer, new CorrectRelease(Release("2015", amount: "1500000", repayBy: "2016-03-01") with { Reference = "A2015/101/DISK" })).Then<ReleaseCorrected>();
        Assert.Equal((Kr("1500000"), Kr("0")), (story.Dossier.Grant.Instalment("2015")!.Amount, story.Dossier.Grant.LeftToRequisition(story.Dossier.Grant.Instalment("2015")!)));
        story.When(Officer, new CorrectRelease(Release("2015", amount: "4000000", repayBy: "2016-03-01"))).ThenRefused("release-requisitioned");
    }

    [Fact]
    public void A_requisition_that_the_payer_refused_holds_nothing_up() =>
        Dispatched("1500000").Given(Payer, new RefuseRequisition(1, "Fel konto")).When(Officer, new WithdrawRelease("2015", "Fel")).Then<ReleaseWithdrawn>();

    [Fact]
    public void What_was_prepared_and_can_t_be_sent_any_more_is_refused()
    {
        var story = Released().Given(Finance, Requisition("2015", "1000000", "MR 1"), Requisition("2015", "3000000", "MR 2")).Given(Officer, new CorrectRelease(Release("2015", amount: "2000000", repayBy: "2016-03-01")));
        Assert.Equal([RequisitionStatus.Prepared, RequisitionStatus.Refused], story.Dossier.Grant.Requisitions.Select(r => r.Status));

        story.Given(Officer, new WithdrawRelease("2015", "Fel årsbelopp"));
        Assert.Equal(("Fel årsbelopp", RequisitionStatus.Refused), (story.Dossier.Grant.Requisitions[0].RefusalReason!, story.Dossier.Grant.Requisitions[0].Status));
        Assert.False(Sight.Sees(story.Dossier, Officer, story.Dossier.Grant.Requisitions[0]));
    }

    [Fact]
    public void Only_the_grantor_corrects_what_is_released_and_by_the_same_rules()
    {
        var story = Released();
        story.When(ProjectLead, new CorrectRelease(Release("2015"))).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.When(Finance, new WithdrawRelease("2015", "Fel")).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.When(Officer, new CorrectRelease(Release("2016"))).ThenRefused("instalment-not-released");
        story.When(Officer, new CorrectRelease(Release("2017"))).ThenRefused("no-such-instalment", RefusalKind.NotFound);
        story.When(Officer, new WithdrawRelease("2014", "Fel")).ThenRefused("instalment-not-released");
        story.When(Officer, new WithdrawRelease("2015", " ")).ThenFaults(("/reason", "text-length"));
        story.When(Officer, new CorrectRelease(Release("2015", amount: "40000000"))).ThenRefused("release-exceeds-agreed");
        story.When(Officer, new CorrectRelease(Release("2015") with { DecidedOn = Day("2014-06-12"), Reference = "" })).ThenFaults(("/reference", "text-length"), ("/decidedOn", "before-signature"));
    }

    [Fact]
    public void No_decision_is_of_a_day_to_come()
    {
        var story = Story.Of2014().On("2015-01-20");
        story.When(Officer, Release("2015") with { DecidedOn = Day("2015-01-21") }).ThenFaults(("/decidedOn", "date-in-future"));
        story.Given(Officer, Release("2015") with { DecidedOn = Day("2015-01-20") })
            .When(Officer, new CorrectRelease(Release("2015") with { DecidedOn = Day("2015-01-21") })).ThenFaults(("/decidedOn", "date-in-future"));
        story.When(Officer, new ProposeAmendment(Day("2015-01-21"), "A1", Day("2015-02-01"), [new(Reschedule: new("final-report", On("2017-10-01")))])).ThenFaults(("/decidedOn", "date-in-future"));
    }

    [Fact]
    public void Days_beyond_all_others_of_the_agreement_are_asked_about()
    {
        var story = Story.Of2014().On("2015-01-20");
        story.When(Officer, Release("2015", "2018-01-01") with { IsSure = false }).ThenFaults(("/sure", "release-beyond-agreement"));
        story.When(Officer, Release("2015", repayBy: "2091-03-01") with { IsSure = false }).ThenFaults(("/sure", "release-beyond-agreement"));
        story.Given(Officer, Release("2015", repayBy: "2016-03-01") with { IsSure = false })
            .When(Officer, new CorrectRelease(Release("2015", repayBy: "2091-03-01") with { IsSure = false })).ThenFaults(("/sure", "release-beyond-agreement"));
        story.When(Officer, new CorrectRelease(Release("2015", repayBy: "2018-03-01"))).Then<ReleaseCorrected>();
    }

    [Fact]
    public void What_the_terms_date_goes_back_to_its_day()
    {
        var terms = Terms2014 with { Grant = Terms2014.Grant! with { Instalments = [.. Terms2014.Grant!.Instalments.Select(i => i.Key == "2015" ? i with { RequisitionDueOn = Day("2015-06-01") } : i)] } };
        var story = Story.Signed(terms).On("2015-01-20").Given(Officer, Release("2015"));
        Assert.Equal(Day("2015-09-01"), story["requisition-2015"].DueOn);

        Assert.True(story.Given(Officer, new WithdrawRelease("2015", "Fel"))["requisition-2015"] is { Waived: null, DueOn: var due } && due == Day("2015-06-01"));
        Assert.Equal(Day("2015-06-01"), story.Dossier.Grant.Instalment("2015")!.RequisitionDueOn);
    }

    [Fact]
    public void What_is_shared_out_is_not_taken_back()
    {
        var story = Released().Given(Finance, new MakeAllocation(Kr("7000000"), 2015, "A9", Party: "SKR"));

        story.When(Officer, new WithdrawRelease("2015", "Fel")).ThenRefused("release-allocated");
        story.When(Officer, new CorrectRelease(Release("2015", amount: "3000000"))).Then<ReleaseCorrected>();
    }

    [Fact]
    public void After_the_end_what_is_taken_back_lapses() =>
        Assert.Equal(InstalmentStatus.Lapsed, Released().Given(Officer, new TerminateAgreement(Day("2015-01-20"), "A1", Day("2015-06-30")), new WithdrawRelease("2015", "Fel")).Dossier.Grant.Instalment("2015")!.Status);
}
