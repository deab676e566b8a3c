using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Overviews;

namespace MrAgreement.Tests.Agreements;

public class TerminationTests
{
    static readonly TerminateAgreement Termination = new(Day("2016-04-01"), "A2016/50/DISK", Day("2016-06-30"));

    // The plan was to be in on 2015-04-15 and is late; everything to come is due on 2016-05-31 or later.
    static Story Before(string on = "2016-04-01") => Story.Of2014().On("2016-03-01").Submitted("mapping-report").Accepted("mapping-report")
        .Completed("annual-consultation-2015").Given(Officer, Release("2015")).Until(on);

    static string[] Dropped(Story story) => [.. story.Agreement.InOrder.Where(o => o.Waived?.Reason == "termination").Select(o => o.Key)];

    [Fact]
    public void What_is_final_comes_forward_what_falls_due_by_the_end_stays_what_falls_due_later_is_dropped_what_is_conditional_lapses()
    {
        var story = Before().When(Officer, Termination).Then(
            new AgreementTerminated(Day("2016-04-01"), "A2016/50/DISK", Day("2016-06-30"), new(
            [
                "annual-consultation-2016", "annual-consultation-2017", "follow-up-report-2016", "follow-up-report-2017", "financial-statement-2016", "financial-statement-2017",
                "grant-payment", "requisition-2014", "requisition-2015"
            ], false)),
            new InstalmentLapsed("2016", "A2016/50/DISK"));

        Assert.Equal(AgreementStatus.Terminated, story.Agreement.Status);
        Assert.All(["final-report", "final-accounts", "repayment"], key => Assert.Equal(Day("2016-06-30"), story[key].DueOn));
        Assert.Equal(("termination", "A2016/50/DISK"), (story["annual-consultation-2016"].Waived!.Reason, story["annual-consultation-2016"].Waived!.Reference));
        Assert.All(["mapping-report", "annual-consultation-2015"], key => Assert.Equal(ObligationStatus.Done, story.Agreement.StatusOf(story[key])));
        Assert.True(story["action-plan"] is { DueOn: var plan, Waived: null } && plan == Day("2015-04-15"));
        Assert.Equal(InstalmentStatus.Released, story.Dossier.Grant.Instalment("2015")!.Status);
        story.When(Officer, Release("2016")).ThenRefused("agreement-terminated");
    }

    [Fact]
    public void It_takes_effect_on_its_day_and_not_on_the_day_it_is_recorded()
    {
        var story = Before("2016-03-02").When(Officer, Termination).Then(new TerminationAnnounced(Day("2016-04-01"), "A2016/50/DISK", Day("2016-06-30"), false));
        Assert.Equal((AgreementStatus.Active, InstalmentStatus.Conditional), (story.Agreement.Status, story.Dossier.Grant.Instalment("2016")!.Status));
        Assert.Equal(Day("2017-09-01"), story["final-report"].DueOn);

        Assert.Empty(Dropped(story.Until("2016-03-31")));
        Assert.Equal(Utc("2016-03-31T22:00:00Z"), Lifecycle.NextWakeUp(story.Dossier));
        story.Until("2016-04-01");
        Assert.Equal((AgreementStatus.Terminated, InstalmentStatus.Lapsed), (story.Agreement.Status, story.Dossier.Grant.Instalment("2016")!.Status));
        Assert.Contains("annual-consultation-2016", Dropped(story));
        var ended = story.Log.Single(row => row.Type == "agreement-terminated");
        Assert.Equal((Utc("2016-03-31T22:00:00Z"), PersonId.System), (ended.At, ended.Actor));
    }

    [Fact]
    public void A_clock_that_jumps_over_the_day_judges_by_the_day()
    {
        var story = Before("2016-03-02").Given(Officer, Termination).On("2016-08-01");
        story.When(Officer, new ProposeAmendment(Day("2016-07-01"), "A2", Day("2016-07-02"), [new(Drop: new("documentation", "Skäl"))])).ThenRefused("agreement-terminated");
        story.Advance();

        Assert.Contains("annual-consultation-2016", Dropped(story));
        Assert.DoesNotContain(story["annual-consultation-2016"].Reminders, r => r.At > Utc("2016-04-01T00:00:00Z"));
        Assert.Equal(Day("2016-06-30"), story["final-report"].DueOn);
    }

    [Fact]
    public void A_consultation_next_month_stays_when_it_comes_before_the_end_and_so_does_what_hangs_on_it()
    {
        var story = Before("2016-04-20").Given(Officer, Termination with { On = Day("2016-05-31") });
        Assert.Empty(Dropped(story));
        story.Until("2016-05-31");

        Assert.Equal(["annual-consultation-2017", "follow-up-report-2017", "financial-statement-2017"], Dropped(story).Where(key => story[key].Year is not null));
        Assert.True(story["follow-up-report-2016"] is { Waived: null, DueOn: var due } && due == Day("2016-05-31"));
    }

    [Fact]
    public void A_meeting_set_for_a_day_before_the_end_stays_with_what_is_due_by_it()
    {
        var story = Before().Given(ProjectLead, new ScheduleObligation("annual-consultation-2016", Day("2016-04-10"))).Given(Officer, Termination with { On = Day("2016-04-15") }).Until("2016-04-15");

        Assert.All(["annual-consultation-2016", "follow-up-report-2016"], key => Assert.Null(story[key].Waived));
        Assert.Equal(Day("2016-04-10"), story["follow-up-report-2016"].DueOn);
    }

    [Fact]
    public void What_is_not_yearly_is_dropped_too_and_nobody_is_reminded_of_it()
    {
        var story = Story.Of2014().On("2014-12-01").Given(Officer, new TerminateAgreement(Day("2014-12-01"), "A2014/1", Day("2015-03-01"))).Until("2016-06-01");

        Assert.All(["mapping-report", "mapping-discussion", "action-plan"], key => Assert.Equal("termination", story[key].Waived!.Reason));
        Assert.Empty(story["action-plan"].Reminders);
        Assert.Equal(4, story["final-report"].Reminders.Count(r => r.Rung > 0));
    }

    [Fact]
    public void What_is_due_by_the_end_keeps_its_day_though_what_it_is_counted_from_is_dropped_or_moved()
    {
        var terms = Terms(Deliverable("late", On("2017-06-01")), Deliverable("early", Some.Before("late", 400)), Deliverable("final-report", On("2017-09-01")) with { Is = Purpose.FinalReport }, Deliverable("first", Some.Before("final-report", 600)));
        var story = Story.Signed(terms).On("2016-12-01").Given(Officer, new TerminateAgreement(Day("2016-12-01"), "A1", Day("2017-03-01")));

        Assert.Equal((Day("2016-04-27"), Day("2016-01-10")), (story["early"].DueOn!.Value, story["first"].DueOn!.Value));
        Assert.False(story["early"].AwaitsDate || story["first"].AwaitsDate);
        Assert.Equal(["late"], Dropped(story));
    }

    [Fact]
    public void What_lies_with_its_receiver_or_was_returned_is_seen_through()
    {
        var story = Before().Submitted("follow-up-report-2016").Submitted("financial-statement-2016", Finance)
            .Given(Officer, new ReturnSubmission("financial-statement-2016", 1, "Komplettera", Day("2016-05-01")), Termination);

        Assert.Equal(ObligationStatus.Submitted, story.Agreement.StatusOf(story["follow-up-report-2016"]));
        Assert.Equal((ObligationStatus.Returned, Day("2016-05-01")), (story.Agreement.StatusOf(story["financial-statement-2016"]), story["financial-statement-2016"].DueOn!.Value));
        story.Accepted("follow-up-report-2016");
    }

    [Fact]
    public void What_is_final_and_late_already_gets_no_more_time()
    {
        var terms = Terms(Deliverable("final-report", On("2015-02-01")) with { Is = Purpose.FinalReport }, Deliverable("final-accounts", On("2017-09-01")) with { Is = Purpose.FinalAccounts });
        var story = Story.Signed(terms).On("2016-01-01").Given(Officer, new TerminateAgreement(Day("2016-01-01"), "A1", Day("2016-06-30")));

        Assert.Equal((Day("2015-02-01"), Day("2016-06-30")), (story["final-report"].DueOn!.Value, story["final-accounts"].DueOn!.Value));
    }

    [Fact]
    public void Final_reminders_follow_the_new_day()
    {
        var story = Before().Given(Officer, Termination).Until("2016-06-24");

        Assert.Equal([-30, -14, -7], story["final-report"].Reminders.Select(r => r.Rung));
    }

    [Fact]
    public void It_ends_once_after_its_signature_within_its_period_with_a_reference_and_gives_no_more_time()
    {
        Before().Given(Officer, Termination).When(Officer, Termination).ThenRefused("already-terminated");
        Before("2016-03-02").Given(Officer, Termination).When(OtherOfficer, Termination with { On = Day("2016-05-01") }).ThenRefused("already-terminated");
        Before().When(Officer, new TerminateAgreement(Day("2014-06-12"), " ", Day("2014-06-11")))
            .ThenFaults(("/reference", "text-length"), ("/on", "before-signature"), ("/finalDueOn", "period-reversed"));
        Before().When(Officer, Termination with { On = Day("2018-01-01"), FinalDueOn = Day("2018-01-01") }).ThenFaults(("/on", "end-after-period"));
        Before().When(Officer, Termination with { FinalDueOn = Day("2017-09-02") }).ThenFaults(("/finalDueOn", "final-day-later"));
        Before().When(Officer, Termination with { FinalDueOn = Day("2017-09-01") }).Then<AgreementTerminated>();
        Before().When(Officer, Termination with { On = Day("2017-12-31"), FinalDueOn = Day("2017-12-31") }).Then<TerminationAnnounced>();
    }

    [Fact]
    public void Until_it_takes_effect_it_can_be_corrected_and_withdrawn()
    {
        var story = Before("2016-03-02").When(Officer, new CorrectTermination(Day("2016-05-01"), "A1", Day("2016-06-30"))).ThenRefused("no-such-termination", RefusalKind.NotFound);
        story.Given(Officer, Termination).When(Officer, new CorrectTermination(Day("2016-05-01"), "A2016/51", Day("2017-09-02"))).ThenFaults(("/finalDueOn", "final-day-later"));
        story.When(Officer, new CorrectTermination(Day("2016-05-01"), "A2016/51", Day("2016-07-31"), true)).Then(new TerminationCorrected(Day("2016-05-01"), "A2016/51", Day("2016-07-31"), true));
        story.When(OtherOfficer, new CorrectTermination(Day("2016-05-01"), "A2016/51", Day("2016-07-31"), true)).ThenNothing();
        Assert.Equal(AgreementStatus.Active, story.Until("2016-04-15").Agreement.Status);

        story.When(Officer, new WithdrawTermination(" ")).ThenFaults(("/reason", "text-length"));
        story.When(Officer, new WithdrawTermination("Den löper vidare")).Then(new TerminationWithdrawn("Den löper vidare"));
        Assert.Equal(AgreementStatus.Active, story.Until("2016-06-15").Agreement.Status);
        Assert.Empty(Dropped(story));
        story.When(Officer, new WithdrawTermination("Den löper vidare")).ThenRefused("no-such-termination", RefusalKind.NotFound);
    }

    [Fact]
    public void Corrected_to_a_day_that_has_come_it_takes_effect_at_once_and_is_corrected_no_more()
    {
        var story = Before("2016-03-02").Given(Officer, Termination).Given(Officer, new CorrectTermination(Day("2016-03-01"), "A2016/50/DISK", Day("2016-06-30")));

        Assert.Equal(AgreementStatus.Terminated, story.Agreement.Status);
        story.When(Officer, new CorrectTermination(Day("2016-05-01"), "A1", Day("2016-06-30"))).ThenRefused("termination-in-effect");
        story.When(Officer, new WithdrawTermination("Den löper vidare")).ThenRefused("termination-in-effect");
    }

    [Fact]
    public void An_amendment_for_a_day_before_the_end_applies_and_none_is_made_for_a_later_one()
    {
        ProposeAmendment From(string day) => new(Day("2016-03-01"), $"A {day}", Day(day), [new(Reschedule: new("action-plan", On("2016-03-31")))]);
        var story = Before("2016-03-02").Given(Officer, Termination, From("2016-03-20"));
        story.When(Officer, From("2016-04-01")).ThenFaults(("/effectiveFrom", "amendment-after-end"));

        Assert.True(story.Until("2016-04-02")["action-plan"] is { Waived: null, DueOn: var due } && due == Day("2016-03-31"));
        var other = Before("2016-03-02").Given(Officer, From("2016-04-01"), Termination).Until("2016-04-02");
        Assert.Null(other.Agreement.Amendments[0].TookEffect);
    }

    [Fact]
    public void After_the_end_nothing_more_is_requisitioned_and_what_was_prepared_is_refused()
    {
        var story = Before().Given(Finance, Requisition("2015")).Given(Approver, new AttestRequisition(1)).Given(Officer, Termination);

        Assert.Equal((RequisitionStatus.Refused, "A2016/50/DISK"), (story.Dossier.Grant.Requisitions[0].Status, story.Dossier.Grant.Requisitions[0].RefusalReason));
        story.When(Finance, Requisition("2014")).ThenRefused("requisition-after-end");
        Assert.DoesNotContain(WorkList.Of(story.Dossier), turn => turn.Work is WorkKind.Requisition or WorkKind.Attest or WorkKind.Dispatch);
    }

    [Fact]
    public void Between_the_day_and_its_taking_effect_nothing_is_sent()
    {
        var story = Before("2016-03-02").Given(Finance, Requisition("2015")).Given(Officer, Termination).On("2016-04-01");

        story.When(Approver, new AttestRequisition(1)).ThenRefused("requisition-after-end");
        story.When(Finance, Requisition("2014")).ThenRefused("requisition-after-end");
        story.When(Officer, new CorrectTermination(Day("2016-05-01"), "A1", Day("2016-06-30"))).ThenRefused("termination-in-effect");
        story.When(Officer, new WithdrawTermination("Den löper vidare")).ThenRefused("termination-in-effect");
    }

    [Fact]
    public void Costs_before_the_end_are_requisitioned_after_it_where_the_decision_says_so()
    {
        var story = Before().Given(Officer, Termination with { RequisitionsAfterEnd = true });

        story.When(Finance, Requisition("2015")).ThenFaults(("/period/to", "requisition-period-after-end"));
        story.When(Finance, Requisition("2015") with { Period = new(Day("2016-01-01"), Day("2016-04-02")) }).ThenFaults(("/period/to", "requisition-period-after-end"));
        story.When(Finance, Requisition("2015") with { Period = new(Day("2016-01-01"), Day("2016-04-01")) }).Then<RequisitionPrepared>();
        Assert.Null(story["requisition-2015"].Waived);
        story.Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1));
    }

    [Fact]
    public void What_was_sent_is_paid_still_and_then_the_payment_is_done()
    {
        var story = Before().Given(Finance, Requisition("2015")).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1)).Given(Officer, Termination);
        Assert.False(story["grant-payment"].IsSettled);

        story.Given(Payer, Payment("4000000", "2016-04-01", requisition: 1));
        Assert.Equal(ObligationStatus.Done, story.Agreement.StatusOf(story["grant-payment"]));
    }

    [Fact]
    public void What_was_sent_and_is_refused_after_the_end_is_nobody_s_duty_any_more()
    {
        var story = Before().Given(Finance, Requisition("2015")).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1)).Given(Officer, Termination);

        Assert.Equal("termination", story.Given(Payer, new RefuseRequisition(1, "Fel konto"))["requisition-2015"].Waived!.Reason);
    }

    [Fact]
    public void With_everything_done_it_ends_and_closes()
    {
        var terms = Terms(Deliverable("it", On("2015-01-01"), acceptance: false), Deliverable("next", On("2017-01-01")));
        var story = Story.Signed(terms).Submitted("it").On("2016-01-01").Given(Officer, new TerminateAgreement(Day("2016-01-01"), "A1", Day("2016-01-01")));

        story.When(Officer, new CloseAgreement()).Then(new AgreementClosed());
    }

    // Recorded before an end had a day of its own: it took effect at once, whatever day it named.
    [Fact]
    public void In_an_older_log_it_is_as_it_was()
    {
        var story = Before("2016-03-02");
        story.Record([new AgreementTerminated(Day("2016-04-01"), "A2016/50/DISK", Day("2017-10-30")), new InstalmentLapsed("2016", "A2016/50/DISK")], Officer.Id);

        Assert.Equal(AgreementStatus.Terminated, story.Agreement.Status);
        Assert.Equal(["annual-consultation-2016", "annual-consultation-2017", "follow-up-report-2016", "follow-up-report-2017", "financial-statement-2016", "financial-statement-2017"], Dropped(story));
        Assert.All(["final-report", "final-accounts", "repayment"], key => Assert.Equal(Day("2017-10-30"), story[key].DueOn));
        Assert.Equal((Day("2015-04-15"), null), (story["action-plan"].DueOn!.Value, story["action-plan"].Waived));
        Assert.DoesNotContain(story.Advance(), e => e is not ReminderSent);
        story.When(Finance, Requisition("2015")).Then<RequisitionPrepared>();
    }

    [Fact]
    public void Many_instalments_lapse_in_pieces()
    {
        var many = Terms(Deliverable("it", NoDate)) with
        {
            Grant = new("SEK", Kr("100"), [.. Enumerable.Range(1, 100).Select(n => new InstalmentTerms($"part-{n}", Kr("1"), "riksdag-appropriation"))])
        };
        var story = Story.Signed(many);

        var decision = Assert.IsType<Settled>(story.When(Officer, new TerminateAgreement(Day("2014-06-13"), "A2014/1", Day("2014-12-31"))).Decision);
        Assert.Equal(Append.MaxEvents, decision.Events.Count);
        story.Record(decision.Events, Officer.Id);
        Assert.Equal(story.Now, Lifecycle.NextWakeUp(story.Dossier));
        Assert.Equal(11, story.Advance().Count);
        Assert.Null(Lifecycle.NextWakeUp(story.Dossier));
    }
}

public class ClosureTests
{
    static Story Small() => Story.Signed(Terms(
        Deliverable("it", NoDate, acceptance: false), new ObligationTerms("inform", "Informera", ["RK"], ObligationKind.Continuous, NoDate)) with
    {
        Grant = new("SEK", Kr("100"), [new("all", Kr("100"))])
    });

    [Fact]
    public void What_remains_is_listed() =>
        Small().Given(Payer, Payment("100", "2014-06-13"))
            .When(Officer, new CloseAgreement()).ThenFaults(("/obligations/it", "obligation-remains"), ("/grant/balances/remaining", "balance-remains"));

    [Fact]
    public void It_closes_when_everything_but_what_goes_on_all_the_time_is_settled_and_the_balance_is_exactly_zero()
    {
        var story = Small().Given(Payer, Payment("100", "2014-06-13"), PaymentBack("99.99", "2014-06-13")).Submitted("it")
            .When(Officer, new CloseAgreement()).ThenFaults(("/grant/balances/remaining", "rounding-remains"));

        story.Given(Payer, PaymentBack("0.01", "2014-06-13", "ÅTER 2")).When(Officer, new CloseAgreement()).Then(new AgreementClosed());
        Assert.Equal(AgreementStatus.Closed, story.Agreement.Status);
        Assert.Null(Lifecycle.NextWakeUp(story.Dossier));
    }

    [Fact]
    public void What_is_closed_is_changed_no_more()
    {
        var story = Small().Submitted("it").Given(Officer, new CloseAgreement());

        story.When(Officer, new CloseAgreement()).ThenNothing();
        story.When(Officer, new WaiveObligation("it", "Skäl", "A1")).ThenRefused("agreement-closed");
        story.When(ProjectLead, Document(1)).ThenRefused("agreement-closed");
    }

    [Fact]
    public void Too_much_paid_back_is_not_zero() =>
        Small().Submitted("it").Given(Payer, PaymentBack("0.01", "2014-06-13")).When(Officer, new CloseAgreement()).ThenRefused("agreement-not-settled");
}
