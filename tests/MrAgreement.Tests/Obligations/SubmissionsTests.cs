using MrAgreement.Documents;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Obligations;

public class SubmissionsTests
{
    static Story WithReport() => Story.Of2014().On("2015-01-20").Given(ProjectLead, Document(1));

    static Submit Report(string summary = "Kartläggningen") => new("mapping-report", summary, [Id(1)]);

    [Fact]
    public void A_delivery_is_a_numbered_version_that_waits_for_its_receiver()
    {
        var story = WithReport().When(ProjectLead, Report())
            .Then(new SubmissionMade("mapping-report", 1, "Kartläggningen", [new(Id(1), 1)], "SKR"));

        Assert.Equal(ObligationStatus.Submitted, story.Agreement.StatusOf(story["mapping-report"]));
        Assert.False(story["mapping-report"].IsOverdue(Day("2015-03-01")));
        Assert.Equal(Day("2015-01-20"), story["mapping-report"].DeliveredOn);
    }

    [Fact]
    public void Where_what_the_clause_asks_for_stands_is_said_in_its_order_and_what_is_not_said_is_no_fault()
    {
        HeldContent exchange = new("exchange", "avsnitt 4"), education = new("education", "  avsnitt 3 ");
        var story = WithReport().When(ProjectLead, Report() with { Contents = [exchange, new("information", " "), education] })
            .Then(new SubmissionMade("mapping-report", 1, "Kartläggningen", [new(Id(1), 1)], "SKR", Contents: [education with { Where = "avsnitt 3" }, exchange]));

        Assert.Equal(["needs", "information", "development-needs"], story["mapping-report"].Lacking(story["mapping-report"].Submissions[0].Content).Select(item => item.Key));
        // Said anew it is a new version, and the same said once more is none.
        story.Given(Officer, new ReturnSubmission("mapping-report", 1, "Var står behoven?", Day("2015-02-10")));
        story.When(ProjectLead, Report() with { Contents = [new("education", "avsnitt  3"), exchange] }).ThenRefused("submission-unchanged", RefusalKind.NotSo);
        story.When(ProjectLead, Report() with { Contents = [exchange] }).Then<SubmissionMade>();
    }

    [Fact]
    public void What_no_clause_asks_for_is_told_and_what_is_said_twice() =>
        WithReport().When(ProjectLead, Report() with { Contents = [new("education", "s. 1"), new("education", "s. 2"), new("annat", "s. 3"), new("needs", new('x', 301))] })
            .ThenFaults(("/contents/1/key", "content-twice"), ("/contents/2/key", "unknown-content"), ("/contents/3/where", "text-length"));

    [Fact]
    public void Documents_that_come_with_a_delivery_are_registered_together_with_it()
    {
        var story = Story.Of2014().On("2015-01-20").Given(ProjectLead, Report() with { Documents = [], Enclosed = [Document(1), Document(2, "plan")] });

        Assert.Equal(["document-registered", "document-registered", "submission-made"], story.Log[^3..].Select(row => row.Type));
        Assert.Equal([new(Id(1), 1), new(Id(2), 1)], story["mapping-report"].Submissions[0].Documents);
    }

    [Fact]
    public void Documents_that_come_with_what_is_refused_are_not_registered_and_all_that_is_at_fault_is_told()
    {
        var story = Story.Of2014().On("2015-01-20");
        var bad = Document(1) with { File = File(1) with { Name = "rapport.exe" } };

        story.When(ProjectLead, Report(" ") with { Documents = [], Enclosed = [Document(1)] }).ThenFaults(("/summary", "text-length"));
        story.When(ProjectLead, Report(" ") with { Documents = [], Enclosed = [Document(2, "plan")] }).ThenFaults(("/summary", "text-length"), ("/documents", "document-kind-missing"));
        story.When(ProjectLead, Report(" ") with { Documents = [], Enclosed = [Document(2, "plan"), bad] }).ThenFaults(("/summary", "text-length"), ("/enclosed/1/file", "file-format"));
        story.When(Finance, Report() with { Documents = [], Enclosed = [bad] }).ThenRefused("not-financial", RefusalKind.Forbidden);
        story.When(Payer, Report() with { Documents = [], Enclosed = [Document(1)] }).ThenRefused("forbidden", RefusalKind.Forbidden);
    }

    [Fact]
    public void A_document_that_comes_again_is_the_one_there_is()
    {
        var story = WithReport().Given(ProjectLead, Report() with { Documents = [], Enclosed = [Document(1) with { Document = Id(9) }] });

        Assert.Equal([new(Id(1), 1)], story["mapping-report"].Submissions[0].Documents);
        Assert.Single(story.Dossier.Documents.InOrder);
    }

    [Fact]
    public void A_return_tells_all_that_is_at_fault_at_once() =>
        WithReport().Given(ProjectLead, Report()).When(Officer, new ReturnSubmission("mapping-report", 1, " ", Day("2015-01-19"))).ThenFaults(("/reason", "text-length"), ("/completeBy", "date-in-past"));

    [Fact]
    public void What_rests_on_another_is_delivered_all_the_same()
    {
        var story = Story.Of2014().On("2015-04-10");
        Assert.Equal(ObligationStatus.Waiting, story.Agreement.StatusOf(story["action-plan"]));

        story.Submitted("action-plan");

        Assert.Equal(ObligationStatus.Submitted, story.Agreement.StatusOf(story["action-plan"]));
    }

    [Fact]
    public void What_rests_on_something_waits_until_that_is_done_or_waived()
    {
        var story = WithReport().Given(ProjectLead, Report());
        Assert.Equal(ObligationStatus.Waiting, story.Agreement.StatusOf(story["mapping-discussion"]));

        story.Accepted("mapping-report");
        Assert.Equal(ObligationStatus.Open, story.Agreement.StatusOf(story["mapping-discussion"]));
        Assert.Equal(ObligationStatus.Waiting, story.Agreement.StatusOf(story["action-plan"]));

        story.Given(Officer, new WaiveObligation("mapping-discussion", "Hölls i samband med annat", "A2015/3"));
        Assert.Equal(ObligationStatus.Open, story.Agreement.StatusOf(story["action-plan"]));
    }

    [Fact]
    public void A_continuous_one_holds_nothing_up()
    {
        var story = Story.Signed(Terms(new ObligationTerms("inform", "Informera", ["RK"], ObligationKind.Continuous, NoDate), Deliverable("it", NoDate, true, "inform")));

        Assert.Equal(ObligationStatus.Open, story.Agreement.StatusOf(story["it"]));
    }

    [Fact]
    public void Without_acceptance_in_the_terms_delivery_is_enough()
    {
        var story = Story.Of2014().On("2017-10-01").Submitted("government-report", Officer);

        Assert.Equal(ObligationStatus.Done, story.Agreement.StatusOf(story["government-report"]));
        story.When(Officer, new WithdrawSubmission("government-report", 1, "Fel")).ThenRefused("submission-decided");
    }

    [Fact]
    public void The_documents_that_the_terms_ask_for_are_required()
    {
        var story = Story.Of2014();

        story.When(ProjectLead, new Submit("mapping-report", "Kartläggningen", [])).ThenRefused("documents-missing", RefusalKind.Invalid);
        story.Given(ProjectLead, Document(1, "minutes")).When(ProjectLead, Report()).ThenFaults(("/documents", "document-kind-missing"));
        story.When(ProjectLead, new Submit("mapping-report", "Kartläggningen", [Id(7)])).ThenFaults(("/documents/0", "unknown-document"));
        story.Given(Officer, Document(2)).When(ProjectLead, new Submit("mapping-report", "Kartläggningen", [Id(2)])).ThenFaults(("/documents/0", "unknown-document"));
    }

    [Fact]
    public void Only_those_who_owe_it_deliver_it()
    {
        var story = WithReport();

        story.When(Officer, Report()).ThenRefused("not-responsible", RefusalKind.Forbidden);
        story.When(Finance, Report()).ThenRefused("not-financial", RefusalKind.Forbidden);
        story.When(Payer, Report()).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.When(ProjectLead, new Submit("coordination-group", "Möte", [])).ThenRefused("not-a-deliverable");
        story.When(ProjectLead, Report(" ")).ThenRefused("text-length", RefusalKind.Invalid);
        story.When(Approver, Report()).Then<SubmissionMade>();
    }

    [Fact]
    public void Finance_delivers_and_takes_back_what_is_financial()
    {
        var story = Story.Of2014().On("2017-08-20").Submitted("final-accounts", Finance);

        story.When(Finance, new WithdrawSubmission("final-accounts", 1, "Fel bilaga")).Then<SubmissionWithdrawn>();
        WithReport().Given(ProjectLead, Report())
            .When(Finance, new WithdrawSubmission("mapping-report", 1, "Fel bilaga")).ThenRefused("not-financial", RefusalKind.Forbidden);
    }

    [Fact]
    public void The_receiver_accepts()
    {
        var story = WithReport().Given(ProjectLead, Report()).On("2015-02-10")
            .When(Officer, new AcceptSubmission("mapping-report", 1, "Tack")).Then(new SubmissionAccepted("mapping-report", 1, "Tack"));

        Assert.Equal(ObligationStatus.Done, story.Agreement.StatusOf(story["mapping-report"]));
        Assert.Equal(Day("2015-01-20"), story["mapping-report"].DeliveredOn);
        story.When(Officer, new AcceptSubmission("mapping-report", 1, "Tack")).ThenNothing();
        story.When(OtherOfficer, new AcceptSubmission("mapping-report", 1, "Tack")).ThenRefused("submission-decided");
        story.When(Officer, new ReturnSubmission("mapping-report", 1, "Oklart", Day("2015-03-01"))).ThenRefused("submission-decided");
        story.When(ProjectLead, Report("Igen")).ThenRefused("obligation-settled");
    }

    [Fact]
    public void How_late_a_submission_came_in_stands_though_its_date_moves_afterwards()
    {
        var story = Story.Of2014().On("2015-02-05").Submitted("mapping-report");
        Assert.Equal((Day("2015-02-01"), 4), (story["mapping-report"].Submissions[0].DueOn, story["mapping-report"].Submissions[0].DaysLate));

        story.Given(Officer, new ReturnSubmission("mapping-report", 1, "Oklart", Day("2015-02-20"))).On("2015-02-20").Submitted("mapping-report");
        Assert.Equal([4, 0], story["mapping-report"].Submissions.Select(s => s.DaysLate));
    }

    [Fact]
    public void Nobody_reviews_their_own_or_what_is_owed_to_another()
    {
        var story = Story.Of2014().Submitted("government-report", Officer).Submitted("mapping-report");

        story.When(Officer, new AcceptSubmission("government-report", 1, null)).ThenRefused("own-submission", RefusalKind.Forbidden);
        story.When(ProjectLead, new AcceptSubmission("mapping-report", 1, null)).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.When(Payer, new AcceptSubmission("mapping-report", 1, null)).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.When(ProjectLead with { Party = "RK", Role = Role.Officer }, new AcceptSubmission("mapping-report", 1, null)).ThenRefused("four-eyes", RefusalKind.Forbidden);
        story.When(Officer, new AcceptSubmission("mapping-report", 2, null)).ThenRefused("no-such-submission", RefusalKind.NotFound);
        story.When(Officer, new AcceptSubmission("mapping-report", 0, null)).ThenRefused("no-such-submission", RefusalKind.NotFound);
    }

    [Fact]
    public void What_is_owed_to_nobody_in_particular_or_to_the_payer_is_not_the_officer_s_to_review()
    {
        var toPayer = Deliverable("it", NoDate) with { Recipient = "KAMK" };

        Story.Signed(Terms(toPayer)).Submitted("it").When(Officer, new AcceptSubmission("it", 1, null)).ThenRefused("not-the-recipient", RefusalKind.Forbidden);
    }

    [Fact]
    public void What_the_terms_do_not_have_accepted_is_not_accepted() =>
        Story.Signed(Terms(Deliverable("it", NoDate, acceptance: false))).Submitted("it")
            .When(Officer, new AcceptSubmission("it", 1, null)).ThenRefused("acceptance-not-in-terms");

    [Fact]
    public void What_the_grantor_owes_is_read_by_the_project_lead()
    {
        var story = Story.Signed(Terms(Deliverable("it", NoDate, acceptance: false) with { Responsible = ["RK"], Recipient = "SKR" }));
        story.Given(Officer, new Submit("it", "Underlag", []));
        Assert.Contains(WorkList.Of(story.Dossier), turn => (turn.Role, turn.Work) == (Role.ProjectLead, WorkKind.NoteSubmission));
        story.When(Officer, new NoteSubmission("it", 1)).ThenRefused("own-submission", RefusalKind.Forbidden);
        story.When(ProjectLead, new NoteSubmission("it", 1)).Then(new SubmissionNoted("it", 1));
    }

    [Fact]
    public void What_needs_no_approval_is_read_once_by_whoever_it_is_owed_to_and_holds_up_nothing()
    {
        var story = Story.Signed(Terms(Deliverable("it", NoDate, acceptance: false))).Submitted("it");
        Assert.Equal([WorkKind.NoteSubmission, WorkKind.Close], OfTheOfficer());

        story.When(ProjectLead, new NoteSubmission("it", 1)).ThenRefused("own-submission", RefusalKind.Forbidden);
        story.When(Finance, new NoteSubmission("it", 1)).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.When(Officer, new NoteSubmission("it", 2)).ThenRefused("no-such-submission", RefusalKind.NotFound);
        story.When(Officer, new NoteSubmission("it", 1)).Then(new SubmissionNoted("it", 1));
        Assert.Equal(Officer.Id, story["it"].Submissions[0].Noted?.By);
        Assert.Equal(SubmissionState.Accepted, story["it"].Submissions[0].State);
        story.When(Officer, new NoteSubmission("it", 1)).ThenNothing();
        story.When(OtherOfficer, new NoteSubmission("it", 1)).ThenRefused("submission-noted");
        Assert.Equal([WorkKind.Close], OfTheOfficer());

        WithReport().Given(ProjectLead, Report()).When(Officer, new NoteSubmission("mapping-report", 1)).ThenRefused("submission-is-reviewed");

        IEnumerable<WorkKind> OfTheOfficer() => WorkList.Of(story.Dossier).Where(turn => turn.Role == Role.Officer).Select(turn => turn.Work);
    }

    [Fact]
    public void What_is_returned_is_due_on_the_new_date_and_overdue_after_it()
    {
        var story = WithReport().Given(ProjectLead, Report()).On("2015-02-10")
            .When(Officer, new ReturnSubmission("mapping-report", 1, "Komplettera kapitel 2", Day("2015-03-10")))
            .Then(new SubmissionReturned("mapping-report", 1, "Komplettera kapitel 2", Day("2015-03-10")));

        Assert.Equal(ObligationStatus.Returned, story.Agreement.StatusOf(story["mapping-report"]));
        Assert.Equal(Day("2015-03-10"), story["mapping-report"].DueOn);
        Assert.False(story["mapping-report"].IsOverdue(Day("2015-03-10")));
        Assert.True(story["mapping-report"].IsOverdue(Day("2015-03-11")));
        Assert.Null(story["mapping-report"].DeliveredOn);
        story.When(Officer, new ReturnSubmission("mapping-report", 1, "Komplettera kapitel 2", Day("2015-03-10"))).ThenNothing();
    }

    [Fact]
    public void A_return_has_a_reason_and_a_day_that_is_not_past()
    {
        var story = WithReport().Given(ProjectLead, Report()).On("2015-02-10");

        story.When(Officer, new ReturnSubmission("mapping-report", 1, "Komplettera", Day("2015-02-09"))).ThenRefused("date-in-past", RefusalKind.Invalid);
        story.When(Officer, new ReturnSubmission("mapping-report", 1, " ", Day("2015-03-09"))).ThenRefused("text-length", RefusalKind.Invalid);
        story.When(Officer, new ReturnSubmission("mapping-report", 1, "Komplettera", Day("2015-02-10"))).Then<SubmissionReturned>();
    }

    [Fact]
    public void What_was_returned_is_not_sent_again_unchanged()
    {
        var story = WithReport().Given(ProjectLead, Report()).Given(Officer, new ReturnSubmission("mapping-report", 1, "Komplettera", Day("2015-03-09")));

        story.When(ProjectLead, Report()).ThenRefused("submission-unchanged");
        story.Given(ProjectLead, new AddDocumentVersion(Id(1), File(2)))
            .When(ProjectLead, Report()).Then(new SubmissionMade("mapping-report", 2, "Kartläggningen", [new(Id(1), 2)], "SKR"));
    }

    [Theory]
    [InlineData("Kartläggningen ", null)]
    [InlineData(" Kartläggningen", " ")]
    [InlineData("Kartläggningen\u00a0\r\n", null)]
    public void Blanks_make_no_other_version(string summary, string? coverLetter)
    {
        var story = WithReport().Given(ProjectLead, Report()).Given(Officer, new ReturnSubmission("mapping-report", 1, "Komplettera", Day("2015-03-09")));
        story.When(ProjectLead, Report(summary) with { CoverLetter = coverLetter }).ThenRefused("submission-unchanged");
        story.Given(ProjectLead, Report("Kartläggningen två") with { CoverLetter = "Härmed översänds den" }, new WithdrawSubmission("mapping-report", 2, "Fel"))
            .When(ProjectLead, Report("Kartläggningen  två") with { CoverLetter = "Härmed\növersänds den" }).ThenRefused("submission-unchanged");
    }

    [Fact]
    public void A_second_version_waits_until_the_first_is_decided()
    {
        var story = WithReport().Given(ProjectLead, Report());

        story.When(ProjectLead, Report()).ThenRefused("submission-unchanged");
        story.When(ProjectLead, Report("Ny lydelse")).ThenRefused("submission-undecided");
    }

    [Fact]
    public void Its_sender_takes_it_back_before_it_is_decided_and_sends_something_else()
    {
        var story = WithReport().Given(ProjectLead, Report())
            .When(Approver, new WithdrawSubmission("mapping-report", 1, "Fel version")).Then(new SubmissionWithdrawn("mapping-report", 1, "Fel version"));

        Assert.Equal(SubmissionState.Withdrawn, Assert.Single(story["mapping-report"].Submissions).State);
        Assert.Equal(ObligationStatus.Open, story.Agreement.StatusOf(story["mapping-report"]));
        story.When(Approver, new WithdrawSubmission("mapping-report", 1, "Fel version")).ThenNothing();
        story.When(ProjectLead, new WithdrawSubmission("mapping-report", 1, "Fel version")).ThenRefused("submission-decided");
        story.When(ProjectLead, Report()).ThenRefused("submission-unchanged");
        story.When(ProjectLead, Report("Ny lydelse")).Then(new SubmissionMade("mapping-report", 2, "Ny lydelse", [new(Id(1), 1)], "SKR"));
        // Nor what was taken back before that.
        story.Given(ProjectLead, new WithdrawSubmission("mapping-report", 2, "Fel igen")).When(ProjectLead, Report()).ThenRefused("submission-unchanged");
    }

    [Fact]
    public void What_is_decided_or_another_s_is_not_taken_back()
    {
        var story = WithReport().Given(ProjectLead, Report());

        story.When(Officer, new WithdrawSubmission("mapping-report", 1, "Fel")).ThenRefused("not-responsible", RefusalKind.Forbidden);
        story.When(ProjectLead, new WithdrawSubmission("mapping-report", 1, "")).ThenRefused("text-length", RefusalKind.Invalid);
        story.Accepted("mapping-report").When(ProjectLead, new WithdrawSubmission("mapping-report", 1, "Fel")).ThenRefused("submission-decided");
    }
}
