using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Tests.EventSourcing;
using MrAgreement.Work;

namespace MrAgreement.Tests.Overviews;

/// <summary>Who hears of what: whoever's turn it becomes, whom a decision concerns, and who is reminded.</summary>
public class TellingTests
{
    static readonly MessageEvent[] outcomes = [new MessageHandedOver(2, MessageReason.Turn, "SKR", Role.ProjectLead, [ProjectLead.Id], "mail.example.se")];

    // Whom what happens then is told.
    static List<string> Told(Story story, Func<Story, Story> then) => Shown(Messages(story, then));

    static IReadOnlyList<Message> Messages(Story story, Func<Story, Story> then)
    {
        var telling = new Telling(new(story.Dossier.Id));
        foreach (var row in story.Log)
            telling.Skip(row);
        var before = story.Log.Count;
        return [.. then(story).Log.Skip(before).SelectMany(telling.Of)];
    }

    static List<string> Shown(IEnumerable<Message> messages) =>
        [.. messages.Select(it => $"{Json.NameOf(it.Key.Reason)} {it.Key.Party} {Json.NameOf(it.Key.Role)}{(it.Turn is { } turn ? $" {Json.NameOf(turn.Work)} {turn.Subject}" : it.Obligation is { } about ? $" {about}" : "")}").Order(StringComparer.Ordinal)];

    [Fact]
    public void Whoever_owes_it_is_reminded_and_when_it_is_late_whoever_waits_for_it_and_after_a_week_the_head()
    {
        var story = Story.Of2014();
        var told = new Dictionary<int, List<string>>();
        foreach (var rung in new[] { -30, 1, 7 })
            told[rung] = Told(story, it => it.Happened(new ReminderSent("mapping-report", rung, Day("2015-01-31"), story.Now, Reminders.To(story["mapping-report"], rung))));
        Assert.Equal(["reminder SKR project-lead mapping-report"], told[-30]);
        Assert.Equal(["late RK officer mapping-report", "late SKR project-lead mapping-report"], told[1]);
        Assert.Equal(["late RK officer mapping-report", "late SKR approver mapping-report", "late SKR project-lead mapping-report"], told[7]);
    }

    [Fact]
    public void Whoever_reviews_it_is_reminded_and_from_the_second_step_whoever_waits_hears_so()
    {
        var story = Story.Of2014().On("2015-01-20").Submitted("mapping-report");
        Assert.Equal(["review RK officer mapping-report"], Told(story, it => it.Happened(new ReviewReminded("mapping-report", 1, 14, story.Now, ["RK"]))));
        Assert.Equal(["review RK officer mapping-report", "reviewer SKR project-lead mapping-report"], Told(story, it => it.Happened(new ReviewReminded("mapping-report", 1, 28, story.Now, ["RK", "SKR"]))));
    }

    [Fact]
    public void Who_is_informed_of_recommendations_is_told_once_and_asked_to_confirm_it()
    {
        var story = Story.Of2014().On("2015-03-05").Given(ProjectLead, new ConfirmSignature());
        var told = new RecommendationContent(RecommendationKind.ReviewBody, "CERD", "Granskning", 2013, "CERD/C/SWE/CO/19-21", "12", new("Strengthen it"), [Concern.Regions], []);
        Assert.Equal(["turn RK officer inform-of-recommendations A2014/2289/DISK"], Told(story, it => it.Given(Officer, new RecordRecommendation(told))));
        Assert.Equal(["turn SKR project-lead receive-information 1"], Told(story, it => it.Given(Officer, new InformOfRecommendations([1], Day("2015-03-05"), "Vid ett möte", []))));
        Assert.Empty(Told(story, it => it.Given(ProjectLead, new ReceiveInformation(1))));
    }

    [Fact]
    public void What_waits_for_somebody_now_is_told_them()
    {
        var story = Story.Of2014().On("2015-01-20");
        Assert.Equal(["turn RK officer review mapping-report"], Told(story, it => it.Submitted("mapping-report")));
        Assert.Contains("turn SKR project-lead complete mapping-report", Told(story, it => it.Given(Officer, new ReturnSubmission("mapping-report", 1, "Komplettera", Day("2015-02-15")))));
        Assert.Equal(["turn SKR approver attest 1"], Told(story, it => it.Given(Finance, Requisition("2014", "100", "MR 2014"))));
        Assert.Equal(["turn SKR finance dispatch 1"], Told(story, it => it.Given(Approver, new AttestRequisition(1))));
        Assert.Equal(["turn KAMK payer receive 1"], Told(story, it => it.Given(Finance, new DispatchRequisition(1))));
    }

    [Fact]
    public void A_decision_is_told_whom_it_concerns_unless_it_gives_them_something_to_do()
    {
        var story = Story.Of2014().On("2015-01-20").Submitted("mapping-report");
        Assert.Equal(["decided SKR project-lead mapping-report"], Told(story, it => it.Given(Officer, new AcceptSubmission("mapping-report", 1, "Tack"))));
        Assert.Equal(["moved SKR project-lead action-plan"], Told(story, it => it.Given(Officer, new ExtendObligation("action-plan", Day("2015-05-01"), "A2015/7"))));
        var amended = Told(story, it => it.Given(Officer, new ProposeAmendment(Day("2015-01-10"), "A2015/9", Day("2015-01-15"), [new(Drop: new("documentation", "Ersatt"))])));
        Assert.Single(amended, it => it.Contains(" SKR ", StringComparison.Ordinal));
        Assert.Contains("turn SKR project-lead confirm-amendment 1", amended);
    }

    [Fact]
    public void Whoever_wrote_a_draft_hears_that_it_may_go()
    {
        var asking = Terms2014 with { Parties = [.. Terms2014.Parties.Select(p => p.Key == "SKR" ? p with { SignOff = true } : p)] };
        var story = Story.Signed(asking).On("2015-01-20").Given(ProjectLead, Document(1));
        Assert.Contains("turn SKR approver sign-off mapping-report", Told(story, it => it.Given(ProjectLead, new DraftSubmission("mapping-report", "Härmed", null, [Id(1)], null))));
        Assert.Equal(["turn SKR project-lead submit mapping-report"], Told(story, it => it.Given(Approver, new SignOffDraft("mapping-report", 1))));
    }

    [Fact]
    public void What_a_meeting_decided_is_told_with_its_record_and_not_once_more()
    {
        var story = Story.Of2014().On("2016-05-20");
        var record = new CompleteObligation("annual-consultation-2016", Day("2016-05-19"), "Hölls", null, new([new("mapping", "Ja"), new("action-plan", "Ja"), new("next-year", "Ja")], [],
            [new(ConsultationDecisionKind.NewDate, "En månad senare", "final-report", Day("2017-10-01"))]));
        Assert.Equal(["turn RK officer confirm annual-consultation-2016"], Told(story, it => it.Given(ProjectLead, record)).Where(it => it.Contains(" RK ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Both_parties_hear_when_they_meet_each_time_that_it_is_agreed_or_called_off()
    {
        const string key = "annual-consultation-2016";
        static ProposeTime At(string on, int hour) => new(key, new(Day(on), new(hour, 0), new(hour + 2, 0), MeetingForm.OnSite, "Rosenbad"));
        string[] both = [$"moved RK officer {key}", $"moved SKR project-lead {key}"];
        var story = Story.Of2014().On("2016-03-01").Given(ProjectLead, At("2016-05-19", 9));
        Assert.Equal(both, Told(story, it => it.Given(Officer, new AgreeToTime(key, 1))));
        // Other hours of the same day set no day anew.
        story.Given(Officer, At("2016-05-19", 13));
        Assert.Equal(both, Told(story, it => it.Given(ProjectLead, new AgreeToTime(key, 2))));
        story.Given(ProjectLead, At("2016-05-20", 9));
        Assert.Equal(both, Told(story, it => it.Given(Officer, new AgreeToTime(key, 3))));
        Assert.Equal(both, Told(story, it => it.Given(Officer, new CallOffTime(key, 3, "Sjukdom"))));
        // Whoever has not answered yet is asked anew where other hours are proposed in their place.
        string[] asked = [$"turn RK officer answer-time {key}"];
        Assert.Equal(asked, Told(story, it => it.Given(ProjectLead, At("2016-05-26", 9))));
        Assert.Equal(asked, Told(story, it => it.Given(ProjectLead, At("2016-05-27", 9))));
    }

    [Fact]
    public void Whoever_agrees_on_a_meeting_calls_it_off_or_waives_it_hears_for_their_calendar()
    {
        const string key = "annual-consultation-2016";
        var time = new ProposeTime(key, new(Day("2016-05-19"), new(9, 0), new(11, 0), MeetingForm.OnSite, "Rosenbad"));
        var story = Story.Of2014().On("2016-03-01");
        Assert.Equal(["RK"], Told(ProjectLead, it => it.Given(ProjectLead, time)));
        Assert.Equal(["RK", "SKR"], Told(Officer, it => it.Given(Officer, new AgreeToTime(key, 1))));
        Assert.Equal(["RK", "SKR"], Told(Officer, it => it.Given(Officer, new CallOffTime(key, 1, "Sjukdom"))));
        // Of what nobody had agreed on there is nothing in the calendar of whoever takes it back.
        story.Given(ProjectLead, time);
        Assert.Equal(["RK"], Told(ProjectLead, it => it.Given(ProjectLead, new CallOffTime(key, 2, "Fel dag"))));
        story.Given(ProjectLead, time).Given(Officer, new AgreeToTime(key, 3));
        Assert.Equal(["RK", "SKR"], Told(Officer, it => it.Given(Officer, new WaiveObligation(key, "Inget samråd i år", "A2016/1/DISK"))));

        // The parties of which whoever did it would hear, were they asked.
        IEnumerable<string> Told(Actor by, Func<Story, Story> then) =>
            Messages(story, then).Where(it => it.Key.Party != by.Party || it.IsFor(by.Id)).Select(it => it.Key.Party).Distinct().Order(StringComparer.Ordinal);
    }

    [Fact]
    public void What_a_message_asks_for_or_reminds_of_may_be_no_longer_so_on_a_later_day()
    {
        var story = Story.Of2014();
        var due = story["mapping-report"].EffectiveDueOn!.Value;
        var dayBefore = MrAgreement.Calendars.StockholmTime.Noon(due.PlusDays(-1));
        Message reminder(int rung) => Messages(story, it => it.Happened(new ReminderSent("mapping-report", rung, due, story.Now, Reminders.To(story["mapping-report"], rung))))[0];
        Message[] sent = [reminder(-1), reminder(1)];
        bool[] Overtaken(int days, params Message[] messages) =>
            [.. messages.Select(it => Telling.IsOvertaken(it with { At = dayBefore }, story.Dossier, dayBefore + Duration.FromDays(days)))];

        Assert.Equal([false, false], Overtaken(1, sent));
        // The last day has passed; that it is late is so.
        Assert.Equal([true, false], Overtaken(2, sent));
        var document = Document(1001);
        var delivered = Messages(story, it => it.At(dayBefore).Given(ProjectLead, document, new Submit("mapping-report", "Härmed", [document.Document]))).First(it => it.Turn is not null);
        Assert.Equal([true, true, false], Overtaken(1, [.. sent, delivered]));
        // On its own day everything goes as it was.
        Assert.Equal([false, false], Overtaken(0, sent));
        var returned = Messages(story, it => it.Given(Officer, new ReturnSubmission("mapping-report", 1, "Komplettera", due.PlusDays(15)))).First(it => it.Turn is not null);
        Assert.Equal([true, false], Overtaken(1, delivered, returned));
    }

    [Fact]
    public void What_comes_back_is_known_for_each_person_and_settles_nothing()
    {
        var story = Story.Of2014();
        var bounced = new MessageBounced(2, MessageReason.Turn, "SKR", Role.ProjectLead, [ProjectLead.Id], "5.1.1");
        story.Happened(bounced);
        Assert.True(story.Dossier.Messages.Has(bounced));
        Assert.False(story.Dossier.Messages.Has(bounced with { To = [Officer.Id] }));
        Assert.False(story.Dossier.Messages.IsSettled(bounced.ToKey()));
    }

    [Fact]
    public void In_a_whole_life_nobody_is_told_the_same_twice_and_of_messages_nothing_is_told()
    {
        var telling = new Telling(new(AgreementId()));
        var messages = GoldenLife.Log.SelectMany(telling.Of).ToList();
        Assert.Equal(messages.Count, messages.Select(it => it.Key).Distinct().Count());
        Assert.All(messages, it => Assert.NotNull(telling.Dossier.Agreement.Party(it.Key.Party)));
        Assert.DoesNotContain(messages, it => it.Happened is MessageEvent);
        Assert.Equal([MessageReason.Reminder, MessageReason.Late, MessageReason.Review, MessageReason.Reviewer, MessageReason.Turn, MessageReason.Decided, MessageReason.Moved, MessageReason.Closed], messages.Select(it => it.Key.Reason).Distinct().Order());
    }

    [Fact]
    public void Outcomes_touch_nothing_and_are_known_by_their_message()
    {
        var story = Story.Of2014();
        var touched = story.Dossier.Touched;
        story.Happened(outcomes);
        Assert.Equal(touched, story.Dossier.Touched);
        Assert.True(story.Dossier.Messages.IsSettled(outcomes[0].ToKey()));
        Assert.False(story.Dossier.Messages.IsSettled(outcomes[0].ToKey() with { Party = "RK" }));
        Assert.False(story.Dossier.Messages.Has(new MessageGivenUp(2, MessageReason.Turn, "SKR", Role.ProjectLead, [], MessageFailure.Nobody)));
    }
}
