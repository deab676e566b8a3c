using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Overviews;

namespace MrAgreement.Tests.Obligations;

public class ConsultationsTests
{
    const string Key = "annual-consultation-2016";

    static Story Spring() => Story.Of2014().On("2016-05-20");

    static ConsultationRecord Record(params ConsultationDecision[] decisions) => new(
        [new("mapping", "Läggs till grund"), new("action-plan", "SKR:s synpunkt beaktas"), new("next-year", "Enligt planen")],
        [new("SKR", "Avdelningen för demokrati"), new("RK", "Arbetsmarknadsdepartementet")], decisions);

    static CompleteObligation Held(params ConsultationDecision[] decisions) => new(Key, Day("2016-05-19"), "Hölls på departementet", null, Record(decisions));

    static ConsultationDecision NewDate(string obligation, string on) => new(ConsultationDecisionKind.NewDate, "Nytt datum", obligation, Day(on));

    [Fact]
    public void The_agenda_of_2014_is_what_the_agreement_says_must_be_treated()
    {
        var agenda = Spring()[Key].Agenda;

        Assert.Equal(["mapping", "action-plan", "next-year", "international-reporting"], agenda.Select(item => item.Key));
        Assert.Equal(["international-reporting"], agenda.Where(item => item.WhenNeeded is true).Select(item => item.Key));
    }

    [Fact]
    public void Each_party_gives_its_view_on_an_item_and_may_change_it_until_the_consultation_is_recorded()
    {
        var story = Spring().When(ProjectLead, new GiveView(Key, "action-plan", "Mer tid")).Then(new ViewGiven(Key, "action-plan", "Mer tid", "SKR"));
        story.When(ProjectLead, new GiveView(Key, "action-plan", "Mer tid")).ThenNothing();
        story.Given(Officer, new GiveView(Key, "action-plan", "Gärna"), new GiveView(Key, "mapping", "Bra")).Given(ProjectLead, new GiveView(Key, "action-plan", "Ett år till"));

        Assert.Equal([("action-plan", "RK", "Gärna"), ("mapping", "RK", "Bra"), ("action-plan", "SKR", "Ett år till")], story[Key].Views.Select(v => (v.Item, v.Party, v.Text)));
        story.Given(ProjectLead, Held()).When(Officer, new GiveView(Key, "mapping", "Sent")).ThenRefused("obligation-settled");
    }

    [Fact]
    public void A_view_is_on_something_on_the_agenda_by_a_party_to_it()
    {
        Spring().When(ProjectLead, new GiveView(Key, "weather", "Sol")).ThenRefused("no-such-agenda-item", RefusalKind.NotFound);
        Spring().When(ProjectLead, new GiveView(Key, "mapping", "")).ThenRefused("text-length", RefusalKind.Invalid);
        Spring().When(Finance, new GiveView(Key, "mapping", "Sol")).ThenRefused("forbidden", RefusalKind.Forbidden);
        var alone = Story.Signed(Terms(Joint("meeting", NoDate) with { Responsible = ["SKR"], Agenda = [new("item", "Punkt")] }));
        alone.When(Officer, new GiveView("meeting", "item", "Sol")).ThenRefused("not-responsible", RefusalKind.Forbidden);
    }

    [Fact]
    public void The_same_day_and_words_with_another_record_of_what_was_decided_is_no_retry()
    {
        var story = Spring().Given(ProjectLead, Held());

        story.When(ProjectLead, Held()).ThenNothing();
        story.When(ProjectLead, Held(new ConsultationDecision(ConsultationDecisionKind.RevisePlan, "Planen kompletteras"))).ThenRefused("already-completed");
        story.When(ProjectLead, Held() with { Consultation = null }).ThenRefused("already-completed");
    }

    [Fact]
    public void The_record_says_what_was_treated_by_whom_and_decided()
    {
        var revise = new ConsultationDecision(ConsultationDecisionKind.Other, "Planen kompletteras");
        var story = Spring().When(ProjectLead, Held(revise)).Then(new ObligationCompleted(Key, Day("2016-05-19"), "Hölls på departementet", [], "SKR", Record(revise)));

        story.When(ProjectLead, Held(revise)).ThenNothing();
        story.When(Officer, new ConfirmCompletion(Key)).Then(new CompletionConfirmed(Key, "RK"));
    }

    [Fact]
    public void What_must_be_treated_is_in_the_record_and_what_is_treated_when_needed_may_be()
    {
        var record = Record();
        Refused(record with { Items = [.. record.Items.Skip(1)] }, ("/consultation/items", "agenda-item-missing"));
        Refused(record with { Items = [.. record.Items, record.Items[0], new("weather", "")] },
            ("/consultation/items/3/item", "no-such-agenda-item"), ("/consultation/items/4/item", "no-such-agenda-item"), ("/consultation/items/4/considered", "text-length"));
        Refused(record with { Participants = [new("MSB", "")] }, ("/consultation/participants/0/party", "unknown-party"), ("/consultation/participants/0/name", "text-length"));
        Spring().Given(ProjectLead, Held() with { Consultation = record with { Items = [.. record.Items, new("international-reporting", "Togs upp")] } });

        static void Refused(ConsultationRecord record, params (string, string)[] faults) => Spring().When(ProjectLead, Held() with { Consultation = record }).ThenFaults(faults);
    }

    [Fact]
    public void A_decision_on_a_date_names_the_obligation_and_the_day_and_no_other_decision_does()
    {
        Refused(new ConsultationDecision(ConsultationDecisionKind.NewDate, "Nytt datum"), ("/consultation/decisions/0/obligation", "required"), ("/consultation/decisions/0/on", "required"));
        Refused(NewDate(Key, "2016-06-01"), ("/consultation/decisions/0/obligation", "unknown-obligation"));
        Refused(NewDate("final-report", "2017-10-01") with { Kind = ConsultationDecisionKind.Other }, ("/consultation/decisions/0", "date-without-new-date"));
        Refused(NewDate("annual-consultation-2017", "2016-05-01"), ("/consultation/decisions/0/on", "date-in-past"));
        Spring().When(ProjectLead, Held(NewDate("final-report", "2017-10-01"), NewDate("final-report", "2017-10-02"))).ThenRefused("key-taken", RefusalKind.Invalid);

        static void Refused(ConsultationDecision decision, params (string, string)[] faults) => Spring().When(ProjectLead, Held(decision)).ThenFaults(faults);
    }

    [Fact]
    public void What_the_parties_may_schedule_gets_its_date_at_once_and_what_hangs_on_it_follows()
    {
        var story = Spring().Given(ProjectLead, Held(NewDate("annual-consultation-2017", "2017-05-10")));

        Assert.Equal(Day("2017-05-10"), story["annual-consultation-2017"].ScheduledOn);
        Assert.Equal(Day("2017-05-10"), story["follow-up-report-2017"].DueOn);
        Assert.Empty(story.Agreement.Amendments);
    }

    [Fact]
    public void Another_date_is_an_amendment_that_waits_for_the_grantor_who_confirms_it_with_the_record()
    {
        var story = Spring().Given(ProjectLead, Held(NewDate("final-report", "2017-10-01")));
        Assert.Equal((Day("2017-09-01"), 1), (story["final-report"].DueOn, story[Key].Completions[0].Consultation!.Amendment));
        Assert.Equal("Årligt samråd 2016 2016-05-19", story.Agreement.Amendments[0].Proposed.Reference);

        // One act confirms both, so that one thing waits.
        Assert.Equal(["confirm"], WorkList.For(story.Dossier, Officer, story.Today).Select(turn => Json.NameOf(turn.Work)).Where(act => act.StartsWith("confirm", StringComparison.Ordinal)));
        story.When(Officer, new ConfirmCompletion(Key)).Then(new CompletionConfirmed(Key, "RK"), new AmendmentConfirmed(1, "RK"), new AmendmentTookEffect(1, []));
        Assert.Equal(Day("2017-10-01"), story["final-report"].DueOn);
    }

    [Fact]
    public void Recorded_by_the_grantor_the_new_date_takes_effect_at_once()
    {
        var story = Spring().Given(Officer, Held(NewDate("final-report", "2017-10-01")));

        Assert.Equal(Day("2017-10-01"), story["final-report"].DueOn);
        Assert.IsType<AmendmentTookEffect>(Assert.Single(story["final-report"].Moves).Because);
        story.Given(ProjectLead, new ConfirmCompletion(Key));
        Assert.NotNull(story.Agreement.Amendments[0].Confirmed);
    }

    [Fact]
    public void What_is_settled_gets_no_new_date_and_what_has_ended_is_amended_no_more()
    {
        Spring().Given(Officer, new WaiveObligation("final-report", "Behövs inte", "A1")).When(ProjectLead, Held(NewDate("final-report", "2017-10-01"))).ThenRefused("obligation-settled");
        var ended = Spring().Given(ProjectLead, new ScheduleObligation("coordination-group", Day("2016-06-01"))).Given(Officer, new TerminateAgreement(Day("2016-05-20"), "A2", Day("2016-12-31")));
        ended.When(ProjectLead, new CompleteObligation("coordination-group", Day("2016-05-20"), "Möte", null, Record())).ThenRefused("no-agenda", RefusalKind.Invalid);
    }

    [Fact]
    public void A_change_that_the_rules_of_amendments_refuse_is_pointed_at_in_the_record()
    {
        var far = NewDate("final-report", "2017-10-01") with { On = new(2500, 1, 1) };

        Spring().When(ProjectLead, Held(far)).ThenFaults(("/consultation/decisions/0/on", "date-range"));
    }

    [Fact]
    public void An_agenda_is_a_joint_obligation_s_and_well_formed()
    {
        Faults(Deliverable("it", NoDate) with { Agenda = [new("item", "Punkt")] }, ("/obligations/0/agenda", "agenda-of-joint"));
        Faults(Joint("it", NoDate) with { Agenda = [new("Item", ""), new("a", "A"), new("a", "B")] },
            ("/obligations/0/agenda/0/key", "obligation-key"), ("/obligations/0/agenda/0/title", "text-length"), ("/obligations/0/agenda/2/key", "key-taken"));

        static void Faults(ObligationTerms terms, params (string, string)[] faults) => Story.Empty().When(Officer, new CreateAgreement(Terms(terms))).ThenFaults(faults);
    }

    [Fact]
    public void Whoever_moves_a_date_is_known_wherever_the_date_has_moved()
    {
        var story = Story.Of2014().On("2016-03-01").Given(ProjectLead, new ScheduleObligation(Key, Day("2016-05-20")))
            .Given(Officer, new ExtendObligation("final-report", Day("2017-10-01"), "A2016/7"));

        var followed = Assert.Single(story["follow-up-report-2016"].Moves);
        Assert.Equal((Day("2016-05-31"), Day("2016-05-20"), new ObligationScheduled(Key, Day("2016-05-20"))), (followed.From, followed.To, followed.Because));
        Assert.Equal(new ExtensionGranted("final-report", Day("2017-10-01"), "A2016/7"), Assert.Single(story["final-report"].Moves).Because);
        Assert.Empty(story["annual-consultation-2016"].Moves);
    }
}
