using MrAgreement.Work;

namespace MrAgreement.Local.Demo;

/// <summary>How the plan of 2015 is followed in the demo: indicators of all three dimensions, the support ladder and efforts on its
/// steps. Figures, and what municipalities say, are made up.</summary>
static class Followed2016
{
    static readonly LocalDate spring = new(2016, 4, 22);

    public static IReadOnlyList<Command> All { get; } =
    [
        new DefineIndicator("styrdokument", new("Kommuner med mänskliga rättigheter i styrdokumenten", WorkDimension.Structure,
            [Principle.Accountability, Principle.Transparency], IndicatorUnit.Share, IndicatorDirection.Up, new(Measure: "styrprocesser"),
            [new(new(2017, 6, 30), 60)], [], IndicatorSource.Survey,
            Baseline: new(new(2015, 3, 1), new(null, 8, 19), "Kartläggningen, de kommuner som svarade"), Of: "frågan om styrdokument")),
        new RecordReading("styrdokument", new(new(2015, 12, 1), new(null, 9, 19), [], "Uppföljande enkät", [])),
        new RecordReading("styrdokument", new(spring, new(null, 10, 16), [], "Uppföljande enkät, de som svarade", [])),
        new DefineIndicator("utbildade", new("Förtroendevalda och chefer som har deltagit i utbildning", WorkDimension.Process,
            [Principle.Participation], IndicatorUnit.Number, IndicatorDirection.Up, new(Measure: "ledningsutbildning"),
            [new(new(2017, 6, 30), 1500)], [], IndicatorSource.Manual, Cumulative: true)),
        new RecordReading("utbildade", new(new(2015, 12, 31), new(240), [], "Deltagarlistor", [])),
        new RecordReading("utbildade", new(new(2016, 3, 31), new(610), [], "Deltagarlistor", [])),
        new DefineIndicator("kanner-till", new("Invånare som vet vart de vänder sig om deras rättigheter inte respekteras",
            WorkDimension.Result, [Principle.Inclusion, Principle.AntiDiscrimination], IndicatorUnit.Share, IndicatorDirection.Up,
            new(Goal: "respekt"), [new(new(2017, 6, 30), 75)],
            [new("alder", "Ålder", ["18–29 år", "30–64 år", "65 år och äldre"])], IndicatorSource.Survey)),
        new RecordReading("kanner-till", new(new(2015, 11, 15), new(null, 540, 1000),
            [Part("18–29 år", 90, 220), Part("30–64 år", 330, 540), Part("65 år och äldre", 120, 240)], "Enkät till invånare", [])),
        new RecordReading("kanner-till", new(new(2016, 4, 15), new(null, 610, 1020),
            [Part("18–29 år", 102, 230), Part("30–64 år", 370, 545), Part("65 år och äldre", 138, 245)], "Enkät till invånare", [])),
        new SetSupportLadder(
        [
            new("generellt", "Generella insatser för alla", 1,
                [EffortKind.Network, EffortKind.Seminar, EffortKind.Conference, EffortKind.Tool], false),
            new("utbildning", "Utbildning för ledningen", 2, [EffortKind.Course], false),
            new("dialog", "Riktad dialog", 3, [EffortKind.Dialogue], false),
            new("processtod", "Processtöd till enskilda kommuner", 4, [EffortKind.ProcessSupport, EffortKind.Pilot], true)
        ]),
        new DeclareIntent("0114", "Styrning och uppföljning", "Kommunen vill föra in mänskliga rättigheter i sin styrmodell.",
            new(2016, 2, 10), null),
        Effort("Regional konferens om rättigheter i styrningen", EffortKind.Conference, "generellt", new(2015, 10, 14),
            new([], null, ["AB", "C", "D"]), 140, "kunskapsnatverk"),
        Effort("Utbildning för kommunledningar", EffortKind.Course, "utbildning", new(2015, 11, 24),
            new(["0114", "0127", "0180", "0980", "region-01"], null, []), 48, "ledningsutbildning"),
        Effort("Processtöd om styrmodellen", EffortKind.ProcessSupport, "processtod", new(2016, 2, 22), new(["0114", "0127"], null, []), 9,
            "styrprocesser"),
        new RecordEffect(2, new(new(2016, 1, 20), EffectKind.Knowledge, "Deltagarna har tagit upp frågan i sina ledningsgrupper.", null,
            "Uppföljande samtal")),
        new RecordEffect(3, new(new(2016, 4, 18), EffectKind.Structure, "Rättigheterna står i förslaget till ny styrmodell.", "0114",
            "Förslaget"))
    ];

    static ReadingPart Part(string value, long numerator, long denominator) => new("alder", value, new(null, numerator, denominator));

    static RecordEffort Effort(string title, EffortKind kind, string step, LocalDate from, EffortReach reach, int participants,
        string measure) => new(new(title, kind, step, from, null, EffortForm.OnSite, ["SKR"], [EffortAudience.Elected,
            EffortAudience.Leadership], reach, participants, [], measure, []));
}
