using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Obligations;

/// <summary>What a party keeps to itself: notes, comments from other ministries, drafts.</summary>
public class OwnEventsTests
{
    static readonly IReadOnlyList<Actor> all = [ProjectLead, Finance, Approver, Officer, Payer, Auditor, Reader, Admin, Stranger];

    static Story Reported() => Story.Of2014().On("2015-01-20").Submitted("mapping-report");

    static WriteInternalNote Note(string text = "Stäm av med enheten") => new("mapping-report", 1, text);

    static RecordMinistryComment Comment(string ministry = "Socialdepartementet") => new("mapping-report", 1, ministry, "Barnets rättigheter saknas", Day("2015-01-20"));

    static IEnumerable<Actor> Seeing(Story story) => all.Where(a => Sight.Sees(story.Dossier, a, EventJson.Read(story.Log[^1].Type, story.Log[^1].Data!)));

    static IEnumerable<Actor> Knowing(Story story) => all.Where(a => !Sight.Hides(story.Dossier, a, story.Log[^1]));

    [Fact]
    public void A_note_is_seen_by_its_own_party_s_people_and_by_nobody_else()
    {
        var story = Reported().When(Officer, Note()).Then(new InternalNoteWritten("mapping-report", 1, "Stäm av med enheten", "RK"));
        Assert.Equal([Officer], Seeing(story));
        Assert.Equal([Officer], Knowing(story));

        story.Given(ProjectLead, Note());
        Assert.Equal([ProjectLead, Finance, Approver], Seeing(story));
        Assert.Equal([ProjectLead, Finance, Approver], Knowing(story));
    }

    [Fact]
    public void An_erased_note_is_hidden_from_all() =>
        Assert.True(Sight.Hides(Reported().Dossier, Officer, Reported().Given(Officer, Note()).Log[^1] with { Data = null }));

    [Fact]
    public void What_others_draft_elsewhere_still_shows_as_a_row()
    {
        var story = Reported().Given(ProjectLead, Document(1));

        Assert.False(Sight.Sees(story.Dossier, Officer, EventJson.Read(story.Log[^1].Type, story.Log[^1].Data!)));
        Assert.Equal(all, Knowing(story));
    }

    [Fact]
    public void A_draft_is_also_read_by_those_who_read_every_agreement()
    {
        var story = Story.Of2014().Given(ProjectLead, new DraftSubmission("mapping-report", "Halvfärdig", null, [], null));
        Assert.Equal([ProjectLead, Finance, Approver, Auditor, Admin], Seeing(story));

        story.Given(Approver, new SignOffDraft("mapping-report", 1));
        Assert.Equal([ProjectLead, Finance, Approver, Auditor, Admin], Knowing(story));
    }

    [Fact]
    public void What_a_party_keeps_to_itself_changes_no_version()
    {
        var before = Reported();
        var (obligation, dossier) = (before["mapping-report"].Touched, before.Dossier.Touched);

        before.Given(Officer, Note(), Comment());

        Assert.Equal((obligation, dossier), (before["mapping-report"].Touched, before.Dossier.Touched));
    }

    [Fact]
    public void The_same_note_again_is_a_retry_until_another_has_come_between()
    {
        var story = Reported().Given(Officer, Note());
        story.When(Officer, Note()).ThenNothing();

        story.Given(Officer, Note("Svar kom"), Note());
        Assert.Equal(["Stäm av med enheten", "Svar kom", "Stäm av med enheten"], story["mapping-report"].Notes.Select(n => n.Text));
    }

    [Fact]
    public void A_note_has_words_and_is_about_a_submission_that_exists()
    {
        Reported().When(Officer, Note(" ")).ThenRefused("text-length", RefusalKind.Invalid);
        Reported().When(Officer, Note() with { Submission = 2 }).ThenRefused("no-such-submission", RefusalKind.NotFound);
        Reported().When(Auditor, Note()).ThenRefused("forbidden", RefusalKind.Forbidden);
        Reported().Given(Payer, Note() with { Submission = null });
    }

    [Fact]
    public void A_ministry_s_comment_is_the_recipient_s_own()
    {
        var story = Reported().When(Officer, Comment())
            .Then(new MinistryCommentRecorded("mapping-report", 1, "Socialdepartementet", "Barnets rättigheter saknas", Day("2015-01-20"), "RK"));

        Assert.Equal([Officer], Knowing(story));
        story.When(Officer, Comment()).ThenNothing();
        story.Given(Officer, Comment("Kulturdepartementet"));
        Assert.Equal(["Socialdepartementet", "Kulturdepartementet"], story["mapping-report"].MinistryComments.Select(c => c.Ministry));
    }

    [Fact]
    public void Only_the_recipient_of_a_submission_gathers_comments_on_it()
    {
        Reported().When(ProjectLead, Comment()).ThenRefused("forbidden", RefusalKind.Forbidden);
        Reported().When(Officer, Comment() with { Submission = 9 }).ThenRefused("no-such-submission", RefusalKind.NotFound);
        Story.Of2014().Submitted("government-report", Officer).When(Officer, Comment() with { Obligation = "government-report" }).ThenRefused("own-submission", RefusalKind.Forbidden);
        Reported().When(Officer, Comment(" ") with { Text = "", ReceivedOn = Day("2015-01-21") })
            .ThenFaults(("/ministry", "text-length"), ("/text", "text-length"), ("/receivedOn", "date-in-future"));
    }
}
