using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Obligations;

namespace MrAgreement.Tests.Agreements;

/// <summary>The bodies in which the parties meet: set up by either, seats of each party's own, meetings of which the first completes an obligation.</summary>
public class BodiesTests
{
    const string Key = "coordination-group";

    static Story SetUp() => Story.Of2014().On("2015-06-10").Given(Officer, new SetUpBody(Key, "Samordningsgruppen", Key));

    [Fact]
    public void Either_party_sets_one_up_by_a_key_of_its_own_for_a_joint_obligation_without_an_agenda()
    {
        var story = SetUp();
        story.When(Officer, new SetUpBody(Key, "Samordningsgruppen ", Key)).ThenNothing();
        story.When(ProjectLead, new SetUpBody(Key, "En annan")).ThenFaults(("/key", "key-taken"));
        story.When(ProjectLead, new SetUpBody("Grupp", "", "weather")).ThenFaults(("/key", "obligation-key"), ("/title", "text-length"), ("/obligation", "unknown-obligation"));
        foreach (var other in new[] { "final-report", "annual-consultation-2016" })
            story.When(ProjectLead, new SetUpBody("grupp", "En annan", other)).ThenFaults(("/obligation", "body-of-joint"));
        story.When(Finance, new SetUpBody("grupp", "En annan")).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.Given(ProjectLead, new SetUpBody("grupp", "En annan"));
        Assert.Equal([Key, "grupp"], story.Agreement.Bodies.Select(body => body.Key));
    }

    [Fact]
    public void Each_party_takes_and_leaves_seats_of_its_own()
    {
        var story = SetUp().Given(Officer, new TakeSeat(Key, "Handläggare, Socialdepartementet", Day("2015-06-10"))).Given(ProjectLead, new TakeSeat(Key, "Sektionschef, SKL", Day("2015-06-10"), Day("2017-12-31")));
        story.When(Officer, new TakeSeat(Key, "Handläggare, Socialdepartementet", Day("2015-06-10"))).ThenNothing();
        story.When(Officer, new TakeSeat(Key, "", Day("2015-06-10"), Day("2015-06-09"))).ThenFaults(("/function", "text-length"), ("/to", "period-reversed"));
        story.When(Officer, new TakeSeat("grupp", "Handläggare", Day("2015-06-10"))).ThenRefused("no-such-body", RefusalKind.NotFound);

        story.When(ProjectLead, new LeaveSeat(Key, 1, Day("2016-01-01"))).ThenRefused("seat-of-other-party", RefusalKind.Forbidden);
        story.When(Officer, new LeaveSeat(Key, 3, Day("2016-01-01"))).ThenRefused("no-such-seat", RefusalKind.NotFound);
        story.When(Officer, new LeaveSeat(Key, 1, Day("2015-06-09"))).ThenFaults(("/to", "period-reversed"));
        story.When(Officer, new LeaveSeat(Key, 1, Day("2016-01-01"))).Then(new SeatLeft(Key, 1, Day("2016-01-01")));
        story.When(Officer, new LeaveSeat(Key, 1, Day("2016-01-01"))).ThenNothing();
        story.When(OtherOfficer, new LeaveSeat(Key, 1, Day("2016-02-01"))).ThenRefused("seat-left-already");
        Assert.Equal([true, false], new[] { Day("2016-01-01"), Day("2016-01-02") }.Select(story.Agreement.Bodies[0].Seats[0].Holds));
        // Somebody else comes in the same function.
        story.Given(Officer, new TakeSeat(Key, "Handläggare, Socialdepartementet", Day("2016-01-02")));
    }

    [Fact]
    public void The_first_meeting_completes_the_obligation_and_the_other_party_confirms_it()
    {
        var story = SetUp();
        var minutes = story.Uploaded(Officer, "minutes")[0];
        story.When(Officer, new RecordMeeting(Key, Day("2015-06-11"), null, null, [])).ThenFaults(("/on", "date-in-future"));
        story.When(ProjectLead, new RecordMeeting(Key, Day("2015-06-09"), null, null, [minutes])).ThenRefused("unknown-document", RefusalKind.Invalid);
        Assert.False(Sight.Sees(story.Dossier, ProjectLead, story.Dossier.Documents[minutes]!));

        story.When(Officer, new RecordMeeting(Key, Day("2015-06-09"), "Planen", " Mötas igen ", [minutes]))
            .Then(new MeetingHeld(Key, 1, Day("2015-06-09"), [new(minutes, 1)], "RK", "Planen", "Mötas igen"), new ObligationCompleted(Key, Day("2015-06-09"), "Mötas igen", [new(minutes, 1)], "RK"));
        story.When(Officer, new RecordMeeting(Key, Day("2015-06-09"), "Planen", "Mötas igen", [minutes])).ThenNothing();
        Assert.True(Sight.Sees(story.Dossier, ProjectLead, story.Dossier.Documents[minutes]!));
        story.Given(ProjectLead, new ConfirmCompletion(Key));

        story.When(ProjectLead, new RecordMeeting(Key, Day("2015-06-10"), null, null, [])).Then(new MeetingHeld(Key, 2, Day("2015-06-10"), [], "SKR"));
        Assert.Single(story[Key].Completions);
    }

    [Fact]
    public void What_a_later_meeting_hands_over_both_parties_have_also_when_it_is_confidential_and_it_is_not_withdrawn()
    {
        var story = SetUp().Given(Officer, new RecordMeeting(Key, Day("2015-06-09"), null, null, []), Some.Document(1, "minutes") with { Confidential = true, LegalGround = "OSL 21 kap. 7 §" }, new RecordMeeting(Key, Day("2015-06-10"), null, null, [Some.Id(1)]));
        var minutes = story.Dossier.Documents[Some.Id(1)]!;

        Assert.Equal([true, false], new[] { ProjectLead, Payer }.Select(by => Sight.Sees(story.Dossier, by, minutes)));
        Assert.Equal(Day("2015-06-10"), DocumentDecisions.CameOn(story.Dossier, "SKR", minutes));
        story.When(Officer, new WithdrawDocument(Some.Id(1), "Fel")).ThenRefused("document-handed-over");
    }

    [Fact]
    public void A_body_for_nothing_in_particular_completes_nothing()
    {
        var story = Story.Of2014().On("2015-06-10").Given(ProjectLead, new SetUpBody("grupp", "Arbetsgruppen"));

        story.When(ProjectLead, new RecordMeeting("grupp", Day("2015-06-10"), "Planen", null, [])).Then(new MeetingHeld("grupp", 1, Day("2015-06-10"), [], "SKR", "Planen"));
        Assert.Empty(story[Key].Completions);
    }
}
