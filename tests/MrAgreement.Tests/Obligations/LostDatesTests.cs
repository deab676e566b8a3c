using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Overviews;

namespace MrAgreement.Tests.Obligations;

public class LostDatesTests
{
    static Story Waived(string key = "annual-consultation-2016") => Story.Of2014().On("2016-04-01").Given(Officer, new WaiveObligation(key, "Ställs in", "A2016/1"));

    [Fact]
    public void What_hangs_on_a_consultation_that_is_let_go_waits_for_the_grantor_to_date_it_or_let_it_go()
    {
        var story = Story.Of2014().On("2016-04-01").When(Officer, new WaiveObligation("annual-consultation-2016", "Ställs in", "A2016/1")).Then(
            new ObligationWaived("annual-consultation-2016", "Ställs in", "A2016/1"),
            new DateLost("follow-up-report-2016", "annual-consultation-2016"),
            new DateLost("financial-statement-2016", "annual-consultation-2016"));

        Assert.True(story["follow-up-report-2016"] is { DueOn: null, EffectiveDueOn: null, AwaitsDate: true });
        Assert.Equal(ObligationStatus.Waiting, story.Agreement.StatusOf(story["follow-up-report-2016"]));
        var turn = WorkList.Of(story.Dossier).Single(t => t.Subject == "follow-up-report-2016");
        Assert.Equal(("set-date", "RK", "Årligt samråd 2016"), (Json.NameOf(turn.Work), turn.Party, turn.Note));
        Assert.False(story.Until("2016-08-01")["follow-up-report-2016"].IsOverdue(story.Today));
        Assert.Equal(Day("2017-05-31"), story["follow-up-report-2017"].DueOn);
        story.When(Officer, new CloseAgreement()).ThenRefused("agreement-not-settled");
    }

    [Fact]
    public void The_grantor_sets_a_date_of_today_or_later_and_reminders_follow_it()
    {
        var story = Waived();
        story.When(ProjectLead, new ExtendObligation("follow-up-report-2016", Day("2016-06-30"), "A2016/2")).ThenRefused("forbidden", MrAgreement.EventSourcing.RefusalKind.Forbidden);
        story.When(Officer, new ExtendObligation("follow-up-report-2016", Day("2016-03-31"), "A2016/2")).ThenFaults(("/dueOn", "date-in-past"));
        story.Given(Officer, new ExtendObligation("follow-up-report-2016", Day("2016-06-30"), "A2016/2"));

        Assert.True(story["follow-up-report-2016"] is { AwaitsDate: false, DueOn: var due } && due == Day("2016-06-30"));
        Assert.Contains(-30, story.Until("2016-06-01")["follow-up-report-2016"].Reminders.Where(r => r.DueOn == Day("2016-06-30")).Select(r => r.Rung));
    }

    [Fact]
    public void The_grantor_may_let_it_go_too() =>
        Assert.Equal(ObligationStatus.Waived, Waived().Given(Officer, new WaiveObligation("follow-up-report-2016", "Ställs in", "A2016/2")) is var story ? story.Agreement.StatusOf(story["follow-up-report-2016"]) : default);

    [Fact]
    public void An_amendment_that_drops_the_consultation_does_the_same_and_one_that_reschedules_gives_a_date()
    {
        var story = Story.Of2014().On("2016-04-01").Given(Officer, new ProposeAmendment(Day("2016-03-01"), "A2016/3", Day("2016-04-01"), [new(Drop: new("annual-consultation-2016", "Ställs in"))]));
        Assert.True(story["financial-statement-2016"].AwaitsDate);

        story.Given(Officer, new ProposeAmendment(Day("2016-03-01"), "A2016/4", Day("2016-04-01"), [new(Reschedule: new("financial-statement-2016", On("2016-07-01")))]));
        Assert.True(story["financial-statement-2016"] is { AwaitsDate: false, DueOn: var due } && due == Day("2016-07-01"));
    }

    [Fact]
    public void What_is_delivered_already_waits_for_nothing_until_it_is_withdrawn()
    {
        var story = Story.Of2014().On("2016-04-01").Submitted("follow-up-report-2016").Given(Officer, new WaiveObligation("annual-consultation-2016", "Ställs in", "A2016/1"));
        Assert.True(story["follow-up-report-2016"] is { AwaitsDate: false, DueOn: not null });

        Assert.True(story.Given(ProjectLead, new WithdrawSubmission("follow-up-report-2016", 1, "Fel"))["follow-up-report-2016"].AwaitsDate);
    }

    [Fact]
    public void A_joint_one_has_the_day_that_is_set_for_it()
    {
        var story = Story.Of2014().On("2015-03-01").Given(Officer, new WaiveObligation("action-plan", "Behövs inte", "A1"));
        Assert.True(story["mapping-discussion"].AwaitsDate);

        Assert.True(story.Given(ProjectLead, new ScheduleObligation("mapping-discussion", Day("2015-03-20")))["mapping-discussion"] is { AwaitsDate: false, DueOn: var due } && due == Day("2015-03-20"));
    }

    [Fact]
    public void It_is_delivered_before_it_has_a_date_as_well() =>
        Assert.Equal(ObligationStatus.Submitted, Waived().Submitted("follow-up-report-2016") is var story ? story.Agreement.StatusOf(story["follow-up-report-2016"]) : default);
}
