using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Tests.Work;

/// <summary>Material: one side registers it, the other opens it to everybody, and nothing else is open.</summary>
public class PublicationsTests
{
    static readonly PublicationCheck passed = new(true);
    static readonly PublicationChecks allPassed = new(passed, passed, passed);

    static Story Spring() => Story.Of2014().On("2015-03-05").Given(ProjectLead, Document(1)).Given(Officer, Document(2));

    static ToldMaterial Told(Guid? document = null, string? address = null, PublicationKind kind = PublicationKind.Guide) =>
        new("En vägledning ", kind, document, address, Day("2015-03-01"), "sv", null, [PublicationAudience.Leadership, PublicationAudience.Leadership]);

    static Material Registered(DocumentVersion? document = null, string? address = null) =>
        new("En vägledning", PublicationKind.Guide, Day("2015-03-01"), "sv", [PublicationAudience.Leadership], document, address);

    [Fact]
    public void One_side_registers_material_and_the_other_opens_it_after_three_checks()
    {
        var story = Spring();
        story.Given(ProjectLead, new PublishMaterial(Told(Id(1)))).When(ProjectLead, new PublishMaterial(Told(Id(1)))).ThenNothing();
        Assert.True(story.Dossier.Grounds.Publications[0].Material.SaysSame(Registered(new(Id(1), 1))));
        foreach (var by in new[] { Finance, Approver, Payer, Auditor, Reader })
            story.When(by, new PublishMaterial(Told(Id(1)))).ThenRefused("forbidden", RefusalKind.Forbidden);
        Assert.Contains(WorkList.Of(story.Dossier), turn => (turn.Work, turn.Party, turn.Role, turn.Subject) == (WorkKind.ApprovePublication, "RK", Role.Officer, "1"));
        Assert.DoesNotContain(WorkList.Of(story.Dossier), turn => turn.Work == WorkKind.ApprovePublication && turn.Party == "SKR");
        Assert.Empty(PublishedRows.Of(story.Dossier));

        story.When(ProjectLead, new ApprovePublication(1, allPassed)).ThenRefused("own-publication", RefusalKind.Forbidden);
        story.When(Officer, new ApprovePublication(1, new(new(false), passed, new(false, "Saknar rubriker"))))
            .ThenFaults(("/checks/secrecy/passed", "check-not-passed"), ("/checks/accessibility/passed", "check-not-passed"));
        story.When(Officer, new ApprovePublication(1, allPassed)).Then(new PublicationApproved(1, allPassed, "RK", story.Dossier.Documents[Id(1)]!.Versions[0].File.Sha256));
        story.When(Officer, new ApprovePublication(1, allPassed)).ThenNothing();
        story.When(Officer, new ApprovePublication(2, allPassed)).ThenRefused("no-such-publication", RefusalKind.NotFound);
        Assert.DoesNotContain(WorkList.Of(story.Dossier), turn => turn.Work == WorkKind.ApprovePublication);
        Assert.Equal(PublishedKind.Material, Assert.Single(PublishedRows.Of(story.Dossier)).Kind);
    }

    [Fact]
    public void What_can_not_be_followed_or_may_be_secret_is_refused()
    {
        var story = Spring().Given(ProjectLead, new MarkSecrecy(Id(1), "OSL 21 kap. 1 §"));
        story.When(ProjectLead, new PublishMaterial(Told(Id(1)))).ThenFaults(("/document", "document-secret"));
        story.When(ProjectLead, new PublishMaterial(Told(Id(2)))).ThenFaults(("/document", "unknown-document"));
        story.When(ProjectLead, new PublishMaterial(Told(Id(9)))).ThenFaults(("/document", "unknown-document"));
        story.When(ProjectLead, new PublishMaterial(Told())).ThenFaults(("/document", "publication-of-one"));
        story.When(ProjectLead, new PublishMaterial(Told(Id(2), "https://www.example.se/"))).ThenFaults(("/document", "publication-of-one"), ("/document", "unknown-document"));
        foreach (var address in new[] { "javascript:alert(1)", "data:text/html,x", "//example.se/", "https://a@example.se/", "http://intern/", "file:///etc/passwd", "https://example.se/ x", "https://example.se/\u202E", "http://127.0.0.1/x", "https://[::1]/", "https://аррӏе.com/" })
            story.When(ProjectLead, new PublishMaterial(Told(address: address))).ThenFaults(("/address", "address-unreadable"));
        story.When(ProjectLead, new PublishMaterial(Told(address: "https://www.example.se/") with { Title = " ", On = Day("2015-03-06"), Language = "Svenska", Measure = "natverk" }))
            .ThenFaults(("/title", "text-length"), ("/on", "date-in-future"), ("/language", "language-tag"), ("/measure", "no-such-measure"));
        story.When(ProjectLead, new RemoveSecrecyMarking(Id(1), 1, "Öppen")).Then<SecrecyMarkingRemoved>();
        story.When(ProjectLead, new PublishMaterial(Told(Id(1)))).Then<MaterialPublished>();
        story.When(ProjectLead, new PublishMaterial(Told(address: "https://räksmörgås.se/"))).Then<MaterialPublished>();
    }

    [Fact]
    public void Either_side_spreads_and_withdraws_it_also_when_the_agreement_is_closed()
    {
        var story = Spring().Given(ProjectLead, new PublishMaterial(Told(address: "https://www.example.se/")));
        story.When(Officer, new SpreadMaterial(1, new("XX", "", Day("2015-03-06"), "javascript:x")))
            .ThenFaults(("/party", "unknown-party"), ("/channel", "text-length"), ("/on", "date-in-future"), ("/address", "address-unreadable"));
        story.When(Officer, new SpreadMaterial(1, new("SKR", "Nyhetsbrev", Day("2015-03-05")))).ThenFaults(("/party", "spread-by-other"));
        story.When(Officer, new SpreadMaterial(1, new("RK", "Nyhetsbrev", Day("2010-03-05")))).ThenFaults(("/on", "spread-before-material"));
        story.When(Officer, new SpreadMaterial(1, new("RK", "Nyhetsbrev ", Day("2015-03-05")))).Then(new MaterialSpread(1, new("RK", "Nyhetsbrev", Day("2015-03-05")), "RK"));
        story.When(Officer, new SpreadMaterial(1, new("RK", "Nyhetsbrev", Day("2015-03-05")))).ThenNothing();
        story.Given(Officer, new ApprovePublication(1, allPassed));
        story.When(Officer, new WithdrawPublication(1, " ")).ThenFaults(("/reason", "text-length"));
        story.When(Officer, new WithdrawPublication(1, "Fel bilaga ")).Then(new PublicationWithdrawn(1, "Fel bilaga", "RK"));
        story.When(Officer, new WithdrawPublication(1, "Fel bilaga")).ThenNothing();
        foreach (var late in new Command[] { new WithdrawPublication(1, "Annat"), new ApprovePublication(1, allPassed), new SpreadMaterial(1, new("SKR", "A", Day("2015-03-05"))) })
            story.When(ProjectLead, late).ThenRefused("publication-withdrawn");
        var gone = Assert.Single(PublishedRows.Of(story.Dossier));
        Assert.Equal((PublishedKind.Gone, 1), (gone.Kind, gone.Number));
        Assert.Null(gone.Of ?? (object?)gone.Material ?? gone.Grant);
    }

    [Fact]
    public void Only_the_version_that_was_approved_is_open_and_none_while_it_is_marked_as_secret()
    {
        var story = Spring().Given(ProjectLead, new PublishMaterial(Told(Id(1)))).Given(Officer, new ApprovePublication(1, allPassed));
        var first = story.Dossier.Documents[Id(1)]!.Versions[0].File.Sha256;
        story.Given(ProjectLead, new AddDocumentVersion(Id(1), File(7)));
        Assert.Equal(first, Assert.Single(PublishedRows.Of(story.Dossier)).Material!.File!.Sha256);
        // Whoever is to approve it has read it: the document has left its party.
        story.When(ProjectLead, new WithdrawDocument(Id(1), "Fel")).ThenRefused("document-handed-over");
        story.Given(Officer, new MarkSecrecy(Id(1), "OSL 21 kap. 1 §"));
        Assert.Equal(PublicationStatus.Closed, Publications.StatusOf(story.Dossier, story.Dossier.Grounds.Publications[0]));
        Assert.Empty(PublishedRows.Of(story.Dossier));
        story.Given(Officer, new RemoveSecrecyMarking(Id(1), 1, "Öppen"));
        Assert.Equal(PublishedKind.Material, Assert.Single(PublishedRows.Of(story.Dossier)).Kind);
    }

    [Fact]
    public void What_was_never_open_leaves_no_trace_and_the_grant_comes_with_a_decision_or_a_report()
    {
        var story = Spring().Given(ProjectLead, new PublishMaterial(Told(address: "https://www.example.se/1")), new WithdrawPublication(1, "Fel"),
            new PublishMaterial(Told(address: "https://www.example.se/2")));
        Assert.Empty(PublishedRows.Of(story.Dossier));
        story.Given(Officer, new ApprovePublication(2, allPassed));
        Assert.DoesNotContain(PublishedRows.Of(story.Dossier), row => row.Kind == PublishedKind.Grant);
        story.Given(Officer, new PublishMaterial(Told(address: "https://www.example.se/3", kind: PublicationKind.Decision))).Given(ProjectLead, new ApprovePublication(3, allPassed));
        var grant = Assert.Single(PublishedRows.Of(story.Dossier), row => row.Kind == PublishedKind.Grant).Grant!;
        Assert.Equal(Day("2014-06-13"), grant.AwardedOn);
        Assert.Equal(["RK", "SKR"], grant.Funders.Concat(grant.Recipients).Select(it => story.Dossier.Agreement.Terms.Parties.First(party => party.Name == it.Name).Key));
        story.Given(ProjectLead, new WithdrawPublication(3, "Fel"));
        Assert.DoesNotContain(PublishedRows.Of(story.Dossier), row => row.Kind == PublishedKind.Grant);
    }
}
