using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Overviews;
using MrAgreement.Work;

namespace MrAgreement.Tests.Work;

/// <summary>Indicators: of what the plan has, read as fractions, never changed and only corrected.</summary>
public class IndicatorTests
{
    internal static readonly IndicatorContent Share = new("Andel kommuner i nätverk", WorkDimension.Result, [Principle.Inclusion], IndicatorUnit.Share, IndicatorDirection.Up, new(Measure: "natverk"),
        [new(Day("2016-12-31"), 60)], [new("kon", "Kön", ["kvinnor", "män"])], IndicatorSource.Survey);

    internal static readonly IndicatorContent Count = Share with { Title = "Utbildade", Dimension = WorkDimension.Process, Unit = IndicatorUnit.Number, BelongsTo = new(FocusArea: "utbildning"), Targets = [], Breakdowns = [], Cumulative = true };

    internal static Story Planned() => PlanTests.Spring().Given(ProjectLead, PlanTests.Make(PlanTests.First));

    static Story Defined() => Planned().Given(ProjectLead, new DefineIndicator("andel", Share), new DefineIndicator("utbildade", Count));

    static RecordReading Read(long numerator, long denominator, string on = "2015-03-01", int? corrects = null, bool sure = true, params ReadingPart[] parts) =>
        new("andel", new(Day(on), new(null, numerator, denominator), parts, null, []), corrects, sure);

    static RecordReading Counted(decimal value, string on = "2015-03-01", bool sure = true) => new("utbildade", new(Day(on), new(value), [], null, []), null, sure);

    [Fact]
    public void It_belongs_to_something_of_the_plan_and_all_that_is_wrong_is_told_at_once()
    {
        var story = Planned();
        story.When(Officer, new DefineIndicator("andel", Share)).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.When(ProjectLead, new DefineIndicator("heat-map", Share with { BelongsTo = new(Goal: "nix"), Decimals = 1, Targets = [new(Day("2016-01-01"), 101), new(Day("2016-01-01"), 50.55m)], Breakdowns = [new("k n", "", []), new("a", "A", ["x", "X"])], Scale = new(1, 5) }))
            .ThenFaults(("/scale", "scale-ends"), ("/targets/0/value", "value-per-cent"), ("/targets/1/value", "value-decimals"), ("/targets/1/by", "target-twice"), ("/breakdowns/0/key", "plan-key"), ("/breakdowns/0/title", "text-length"), ("/breakdowns/0/values", "required"),
                ("/breakdowns/1/values/1", "key-taken"), ("/belongsTo/goal", "unknown-goal"), ("/key", "key-taken"));
        story.When(ProjectLead, new DefineIndicator("andel", Share with { BelongsTo = new("natverk", "dialog") })).ThenFaults(("/belongsTo", "belongs-to-one"));
        story.When(ProjectLead, new DefineIndicator("andel", Share with { BelongsTo = new("nix") })).ThenFaults(("/belongsTo/measure", "measure-not-in-plan"));
        story.When(ProjectLead, new DefineIndicator("andel", Share with { Title = " Andel kommuner i nätverk " })).Then(new IndicatorDefined("andel", Share, "SKR"));
        story.When(ProjectLead, new DefineIndicator("andel", Share)).ThenNothing();
        story.When(ProjectLead, new DefineIndicator("andel", Count)).ThenFaults(("/key", "key-taken"));
    }

    [Fact]
    public void How_it_was_before_is_in_the_past_and_what_is_to_be_reached_comes_after_it()
    {
        var story = Planned();
        var before = new Baseline(Day("2015-03-05"), new(10), "Kartläggningen");
        story.When(ProjectLead, new DefineIndicator("andel", Share with { Baseline = before with { On = Day("2015-03-06") } })).ThenFaults(("/baseline/on", "date-in-future"));
        story.When(ProjectLead, new DefineIndicator("andel", Share with { Baseline = before, Targets = [new(Day("2015-03-05"), 60)] })).ThenFaults(("/targets/0/by", "target-before-baseline"));
        story.When(ProjectLead, new DefineIndicator("andel", Share with { Unit = IndicatorUnit.YesNo, Targets = [], Cumulative = true })).ThenFaults(("/cumulative", "cumulative-of-number"));
        story.When(ProjectLead, new DefineIndicator("andel", Share with { Baseline = before })).Then<IndicatorDefined>();
    }

    [Fact]
    public void Told_anew_it_keeps_its_targets_where_none_are_told()
    {
        var story = Defined();
        var anew = Share with { Title = "Kommuner i nätverk", Targets = [] };
        story.When(ProjectLead, new ReviseIndicator("andel", anew, KeepsTargets: true)).Then(new IndicatorRevised("andel", anew with { Targets = Share.Targets }, "SKR"));
        story.When(ProjectLead, new ReviseIndicator("andel", anew)).Then(new IndicatorRevised("andel", anew, "SKR"));
    }

    [Fact]
    public void A_share_is_kept_as_its_fraction_and_shown_rounded_half_away_from_zero()
    {
        var story = Defined().Given(ProjectLead, Read(10, 16), Counted(2.0m));
        var reading = story.Dossier.Grounds.Indicators["andel"].Latest!;
        Assert.Equal((10L, 16L, 63m, 62.5m), (reading.Content.Figure.Numerator, reading.Content.Figure.Denominator, reading.Content.Figure.Shown(0), reading.Content.Figure.Shown(1)));
        Assert.Contains("\"figure\":{\"numerator\":10,\"denominator\":16}", System.Text.Encoding.UTF8.GetString(story.RowOf("reading-recorded").Data!), StringComparison.Ordinal);
        Assert.Contains("\"figure\":{\"value\":2}", System.Text.Encoding.UTF8.GetString(story.Log[^1].Data!), StringComparison.Ordinal);
        story.When(ProjectLead, Read(10, 16) with { Reading = new(Day("2015-03-01"), new(62.5m), [], null, []) }).ThenFaults(("/numerator", "share-of-fraction"));
        story.When(ProjectLead, Read(17, 16)).ThenFaults(("/numerator", "fraction-range"));
        story.When(ProjectLead, Read(0, 0)).ThenFaults(("/numerator", "fraction-range"));
        story.When(ProjectLead, Counted(2.5m)).ThenFaults(("/value", "value-decimals"));
        story.When(ProjectLead, Read(1, 2, "2015-03-06", parts: [new("kon", "annat", new(null, 1, 1)), new("alder", "unga", new(1))]))
            .ThenFaults(("/on", "reading-in-future"), ("/parts/0/value", "unknown-breakdown"), ("/parts/1/breakdown", "unknown-breakdown"), ("/parts/1/numerator", "share-of-fraction"));
    }

    [Fact]
    public void Results_tell_whom_they_leave_out()
    {
        var story = Defined().Given(ProjectLead, Read(10, 16, parts: [new("kon", "kvinnor", new(null, 8, 10)), new("kon", "män", new(null, 2, 6))]), Counted(4));
        var it = story.Dossier.Grounds.Indicators["andel"];
        var left = it.LeftOutOf(it.Latest!.Content)!;
        Assert.Equal((6L, 38m), (left.Count, left.Share!.Shown(0)));
        Assert.Equal(["män 4 67", "kvinnor 2 20"], left.ByPart.Select(part => $"{part.Value} {part.Count} {part.Share.Shown(0)}"));
        Assert.Equal(10, (it with { Versions = [new(Share with { Direction = IndicatorDirection.Down }, ProjectLead.Id, story.Now)] }).LeftOutOf(it.Latest.Content)!.Count);
        Assert.Null(story.Dossier.Grounds.Indicators["utbildade"].LeftOutOf(story.Dossier.Grounds.Indicators["utbildade"].Latest!.Content));
    }

    [Fact]
    public void What_may_be_a_slip_is_asked_about_and_taken_when_sure()
    {
        var story = Defined().Given(ProjectLead, Read(10, 100, "2015-02-01"), Counted(40, "2015-02-01"));
        story.When(ProjectLead, Read(10, 110, sure: false)).Then<ReadingRecorded>();
        var parts = Read(10, 111, "2015-02-02", null, false, new ReadingPart("kon", "kvinnor", new(null, 5, 50)));
        story = Defined().Given(ProjectLead, Read(10, 100, "2015-02-01"), Counted(40, "2015-02-01"));
        story.When(ProjectLead, parts).ThenFaults(("/sure", "parts-differ-from-total"), ("/sure", "base-changed"));
        story.When(ProjectLead, parts with { IsSure = true }).Then<ReadingRecorded>();
        story.When(ProjectLead, Read(9, 100, "2015-02-01", sure: false)).ThenFaults(("/sure", "reading-same-day"));
        story.When(ProjectLead, Counted(39, sure: false)).ThenFaults(("/sure", "cumulative-falls"));
    }

    [Fact]
    public void Readings_are_only_corrected_and_what_they_rest_on_stays()
    {
        var story = Defined().Given(ProjectLead, Read(10, 16, parts: [new("kon", "kvinnor", new(null, 10, 16))]), Counted(4));
        story.When(ProjectLead, Read(11, 16, corrects: 2)).ThenFaults(("/corrects", "correction-of-other-indicator"));
        story.When(ProjectLead, Read(11, 16, corrects: 9)).ThenFaults(("/corrects", "no-such-reading"));
        story.When(ProjectLead, new ReviseIndicator("andel", Share with { Unit = IndicatorUnit.Number, Targets = [] })).ThenRefused("indicator-in-use", RefusalKind.NotSo);
        story.When(ProjectLead, new ReviseIndicator("andel", Share with { Breakdowns = [] })).ThenRefused("indicator-in-use", RefusalKind.NotSo);
        story.When(ProjectLead, Read(11, 16, corrects: 1)).Then(new ReadingCorrected("andel", 3, 1, new(Day("2015-03-01"), new(null, 11, 16), [], []), "SKR"));
        story.When(ProjectLead, Read(11, 16, corrects: 1)).ThenNothing();
        story.When(ProjectLead, Read(12, 16, corrects: 1)).ThenRefused("reading-corrected", RefusalKind.NotSo);
        Assert.Equal(3, Assert.Single(story.Dossier.Grounds.Indicators["andel"].Standing).Number);
        story.Given(ProjectLead, new EndIndicator("andel", "Klar")).When(ProjectLead, Read(1, 2)).ThenRefused("indicator-ended", RefusalKind.NotSo);
        story.When(ProjectLead, Read(12, 16, corrects: 3)).Then<ReadingCorrected>();
        story.When(ProjectLead, new SetTarget("andel", new(Day("2016-01-01"), 50))).ThenRefused("indicator-ended");
    }

    [Fact]
    public void It_stands_by_its_target_and_waits_to_be_read_past_its_day()
    {
        var story = Defined();
        Assert.Equal(IndicatorStanding.Unread, It().Stands);
        Assert.Equal(Day("2016-03-05"), It().ReadBy);
        story.Given(ProjectLead, Read(10, 100, "2015-02-01"));
        Assert.Equal((IndicatorStanding.Behind, Day("2016-02-01")), (It().Stands, It().ReadBy));
        story.Given(ProjectLead, Read(20, 100, "2015-02-02"), new SetTarget("andel", new(Day("2015-06-30"), 30)));
        Assert.Equal((IndicatorStanding.Approaching, Day("2015-06-30")), (It().Stands, It().ReadBy));
        story.Given(ProjectLead, Read(30, 100, "2015-02-03"));
        Assert.Equal(IndicatorStanding.Reached, It().Stands);
        Assert.Equal(["andel 2015-07-01", "utbildade 2016-03-06"], WorkList.Of(story.Dossier).Where(turn => turn.Work == WorkKind.ReadIndicator && turn.Party == "SKR")
            .Select(turn => $"{turn.Subject} {turn.From:uuuu-MM-dd}").Order(StringComparer.Ordinal));
        Assert.Equal([10m, 10m], Trend.Of(It()).Select(point => point.Change).OfType<decimal>());

        Indicator It() => story.Dossier.Grounds.Indicators["andel"];
    }

    [Fact]
    public void The_heat_map_has_a_cell_for_what_nothing_follows_and_coverage_tells_what_is_untouched()
    {
        var story = Defined().Given(ProjectLead, new DefineIndicator("mal", Count with { Principles = [], BelongsTo = new(Goal: "styrning") }));
        var map = HeatMap.Of(story.Dossier, HeatRows.FocusAreas, HeatColumns.Principles);
        Assert.Equal(["dialog", "utbildning", null], map.Rows.Select(row => row.Key));
        Assert.Equal([0, 0, 0, 0, 1, 0], map.Rows[0].Cells.Select(cell => cell.Indicators.Count));
        Assert.Equal([0, 0, 0, 0, 0, 1], map.Rows[2].Cells.Select(cell => cell.Indicators.Count));
        Assert.Equal((IndicatorStanding.Unread, null), (map.Rows[0].Cells[4].Worst, map.Rows[0].Cells[0].Worst));
        Assert.Equal(3, HeatMap.Of(story.Dossier, HeatRows.Measures, HeatColumns.Dimensions).Rows.Sum(row => row.Cells.Sum(cell => cell.Indicators.Count)));
        Assert.Equal([1, 2, 3, 4], Coverage.Of(story.Dossier, CoverageOf.Principles, CoverageBy.Indicators).Where(row => row.TouchedBy.Count == 0).Select(row => row.Number));
        Assert.DoesNotContain(Coverage.Of(story.Dossier, CoverageOf.Goals, CoverageBy.Indicators), row => row.TouchedBy.Count == 0);
        Assert.Equal([2], Coverage.Of(story.Dossier, CoverageOf.Findings, CoverageBy.Indicators).Where(row => row.TouchedBy.Count == 0).Select(row => row.Number));
    }

    [Fact]
    public void The_payer_reads_none_of_it_in_the_log()
    {
        var story = Defined().Given(ProjectLead, Read(10, 16));
        Assert.All(story.Log.Where(row => EventJson.Read(row.Type, row.Data!) is IndicatorEvent), row =>
        {
            Assert.False(Sight.Sees(story.Dossier, Payer, EventJson.Read(row.Type, row.Data!)));
            Assert.True(Sight.Sees(story.Dossier, Officer, EventJson.Read(row.Type, row.Data!)));
        });
    }
}
