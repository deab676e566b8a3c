using MrAgreement.Documents;

namespace MrAgreement.Tests.Documents;

public class RegisterTests
{
    [Fact]
    public void A_document_is_registered_with_a_running_number_and_its_party()
    {
        var story = Story.Of2014().Given(ProjectLead, Document(1)).Given(Officer, Document(2));

        Assert.Equal([(1, "SKR"), (2, "RK")], story.Dossier.Documents.InOrder.Select(d => (d.Number, d.Party)));
        Assert.Equal(Day("2014-06-13"), story.Dossier.Documents[Id(1)]!.RegisteredOn);
    }

    [Fact]
    public void The_same_bytes_from_the_same_party_are_the_same_document_and_another_party_never_learns()
    {
        var story = Story.Of2014().Given(ProjectLead, Document(1));

        story.When(Finance, Document(1) with { Document = Id(9), Title = "Annat namn" }).ThenNothing();
        Assert.Equal(Id(1), story.Dossier.Documents.Same(File(1).Sha256, "report", "SKR")!.Id);
        story.When(Officer, Document(1) with { Document = Id(9) }).Then<DocumentRegistered>();
    }

    [Fact]
    public void The_same_bytes_of_another_kind_are_another_document()
    {
        var story = Story.Of2014().Given(ProjectLead, Document(1), Document(1, "statement") with { Document = Id(2) });

        Assert.Equal(["report", "statement"], story.Dossier.Documents.InOrder.Select(d => d.Kind));
    }

    [Theory]
    [InlineData("rapport.PDF", true)]
    [InlineData("rapport.docx", true)]
    [InlineData("rapport.pdf.exe", false)]
    [InlineData("makro.docm", false)]
    [InlineData("sida.html", false)]
    [InlineData("rapport", false)]
    [InlineData("", false)]
    public void A_document_has_a_format_that_can_be_kept_and_runs_nothing(string name, bool isTaken)
    {
        var story = Story.Of2014().Given(ProjectLead, Document(1));
        Command[] commands = [Document(2) with { File = File(2) with { Name = name } }, new AddDocumentVersion(Id(1), File(2) with { Name = name })];

        foreach (var command in commands)
            if (isTaken)
                story.When(ProjectLead, command).Then<DocumentEvent>();
            else
                story.When(ProjectLead, command).ThenFaults(("/file", "file-format"));
    }

    [Fact]
    public void A_newer_version_is_its_own_party_s_to_add_and_older_ones_stay()
    {
        var story = Story.Of2014().Given(ProjectLead, Document(1));

        story.When(Officer, new AddDocumentVersion(Id(1), File(2))).ThenRefused("unknown-document", RefusalKind.NotFound);
        story.When(Finance, new AddDocumentVersion(Id(1), File(2))).Then(new DocumentVersionAdded(Id(1), 2, File(2)));
        story.When(Finance, new AddDocumentVersion(Id(1), File(2))).ThenNothing();
        story.When(Finance, new AddDocumentVersion(Id(1), File(3) with { Size = 0 })).ThenRefused("file-empty", RefusalKind.Invalid);
        Assert.Equal([File(1), File(2)], story.Dossier.Documents[Id(1)]!.Versions.Select(v => v.File));
    }

    [Fact]
    public void A_document_says_what_it_is_and_secrecy_stands_on_a_section_of_law() =>
        Story.Of2014().When(ProjectLead, new RegisterDocument(Id(1), " ", "Report!", File(1) with { Size = 0 }, Day("2014-06-14"), true, " "))
            .ThenFaults(("/title", "text-length"), ("/kind", "document-kind"), ("/receivedOn", "date-in-future"), ("/legalGround", "legal-ground-missing"), ("/file", "file-empty"));
}
