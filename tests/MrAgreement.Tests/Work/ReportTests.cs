using System.Diagnostics;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Reports;
using MrAgreement.Work;

namespace MrAgreement.Tests.Work;

/// <summary>Reports: what is made of what the agreement says, what they lack, and that what is frozen reads the same for ever.</summary>
public class ReportTests
{
    internal static ReportDraft Draft(Story story, string? obligation, ReportKind kind, Actor? by = null, Guid? id = null)
    {
        var whose = by ?? ProjectLead;
        var draft = new ReportDraft(id ?? Some.Id(77), whose.Party, kind, "Rapporten", obligation, ReportTemplate.PeriodOf(story.Dossier, kind, story.Today),
            [.. ReportTemplate.Sections(story.Dossier, kind, obligation is null ? null : story[obligation]).Select(it => new ReportSection(it.Key, it.Title ?? it.Key, it.Must, it.Contents, it.Blocks))],
            whose.Id, story.Now);
        var writing = new ReportWriting(story.Dossier, draft, whose, story.Today);
        return draft with { Sections = [.. draft.Sections.Select(writing.Looked)] };
    }

    internal static FreezeReport Freeze(Story story, Actor by, ReportDraft draft) => new(draft, Reading(story, by, draft).Content());

    static ReportWriting Reading(Story story, Actor by, ReportDraft draft) => new(story.Dossier, draft, by, story.Today);

    static ReportSection Text(string key, string text, params string[] contents) => new(key, key, false, contents, [new(ReportBlockKind.Text, Text: text)]);

    static Story Planned() => PlanTests.Spring().Given(ProjectLead, PlanTests.Make(PlanTests.First));

    static ReportDraft With(ReportDraft draft, params ReportSection[] sections) =>
        draft with { Sections = [.. draft.Sections.Where(it => sections.All(other => other.Key != it.Key)), .. sections] };

    [Theory]
    [InlineData("plan:budget", "plan budget ")]
    [InlineData(" plan: focus-area / dialog | spent ", "plan focus-area,dialog spent")]
    [InlineData("statement:3/used", "statement 3,used ")]
    [InlineData("plan", null)]
    [InlineData(":x", null)]
    [InlineData("plan:", null)]
    [InlineData("plan:a//b", null)]
    [InlineData("plan:a|", null)]
    public void A_reference_is_a_source_a_path_and_perhaps_a_field(string written, string? read) =>
        Assert.Equal(read, FigureReference.Read(written) is { } it ? $"{it.Source} {string.Join(',', it.Path)} {it.Field}" : null);

    [Fact]
    public void References_are_found_in_texts_and_braces_that_nothing_closes_are_text()
    {
        Assert.Equal(["plan:budget", "a:b"], FigureReference.In("Av {{plan:budget}} och {{ a:b }}, {x} {{ {{"));
        Assert.Equal("{5} kr }} {{", FigureReference.Replaced("{{{a:b}}} kr }} {{", _ => "5"));
        // However many there are, in time.
        var clock = Stopwatch.StartNew();
        Assert.Empty(FigureReference.In(string.Concat(Enumerable.Repeat("{{", 500_000))));
        Assert.Equal(FigureReference.Most, FigureReference.In(string.Concat(Enumerable.Repeat("{{a:b}}", 50_000))).Count);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 2);
    }

    [Fact]
    public void A_report_begins_with_what_its_clause_asks_for_and_with_what_the_plan_has()
    {
        var story = Planned();
        var draft = Draft(story, "final-report", ReportTemplate.KindOf(story.Dossier, story["final-report"], "SKR"));
        Assert.Equal(ReportKind.Final, draft.Kind);
        Assert.Equal(["summary", "activities", "use-of-funds", "results-per-part", "lives-on", "area-dialog", "area-utbildning", "consultations", "money", "indicators"], draft.Sections.Select(it => it.Key));
        Assert.Equal(ReportKind.FollowUp, ReportTemplate.KindOf(story.Dossier, story["follow-up-report-2016"], "SKR"));
        Assert.Equal(ReportKind.Government, ReportTemplate.KindOf(story.Dossier, story["government-report"], "RK"));
        Assert.Equal((ReportKind.Government, ReportKind.Other), (ReportTemplate.KindOf(story.Dossier, null, "RK"), ReportTemplate.KindOf(story.Dossier, null, "SKR")));

        // What it lacks is told: the four that the clause asks for, a section that must be there, each measure, and the accounts.
        Assert.Equal(["Content activities", "Content use-of-funds", "Content results-per-part", "Content lives-on", "Assessment natverk", "Assessment kurs", "Statement final"],
            Reading(story, ProjectLead, draft).Missing().Where(it => it.What != ReportLackKind.Section).Select(it => $"{it.What} {it.Of}"));
    }

    [Fact]
    public void Each_measure_of_a_final_report_is_assessed_or_listed_with_the_reason_why_not()
    {
        var story = Planned().Given(ProjectLead, new ReportMeasure("natverk", Day("2015-03-05"), MeasureStatus.Done, "Sex träffar", [], []),
            new AssessMeasure("natverk", MeasureResult.Reached, "Alla kom", "I nätverken", [new(Report: 1)]));
        var draft = Draft(story, "final-report", ReportKind.Final);
        draft = With(draft, draft.Section("area-utbildning")! with
        {
            Blocks = [new(ReportBlockKind.Measures, "utbildning", Reasons: [new("kurs", "Kursen hölls aldrig")])]
        }, Text("activities", "Allt gjordes", "activities", "use-of-funds", "results-per-part", "lives-on"));
        var reading = Reading(story, ProjectLead, draft);
        Assert.Equal(["Statement"], reading.Missing().Select(it => $"{it.What}").Distinct().Except(["Section"]));
        Assert.Equal(["Åtgärden natverk", "measure-status.done", "2015-03-05", "Sex träffar", "measure-result.reached", "Alla kom", "I nätverken", ""], Row("area-dialog"));
        Assert.Equal("Kursen hölls aldrig", Row("area-utbildning")[^1]);

        // A measure that no section has any longer is told too.
        Assert.Contains("Measure kurs", Reading(story, ProjectLead, draft.Without("area-utbildning", draft.Section("area-utbildning")!.Tag, ProjectLead.Id, story.Now).After).Missing().Select(it => $"{it.What} {it.Of}"));

        IReadOnlyList<string> Row(string section) => [.. reading.Content().Section(section)!.Blocks.Last(it => it.Kind == ReportBlockKind.Measures).Table!.Rows[0].Cells.Select(it => it.Value)];
    }

    [Fact]
    public void What_is_frozen_has_its_figures_in_it_and_reads_the_same_whatever_happens_then()
    {
        var story = Planned();
        var draft = With(Draft(story, "follow-up-report-2016", ReportKind.FollowUp), Text("summary", "Av {{plan:budget}} är {{plan:focus-area/dialog|budget}} till dialog. {{coverage:findings/measures|untouched}} saknar."));
        var freeze = Freeze(story, ProjectLead, draft);
        story.When(Finance, freeze).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.When(Officer, freeze).ThenRefused("unknown-report", RefusalKind.NotFound);
        story.Given(ProjectLead, freeze with { Enclosed = [Some.Document(501, "report"), Some.Document(502, "report")] });
        var frozen = Assert.Single(story.Dossier.Grounds.Reports);
        Assert.Equal(["coverage:findings/measures|untouched 1", "plan:budget 300", "plan:focus-area/dialog|budget 100"], frozen.Content.Figures.Select(it => $"{it.Reference} {it.Value.Value}"));
        Assert.Equal((frozen.Sha256, 2), (Sha256.Of(frozen.Content.Written()), frozen.Documents.Count));
        Assert.StartsWith("plan:1 2015-03-05", frozen.Content.Figures[1].Edition, StringComparison.Ordinal);
        story.When(ProjectLead, freeze).ThenNothing();
        story.When(ProjectLead with { Id = new("annan") }, freeze).ThenRefused("report-frozen", RefusalKind.NotSo);

        var before = frozen.Content.Written();
        story.Given(ProjectLead, PlanTests.Make(PlanTests.First with { Measures = [PlanTests.First.Measures[0], PlanTests.Measure("kurs", "utbildning", "900")] }, PlanReason.Other));
        Assert.Equal(before, story.Dossier.Grounds.Reports[0].Content.Written());
        var read = (ReportFrozen)EventJson.Read("report-frozen", story.RowOf("report-frozen").Data!);
        Assert.Equal(read.Sha256, Sha256.Of(read.Content.Written()));
        Assert.Equal("1000", Reading(story, ProjectLead, draft).Figures.Find("plan:budget")!.Value.Value);

        // Its own party's until one of its documents is handed over; then those who see that document see it.
        Assert.Empty(Sight.Seen(story.Dossier, Officer).Grounds.Reports);
        Assert.False(Sight.Sees(story.Dossier, Officer, read));
        Assert.Single(Sight.Seen(story.Dossier, Finance).Grounds.Reports);
        story.Given(ProjectLead, new Submit("follow-up-report-2016", "Rapporten", [.. frozen.Documents.Select(it => it.Document)]));
        Assert.Single(Sight.Seen(story.Dossier, Officer).Grounds.Reports);
        Assert.True(Sight.Sees(story.Dossier, Officer, read));
        Assert.False(Sight.Sees(story.Dossier, Payer, read));
    }

    [Fact]
    public void What_is_wrong_in_itself_is_refused_at_its_place_and_nothing_else_is()
    {
        var story = Planned();
        var draft = With(Draft(story, "final-report", ReportKind.Final) with { Sections = [] },
            Text("a", "Se {{plan:nix}} och {{survey:stockholm-2021/goals=yes|count}} och {{statement:1/used}}"),
            new ReportSection("b", "B", false, ["okand"], [new(ReportBlockKind.Figure, "nix"), new(ReportBlockKind.Table, "nix"), new(ReportBlockKind.Statement, "7"), new(ReportBlockKind.Measures, "nix"), new(ReportBlockKind.Readings, "nix")]),
            Text("C", new string('x', ReportSection.LongestText + 1)));
        story.When(ProjectLead, Freeze(story, ProjectLead, draft)).ThenFaults(
            ("/sections/0/blocks/0/text", "figure-unknown"), ("/sections/0/blocks/0/text", "figure-unknown"), ("/sections/0/blocks/0/text", "figure-unknown"),
            ("/sections/1/blocks/1", "unknown-block"), ("/sections/1/blocks/3", "unknown-block"), ("/sections/1/blocks/4", "unknown-block"), ("/sections/1/contents/0", "unknown-content"),
            ("/sections/1/blocks/0/of", "figure-unknown"), ("/sections/1/blocks/2/of", "statement-not-attested"),
            ("/sections/2/blocks/0/text", "markdown-too-long"), ("/sections/2/key", "plan-key"));
        var sound = With(draft with { Sections = [] }, Text("a", "Inget"));
        story.When(ProjectLead, Freeze(story, ProjectLead, sound) with { Content = Freeze(story, ProjectLead, sound).Content with { Title = "Annat" } }).ThenRefused("report-moved", RefusalKind.NotSo);
        story.When(ProjectLead, Freeze(story, ProjectLead, sound with { Obligation = "government-report" })).ThenRefused("not-responsible", RefusalKind.Forbidden);
        story.When(ProjectLead, Freeze(story, ProjectLead, sound with { Obligation = "annual-consultation-2016" })).ThenRefused("not-a-deliverable", RefusalKind.NotSo);
        story.When(ProjectLead, Freeze(story, ProjectLead, sound with { Obligation = "nix" })).ThenRefused("no-such-obligation", RefusalKind.NotFound);
    }

    [Fact]
    public void Two_write_two_sections_and_whoever_comes_second_to_one_is_told()
    {
        var story = Planned();
        var draft = Draft(story, "final-report", ReportKind.Final);
        var (a, b) = (draft.Section("activities")!, draft.Section("lives-on")!);
        var (one, none) = draft.With(a.Tag, Text("activities", "Det ena"), ProjectLead.Id, story.Now);
        var (both, neither) = one.With(b.Tag, Text("lives-on", "Det andra"), Finance.Id, story.Now);
        Assert.Equal((null, null), (none, neither));
        Assert.Equal(("Det ena", "Det andra"), (both.Section("activities")!.Blocks[0].Text, both.Section("lives-on")!.Blocks[0].Text));
        Assert.Equal("report-section-changed", both.With(a.Tag, Text("activities", "Något annat"), Finance.Id, story.Now).Refused?.Slug);
        Assert.Null(both.With(a.Tag, Text("activities", "Det ena"), Finance.Id, story.Now).Refused);
        Assert.Equal("report-section-changed", both.Without("activities", a.Tag, Finance.Id, story.Now).Refused?.Slug);
        Assert.Equal("report-section-changed", both.With("nix", Text("ny", "Ny"), Finance.Id, story.Now).Refused?.Slug);
    }

    [Fact]
    public void What_has_changed_since_a_section_was_saved_is_told_row_by_row()
    {
        var story = Planned();
        var draft = Draft(story, "follow-up-report-2016", ReportKind.FollowUp);
        var block = draft.Section("area-dialog")!.Blocks[1];
        Assert.Empty(ReportChanges.Between(block.Seen, Reading(story, ProjectLead, draft).Of(block)));
        story.Given(ProjectLead, new ReportMeasure("natverk", story.Today, MeasureStatus.Ongoing, "Första träffen", [], []));
        var change = Assert.Single(ReportChanges.Between(block.Seen, Reading(story, ProjectLead, draft).Of(block)));
        Assert.Equal(("", "Första träffen"), (change.Was!.Cells[3].Value, change.Now!.Cells[3].Value));
        // Saved again, it has been seen.
        var seen = Reading(story, ProjectLead, draft).Looked(draft.Section("area-dialog")!);
        Assert.Empty(ReportChanges.Between(seen.Blocks[1].Seen, Reading(story, ProjectLead, draft).Of(block)));
    }
}
