using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Obligations;

/// <summary>When and where the parties meet: proposed by one, agreed by the other, moved in the same way.</summary>
public class MeetingTimesTests
{
    const string Key = "annual-consultation-2016";

    static Story Spring() => Story.Of2014().On("2016-03-01");

    static Story Agreed() => Spring().Given(ProjectLead, new ProposeTime(Key, Time("2016-05-19"))).Given(Officer, new AgreeToTime(Key, 1));

    static IEnumerable<string> Waits(Story story, Actor by) => WorkList.For(story.Dossier, by, story.Today).Where(it => it.Work == WorkKind.AnswerTime)
        .Select(it => $"{it.Subject} {it.Note}");

    [Fact]
    public void One_party_proposes_and_the_other_agrees_and_then_it_takes_place_that_day()
    {
        var story = Spring().When(ProjectLead, new ProposeTime(Key, Time("2016-05-19")))
            .Then(new TimeProposed(Key, 1, Day("2016-05-19"), new(9, 0), new(12, 0), MeetingForm.OnSite, "SKR", "Rosenbad"));
        Assert.Equal(["annual-consultation-2016 2016-05-19 09:00–12:00, Rosenbad"], Waits(story, Officer));
        Assert.Empty(Waits(story, ProjectLead));
        Assert.Null(story[Key].ScheduledOn);
        story.When(ProjectLead, new ProposeTime(Key, Time("2016-05-19", " Rosenbad "))).ThenNothing();
        story.When(ProjectLead, new AgreeToTime(Key, 1)).ThenRefused("own-time", RefusalKind.Forbidden);
        story.When(ProjectLead with { Party = "RK", Role = Role.Officer }, new AgreeToTime(Key, 1)).ThenRefused("four-eyes", RefusalKind.Forbidden);
        story.When(Officer, new CallOffTime(Key, 1, "Nej")).ThenRefused("time-of-other-party", RefusalKind.Forbidden);
        story.When(Officer, new AgreeToTime(Key, 2)).ThenRefused("no-such-time", RefusalKind.NotFound);

        story.When(Officer, new AgreeToTime(Key, 1)).Then(new TimeAgreed(Key, 1, "RK"), new ObligationScheduled(Key, Day("2016-05-19")));
        story.When(Officer, new AgreeToTime(Key, 1)).ThenNothing();
        Assert.Equal((Day("2016-05-19"), Day("2016-05-19")), (story[Key].ScheduledOn, story["follow-up-report-2016"].DueOn));
        Assert.Empty(Waits(story, Officer));
        story.When(Officer, new ProposeTime(Key, Time("2016-05-19"))).ThenNothing();
    }

    [Fact]
    public void While_a_time_is_only_proposed_its_answer_waits_and_the_record_not_before_that_day()
    {
        Assert.NotEmpty(Recording(Spring().On("2016-05-20")));
        var story = Spring().Given(ProjectLead, new ProposeTime(Key, Time("2016-05-24")));
        Assert.Empty(Recording(story.On("2016-05-20")));
        Assert.NotEmpty(Waits(story, Officer));
        Assert.NotEmpty(Recording(story.On("2016-05-24")));

        static IEnumerable<WorkItem> Recording(Story story) =>
            WorkList.For(story.Dossier, ProjectLead, story.Today).Where(it => it.Subject == Key && it.Work is WorkKind.Record or WorkKind.Hold);
    }

    [Fact]
    public void What_is_agreed_is_moved_by_both_and_stands_until_then()
    {
        var story = Agreed();
        story.When(ProjectLead, new ScheduleObligation(Key, Day("2016-05-25"))).ThenRefused("time-agreed");
        story.When(Officer, new AgreeToTime(Key, 1)).ThenNothing();
        story.Given(Officer, new ProposeTime(Key, Time("2016-05-24")));
        Assert.Equal((1, 2, Day("2016-05-19")), (story[Key].AgreedTime!.Number, story[Key].OpenTime!.Number, story[Key].ScheduledOn));
        // Another instead of that: only the last can be agreed to.
        story.Given(ProjectLead, new ProposeTime(Key, Time("2016-05-25")));
        story.When(ProjectLead, new AgreeToTime(Key, 2)).ThenRefused("time-replaced");
        story.When(Officer, new AgreeToTime(Key, 3)).Then(new TimeAgreed(Key, 3, "RK"), new ObligationScheduled(Key, Day("2016-05-25")));
        Assert.Equal([TimeState.Replaced, TimeState.Replaced, TimeState.Agreed], story[Key].Times.Select(time => time.State));
        Assert.Equal(5, story[Key].TimeChanges);
        story.When(ProjectLead, new AgreeToTime(Key, 3)).ThenRefused("time-agreed-already");
        // The hours alone move nothing else.
        story.Given(ProjectLead, new ProposeTime(Key, Time("2016-05-25") with { Start = new(10, 0) })).When(Officer, new AgreeToTime(Key, 4)).Then(new TimeAgreed(Key, 4, "RK"));
    }

    [Fact]
    public void What_was_agreed_either_calls_off_and_what_was_proposed_whoever_proposed_it()
    {
        var story = Agreed();
        story.When(Officer, new CallOffTime(Key, 1, " ")).ThenRefusedBy("text-length");
        story.When(Officer, new CallOffTime(Key, 1, "Sjukdom ")).Then(new TimeCalledOff(Key, 1, "RK", "Sjukdom"));
        story.When(Officer, new CallOffTime(Key, 1, "Sjukdom")).ThenNothing();
        story.When(ProjectLead, new CallOffTime(Key, 1, "Sjukdom")).ThenRefused("time-replaced");
        Assert.Equal((null, null, Day("2016-05-31")), (story[Key].ScheduledOn, story[Key].AgreedTime, story["follow-up-report-2016"].DueOn));

        story.Given(Officer, new ProposeTime(Key, Time("2016-05-30"))).Given(Officer, new CallOffTime(Key, 2, "Fel dag"));
        Assert.Empty(Waits(story, ProjectLead));
        story.Given(ProjectLead, new ScheduleObligation(Key, Day("2016-05-30")));
    }

    [Fact]
    public void A_time_is_still_to_come_ends_after_it_begins_and_says_where_it_is_held()
    {
        var at = Time("2016-05-19");
        Refused(at with { On = Day("2016-02-29") }, ("/on", "time-in-past"));
        Refused(at with { On = Day("2016-03-01") }, ("/start", "time-in-past"));
        Refused(at with { End = at.Start }, ("/end", "end-before-start"));
        Refused(at with { LastDay = at.On }, ("/lastDay", "last-day-not-later"));
        Refused(at with { LastDay = Day("2016-05-26") }, ("/lastDay", "meeting-too-long"));
        Refused(at with { On = new(2500, 1, 1) }, ("/on", "date-range"));
        Refused(at with { Place = null }, ("/place", "place-missing"));
        Refused(at with { Place = new('x', 301) }, ("/place", "text-length"));
        Refused(at with { Link = "https://mote.example/1" }, ("/link", "link-on-site"));
        Refused(at with { Form = MeetingForm.Video }, ("/place", "place-of-video"), ("/link", "link-missing"));
        foreach (var link in new[] { "mote.example", "http://mote.example", "javascript:alert(1)", "https://någon:lösen@mote.example", "https://mote.example/a b", "https://mote.example/\u202Egnp" })
            Refused(at with { Form = MeetingForm.Both, Link = link }, ("/link", "link-unreadable"));
        Spring().Given(ProjectLead, new ProposeTime(Key, at with { Form = MeetingForm.Both, Link = "https://mote.example/1", LastDay = Day("2016-05-20"), End = new(8, 0) }));

        static void Refused(MeetingTime time, params (string, string)[] faults) => Spring().When(ProjectLead, new ProposeTime(Key, time)).ThenFaults(faults);
    }

    [Fact]
    public void A_day_after_the_last_one_is_asked_about_and_one_that_has_passed_is_not_agreed_to()
    {
        var story = Spring();
        story.When(ProjectLead, new ProposeTime(Key, Time("2016-06-02"), IsSure: false)).ThenFaults(("/sure", "scheduled-late"));
        story.Given(ProjectLead, new ProposeTime(Key, Time("2016-06-02"))).On("2016-06-02").When(Officer, new AgreeToTime(Key, 1)).ThenRefused("time-passed");
    }

    [Fact]
    public void Only_what_several_parties_do_together_has_a_time_and_only_until_it_is_done()
    {
        Spring().When(ProjectLead, new ProposeTime("final-report", Time("2016-05-19"))).ThenRefused("not-a-meeting");
        Story.Signed(Terms(Joint("alone", NoDate) with { Responsible = ["SKR"] })).When(ProjectLead, new ProposeTime("alone", Time("2016-05-19"))).ThenRefused("not-a-meeting");
        Spring().When(Finance, new ProposeTime(Key, Time("2016-05-19"))).ThenRefused("forbidden", RefusalKind.Forbidden);
        Agreed().On("2016-05-19").Given(ProjectLead, new CompleteObligation(Key, Day("2016-05-19"), "Hölls", null)).When(Officer, new ProposeTime(Key, Time("2016-05-25"))).ThenRefused("obligation-settled");
    }

    [Fact]
    public void An_amendment_that_gives_another_last_day_leaves_the_day_that_both_agreed_on()
    {
        var story = Agreed().Given(Officer, new ProposeAmendment(Day("2016-03-01"), "A2016/1", Day("2016-03-01"), [new(Reschedule: new(Key, Some.On("2016-06-30")))]));

        Assert.Equal((Day("2016-06-30"), Day("2016-05-19"), Day("2016-05-19")), (story[Key].DueOn, story[Key].ScheduledOn, story["follow-up-report-2016"].DueOn));
    }
}
