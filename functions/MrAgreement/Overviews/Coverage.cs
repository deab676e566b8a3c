using MrAgreement.Agreements;
using MrAgreement.Work;

namespace MrAgreement.Overviews;

/// <summary>What is to be covered.</summary>
public enum CoverageOf
{
    Recommendations,
    Findings,
    Goals
}

/// <summary>By what it may be.</summary>
public enum CoverageBy
{
    Measures,
    Findings
}

/// <summary>Something that touches a row.</summary>
/// <param name="Number">Of the finding; of a measure its place in the plan, from 1.</param>
/// <param name="Key">Of the measure; null of a finding.</param>
public sealed record Touch(CoverageBy By, int Number, string Title, string? Key = null);

/// <summary>A recommendation, a finding or a goal, and what touches it.</summary>
/// <param name="Number">Of a goal its place in the plan, from 1.</param>
/// <param name="Kind">Of a recommendation, whose it is; null of others.</param>
/// <param name="Key">Of a goal; null of others.</param>
public sealed record CoverageRow(
    int Number, string Title, RecommendationKind? Kind, IReadOnlyList<Touch> TouchedBy, string? Key = null);

/// <summary>Which recommendations and findings something touches, and which nothing does.</summary>
public static class Coverage
{
    /// <summary>Whether the one can be covered by the other.</summary>
    public static bool IsPossible(CoverageOf of, CoverageBy by) =>
        (of, by) is not (CoverageOf.Findings or CoverageOf.Goals, CoverageBy.Findings);

    /// <summary>A row for each, by number; what was retracted is none.</summary>
    public static IReadOnlyList<CoverageRow> Of(Dossier it, CoverageOf of, CoverageBy by)
    {
        var touches = Touches(it, of, by).ToLookup(touch => touch.Number, touch => touch.Touch);
        return of == CoverageOf.Goals
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
        (_, CoverageBy.Measures) when Plan(it) is { } plan => plan.Measures.SelectMany((measure, i) => (of switch
        {
            CoverageOf.Recommendations => measure.Recommendations,
            CoverageOf.Findings => measure.Findings,
            _ => [.. plan.Goals.Select((goal, place) => measure.Goals.Contains(goal.Key) ? place + 1 : 0).Where(place => place > 0)]
        }).Select(number => (number, new Touch(by, i + 1, measure.Title, measure.Key)))),
        _ => []
    };

    static PlanContent? Plan(Dossier it) => new Plans(it).Shown?.Content;

    static IEnumerable<Finding> Standing(Dossier it) => it.Grounds.Findings.Where(finding => finding.Retracted is null);
}
