using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Obligations;

public class SubmissionDraftsTests
{
    static readonly Terms asking = Terms2014 with { Parties = [.. Terms2014.Parties.Select(p => p.Key == "SKR" ? p with { SignOff = true } : p)] };

    static Story Asking() => Story.Signed(asking).On("2015-01-20").Given(ProjectLead, Document(1), Document(2));

    static DraftSubmission Draft(string summary = "Kartläggningen", string? letter = "Härmed översänds", params Guid[] documents) =>
        new("mapping-report", summary, letter, documents is [] ? [Id(1), Id(2)] : documents, null);

    static Submit Same(DraftSubmission draft) => new(draft.Obligation, draft.Summary, draft.Documents, draft.Statement, draft.CoverLetter, draft.Plan, draft.Contents);

    [Fact]
    public void A_draft_may_be_unfinished_and_each_change_is_a_revision()
    {
        var story = Asking().When(ProjectLead, Draft("", null, Id(1)))
            .Then(new SubmissionDrafted("mapping-report", 1, "", null, [new(Id(1), 1)], null, "SKR"));

        story.When(ProjectLead, Draft("", " ", Id(1))).ThenNothing();
        Assert.Equal(2, story.Given(Approver, Draft())["mapping-report"].Drafts["SKR"].Revision);
        Assert.Equal(ObligationStatus.Open, story.Agreement.StatusOf(story["mapping-report"]));
    }

    [Fact]
    public void A_draft_holds_one_s_own_documents_and_concerns_what_one_s_party_owes()
    {
        Asking().When(ProjectLead, Draft(documents: Id(9))).ThenRefused("unknown-document", RefusalKind.Invalid);
        Asking().When(Officer, Draft()).ThenRefused("not-responsible", RefusalKind.Forbidden);
        Asking().When(Finance, Draft()).ThenRefused("not-financial", RefusalKind.Forbidden);
        Asking().When(ProjectLead, Draft() with { Obligation = "annual-consultation-2015" }).ThenRefused("not-a-deliverable");
        Asking().When(ProjectLead, Draft(new('x', 4001), new('y', 4001))).ThenFaults(("/summary", "text-length"), ("/coverLetter", "text-length"));
        Asking().Given(Officer, new WaiveObligation("mapping-report", "Behövs inte", "A1")).When(ProjectLead, Draft()).ThenRefused("obligation-settled");
    }

    [Fact]
    public void Where_the_party_asks_for_it_nothing_leaves_the_house_without_a_colleague_s_sign_off()
    {
        var story = Asking().When(ProjectLead, Same(Draft())).ThenRefused("not-signed-off");
        story.Given(ProjectLead, Draft()).When(ProjectLead, Same(Draft())).ThenRefused("not-signed-off");
        story.When(ProjectLead, new SignOffDraft("mapping-report", 1)).ThenRefused("own-draft", RefusalKind.Forbidden);

        story.When(Approver, new SignOffDraft("mapping-report", 1)).Then(new DraftSignedOff("mapping-report", 1, "SKR"));
        story.When(Approver, new SignOffDraft("mapping-report", 1)).ThenNothing();
        story.When(OtherApprover, new SignOffDraft("mapping-report", 1)).ThenRefused("already-signed-off");

        story.When(ProjectLead, Same(Draft()) with { Contents = [new("needs", "avsnitt 6")] }).ThenRefused("not-signed-off");
        // In which order the documents are named makes no difference.
        story.When(ProjectLead, Same(Draft(documents: [Id(2), Id(1)])))
            .Then(new SubmissionMade("mapping-report", 1, "Kartläggningen", [new(Id(2), 1), new(Id(1), 1)], "SKR", null, "Härmed översänds"));
        Assert.Empty(story["mapping-report"].Drafts);
    }

    [Fact]
    public void Instead_of_signing_it_off_a_colleague_sends_it_back_with_a_reason_and_it_waits_to_be_changed()
    {
        var story = Asking().Given(ProjectLead, Draft());
        story.When(ProjectLead, new SendBackDraft("mapping-report", 1, "Fel")).ThenRefused("own-draft", RefusalKind.Forbidden);
        story.When(Approver, new SendBackDraft("mapping-report", 1, " ")).ThenFaults(("/reason", "text-length"));
        story.When(Approver, new SendBackDraft("mapping-report", 2, "Fel")).ThenRefused("draft-changed");
        story.When(Approver, new SendBackDraft("mapping-report", 1, " Bilagan saknas ")).Then(new DraftSentBack("mapping-report", 1, "Bilagan saknas", "SKR"));
        story.When(Approver, new SendBackDraft("mapping-report", 1, "Bilagan saknas")).ThenNothing();
        story.When(OtherApprover, new SignOffDraft("mapping-report", 1)).ThenRefused("draft-sent-back");

        Assert.Contains(WorkList.Of(story.Dossier), item => item is { Work: WorkKind.RedoDraft, Role: Role.ProjectLead, Note: "Bilagan saknas" });
        Assert.DoesNotContain(WorkList.Of(story.Dossier), item => item.Work == WorkKind.SignOff);
        story.When(ProjectLead, Same(Draft())).ThenRefused("not-signed-off");
        story.Given(ProjectLead, Draft() with { Summary = "Med bilaga" }).When(Approver, new SignOffDraft("mapping-report", 2)).Then<DraftSignedOff>();
    }

    [Fact]
    public void What_has_changed_since_the_sign_off_needs_a_new_one()
    {
        var story = Asking().Given(ProjectLead, Draft()).Given(Approver, new SignOffDraft("mapping-report", 1));
        Assert.All([Draft("Annat"), Draft(letter: null), Draft(documents: Id(1))], draft => story.When(ProjectLead, Same(draft)).ThenRefused("not-signed-off"));

        // A newer version of a document is another content, though the draft names the same document.
        story.Given(ProjectLead, new AddDocumentVersion(Id(1), File(7))).When(ProjectLead, Same(Draft())).ThenRefused("not-signed-off");

        story.Given(ProjectLead, Draft()).When(ProjectLead, Same(Draft())).ThenRefused("not-signed-off");
        story.When(Approver, new SignOffDraft("mapping-report", 1)).ThenRefused("draft-changed");
        story.Given(Approver, new SignOffDraft("mapping-report", 2)).Given(ProjectLead, Same(Draft()));
    }

    [Fact]
    public void A_draft_can_be_discarded_and_its_revision_is_not_used_again()
    {
        var story = Asking().Given(ProjectLead, Draft()).When(Approver, new DiscardDraft("mapping-report")).Then(new DraftDiscarded("mapping-report", 1, "SKR"));
        Assert.Empty(story["mapping-report"].Drafts);
        story.When(Approver, new DiscardDraft("mapping-report")).ThenNothing();
        story.When(Officer, new DiscardDraft("mapping-report")).ThenRefused("not-responsible", RefusalKind.Forbidden);

        // Whoever read the discarded words must not sign off these by their number.
        Assert.Equal(2, story.Given(ProjectLead, Draft("Andra ord"))["mapping-report"].Drafts["SKR"].Revision);
        story.When(Approver, new SignOffDraft("mapping-report", 1)).ThenRefused("draft-changed");
    }

    [Fact]
    public void There_must_be_a_draft_to_sign_off() =>
        Asking().When(Approver, new SignOffDraft("mapping-report", 1)).ThenRefused("no-draft");

    [Fact]
    public void Where_no_party_asks_for_it_a_draft_needs_no_sign_off() =>
        Story.Of2014().Given(ProjectLead, Document(1), Document(2), Draft(), Same(Draft("Utan utkast")));

    [Fact]
    public void A_cover_letter_of_nothing_is_none_and_a_new_one_is_a_change()
    {
        var story = Story.Of2014().Given(ProjectLead, Document(1), Document(2), Same(Draft(letter: " ")));
        Assert.Null(story["mapping-report"].Submissions[0].CoverLetter);
        story.Given(Officer, new ReturnSubmission("mapping-report", 1, "Komplettera", Day("2015-02-15")));

        story.When(ProjectLead, Same(Draft(letter: null))).ThenRefused("submission-unchanged");
        Assert.Equal("Nu med missiv", story.Given(ProjectLead, Same(Draft(letter: "Nu med missiv")))["mapping-report"].Submissions[1].CoverLetter);
    }
}
