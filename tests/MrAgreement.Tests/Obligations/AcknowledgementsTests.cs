using MrAgreement.Agreements;
using MrAgreement.Obligations;

namespace MrAgreement.Tests.Obligations;

/// <summary>Reminders that were seen and put off, and those of what waits for its review.</summary>
public class AcknowledgementsTests
{
    static readonly ReminderPlan reviewed = new([30, 7, 1], [1, 7, 14], [14, 28]);

    static Story Due(string due = "2015-04-15", ReminderPlan? plan = null) =>
        Story.Signed(Terms(Deliverable("it", On(due))) with { Reminders = plan ?? reviewed });

    static string Sent(Story story) => string.Join(' ', story["it"].Reminders.Select(r => $"{r.Rung}:{string.Join('+', r.To)}"));

    [Fact]
    public void Seen_it_is_told_in_the_log_and_the_reminders_go_on_as_planned()
    {
        var story = Due().Until("2015-03-20").Given(ProjectLead, new AcknowledgeReminder("it", "Vi är på gång"));
        Assert.Equal(new Acknowledgement("SKR", Day("2015-04-15"), null, "Vi är på gång", ProjectLead.Id, story.Now), Assert.Single(story["it"].Acknowledged));
        // Pressed twice it is said once.
        story.When(ProjectLead, new AcknowledgeReminder("it", " Vi är på gång ")).ThenNothing();
        Assert.Equal("-30:SKR -7:SKR -1:SKR 1:SKR+RK", Sent(story.Until("2015-04-17")));
    }

    [Fact]
    public void Put_off_nothing_goes_until_the_day_and_on_the_day_it_does()
    {
        var story = Due().Until("2015-03-20").Given(ProjectLead, new AcknowledgeReminder("it", "Remiss", Day("2015-04-12")));
        Assert.Equal(Utc("2015-04-12T06:00:00Z"), Lifecycle.NextWakeUp(story.Dossier));
        Assert.True(Reminders.Ladder(story["it"], reviewed).Single(rung => rung.Days == -7).IsHeld);
        Assert.Equal("-30:SKR -3:SKR -1:SKR 1:SKR+RK", Sent(story.Until("2015-04-17")));
        Assert.All(Reminders.Ladder(story["it"], reviewed).Where(rung => rung.Sent is not null), rung => Assert.NotEmpty(rung.To));
        // Once it has gone, its rung stays where it was shown, whatever is said next.
        Assert.Contains(Reminders.Ladder(story.Given(ProjectLead, new AcknowledgeReminder("it", "Snart"))["it"], reviewed), rung => rung is { Days: -3, Sent: not null });
    }

    [Fact]
    public void Put_off_anew_what_passed_meanwhile_is_not_sent_afterwards()
    {
        var story = Due().Until("2015-03-20").Given(ProjectLead, new AcknowledgeReminder("it", "Remiss", Day("2015-04-12")))
            .Until("2015-04-10").Given(ProjectLead, new AcknowledgeReminder("it", "Klart snart"));
        Assert.Empty(story.Advance());
        Assert.Equal("-30:SKR -1:SKR", Sent(story.Until("2015-04-15")));
    }

    [Fact]
    public void When_it_is_late_each_party_puts_off_its_own()
    {
        var story = Due().Until("2015-04-17").Given(Officer, new AcknowledgeReminder("it", "Vi har talats vid", Day("2015-04-25")));
        Assert.Equal("-30:SKR -7:SKR -1:SKR 1:SKR+RK 7:SKR 10:RK 14:SKR+RK", Sent(story.Until("2015-05-01")));
        Assert.Null(Lifecycle.NextWakeUp(story.Dossier));
        Assert.Empty(story.Advance());
    }

    [Fact]
    public void The_head_answers_for_the_party_once_it_has_climbed_to_them()
    {
        var story = Due().Until("2015-04-17");
        story.When(Approver, new AcknowledgeReminder("it", "Jag ser till det")).ThenRefused("no-reminder");
        story.Until("2015-04-23").Given(Approver, new AcknowledgeReminder("it", "Resurser finns", Day("2015-05-04")));
        Assert.Equal(new Acknowledgement("SKR", Day("2015-04-15"), Day("2015-05-04"), "Resurser finns", Approver.Id, story.Now), Assert.Single(story["it"].Acknowledged));
        Assert.Equal("-30:SKR -7:SKR -1:SKR 1:SKR+RK 7:SKR+RK 14:RK 19:SKR", Sent(story.Until("2015-06-01")));
        // On the day that they named they hear of it, and their people do.
        Assert.Equal(["SKR project-lead", "SKR approver"], Told(story, 19));
    }

    // Whom the reminder of that rung is told.
    static IEnumerable<string> Told(Story story, int rung)
    {
        var telling = new MrAgreement.Overviews.Telling(new(story.Dossier.Id));
        return [.. story.Log.SelectMany(telling.Of).Where(it => it.Happened is ReminderSent sent && sent.Rung == rung).Select(it => $"{it.Key.Party} {Json.NameOf(it.Key.Role)}")];
    }

    [Fact]
    public void A_reviewer_puts_off_with_a_reason_and_meanwhile_nobody_is_told_that_they_were_reminded()
    {
        var story = Due().On("2015-03-02").Submitted("it").Until("2015-03-17");
        story.When(ProjectLead, new AcknowledgeReminder("it", "Nej")).ThenRefused("no-reminder");
        story.When(Payer, new AcknowledgeReminder("it", "Nej")).ThenRefused("not-reminded", RefusalKind.Forbidden);
        story.When(Officer, new AcknowledgeReminder("it", "Remiss", Day("2015-04-01"))).ThenFaults(("/until", "until-too-late"));
        story.Given(Officer, new AcknowledgeReminder("it", "Remiss", Day("2015-03-31")));
        Assert.Equal(new Acknowledgement("RK", Day("2015-03-02"), Day("2015-03-31"), "Remiss", Officer.Id, story.Now, 1), Assert.Single(story["it"].Acknowledged));
        story.When(Officer, new AcknowledgeReminder("it", "Remiss", Day("2015-03-31"))).ThenNothing();
        Assert.True(Reminders.ReviewLadder(story["it"], reviewed).Single(step => step.Days == 28).IsHeld);
        Assert.Equal(Utc("2015-03-31T06:00:00Z"), Lifecycle.NextWakeUp(story.Dossier));
        Assert.Equal(["14 RK", "29 RK+SKR"], story.Until("2015-06-01")["it"].ReviewReminders.Select(r => $"{r.Days} {string.Join('+', r.To)}"));
        Assert.Null(Lifecycle.NextWakeUp(story.Dossier));
        // Of the next version it is reminded as ever, and it says nothing of the date.
        story.Given(Officer, new ReturnSubmission("it", 1, "Komplettera", Day("2015-08-01"))).Submitted("it", summary: "Nu");
        Assert.Empty(Acknowledgements.Present(story["it"]));
        Assert.Equal(["2 14 RK", "2 28 RK+SKR"], story.Until("2015-09-01")["it"].ReviewReminders.Skip(2).Select(r => $"{r.Submission} {r.Days} {string.Join('+', r.To)}"));
    }

    [Fact]
    public void A_reviewer_who_has_only_seen_it_is_reminded_as_planned()
    {
        var story = Due().On("2015-03-02").Submitted("it").Until("2015-03-17").Given(Officer, new AcknowledgeReminder("it", "På gång"));
        Assert.Equal(["14 RK", "28 RK+SKR"], story.Until("2015-06-01")["it"].ReviewReminders.Select(r => $"{r.Days} {string.Join('+', r.To)}"));
    }

    [Fact]
    public void Another_date_is_reminded_of_as_ever()
    {
        var story = Due().Until("2015-03-20").Given(ProjectLead, new AcknowledgeReminder("it", "Remiss", Day("2015-04-14")))
            .Given(Officer, new ExtendObligation("it", Day("2015-05-15"), "A1"));
        Assert.Equal("-30:SKR -30:SKR -7:SKR -1:SKR", Sent(story.Until("2015-05-15")));
        story.When(ProjectLead, new WriteInternalNote("it", null, "x"));
    }

    [Theory]
    [InlineData("2015-03-20", "2015-03-20", "until-not-later")]
    [InlineData("2015-03-20", "2015-04-15", "until-too-late")]
    [InlineData("2015-04-14", "2015-04-20", "until-no-day")]
    [InlineData("2015-04-20", "2015-05-05", "until-too-late")]
    public void A_day_is_one_that_is_to_come_and_not_the_last_one(string today, string until, string rule) =>
        Due().Until(today).When(ProjectLead, new AcknowledgeReminder("it", "Remiss", Day(until))).ThenFaults(("/until", rule));

    [Fact]
    public void Only_whom_a_reminder_was_for_answers_it_and_says_why()
    {
        var story = Due();
        story.When(ProjectLead, new AcknowledgeReminder("it", "Redan")).ThenRefused("no-reminder");
        story.Until("2015-03-20");
        // Before the date those who wait for it are not reminded.
        story.When(Officer, new AcknowledgeReminder("it", "Redan")).ThenRefused("no-reminder");
        story.When(ProjectLead, new AcknowledgeReminder("it", " ")).ThenFaults(("/reason", "text-length"));
        story.When(Approver, new AcknowledgeReminder("it", "Nej")).ThenRefused("no-reminder");
        story.When(Payer, new AcknowledgeReminder("it", "Nej")).ThenRefused("not-reminded", RefusalKind.Forbidden);
        story.When(ProjectLead, new AcknowledgeReminder("none", "Nej")).ThenRefused("no-such-obligation", RefusalKind.NotFound);
        story.Submitted("it").When(ProjectLead, new AcknowledgeReminder("it", "Klart")).ThenRefused("no-reminder");
    }

    [Fact]
    public void What_waits_for_its_review_is_told_the_reviewer_and_then_whoever_waits()
    {
        var story = Due().On("2015-03-02").Submitted("it");
        Assert.Equal(Utc("2015-03-16T07:00:00Z"), Lifecycle.NextWakeUp(story.Dossier));
        Assert.Equal(new(WaitedForKind.Review, Day("2015-03-02"), "it", 14), Assert.Single(WaitedFor.At(story.Agreement, Utc("2015-03-16T07:00:00Z"))));
        var touched = story["it"].Touched;
        story.Until("2015-06-01");
        Assert.Equal(["1 14 RK 2015-03-16T07:00:00Z", "1 28 RK+SKR 2015-03-30T06:00:00Z"],
            story["it"].ReviewReminders.Select(r => $"{r.Submission} {r.Days} {string.Join('+', r.To)} {r.At}"));
        Assert.Null(Lifecycle.NextWakeUp(story.Dossier));
        Assert.Equal(touched, story["it"].Touched);
    }

    [Fact]
    public void What_is_decided_nobody_is_reminded_of_and_the_next_version_waits_anew()
    {
        var story = Due().On("2015-03-02").Submitted("it").Until("2015-03-17")
            .Given(Officer, new ReturnSubmission("it", 1, "Komplettera", Day("2015-06-01"))).Until("2015-04-10").Submitted("it", summary: "Kompletterad").Until("2015-04-26").Accepted("it").Until("2015-12-01");
        Assert.Equal(["1 14", "2 14"], story["it"].ReviewReminders.Select(r => $"{r.Submission} {r.Days}"));
    }

    [Fact]
    public void Without_days_nobody_is_reminded_of_a_review()
    {
        var story = Due(plan: ReminderPlan.Usual).On("2015-03-02").Submitted("it");
        Assert.Null(Lifecycle.NextWakeUp(story.Dossier));
        Assert.Empty(story.Until("2015-12-01")["it"].ReviewReminders);
    }

    [Fact]
    public void Days_agreed_while_it_waits_hold_from_then_on()
    {
        var story = Due(plan: new([30], [1])).On("2015-03-02").Submitted("it").Until("2015-03-20")
            .Given(Officer, new ProposeAmendment(Day("2015-03-20"), "A1", Day("2015-03-20"), [new(Reminders: new([30], [1], [14, 28]))])).Until("2015-12-01");
        Assert.Equal([28], story["it"].ReviewReminders.Select(r => r.Days));
        Assert.Contains(story.Agreement.Amendments[0].Difference, it => it is { What: Amended.ReviewReminders, New.Days: [14, 28] });
        story.When(Officer, new ProposeAmendment(Day("2015-03-20"), "A2", Day("2016-01-20"), [new(Reminders: new([30], [1], [0]))])).ThenFaults(("/changes/0/reminders/review", "rungs"));
        story.When(Officer, new ProposeAmendment(Day("2015-03-20"), "A2", Day("2016-01-20"), [new(Reminders: new([30], [1], [28, 14]))])).ThenFaults(("/changes/0/reminders", "changes-nothing"));
    }
}
