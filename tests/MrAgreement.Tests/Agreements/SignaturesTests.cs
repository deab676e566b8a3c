using MrAgreement.Agreements;
using MrAgreement.Overviews;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Agreements;

public class SignaturesTests
{
    static readonly Actor colleague = Officer with { Id = new("another.officer") };

    static SignAgreement Again(string on) => Some.Signature(on);

    [Fact]
    public void It_is_of_the_terms_hash_and_unconfirmed_until_the_other_party_has_confirmed_it()
    {
        var story = Story.Of2014();
        Assert.Equal(TermsInForce.Hash(story.Agreement), story.Agreement.Signature!.Signed.Terms);
        Assert.Equal((SignatureState.Unconfirmed, "RK", Officer.Id), (story.Agreement.Signature!.State, story.Agreement.Signature.Signed.Party, story.Agreement.Signature.By));

        story.When(ProjectLead, new ConfirmSignature()).Then(new SignatureConfirmed("SKR"));
        story.When(ProjectLead, new ConfirmSignature()).ThenNothing();

        Assert.Equal((SignatureState.Confirmed, ProjectLead.Id), (story.Agreement.Signature.State, story.Agreement.Signature.Answer!.By));
        story.When(ProjectLead, new ContestSignature("Nej")).ThenRefused("signature-confirmed");
        story.When(Officer, Again("2014-06-13")).ThenRefused("already-signed");
    }

    [Fact]
    public void Whoever_recorded_it_and_their_party_do_not_answer_it()
    {
        var story = Story.Of2014();
        story.When(Officer, new ConfirmSignature()).ThenRefused("own-signature", RefusalKind.Forbidden);
        story.When(colleague, new ContestSignature("Nej")).ThenRefused("own-signature", RefusalKind.Forbidden);
        // The same person as somebody of the other party.
        story.When(ProjectLead with { Id = Officer.Id }, new ConfirmSignature()).ThenRefused("own-signature", RefusalKind.Forbidden);
        foreach (var by in new[] { Finance, Approver, Payer, Auditor, Reader, Admin })
            story.When(by, new ConfirmSignature()).ThenRefused("forbidden", RefusalKind.Forbidden);
    }

    [Fact]
    public void Contested_it_undoes_nothing_and_is_recorded_anew_by_the_party_that_recorded_it()
    {
        var story = Story.Of2014().On("2014-06-20");
        story.When(ProjectLead, new ContestSignature(" ")).ThenFaults(("/reason", "text-length"));
        story.When(ProjectLead, new ContestSignature("Undertecknades den 16 juni")).Then(new SignatureContested("SKR", "Undertecknades den 16 juni"));
        story.When(ProjectLead, new ContestSignature("Undertecknades den 16 juni")).ThenNothing();
        story.When(ProjectLead, new ConfirmSignature()).ThenRefused("signature-contested");
        Assert.Equal(AgreementStatus.Active, story.Agreement.Status);
        Assert.Equal(("RK", Role.Officer, "Undertecknades den 16 juni"), Assert.Single(Of(story, WorkKind.SignAgain)));
        var since = story["mapping-report"].RemindersSince;

        story.When(Officer, Again("2014-06-16")).Then<AgreementSigned>();

        Assert.Equal((SignatureState.Unconfirmed, Some.Day("2014-06-16")), (story.Agreement.Signature!.State, story.Agreement.Signature.Signed.SignedOn));
        Assert.Null(story.Agreement.Signature.Answer);
        // What was recorded first, and why it did not hold, stays to be seen.
        var first = Assert.Single(story.Agreement.Signature.Earlier);
        Assert.Equal((SignatureState.Contested, Some.Day("2014-06-13"), "Undertecknades den 16 juni"), (first.State, first.Signed.SignedOn, first.Answer!.Reason));
        // What was done since the first one stands.
        Assert.Equal(Some.Day("2014-06-13"), story.Agreement.Signed!.SignedOn);
        Assert.Equal(since, story["mapping-report"].RemindersSince);
        story.When(ProjectLead, new ConfirmSignature()).Then<SignatureConfirmed>();
    }

    [Fact]
    public void It_is_void_when_the_terms_change_before_anybody_has_confirmed_it()
    {
        var story = Story.Of2014().On("2014-12-10");
        var drafted = TermsInForce.Hash(story.Agreement);
        var amend = new ProposeAmendment(Some.Day("2014-12-01"), "A2014/9999/DISK", Some.Day("2014-12-10"), [new(Reschedule: new("mapping-report", Some.On("2015-03-01")))]);
        story.Given(Officer, amend);

        Assert.Equal(SignatureState.Void, story.Agreement.Signature!.State);
        story.When(ProjectLead, new ConfirmSignature()).ThenRefused("signature-void");
        Assert.Equal(("RK", Role.Officer, null), Assert.Single(Of(story, WorkKind.SignAgain)));
        story.When(Officer, Again("2014-12-10") with { Terms = drafted }).ThenRefused("terms-changed");
        story.When(Officer, Again("2014-12-10") with { Terms = TermsInForce.Hash(story.Agreement) }).Then<AgreementSigned>();
        story.When(ProjectLead, new ConfirmSignature()).Then<SignatureConfirmed>();
        // What is confirmed stays so.
        story.Given(Officer, amend with { Reference = "A2014/10000/DISK", Changes = [new(Reschedule: new("mapping-report", Some.On("2015-03-02")))] });
        Assert.Equal(SignatureState.Confirmed, story.Agreement.Signature!.State);
    }

    [Fact]
    public void What_older_logs_have_of_it_counts_as_confirmed()
    {
        var story = Story.Draft(Some.Terms2014);
        story.Record([new AgreementSigned(Some.Day("2014-06-13"), [new("Erik Ullenhag", "RK")])], Officer.Id);

        Assert.Equal((SignatureState.Confirmed, null), (story.Agreement.Signature!.State, story.Agreement.Signature.Answer));
        Assert.Empty(Of(story, WorkKind.ConfirmSignature));
        story.When(ProjectLead, new ConfirmSignature()).ThenRefused("signature-confirmed");
    }

    [Fact]
    public void It_waits_for_the_other_party_and_keeps_nothing_else_from_waiting()
    {
        var story = Story.Of2014();
        Assert.Equal(("SKR", Role.ProjectLead, null), Assert.Single(Of(story, WorkKind.ConfirmSignature)));
        story.Given(ProjectLead, new ConfirmSignature());
        Assert.Empty(Of(story, WorkKind.ConfirmSignature));
    }

    static IEnumerable<(string, Role, string?)> Of(Story story, WorkKind kind) =>
        WorkList.Of(story.Dossier).Where(item => item.Work == kind).Select(item => (item.Party, item.Role, item.Note));
}
