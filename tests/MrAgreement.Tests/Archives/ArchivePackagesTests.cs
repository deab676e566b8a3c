using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Archives;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Archives;

public class ArchivePackagesTests
{
    static readonly ArchivePackageMade made = new(Id(1), "SKR", 1, Sha256.Of("första"u8), Sha256.Of("paket"u8), 2048, 7);

    [Fact]
    public void A_package_is_noted_with_who_made_it_and_when()
    {
        var story = Story.Of2014().Given(ProjectLead, new RecordArchivePackage(made));

        var it = Assert.Single(story.Dossier.Packages.InOrder);
        Assert.Equal((made, ProjectLead.Id, story.Dossier.LastAt), (it.Made, it.By, it.At));
    }

    [Fact]
    public void It_changes_no_version_of_the_agreement()
    {
        var before = Story.Of2014().Dossier;
        var after = Story.Of2014().Given(ProjectLead, new RecordArchivePackage(made)).Dossier;

        Assert.Equal((before.Touched, before.TouchedAt, before.Sequence + 1), (after.Touched, after.TouchedAt, after.Sequence));
    }

    [Fact]
    public void Noted_twice_it_is_one() =>
        Story.Of2014().Given(ProjectLead, new RecordArchivePackage(made)).When(ProjectLead, new RecordArchivePackage(made with { Until = 2 })).ThenNothing();

    [Fact]
    public void People_have_their_own_party_s_made_and_administrators_any_party_s()
    {
        var story = Story.Of2014();

        story.When(Officer, new RecordArchivePackage(made)).ThenRefused("not-own-archive", RefusalKind.Forbidden);
        story.When(Officer, new RecordArchivePackage(made with { Party = "RK" })).Then<ArchivePackageMade>();
        story.When(Admin, new RecordArchivePackage(made with { Package = Id(2) })).Then<ArchivePackageMade>();
        story.When(Admin, new RecordArchivePackage(made with { Package = Id(3), Party = "MSB" })).ThenFaults(("/party", "unknown-party"));
        story.When(Finance, new RecordArchivePackage(made)).ThenRefused("forbidden", RefusalKind.Forbidden);
    }

    [Fact]
    public void Packages_are_seen_by_those_who_may_make_them_and_by_the_auditors_of_the_party()
    {
        var dossier = Story.Of2014().Given(ProjectLead, new RecordArchivePackage(made)).Dossier;

        var auditor = new Actor(new PersonId("auditor.SKR"), "SKR", Role.Auditor);
        Assert.Equal([true, true, true, false, false, false, false],
            new[] { ProjectLead, Admin, auditor, Officer, Finance, auditor with { Party = "RK" }, Reader }.Select(by => PackageRules.Sees(dossier, by, dossier.Packages[Id(1)]!)));
    }

    [Fact]
    public void An_administrator_or_an_auditor_opens_none_that_holds_what_its_party_keeps_to_itself()
    {
        var story = Story.Of2014().On("2015-01-20").Submitted("mapping-report").Given(Admin, new RecordArchivePackage(made), new RecordArchivePackage(made with { Package = Id(2), Party = "RK" }));
        bool[] Opened(Guid package) => [.. new[] { ProjectLead, Officer, Admin }.Select(by => PackageRules.Opens(story.Dossier, by, story.Dossier.Packages[package]!))];
        Assert.Equal([true, false, true], Opened(Id(1)));
        Assert.Equal([false, true, true], Opened(Id(2)));

        // What was written since is not in those that were made before.
        story.On("2015-01-21").Given(Officer, new WriteInternalNote("mapping-report", 1, "Bara för oss"));
        Assert.Equal([false, true, true], Opened(Id(2)));
        story.On("2015-01-22").Given(Admin, new RecordArchivePackage(made with { Package = Id(3), Party = "RK" }), new RecordArchivePackage(made with { Package = Id(4) }));
        Assert.Equal([false, true, false], Opened(Id(3)));
        Assert.Equal([true, false, true], Opened(Id(4)));
        bool Audited(int package, string party) =>
            PackageRules.Opens(story.Dossier, new(new PersonId("auditor"), party, Role.Auditor), story.Dossier.Packages[Id(package)]!);
        Assert.Equal((true, false, true), (Audited(2, "RK"), Audited(3, "RK"), Audited(4, "SKR")));
    }

    [Fact]
    public void It_may_be_made_of_a_closed_agreement_and_not_of_a_draft()
    {
        var closed = Story.Of2014();
        foreach (var left in closed.Agreement.InOrder.Where(o => o.Kind != ObligationKind.Continuous))
            if (!closed[left.Key].IsSettled)
                closed.Given(Officer, new WaiveObligation(left.Key, "Avslutas", "A2014/1"));
        closed.Given(Officer, new LapseInstalment("2015", "Inga medel"), new LapseInstalment("2016", "Inga medel"), new CloseAgreement());
        var draft = Story.Draft(Terms2014);

        closed.When(ProjectLead, new RecordArchivePackage(made)).Then<ArchivePackageMade>();
        closed.When(Officer, new WaiveObligation("final-report", "För sent", "A1")).ThenRefused("agreement-closed");
        draft.When(ProjectLead, new RecordArchivePackage(made)).ThenRefused("agreement-not-signed");
    }

    [Theory]
    [InlineData("SKR")]
    [InlineData("RK")]
    [InlineData("KAMK")]
    public void Its_reader_sees_what_the_party_keeps_to_itself(string key)
    {
        var dossier = Story.Of2014().Dossier;

        Assert.True(Sight.IsOwnHouse(dossier, PackageRules.ReaderOf(dossier.Agreement.Party(key)!), key));
    }
}
