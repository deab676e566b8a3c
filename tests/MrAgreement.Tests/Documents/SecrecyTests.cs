using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Obligations;

namespace MrAgreement.Tests.Documents;

/// <summary>Markings of secrecy, masked copies, and what is given out.</summary>
public class SecrecyTests
{
    static readonly DocumentFile masked = File(50);

    static Story Uploaded() => Story.Of2014().On("2015-01-20").Given(ProjectLead, Document(1), Document(2));

    static RegisterDocument Copy(int id, int? of, string kind = DocumentKind.MaskedCopy) =>
        new(Id(id), "Maskerad", kind, masked, null, false, null, of is { } original ? Id(original) : null);

    static RecordDisclosure Given(DisclosureOutcome outcome, string? ground, params WantedDocument[] documents) =>
        new(Day("2015-01-20"), "Anna Ek", outcome, documents, "Lena Lind", "A2015/3", ground);

    [Fact]
    public void A_document_is_marked_by_the_party_that_has_it_and_the_marking_goes_with_a_reason()
    {
        var story = Uploaded();
        story.When(Finance, new MarkSecrecy(Id(1), " OSL 21 kap. 1 § ")).Then(new SecrecyMarked(Id(1), 1, "OSL 21 kap. 1 §", story.Today, "SKR"));
        story.When(Finance, new MarkSecrecy(Id(1), "OSL 21 kap. 1 §")).ThenNothing();
        story.When(ProjectLead, new MarkSecrecy(Id(1), "OSL 19 kap. 1 §")).ThenRefused("secrecy-marked");
        story.When(ProjectLead, new MarkSecrecy(Id(2), " ")).ThenFaults(("/legalGround", "legal-ground-missing"));
        story.When(ProjectLead, new MarkSecrecy(Id(2), new string('x', 301))).ThenFaults(("/legalGround", "text-length"));
        story.When(Officer, new MarkSecrecy(Id(1), "OSL 21 kap. 1 §")).ThenRefused("unknown-document", RefusalKind.NotFound);
        story.When(ProjectLead, new RemoveSecrecyMarking(Id(1), 1, "")).ThenFaults(("/reason", "text-length"));
        story.When(ProjectLead, new RemoveSecrecyMarking(Id(1), 1, "Publicerad")).Then(new SecrecyMarkingRemoved(Id(1), 1, "Publicerad", "SKR"));
        story.When(ProjectLead, new RemoveSecrecyMarking(Id(1), 1, "Publicerad")).ThenNothing();
        story.When(Finance, new RemoveSecrecyMarking(Id(1), 1, "Publicerad")).ThenRefused("marking-removed");
        story.When(Finance, new MarkSecrecy(Id(1), "OSL 19 kap. 1 §")).Then(new SecrecyMarked(Id(1), 2, "OSL 19 kap. 1 §", story.Today, "SKR"));
    }

    [Fact]
    public void Whoever_receives_a_document_marks_it_as_its_own_and_it_says_nothing_of_who_may_read_it()
    {
        var story = Uploaded().Given(ProjectLead, new Submit("mapping-report", "Härmed", [Id(1)]));
        story.Given(Officer, new MarkSecrecy(Id(1), "OSL 21 kap. 1 §")).Given(ProjectLead, new MarkSecrecy(Id(1), "OSL 19 kap. 1 §"));
        var it = story.Dossier.Documents[Id(1)]!;
        Assert.Equal(("OSL 21 kap. 1 §", "OSL 19 kap. 1 §"), (it.MarkingOf("RK")!.Marked.LegalGround, it.MarkingOf("SKR")!.Marked.LegalGround));
        story.When(Officer, new RemoveSecrecyMarking(Id(1), 2, "Nej")).ThenRefused("no-such-marking", RefusalKind.NotFound);
        // The payer reads what was handed over, marked or not, and has it not itself.
        Assert.Single(Sight.Versions(story.Dossier, Payer, it));
        story.When(Payer, new MarkSecrecy(Id(1), "OSL 21 kap. 1 §")).ThenRefused("unknown-document", RefusalKind.NotFound);
    }

    [Fact]
    public void A_masked_copy_says_what_it_is_a_copy_of()
    {
        var story = Uploaded().Given(ProjectLead, new Submit("mapping-report", "Härmed", [Id(1)]));
        story.When(Officer, Copy(5, null)).ThenFaults(("/copyOf", "masked-copy-of-what"));
        story.When(Officer, Copy(5, 1, "note")).ThenFaults(("/copyOf", "copy-not-masked"));
        story.When(Officer, Copy(5, 2)).ThenFaults(("/copyOf", "document-not-held"));
        story.When(Officer, Copy(5, 9)).ThenFaults(("/copyOf", "document-not-held"));
        story.When(Officer, Copy(5, 1)).Then<DocumentRegistered>();
        Assert.Equal([Id(5)], story.Dossier.Documents.MaskedCopies(Id(1), "RK").Select(copy => copy.Id));
        Assert.Empty(story.Dossier.Documents.MaskedCopies(Id(1), "SKR"));
    }

    [Fact]
    public void What_is_given_out_is_recorded_whole_masked_or_refused_and_seen_by_that_party_alone()
    {
        var story = Uploaded().Given(ProjectLead, new Submit("mapping-report", "Härmed", [Id(1)])).Given(Officer, Copy(5, 1));
        var part = Given(DisclosureOutcome.Part, "OSL 21 kap. 1 §", new WantedDocument(Id(1), Id(5)));
        Assert.Equal(new DisclosedDocument(Id(1), 1, new(Id(5), 1)), Assert.Single(story.When(Officer, part).Then<DisclosureRecorded>().Documents));
        story.When(Officer, part).ThenNothing();
        var told = story.Dossier.Documents.Disclosures[0].Recorded;
        Assert.True(Sight.Sees(story.Dossier, Officer, told));
        Assert.False(Sight.Sees(story.Dossier, ProjectLead, told));
        Assert.False(Sight.Sees(story.Dossier, Payer, told));
        story.When(ProjectLead, Given(DisclosureOutcome.Whole, null, new(Id(1)), new(Id(2)))).Then<DisclosureRecorded>();
        story.When(Officer, Given(DisclosureOutcome.Refused, "OSL 21 kap. 1 §", new WantedDocument(Id(1)))).Then<DisclosureRecorded>();
    }

    [Fact]
    public void What_can_t_be_right_is_refused_all_at_once()
    {
        var story = Uploaded().Given(ProjectLead, new Submit("mapping-report", "Härmed", [Id(1)]), Document(3), new WithdrawDocument(Id(3), "Fel")).Given(Officer, Copy(5, 1));
        story.When(Officer, new RecordDisclosure(Day("2015-01-21"), " ", DisclosureOutcome.Part, [], "", null, " "))
            .ThenFaults(("/to", "text-length"), ("/decidedBy", "text-length"), ("/ground", "disclosure-ground-missing"), ("/on", "date-in-future"), ("/documents", "disclosure-of-what"));
        story.When(Officer, Given(DisclosureOutcome.Whole, null, new WantedDocument(Id(1), Id(5)))).ThenFaults(("/documents/0/masked", "masked-in-part-only"));
        story.When(Officer, Given(DisclosureOutcome.Part, "Skäl", new(Id(1)), new(Id(1)), new(Id(2)))).ThenFaults(("/documents/0", "disclosed-twice"), ("/documents/1", "disclosed-twice"), ("/documents/2", "document-not-held"));
        story.When(Officer, Given(DisclosureOutcome.Part, "Skäl", new WantedDocument(Id(1), Id(2)))).ThenFaults(("/documents/0/masked", "no-masked-copy"));
        story.When(ProjectLead, Given(DisclosureOutcome.Part, "Skäl", new WantedDocument(Id(3)))).ThenFaults(("/documents/0", "document-withdrawn"));
        story.Given(Officer, new MrAgreement.Erasures.RequestErasure(null, Id(5), MrAgreement.Erasures.ErasureGround.Correction, null));
        story.Given(Officer with { Id = Officer2 }, story.Approval(1));
        story.When(Officer, Given(DisclosureOutcome.Part, "Skäl", new WantedDocument(Id(1), Id(5)))).ThenFaults(("/documents/0/masked", "document-erased"));
        story.When(Officer, Given(DisclosureOutcome.Whole, null, new WantedDocument(Id(5)))).ThenFaults(("/documents/0", "document-erased"));
        story.When(Officer, new MarkSecrecy(Id(5), "OSL 21 kap. 1 §")).ThenRefused("document-erased");
    }

    [Fact]
    public void It_is_of_what_the_party_had_on_that_day_and_a_wrong_record_is_taken_back()
    {
        var story = Story.Of2014().On("2015-01-20").Given(ProjectLead, Document(1), Document(3), new WithdrawDocument(Id(3), "Fel")).On("2015-01-22").Given(ProjectLead, new AddDocumentVersion(Id(1), File(2)), new Submit("mapping-report", "Härmed", [Id(1)])).On("2015-01-26");
        var given = Given(DisclosureOutcome.Whole, null, new WantedDocument(Id(1)));
        story.When(Officer, given with { On = Day("2015-01-21") }).ThenFaults(("/on", "disclosure-before-document"));
        story.When(ProjectLead, given with { On = Day("2015-01-19") }).ThenFaults(("/on", "disclosure-before-document"));
        Assert.Equal(1, story.When(ProjectLead, given with { On = Day("2015-01-21") }).Then<DisclosureRecorded>().Documents[0].Version);
        Assert.Equal(2, story.When(ProjectLead, given with { On = Day("2015-01-22") }).Then<DisclosureRecorded>().Documents[0].Version);
        // What can't be given out any more may have been asked for, and refused.
        story.When(ProjectLead, given with { Documents = [new(Id(3))] }).ThenFaults(("/documents/0", "document-withdrawn"));
        story.When(ProjectLead, Given(DisclosureOutcome.Refused, "Finns inte", new WantedDocument(Id(3)))).Then<DisclosureRecorded>();

        story.When(Officer, new WithdrawDisclosure(1, "Fel dag")).ThenRefused("no-such-disclosure", RefusalKind.NotFound);
        story.When(ProjectLead, new WithdrawDisclosure(1, " ")).ThenFaults(("/reason", "text-length"));
        story.When(Finance, new WithdrawDisclosure(1, "Fel dag")).Then(new DisclosureWithdrawn(1, "SKR", "Fel dag"));
        story.When(Finance, new WithdrawDisclosure(1, "Fel dag")).ThenNothing();
        story.When(ProjectLead, new WithdrawDisclosure(1, "Fel dag")).ThenRefused("disclosure-withdrawn");
        Assert.Equal("Fel dag", story.Dossier.Documents.Disclosures[0].Withdrawn!.Reason);
        Assert.All([Officer, Payer], by => Assert.False(Sight.Sees(story.Dossier, by, new DisclosureWithdrawn(1, "SKR", "Fel dag"))));
    }

    [Fact]
    public void What_is_written_has_no_letters_that_are_not_seen()
    {
        var story = Uploaded();
        var told = story.When(ProjectLead, Given(DisclosureOutcome.Part, "Skäl\u202e\nTvå", new WantedDocument(Id(1))) with { To = "An\u200bna", DecidedBy = "\u202eLena", Reference = "A\u2066 1" }).Then<DisclosureRecorded>();
        Assert.Equal(("Anna", "Lena", "A 1", "Skäl\nTvå"), (told.To, told.DecidedBy, told.Reference, told.Ground));
        story.When(ProjectLead, new MarkSecrecy(Id(1), "OSL\u202e 21 kap. 1 §")).Then(new SecrecyMarked(Id(1), 1, "OSL 21 kap. 1 §", story.Today, "SKR"));
        story.When(ProjectLead, new RecordDiaryNumber(DiaryNumber.Parse("SKR\u202e 2015-1"))).ThenFaults(("/number", "hidden-letters"));
        story.When(ProjectLead, new RecordDiaryNumber(DiaryNumber.Parse("SKR 2015-1"))).Then<DiaryNumberRecorded>();
        Assert.Contains(TermsCheck.Faults(Terms2014 with { DiaryNumber = DiaryNumber.Parse("S2014/1\u202e") }), fault => fault is { Pointer: "/diaryNumber", Rule: "hidden-letters" });
    }

    static readonly PersonId Officer2 = new("person-officer-2");
}
