using MrAgreement.Agreements;
using MrAgreement.Work;

namespace MrAgreement.Overviews;

/// <summary>What is to be covered.</summary>
public enum CoverageOf
{
    Recommendations,
    Findings
}

/// <summary>By what it may be.</summary>
public enum CoverageBy
{
    Measures,
    Findings
}

/// <summary>Something that touches a row.</summary>
/// <param name="Number">Of the finding.</param>
public sealed record Touch(CoverageBy By, int Number, string Title);

/// <summary>A recommendation or a finding, and what touches it.</summary>
/// <param name="Kind">Of a recommendation, whose it is; null of a finding.</param>
public sealed record CoverageRow(int Number, string Title, RecommendationKind? Kind, IReadOnlyList<Touch> TouchedBy);

/// <summary>Which recommendations and findings something touches, and which nothing does.</summary>
public static class Coverage
{
    /// <summary>Whether the one can be covered by the other.</summary>
    public static bool IsPossible(CoverageOf of, CoverageBy by) => (of, by) is not (CoverageOf.Findings, CoverageBy.Findings);

    /// <summary>A row for each, by number; what was retracted is none.</summary>
    public static IReadOnlyList<CoverageRow> Of(Dossier it, CoverageOf of, CoverageBy by)
    {
        var touches = Touches(it, of, by).ToLookup(touch => touch.Number, touch => touch.Touch);
        return of == CoverageOf.Recommendations
            ? [.. it.Grounds.Recommendations.Select(told =>
                new CoverageRow(told.Number, told.Content.Title, told.Content.Kind, [.. touches[told.Number]]))]
            : [.. Standing(it).Select(finding =>
                new CoverageRow(finding.Number, finding.Content.Title, null, [.. touches[finding.Number]]))];
    }

    // What each touches, by number. Nothing is a measure yet.
    static IEnumerable<(int Number, Touch Touch)> Touches(Dossier it, CoverageOf of, CoverageBy by) => (of, by) switch
    {
        (CoverageOf.Recommendations, CoverageBy.Findings) => Standing(it).SelectMany(finding => finding.Recommendations.Select(number =>
            (number, new Touch(by, finding.Number, finding.Content.Title)))),
        _ => []
    };

    static IEnumerable<Finding> Standing(Dossier it) => it.Grounds.Findings.Where(finding => finding.Retracted is null);
}
