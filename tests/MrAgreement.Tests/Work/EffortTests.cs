using MrAgreement.Organisations;
using MrAgreement.Overviews;
using MrAgreement.Work;

namespace MrAgreement.Tests.Work;

/// <summary>Efforts on the steps of the support ladder: whom they reach, what came of them, and what municipalities declare.</summary>
public class EffortTests
{
    internal static readonly OrganisationRegister Register = new(
        [
            new("0114", [OrganisationKind.Municipality], "AB", [new("Upplands Väsby")]), new("0180", [OrganisationKind.Municipality], "AB", [new("Stockholm")]),
            new("0980", [OrganisationKind.Municipality, OrganisationKind.Region], "I", [new("Gotland")]), new("region-01", [OrganisationKind.Region], "AB", [new("Region Stockholm")]),
            new("lst-AB", [OrganisationKind.CountyBoard], "AB", [new("Länsstyrelsen i Stockholms län")]), new("fra", [OrganisationKind.Agency], null, [new("FRA")])
        ],
        [new("stora", "Stora", GroupKind.SizeClass) { Members = [new("0180", Day("2014-01-01"))] }, new("nod", "Noden", GroupKind.Node) { Members = [new("0114", Day("2015-03-02")), new("0180", Day("2014-01-01"), Day("2015-03-01"))] }]);

    internal static readonly LadderStep[] Steps = [new("bas", "Generella insatser", 1, [EffortKind.Network, EffortKind.Seminar], false), new("riktat", "Riktat stöd", 2, [EffortKind.ProcessSupport], true)];

    internal static ToldEffort Effort(string title, string step, EffortReach reach, string from = "2015-03-02") =>
        new(title, EffortKind.Seminar, step, Day(from), null, EffortForm.Both, ["SKR"], [EffortAudience.Officials], reach, 12, [], "natverk", []);

    internal static EffortReach To(params string[] organisations) => new(organisations, null, []);

    static Story Laddered() => IndicatorTests.Planned().Given(ProjectLead, new SetSupportLadder(Steps));

    [Fact]
    public void An_effort_keeps_the_step_it_was_made_on()
    {
        var story = IndicatorTests.Planned();
        story.When(ProjectLead, new RecordEffort(Effort("Seminarium", "bas", To("0114")))).ThenRefused("no-support-ladder");
        story.When(ProjectLead, new SetSupportLadder([Steps[0], Steps[0] with { Title = "" }])).ThenFaults(("/steps/1/key", "key-taken"), ("/steps/1/order", "step-order"), ("/steps/1/title", "text-length"));
        story.When(Officer, new SetSupportLadder(Steps)).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.When(ProjectLead, new SetSupportLadder([Steps[1], Steps[0]])).Then<SupportLadderSet>();
        story.When(ProjectLead, new SetSupportLadder(Steps)).ThenNothing();
        story.When(ProjectLead, new RecordEffort(Effort("Seminarium", "nix", new(["0114"], "nod", []), "2015-03-02") with { Measure = "nix", To = Day("2015-03-01") }))
            .ThenFaults(("/to", "period-reversed"), ("/step", "unknown-step"), ("/measure", "measure-not-in-plan"), ("/organisations", "reach-of-one"));
        story.When(ProjectLead, new RecordEffort(Effort("Seminarium", "bas", To("0114")))).Then<EffortRecorded>();
        story.When(ProjectLead, new RecordEffort(Effort(" Seminarium ", "bas", To("0114")))).ThenNothing();
        story.Given(ProjectLead, new SetSupportLadder([Steps[1] with { Order = 1 }])).When(ProjectLead, new ReviseEffort(1, Effort("Seminarium 2", "bas", To("0114")))).Then<EffortRevised>();
        Assert.Equal((1, "Generella insatser"), (story.Dossier.Grounds.Support.Efforts[0].Content.Ladder, story.Dossier.Grounds.Support.StepOf(story.Dossier.Grounds.Support.Efforts[0].Content).Title));
        story.When(ProjectLead, new RecordEffort(Effort("Nytt", "bas", To("0114")))).ThenFaults(("/step", "unknown-step"));
    }

    [Fact]
    public void What_came_of_it_is_told_and_a_cancelled_one_is_as_good_as_none()
    {
        var story = Laddered().Given(ProjectLead, new RecordEffort(Effort("Seminarium", "bas", To("0114"))));
        story.When(ProjectLead, new RecordEffect(1, new(Day("2015-03-01"), EffectKind.Knowledge, ""))).ThenFaults(("/on", "effect-before-effort"), ("/text", "text-length"));
        story.When(ProjectLead, new RecordEffect(1, new(Day("2015-03-06"), EffectKind.Knowledge, "Mer kunskap"))).ThenFaults(("/on", "date-in-future"));
        EffectContent seen = new(Day("2015-03-05"), EffectKind.NoneSeen, "Ingen skillnad", "0114");
        story.When(ProjectLead, new RecordEffect(1, seen)).Then(new EffectSeen(1, 1, seen, "SKR"));
        story.When(ProjectLead, new RecordEffect(1, seen)).ThenNothing();
        story.When(ProjectLead, new CancelEffort(1, "Blev inte av")).Then<EffortCancelled>();
        story.When(ProjectLead, new CancelEffort(1, "Blev inte av")).ThenNothing();
        story.When(ProjectLead, new RecordEffect(1, seen)).ThenRefused("effort-cancelled");
        Assert.Equal(0, EffortCoverage.Of(story.Dossier.Grounds.Support, Register, EffortCoverageBy.Step, story.Today).InAll.Reached.All.In);
    }

    [Fact]
    public void A_step_that_asks_for_a_declaration_warns_of_those_who_have_made_none()
    {
        var story = Laddered().Given(ProjectLead, new RecordEffort(Effort("Processtöd", "riktat", To("0114", "0180"))));
        Assert.Equal(["0114", "0180"], Without());
        story.Given(ProjectLead, new DeclareIntent("0114", "styrning", "Vi vill mer", Day("2015-03-01"), null));
        Assert.Equal(["0180"], Without());
        story.When(ProjectLead, new DeclareIntent("0114", "styrning", "Vi vill mer", Day("2015-03-01"), null)).ThenNothing();
        story.When(ProjectLead, new DeclareIntent("0114", " ", "Vi vill mer", Day("2015-03-06"), null)).ThenFaults(("/signedOn", "date-in-future"), ("/area", "text-length"));

        IEnumerable<string> Without() => EffortReaching.WithoutIntent(story.Dossier.Grounds.Support, story.Dossier.Grounds.Support.Efforts[0].Content, Register).Select(it => it.Id);
    }

    [Fact]
    public void Whom_efforts_reach_is_told_by_step_county_organisation_and_size()
    {
        var story = Laddered().Given(ProjectLead, new RecordEffort(Effort("Nod", "bas", new([], "nod", []))), new RecordEffort(Effort("Gotland", "riktat", new([], null, ["I"]))), new RecordEffort(Effort("FRA", "bas", To("fra", "lst-AB", "borta"))),
            new RecordEffort(Effort("Sedan", "riktat", To("0180"), "2015-04-01")), new RecordEffect(1, new(Day("2015-03-05"), EffectKind.Contact, "Kontakt", "0114")), new RecordEffect(1, new(Day("2015-03-05"), EffectKind.Contact, "Kontakt")));
        var steps = Cover(EffortCoverageBy.Step);
        Assert.Equal((2, 1, 1, 2, 3), (steps.InAll.Reached.Municipalities.In, steps.InAll.Reached.Regions.In, steps.InAll.Reached.CountyBoards.In, steps.InAll.Reached.Both.In, steps.InAll.Reached.All.In));
        Assert.Equal((3, 2, 4, 5), (steps.InAll.Reached.Municipalities.Of, steps.InAll.Reached.Regions.Of, steps.InAll.Reached.Both.Of, steps.InAll.Reached.All.Of));
        Assert.Equal(["bas 2 2", "riktat 1 1"], steps.Rows.Select(row => $"{row.Key} {row.Reached.All.In} {row.AtHighest}"));
        Assert.Equal((1, "borta", 2), (steps.Others, Assert.Single(steps.Unknown), steps.InAll.Effects[EffectKind.Contact]));
        var stockholm = Cover(EffortCoverageBy.County).Rows.Single(row => row.Key == "AB");
        Assert.Equal((1, 2, "Generella insatser", 1), (stockholm.Reached.Municipalities.In, stockholm.Reached.Municipalities.Of, stockholm.Highest, stockholm.Effects[EffectKind.Contact]));
        Assert.Equal(["0114 1", "0180 0", "0980 1", "lst-AB 1", "region-01 0", "fra 1"], Cover(EffortCoverageBy.Organisation).Rows.Select(row => $"{row.Key} {row.Efforts}"));
        Assert.Equal(["stora 0/1", " 3/4"], Cover(EffortCoverageBy.SizeClass).Rows.Select(row => $"{row.Key} {row.Reached.All.In}/{row.Reached.All.Of}"));

        story.Given(ProjectLead, new SetSupportLadder([Steps[0] with { Title = "Till alla" }, Steps[1]]));
        Assert.Equal(["bas Till alla Till alla", $"riktat {Steps[1].Title} {Steps[1].Title}"], Cover(EffortCoverageBy.Step).Rows.Select(row => $"{row.Key} {row.Title} {row.Highest}"));

        EffortCoverage Cover(EffortCoverageBy by) => EffortCoverage.Of(story.Dossier.Grounds.Support, Register, by, story.Today);
    }
}
