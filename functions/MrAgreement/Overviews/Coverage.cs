using MrAgreement.Agreements;
using MrAgreement.Work;

namespace MrAgreement.Overviews;

/// <summary>What is to be covered.</summary>
public enum CoverageOf
{
    Recommendations,
    Findings,
    Goals,

    /// <summary>The five principles of a rights-based way of working.</summary>
    Principles
}

/// <summary>By what it may be.</summary>
public enum CoverageBy
{
    Measures,
    Findings,

    /// <summary>Through the measures that they belong to.</summary>
    Efforts,

    /// <summary>Of themselves, or through the measures that they are of.</summary>
    Indicators
}

/// <summary>Something that touches a row.</summary>
/// <param name="Number">Of the finding or the effort; of a measure its place in the plan, of an indicator among the others, from 1.</param>
/// <param name="Key">Of the measure or the indicator; null of others.</param>
public sealed record Touch(CoverageBy By, int Number, string Title, string? Key = null);

/// <summary>A recommendation, a finding, a goal or a principle, and what touches it.</summary>
/// <param name="Number">Of a goal its place in the plan, of a principle among the five, from 1.</param>
/// <param name="Kind">Of a recommendation, whose it is; null of others.</param>
/// <param name="Key">Of a goal or a principle; null of others.</param>
public sealed record CoverageRow(
    int Number, string Title, RecommendationKind? Kind, IReadOnlyList<Touch> TouchedBy, string? Key = null);

/// <summary>Which recommendations and findings something touches, and which nothing does.</summary>
public static class Coverage
{
    /// <summary>Whether the one can be covered by the other.</summary>
    public static bool IsPossible(CoverageOf of, CoverageBy by) =>
        (of, by) is not (CoverageOf.Findings or CoverageOf.Goals or CoverageOf.Principles, CoverageBy.Findings);

    /// <summary>A row for each, by number; what was retracted is none.</summary>
    public static IReadOnlyList<CoverageRow> Of(Dossier it, CoverageOf of, CoverageBy by)
    {
        var touches = Touches(it, of, by).ToLookup(touch => touch.Number, touch => touch.Touch);
        return of == CoverageOf.Principles
            ? [.. Enum.GetValues<Principle>().Select(principle => new CoverageRow(Number(principle), Json.NameOf(principle), null,
                [.. touches[Number(principle)]], Json.NameOf(principle)))]
            : of == CoverageOf.Goals
            ? [.. (Plan(it)?.Goals ?? []).Select((goal, i) => new CoverageRow(i + 1, goal.Title, null, [.. touches[i + 1]], goal.Key))]
            : of == CoverageOf.Recommendations
            ? [.. it.Grounds.Recommendations.Select(told =>
                new CoverageRow(told.Number, told.Content.Title, told.Content.Kind, [.. touches[told.Number]]))]
            : [.. Standing(it).Select(finding =>
                new CoverageRow(finding.Number, finding.Content.Title, null, [.. touches[finding.Number]]))];
    }

    // What each touches, by number; of measures those of the plan that counts, or else of the last one made.
    static IEnumerable<(int Number, Touch Touch)> Touches(Dossier it, CoverageOf of, CoverageBy by) => (of, by) switch
    {
        (CoverageOf.Recommendations, CoverageBy.Findings) => Standing(it).SelectMany(finding => finding.Recommendations.Select(number =>
            (number, new Touch(by, finding.Number, finding.Content.Title)))),
        (_, CoverageBy.Measures) when Plan(it) is { } plan => plan.Measures.SelectMany((measure, i) =>
            OfMeasure(plan, of, measure).Select(number => (number, new Touch(by, i + 1, measure.Title, measure.Key)))),
        (_, CoverageBy.Efforts) when Plan(it) is { } plan => it.Grounds.Support.Efforts.Where(effort => effort.Cancelled is null)
            .SelectMany(effort => OfMeasure(plan, of, Named(plan, effort.Content.Measure))
                .Select(number => (number, new Touch(by, effort.Number, effort.Content.Title)))),
        (_, CoverageBy.Indicators) => it.Grounds.Indicators.Values.OrderBy(indicator => indicator.Versions[0].At)
            .SelectMany((indicator, i) => OfIndicator(it, of, indicator)
                .Select(number => (number, new Touch(by, i + 1, indicator.Content.Title, indicator.Key)))),
        _ => []
    };

    static IEnumerable<int> OfIndicator(Dossier it, CoverageOf of, Indicator indicator)
    {
        var (plan, to) = (Plan(it) ?? PlanContent.Empty, indicator.Content.BelongsTo);
        IEnumerable<int> own = of == CoverageOf.Principles ? indicator.Content.Principles.Select(Number)
            : of == CoverageOf.Goals && to.Goal is { } goal ? OfGoals(plan, [goal]) : [];
        return own.Concat(OfMeasure(plan, of, Named(plan, to.Measure))).Distinct();
    }

    // Of what a measure is, by number.
    static IEnumerable<int> OfMeasure(PlanContent plan, CoverageOf of, Measure? measure) => measure is null ? [] : of switch
    {
        CoverageOf.Recommendations => measure.Recommendations,
        CoverageOf.Findings => measure.Findings,
        CoverageOf.Principles => measure.Principles.Select(Number),
        _ => OfGoals(plan, measure.Goals)
    };

    static IEnumerable<int> OfGoals(PlanContent plan, IReadOnlyList<string> keys) =>
        plan.Goals.Select((goal, place) => keys.Contains(goal.Key) ? place + 1 : 0).Where(place => place > 0);

    static Measure? Named(PlanContent plan, string? key) => key is null ? null : plan.Measure(key);

    static int Number(Principle principle) => (int)principle + 1;

    static PlanContent? Plan(Dossier it) => new Plans(it).Shown?.Content;

    static IEnumerable<Finding> Standing(Dossier it) => it.Grounds.Findings.Where(finding => finding.Retracted is null);
}
