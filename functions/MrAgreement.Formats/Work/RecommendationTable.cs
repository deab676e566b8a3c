using System.Globalization;
using MrAgreement.Formats.Tables;
using MrAgreement.Work;

namespace MrAgreement.Formats.Work;

/// <summary>Reads a table of recommendations, as <see cref="CsvRows"/> reads tables.</summary>
public static class RecommendationTable
{
    public const int MaxBytes = 1024 * 1024;
    const int MostRows = RecommendationRules.Most;

    static readonly string[] needed = ["body", "occasion", "year", "document", "paragraph", "concerns"];
    static readonly string[] headings = [.. needed, "text-en", "text-sv", "themes", "answer", "kind", "commissioner"];

    /// <summary>What the columns are called.</summary>
    public static string Headings => string.Join(", ", headings);

    /// <summary>The rows in order, and what can't be read of them; the rows are not to be used where anything can't.</summary>
    public static (IReadOnlyList<RecommendationRow> Rows, IReadOnlyList<Fault> Faults) Read(ReadOnlySpan<byte> file) =>
        CsvRows.Read(file, needed, headings, MostRows, Row);

    static RecommendationRow Row(CsvRow it) => new(it.Number, new(
        it.Word<RecommendationKind>("kind") ?? RecommendationKind.ReviewBody, it.Needed("body"), it.Needed("occasion"),
        Year(it) ?? 0, it.Needed("document"), it.Needed("paragraph"), new(it.Cell("text-en"), it.Cell("text-sv")),
        it.SeveralWords<Concern>("concerns"),
        it.Cell("themes")?.Split([',', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
        it.Word<ReviewAnswer>("answer"), it.Cell("commissioner")));

    static int? Year(CsvRow it) => it.Needed("year") is "-" ? null : it.Value("year",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : (int?)null, "invalid-number");
}
