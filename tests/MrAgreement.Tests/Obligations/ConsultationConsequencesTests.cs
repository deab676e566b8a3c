using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Obligations;

/// <summary>What a consultation decides is carried out: a revised plan is a duty of its own, and a record made anew loses nothing.</summary>
public class ConsultationConsequencesTests
{
    const string Key = "annual-consultation-2016";
    const string Revised = "action-plan-revision-1";

    static readonly ConsultationDecision revise = new(ConsultationDecisionKind.RevisePlan, "Ett halvår till", On: Day("2016-09-01"));
    static readonly ConsultationDecision later = new(ConsultationDecisionKind.NewDate, "En månad senare", "final-report", Day("2017-10-01"));
    static readonly ConsultationDecision nextYear = new(ConsultationDecisionKind.NewDate, "I maj", "annual-consultation-2017", Day("2017-05-10"));

    static Story Spring() => Story.Of2014().On("2016-05-20");

    static CompleteObligation Held(string note, params ConsultationDecision[] decisions) => new(Key, Day("2016-05-19"), note, null,
        new([new("mapping", "Läggs till grund"), new("action-plan", "Beaktas"), new("next-year", "Enligt planen")], [new("RK", "Arbetsmarknadsdepartementet")], decisions));

    static Story Contested(Actor by, Actor other, params ConsultationDecision[] decisions) =>
        Spring().Given(by, Held("Hölls", decisions)).Given(other, new ContestCompletion(Key, "Fel anteckning"));

    [Fact]
    public void Recorded_by_the_grantor_a_plan_to_be_revised_is_a_duty_at_once_that_the_other_has_not_confirmed()
    {
        var story = Spring().Given(Officer, Held("Hölls", revise));
        var duty = story[Revised];

        Assert.Equal(("Handlingsplan för juni 2015–juni 2017, revidering 1", ObligationKind.Deliverable, "RK", true, Day("2016-09-01"), "Samråd, genomförande och uppföljning av handlingsplanen"),
            (duty.Title, duty.Kind, duty.Recipient, duty.Acceptance, duty.DueOn!.Value, duty.Clause));
        Assert.Equal(["SKR", "plan", Key, $"{Purpose.Plan}"], [.. duty.Responsible, .. duty.Documents, .. duty.Rests, $"{duty.Purpose}"]);
        Assert.True(duty.IsReviewedByPractice);
        Assert.Null(story.Agreement.Amendments[0].Confirmed);
        Assert.Equal([Revised], WorkList.Of(story.Dossier).Where(it => it.Work == WorkKind.Submit && it.Subject == Revised).Select(it => it.Subject).Distinct());
        // The plan that stands is settled as before; the revised one is what is delivered now.
        story.Submitted(Revised).Accepted(Revised).Given(ProjectLead, new ConfirmCompletion(Key));
        Assert.Equal((ObligationStatus.Done, 1), (story.Agreement.StatusOf(story[Revised]), story.Agreement.Amendments[0].Confirmed!.Number));

        // The next consultation brings the next.
        story.On("2017-05-20").Given(Officer, Held("Hölls", revise with { On = null }) with { Obligation = "annual-consultation-2017", DoneOn = Day("2017-05-19") });
        Assert.Equal((null, "action-plan-revision-2"), (story["action-plan-revision-2"].DueOn, ConsultationConsequences.RevisionOf(story.Agreement, story["annual-consultation-2017"])!.Key));
    }

    [Fact]
    public void Recorded_by_the_recipient_it_is_one_when_the_grantor_confirms()
    {
        var story = Spring().Given(ProjectLead, Held("Hölls", revise));
        Assert.False(story.Agreement.Obligations.ContainsKey(Revised));

        story.When(Officer, new ConfirmCompletion(Key)).Then(new CompletionConfirmed(Key, "RK"), new AmendmentConfirmed(1, "RK"), new AmendmentTookEffect(1, []));
        Assert.Equal(Day("2016-09-01"), story[Revised].DueOn);
        story.Submitted(Revised);
    }

    [Fact]
    public void It_is_decided_once_for_a_day_after_the_consultation_or_for_none()
    {
        Refused([revise, revise with { Text = "Igen" }], ("/consultation/decisions", "plan-revised-twice"));
        Refused([revise with { On = Day("2016-05-18") }], ("/consultation/decisions/0/on", "revision-before-consultation"));
        Refused([revise with { On = new(2500, 1, 1) }], ("/consultation/decisions/0/on", "date-range"));
        Refused([revise with { Obligation = "action-plan" }], ("/consultation/decisions/0", "date-without-new-date"));
        Refused([revise with { Text = "" }], ("/consultation/decisions/0/text", "text-length"));

        static void Refused(ConsultationDecision[] decisions, params (string, string)[] faults) => Spring().When(Officer, Held("Hölls", decisions)).ThenFaults(faults);
    }

    [Fact]
    public void Where_there_is_no_plan_the_decision_stays_words()
    {
        var story = Story.Signed(Terms(Joint("meeting", NoDate) with { Agenda = [new("item", "Punkt")] }));
        story.Given(Officer, new CompleteObligation("meeting", story.Today, "Hölls", null, new([new("item", "Ja")], [], [revise with { On = null }])));

        Assert.Equal((null, 1), (story["meeting"].Completions[0].Consultation!.Amendment, story.Agreement.Order.Count));
    }

    [Fact]
    public void The_grantor_s_record_made_anew_with_the_same_decisions_keeps_what_they_led_to()
    {
        var story = Contested(Officer, ProjectLead, revise, later, nextYear);
        story.When(Officer, Held("Hölls i Rosenbad", revise, later, nextYear)).Then<ObligationCompleted>();
        Assert.Equal(1, story[Key].Completions[1].Consultation!.Amendment);
        Assert.Single(story.Agreement.Amendments);
        story.Given(ProjectLead, new ConfirmCompletion(Key));
        Assert.NotNull(story.Agreement.Amendments[0].Confirmed);
        Assert.Equal((Day("2016-09-01"), Day("2017-10-01"), Day("2017-05-10")), (story[Revised].DueOn, story["final-report"].DueOn, story["annual-consultation-2017"].ScheduledOn));
    }

    [Fact]
    public void What_came_of_a_record_that_was_contested_and_made_anew_without_it_takes_no_effect_any_more()
    {
        var contested = Contested(ProjectLead, Officer, revise, later);
        Assert.False(Amendment.IsSuperseded(contested.Agreement, 1));
        contested.Given(ProjectLead, Held("Hölls", revise, later with { On = Day("2017-11-01") }));
        Assert.True(Amendment.IsSuperseded(contested.Agreement, 1));
        contested.When(Officer, new ConfirmAmendment(1)).ThenRefused("amendment-superseded");
        contested.Given(Officer, new ConfirmCompletion(Key));
        contested.When(Officer, new ConfirmAmendment(1)).ThenRefused("amendment-superseded");
        Assert.Equal((Day("2017-11-01"), 1), (contested["final-report"].DueOn, contested.Agreement.InOrder.Count(it => it.Key.StartsWith("action-plan-revision", StringComparison.Ordinal))));

        // Made anew once more as it was first, that holds again.
        var back = Contested(ProjectLead, Officer, later).Given(ProjectLead, Held("Hölls", later with { On = Day("2017-11-01") }))
            .Given(Officer, new ContestCompletion(Key, "Nej")).Given(ProjectLead, Held("Hölls", later));
        Assert.False(Amendment.IsSuperseded(back.Agreement, back[Key].Completions[^1].Consultation!.Amendment!.Value));
    }

    [Fact]
    public void Made_anew_with_other_decisions_those_are_carried_out()
    {
        // None at first: what is decided now is not lost.
        var first = Contested(Officer, ProjectLead).Given(Officer, Held("Hölls i Rosenbad", revise, later));
        Assert.Equal((Day("2016-09-01"), Day("2017-10-01")), (first[Revised].DueOn, first["final-report"].DueOn));

        // On other days, the same duty and the same report move.
        var moved = Contested(Officer, ProjectLead, revise, later).Given(Officer, Held("Hölls i Rosenbad", revise with { On = Day("2016-10-01") }, later with { On = Day("2017-11-01") }));
        Assert.Equal((Day("2016-10-01"), Day("2017-11-01"), false), (moved[Revised].DueOn, moved["final-report"].DueOn, moved.Agreement.Obligations.ContainsKey("action-plan-revision-2")));
        Assert.Equal(2, moved[Key].Completions[1].Consultation!.Amendment);

        // Decided no more, the duty goes; but not once it is delivered.
        var gone = Contested(Officer, ProjectLead, revise).Given(Officer, Held("Hölls i Rosenbad"));
        Assert.NotNull(gone[Revised].Waived);
        var stays = Contested(Officer, ProjectLead, revise).Submitted(Revised).Accepted(Revised).Given(Officer, Held("Hölls i Rosenbad"));
        Assert.Null(stays[Revised].Waived);
    }

    [Fact]
    public void What_the_recipient_has_recorded_and_the_grantor_contested_waits_on_or_comes_with_the_grantor_s_own_record()
    {
        // The same by the recipient again: one amendment, confirmed with the record.
        var again = Contested(ProjectLead, Officer, revise, later).Given(ProjectLead, Held("Hölls i Rosenbad", revise, later));
        Assert.Equal((1, 1), (again.Agreement.Amendments.Count, again[Key].Completions[1].Consultation!.Amendment!.Value));
        again.Given(Officer, new ConfirmCompletion(Key));
        Assert.Equal(Day("2016-09-01"), again[Revised].DueOn);

        // The same by the grantor: it counts at once.
        var granted = Contested(ProjectLead, Officer, revise, later).Given(Officer, Held("Hölls i Rosenbad", revise, later));
        Assert.Equal((1, Day("2016-09-01"), Day("2017-10-01")), (granted.Agreement.Amendments.Count, granted[Revised].DueOn, granted["final-report"].DueOn));

        // The same revision, and another date beside it: the duty waits under a number of its own, since the first may still be confirmed.
        var beside = Contested(ProjectLead, Officer, revise, later).Given(ProjectLead, Held("Hölls i Rosenbad", revise, later with { On = Day("2017-11-01") }));
        beside.Given(Officer, new ConfirmCompletion(Key));
        Assert.Equal((Day("2016-09-01"), Day("2017-11-01"), false), (beside["action-plan-revision-2"].DueOn, beside["final-report"].DueOn, beside.Agreement.Obligations.ContainsKey(Revised)));

        // Another: the first waits for nobody any more.
        var other = Contested(ProjectLead, Officer, later).Given(ProjectLead, Held("Hölls i Rosenbad", revise));
        Assert.DoesNotContain(WorkList.For(other.Dossier, Officer, other.Today), it => it.Work == WorkKind.ConfirmAmendment);
        other.Given(Officer, new ConfirmCompletion(Key));
        Assert.Equal((Day("2016-09-01"), Day("2017-09-01")), (other[Revised].DueOn, other["final-report"].DueOn));
    }

    [Fact]
    public void What_it_is_about_is_read_before_each_item_and_a_revised_plan_with_the_plan()
    {
        var story = Spring().Given(Officer, Held("Hölls", revise));
        var next = story["annual-consultation-2017"];

        Assert.Equal([["mapping-report"], ["action-plan", Revised], [], []], next.Agenda.Select(item => AgendaPapers.On(story.Agreement, next, item).Select(o => o.Key)));
        Assert.Equal(["follow-up-report-2017", "financial-statement-2017"], AgendaPapers.Others(story.Agreement, next).Select(o => o.Key));
    }
}
