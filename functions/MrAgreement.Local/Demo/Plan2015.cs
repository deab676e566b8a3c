using MrAgreement.Calendars;
using MrAgreement.Money;
using MrAgreement.Work;

namespace MrAgreement.Local.Demo;

/// <summary>The action plan of 2015 as the demo has it: its goals, target group and focus areas, and the measures that its text names.
/// Budgets and functions are made up.</summary>
static class Plan2015
{
    static readonly DateSpan period = new(new(2015, 6, 1), new(2017, 6, 30));

    static readonly string[] both = ["respekt", "kunskap"];

    public static PlanContent First { get; } = new(
        [
            new("respekt", "Utveckla arbetet med att stärka respekten för mänskliga rättigheter"),
            new("kunskap", "Öka och utveckla kunskapen om hur mänskliga rättigheter kan omsättas i praktiken")
        ],
        [new("ledning", "Ledande förtroendevalda och nyckelpersoner inom förvaltningen")],
        [
            new("dialog", "Kunskapsinhämtning och dialog", "Dialog, samarbete och omvärldsbevakning."),
            new("utbildning", "Utbildning och kompetensutveckling", "Utgår från verksamheten, och når först ledningen."),
            new("utveckling", "Utvecklingsarbete", "Fördjupning tillsammans med intresserade medlemmar."),
            new("spridning", "Spridning", "Erfarenheter och goda exempel når fler.")
        ],
        [
            Measure("myndighetsdialog", "Dialog med myndigheter och organisationer", "dialog", [5], [4], 150_000, with: ["Länsstyrelserna"]),
            Measure("referensgrupp", "Referensgrupp vid Uppsala universitet", "dialog", [5], [4], 100_000, with: ["Uppsala universitet"]),
            Measure("internationella-exempel", "Exempel från andra länder", "dialog", [2], [3], 150_000),
            Measure("ledningsutbildning", "Utbildning för ledningen", "utbildning", [1, 4, 10], [1, 3], 2_500_000,
                new LedgerTie(Category: "konferenser")),
            Measure("webbutbildning", "Grundutbildning på webben", "utbildning", [8], [3], 1_000_000, with: ["Uppsala universitet"]),
            Measure("kunskapsnatverk", "Kunskapsnätverk, seminarier och regionala konferenser", "utbildning", [3, 8, 9], [3], 900_000),
            Measure("styrprocesser", "Utvecklingsarbete om styrning och uppföljning", "utveckling", [1, 2, 7], [1, 2], 3_500_000,
                new LedgerTie(Category: "konsulter")),
            Measure("kriterier", "Kriterier för ett tillfredsställande arbete", "utveckling", [2, 6], [2], 700_000, kind: MeasureKind.Pilot),
            Measure("goda-exempel", "Goda exempel och befintliga mötesplatser", "spridning", [9, 10], [4], 1_000_000)
        ],
        [], period,
        "Arbetet behöver knytas till styrning och ledning, så att kunskap om rättigheter omsätts i beslut, organisation och uppföljning.");

    /// <summary>As it was completed: the toolbox is a measure of its own.</summary>
    public static PlanContent Completed { get; } = First with
    {
        Measures =
        [
            .. First.Measures, Measure("verktygslada", "Verktyget Joined up på svenska", "utbildning", [1, 7], [1], 500_000,
                with: ["EU:s byrå för grundläggande rättigheter"], kind: MeasureKind.Pilot)
        ]
    };

    /// <summary>As it is drafted for the consultation of 2016.</summary>
    public static PlanContent Revised { get; } = Completed with
    {
        Measures =
        [
            .. Completed.Measures.Where(measure => measure.Key != "internationella-exempel"),
            Measure("regionledningar", "Utbildning för regionernas ledningar", "utbildning", [8, 10], [1, 3], 400_000)
        ],
        Dropped = [new("internationella-exempel", "Tas till vara i utbildningarna i stället.")]
    };

    static Measure Measure(string key, string title, string area, int[] findings, int[] recommendations, long budget,
        LedgerTie? tie = null, string[]? with = null, MeasureKind kind = MeasureKind.Measure) => new(key, title, kind, area, both, findings,
            recommendations, with ?? [], ["ledning"], ["all"], [new(2015, Kronor.Of(budget / 2)), new(2016, Kronor.Of(budget - budget / 2))],
            [Principle.Participation], [WorkDimension.Structure], new("SKR", "Projektledare"), period, tie,
            "Inom medlemmarnas ordinarie verksamhet.");
}
