using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Grants;

/// <summary>An auditor's certificate goes with a statement beyond the amount that the terms set.</summary>
public class AuditCertificateTests
{
    static Story Stated(string above) => Story.Signed(Books.With(grant => grant with { AuditAbove = Kr(above) })).On("2016-05-02").Spent("100")
        .Given(Finance, new PrepareStatement(StatementKind.Annual, Year(2015), [])).Given(Approver, new AttestStatement(1));

    [Fact]
    public void Beyond_the_amount_a_statement_without_one_is_refused_by_name()
    {
        var story = Stated("99.99");
        story.When(Finance, new Submit("financial-statement-2016", "Redovisning", [], 1)).ThenFaults(("/documents", "document-kind-missing"));
        var certificate = story.Uploaded(Finance, "audit-certificate");
        story.When(Finance, new Submit("financial-statement-2016", "Redovisning", certificate, 1)).Then<SubmissionMade>();
    }

    [Fact]
    public void Up_to_the_amount_and_without_one_in_the_terms_none_is_asked_for()
    {
        Stated("100").When(Finance, new Submit("financial-statement-2016", "Redovisning", [], 1)).Then<SubmissionMade>();
        Assert.Contains(TermsCheck.Faults(Books.With(grant => grant with { AuditAbove = Kr("0") })), f => (f.Pointer, f.Rule) == ("/grant/auditAbove", "amount-not-positive"));
    }

    [Fact]
    public void Final_accounts_that_are_a_document_are_held_against_what_is_booked()
    {
        var story = Stated("99.99").On("2017-08-01");
        Assert.Contains("audit-certificate", SubmissionDecisions.Demanded(story.Dossier, story["final-accounts"], null));
        Assert.DoesNotContain("audit-certificate", SubmissionDecisions.Demanded(story.Dossier, story["final-report"], null));
    }
}
