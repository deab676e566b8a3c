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

        story.When(Finance, Document(1) with { Document = Id(9) }).ThenNothing();
        story.When(Finance, Document(1) with { Document = Id(9), Title = $" \u202e{Document(1).Title} ", On = story.Today }).ThenNothing();
        Assert.Equal(Id(1), story.Dossier.Documents.Same(File(1).Sha256, "report", "SKR")!.Id);
        story.When(Officer, Document(1) with { Document = Id(9) }).Then<DocumentRegistered>();
    }

    [Fact]
    public void What_is_said_of_the_same_bytes_a_second_time_is_never_dropped_in_silence()
    {
        var story = Story.Of2014().Given(ProjectLead, Document(1), Document(2));
        RegisterDocument[] others =
        [
            Document(1) with { Document = Id(9), Confidential = true, LegalGround = "OSL 21 kap. 1 §" },
            Document(1) with { Document = Id(9), LegalGround = "OSL 21 kap. 1 §" },
            Document(1) with { Document = Id(9), Title = "Annat namn" },
            Document(1) with { Document = Id(9), From = "Anna Ek" },
            Document(1) with { Document = Id(9), On = story.Today.PlusDays(-1) }
        ];
        Assert.All(others, other => story.When(Finance, other).ThenRefused("document-exists", RefusalKind.NotSo));
        // Of several, each is told by its own place, and one that comes twice too.
        story.When(Finance, new RegisterDocuments([Document(3), others[0]])).ThenFaults(("/file/1", "document-exists"));
        story.When(Finance, new RegisterDocuments([Document(3), Document(3) with { Document = Id(9), Title = "Annat" }])).ThenFaults(("/file/1", "file-twice"));
        // Withdrawn, it is free to be registered anew.
        story.Given(ProjectLead, new WithdrawDocument(Id(1), "Fel"));
        story.When(Finance, others[0]).Then<DocumentRegistered>();
    }

    [Fact]
    public void A_masked_copy_is_of_one_document_and_has_something_masked()
    {
        var story = Story.Of2014().Given(ProjectLead, Document(1), new AddDocumentVersion(Id(1), File(2)), Document(3));
        RegisterDocument Copy(int file, int of) => new(Id(9), "Maskerad", DocumentKind.MaskedCopy, File(file), null, false, null, Id(of));
        story.When(Finance, Copy(1, 1)).ThenFaults(("/file", "masked-copy-same"));
        story.When(Finance, Copy(2, 1)).ThenFaults(("/file", "masked-copy-same"));
        story.Given(Finance, Copy(4, 1) with { Document = Id(4) });
        story.When(Finance, Copy(4, 1)).ThenNothing();
        story.When(Finance, Copy(4, 3)).ThenRefused("document-exists", RefusalKind.NotSo);
        story.When(Finance, new AddDocumentVersion(Id(4), File(2))).ThenFaults(("/file", "masked-copy-same"));
        story.When(Finance, new AddDocumentVersion(Id(4), File(5))).Then<DocumentVersionAdded>();
    }

    [Fact]
    public void A_file_handed_over_with_an_act_is_the_one_that_is_registered_whatever_else_is_said_of_that()
    {
        var story = Story.Of2014().On("2015-01-20").Given(ProjectLead, Document(1) with { Confidential = true, LegalGround = "OSL 21 kap. 1 §" });
        story.Given(ProjectLead, new MrAgreement.Obligations.Submit("mapping-report", "Härmed", []) { Enclosed = [Document(1) with { Document = Id(9), Title = "rapport" }] });
        Assert.True(Assert.Single(story.Dossier.Documents.InOrder).Confidential);
        Assert.Equal(Id(1), story.Dossier.Agreement.Obligations["mapping-report"].LastSubmission!.Documents[0].Document);
    }

    [Fact]
    public void What_came_in_says_from_whom_and_what_was_drawn_up_does_not()
    {
        var story = Story.Of2014();
        var day = story.Today.PlusDays(-2);
        story.When(ProjectLead, Document(1) with { On = day, From = " Anna \u202eEk " }).Then(Registered(1) with { ReceivedOn = day, From = "Anna Ek" });
        story.When(ProjectLead, Document(2) with { On = day, LegalGround = "OSL\u200b 21 kap." }).Then(Registered(2) with { DrawnUpOn = day, LegalGround = "OSL 21 kap." });
        story.When(ProjectLead, Document(3) with { From = new string('x', 201) }).ThenFaults(("/from", "text-length"));

        static DocumentRegistered Registered(int id) => new(Id(id), id, Document(id).Title, Document(id).Kind, File(id), null, false, null, "SKR");
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
