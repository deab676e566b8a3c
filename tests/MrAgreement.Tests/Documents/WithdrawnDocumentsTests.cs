using MrAgreement.Access;
using MrAgreement.Documents;
using MrAgreement.Obligations;

namespace MrAgreement.Tests.Documents;

public class WithdrawnDocumentsTests
{
    static Story Uploaded() => Story.Of2014().On("2015-01-20").Given(ProjectLead, Document(1), Document(2));

    [Fact]
    public void A_document_that_has_gone_to_nobody_is_withdrawn_and_stays_on_record()
    {
        var story = Uploaded();
        story.When(Finance, new WithdrawDocument(Id(1), "Fel fil")).Then(new DocumentWithdrawn(Id(1), "Fel fil"));

        var it = story.Dossier.Documents[Id(1)]!;
        Assert.Equal(("Fel fil", Finance.Id, story.Dossier.Sequence), (it.Withdrawn!.Reason, it.WithdrawnBy, it.Touched));
        story.When(Finance, new WithdrawDocument(Id(1), "Fel fil")).ThenNothing();
        story.When(ProjectLead, new WithdrawDocument(Id(1), "Fel fil")).ThenRefused("document-withdrawn");
        story.When(ProjectLead, new AddDocumentVersion(Id(1), File(9))).ThenRefused("document-withdrawn");
        story.When(ProjectLead, new Submit("mapping-report", "Härmed", [Id(1)])).ThenFaults(("/documents/0", "document-withdrawn"));
        story.When(ProjectLead, Document(1) with { Document = Id(7) }).Then<DocumentRegistered>();
        Assert.Single(Sight.Versions(story.Dossier, ProjectLead, it));
        Assert.Empty(Sight.Versions(story.Dossier, Officer, it));
    }

    [Fact]
    public void What_has_been_handed_over_stays()
    {
        var story = Uploaded().Given(ProjectLead, new Submit("mapping-report", "Härmed", [Id(1)]));
        story.When(ProjectLead, new WithdrawDocument(Id(1), "Fel")).ThenRefused("document-handed-over");
        story.Given(ProjectLead, new WithdrawSubmission("mapping-report", 1, "Fel version")).When(ProjectLead, new WithdrawDocument(Id(1), "Fel")).ThenRefused("document-handed-over");
        story.When(ProjectLead, new WithdrawDocument(Id(2), " ")).ThenFaults(("/reason", "text-length"));
        story.When(Officer, new WithdrawDocument(Id(2), "Fel")).ThenRefused("unknown-document", RefusalKind.NotFound);
    }

    [Fact]
    public void Several_are_registered_together_or_not_at_all()
    {
        var story = Story.Of2014();
        story.When(ProjectLead, new RegisterDocuments([Document(1) with { Title = "" }, Document(2), Document(3, "Fel!")]))
            .ThenFaults(("/title", "text-length"), ("/kind/2", "document-kind"));
        story.When(ProjectLead, new RegisterDocuments([.. Enumerable.Range(1, 6).Select(n => Document(n))])).ThenFaults(("/file", "too-many-files"));
        Assert.Empty(story.Dossier.Documents.InOrder);
        // The same bytes twice are one.
        story.Given(ProjectLead, new RegisterDocuments([Document(1), Document(2, "plan"), Document(1) with { Document = Id(4) }]));
        Assert.Equal([(1, "Handling 1"), (2, "Handling 2")], story.Dossier.Documents.InOrder.Select(d => (d.Number, d.Title)));
        story.When(ProjectLead, new RegisterDocuments([Document(1), Document(2, "plan")])).ThenNothing();
    }
}
