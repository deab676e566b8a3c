using System.Globalization;
using MrAgreement.Web.Http;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>Which recommendations are wanted; null for all.</summary>
/// <param name="Informed">Whether the other side was told of them; a report's are none to tell of.</param>
public sealed record RecommendationFilter(RecommendationKind? Kind = null, bool? Informed = null, string? Body = null, string? Theme = null,
    int? Year = null)
{
    /// <summary>As an address has it.</summary>
    /// <returns>What can be read, and the name of the first that can't.</returns>
    public static (RecommendationFilter Filter, string? Faulty) Read(string? kind, string? informed, string? body, string? theme,
        string? year)
    {
        var isKind = Choice.Read<RecommendationKind>(kind, out var wanted);
        var isYear = int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var of);
        return (new(wanted, informed is "true" or "false" ? informed == "true" : null, Text(body), Text(theme), isYear ? of : null),
            !isKind ? "kind" : Text(informed) is not (null or "true" or "false") ? "informed" : Text(year) is not null && !isYear ? "year"
                : null);
    }

    public IEnumerable<Recommendation> Of(Grounds it) => it.Recommendations.Where(told =>
        (Kind is null || told.Content.Kind == Kind) && (Year is null || told.Content.Year == Year)
        && (Body is null || told.Content.Body.Equals(Body, StringComparison.OrdinalIgnoreCase))
        && (Theme is null || told.Content.Themes.Contains(Theme, StringComparer.OrdinalIgnoreCase))
        && (Informed is null || told.Content.Kind == RecommendationKind.ReviewBody && told.Informed is not null == Informed));

    static string? Text(string? written) => written?.Trim() is { Length: > 0 } text ? text : null;
}
