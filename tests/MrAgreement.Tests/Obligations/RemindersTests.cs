using MrAgreement.Agreements;
using MrAgreement.Obligations;

namespace MrAgreement.Tests.Obligations;

public class RemindersTests
{
    static Story One(string due = "2015-04-15", string signed = "2014-06-13") => Story.Signed(Terms(Deliverable("it", On(due))), signed);

    static string Sent(Story story, string key = "it") => string.Join(' ', story[key].Reminders.Select(r => r.Rung));

    [Fact]
    public void The_ladder_goes_from_ninety_days_before_to_four_weeks_after_at_eight_in_Stockholm()
    {
        var ladder = Reminders.Ladder(One()["it"], ReminderPlan.Usual).ToList();

        Assert.Equal([-90, -30, -14, -7, -1, 1, 7, 14, 28], ladder.Select(r => r.Days));
        Assert.Equal(Utc("2015-01-15T07:00:00Z"), ladder[0].PlannedFor);
        Assert.Equal(Utc("2015-04-14T06:00:00Z"), ladder[4].PlannedFor);
        Assert.All(ladder, rung => Assert.Null(rung.Sent));
    }

    [Fact]
    public void Every_rung_is_sent_once_at_its_hour()
    {
        var story = One().Until("2015-12-31");

        Assert.Equal("-90 -30 -14 -7 -1 1 7 14 28", Sent(story));
        Assert.Equal("2015-01-15T07:00:00Z 2015-03-16T07:00:00Z 2015-04-01T06:00:00Z 2015-04-08T06:00:00Z 2015-04-14T06:00:00Z 2015-04-16T06:00:00Z 2015-04-22T06:00:00Z 2015-04-29T06:00:00Z 2015-05-13T06:00:00Z",
            string.Join(' ', story["it"].Reminders.Select(r => r.At)));
        Assert.Empty(story.Advance());
        Assert.Null(Lifecycle.NextWakeUp(story.Dossier));
    }

    [Fact]
    public void Rungs_fall_on_the_effective_date()
    {
        var story = Story.Signed(Terms(Deliverable("it", On("2015-02-01"))) with { WorkingDayRule = MrAgreement.Calendars.WorkingDayRule.Lag1930 }).Until("2015-02-03");

        Assert.Equal(Utc("2015-02-03T07:00:00Z"), story["it"].Reminders[^1].At);
        Assert.Equal((1, Day("2015-02-02")), (story["it"].Reminders[^1].Rung, story["it"].Reminders[^1].DueOn));
    }

    [Fact]
    public void Rungs_already_past_when_the_agreement_is_signed_are_skipped()
    {
        var story = One("2014-06-20").Until("2014-12-31");

        Assert.Equal("-1 1 7 14 28", Sent(story));
        Assert.Equal([true, true, true, true], Reminders.Ladder(story["it"], ReminderPlan.Usual).Take(4).Select(r => r.IsSkipped));
    }

    [Fact]
    public void A_rung_at_the_very_instant_of_the_signature_is_sent()
    {
        var story = Story.Draft(Terms(Deliverable("it", On("2014-06-20")))).At("2014-06-13T06:00:00Z").Given(Officer, Signature());

        Assert.Equal(-7, Assert.IsType<ReminderSent>(Assert.Single(story.Advance())).Rung);
    }

    [Fact]
    public void Rungs_missed_in_an_outage_are_sent_when_it_is_over()
    {
        var story = One().On("2015-04-10");

        Assert.Equal(["-90", "-30", "-14", "-7"], story.Advance().Cast<ReminderSent>().Select(r => r.Rung.ToString(null as IFormatProvider)));
        Assert.Empty(story.Advance());
        Assert.Equal(Utc("2015-04-14T06:00:00Z"), Lifecycle.NextWakeUp(story.Dossier));
    }

    [Fact]
    public void A_date_that_moves_withdraws_what_was_not_sent_and_plans_anew()
    {
        var story = One().Until("2015-04-10").Given(Officer, new ExtendObligation("it", Day("2015-05-15"), "A2015/7"));
        Assert.Equal("-90 -30 -14 -7", Sent(story));
        Assert.Equal(Utc("2015-04-15T06:00:00Z"), Lifecycle.NextWakeUp(story.Dossier));

        story.Until("2015-12-31");

        Assert.Equal("-90 -30 -14 -7 -30 -14 -7 -1 1 7 14 28", Sent(story));
    }

    [Fact]
    public void A_date_that_moves_away_and_back_sends_no_rung_twice()
    {
        var story = Story.Of2014().Until("2015-05-25");
        var sent = Sent(story, "annual-consultation-2016");
        story.Until("2016-05-25").Given(Officer, new ScheduleObligation("annual-consultation-2016", Day("2016-07-31"))).Until("2016-05-26")
            .Given(Officer, new ScheduleObligation("annual-consultation-2016", Day("2016-05-31"))).Until("2016-09-30");

        Assert.Equal("", sent);
        Assert.Equal("-90 -30 -14 -7 -1 1 7 14 28", Sent(story, "financial-statement-2016"));
        Assert.Distinct(story["financial-statement-2016"].Reminders.Select(r => (r.Rung, r.DueOn)));
    }

    [Fact]
    public void Waiting_obligations_are_reminded_of_too() =>
        Assert.Equal("-90 -30 -14 -7 -1", Sent(Story.Of2014().Until("2015-04-15"), "action-plan"));

    [Fact]
    public void Before_the_date_those_who_owe_it_are_reminded_and_after_it_the_receiver_too()
    {
        var story = One().Until("2015-04-16");

        Assert.Equal(["SKR"], story["it"].Reminders[^2].To);
        Assert.Equal(["SKR", "RK"], story["it"].Reminders[^1].To);
    }

    [Fact]
    public void None_is_sent_after_delivery()
    {
        var story = One().Until("2015-04-10").Submitted("it").Until("2015-12-31");

        Assert.Equal("-90 -30 -14 -7", Sent(story));
    }

    [Fact]
    public void What_is_returned_is_reminded_of_to_its_new_date()
    {
        var story = One().Until("2015-04-10").Submitted("it").Until("2015-04-20")
            .Given(Officer, new ReturnSubmission("it", 1, "Komplettera", Day("2015-05-10"))).Until("2015-12-31");

        Assert.Equal("-90 -30 -14 -7 -14 -7 -1 1 7 14 28", Sent(story));
    }

    [Fact]
    public void What_is_returned_for_the_same_date_is_not_reminded_of_by_the_rungs_that_passed_meanwhile()
    {
        var story = One().Until("2015-03-20").Submitted("it").Until("2015-04-10")
            .Given(Officer, new ReturnSubmission("it", 1, "Komplettera", Day("2015-04-15")));

        Assert.Empty(story.Advance());
        Assert.Equal("-90 -30 -1 1 7 14 28", Sent(story.Until("2015-12-31")));
    }

    [Fact]
    public void What_is_taken_back_is_reminded_of_from_then_on()
    {
        var story = One().Until("2015-03-20").Submitted("it").Until("2015-04-10").Given(ProjectLead, new WithdrawSubmission("it", 1, "Fel"));

        Assert.Empty(story.Advance());
        Assert.Equal("-90 -30 -1 1 7 14 28", Sent(story.Until("2015-12-31")));
    }

    [Fact]
    public void An_obligation_without_a_plan_of_its_own_follows_the_agreement_s()
    {
        var story = Story.Signed(Terms(Deliverable("it", On("2015-04-15"))) with { Reminders = new([10], []) }).Until("2015-12-31");

        Assert.Equal("-10", Sent(story));
    }

    [Fact]
    public void More_than_one_append_holds_come_in_pieces_oldest_first()
    {
        var story = Story.Signed(Terms([.. Enumerable.Range(0, 20).Select(n => Deliverable($"it-{n:00}", On("2014-12-01")))])).On("2016-01-01");

        var first = Lifecycle.Due(story.Dossier, story.Now).Events;
        Assert.Equal(Append.MaxEvents, first.Count);
        Assert.Equal(Enumerable.Repeat(-90, 20), first.Take(20).Cast<ReminderSent>().Select(r => r.Rung));

        Assert.Equal(20 * 9, story.Advance().Count);
        Assert.Null(Lifecycle.NextWakeUp(story.Dossier));
    }

    [Fact]
    public void The_next_wake_up_is_the_first_rung_and_lies_in_the_past_while_that_is_unsent()
    {
        var story = Story.Of2014();

        // Requisition due 1 September: 30 days before is the first that is not past.
        Assert.Equal(Utc("2014-08-02T06:00:00Z"), Lifecycle.NextWakeUp(story.Dossier));
        Assert.Equal(Utc("2014-08-02T06:00:00Z"), Lifecycle.NextWakeUp(story.On("2014-10-01").Dossier));
        story.Advance();
        Assert.True(Lifecycle.NextWakeUp(story.Dossier) > story.Now);
    }
}
