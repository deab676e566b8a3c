using System.Globalization;
using MrAgreement.Money;
using MrAgreement.Web.Pages.Work;
using MrAgreement.Web.Texts;
using MrAgreement.Work;
using NodaTime.Text;

namespace MrAgreement.Web.Work;

/// <summary>What stands in reports, in the words of a language.</summary>
static class ReportWords
{
    /// <summary>A value in running text; empty for nothing.</summary>
    public static string Of(this Language language, ReportValue it) => it.Kind switch
    {
        ReportValueKind.Text => it.Value,
        ReportValueKind.Amount when Kronor.TryParseSum(it.Value, out var sum) => language.Money(sum),
        ReportValueKind.Number => Figures.Plain(language, Number(it), it.Decimals),
        ReportValueKind.Share => language.Say("indicators.per-cent", ("share", Figures.Plain(language, Number(it), it.Decimals))),
        ReportValueKind.Day when LocalDatePattern.Iso.Parse(it.Value).TryGetValue(default, out var day) => language.Date(day),
        ReportValueKind.Word => language.Find(it.Value) ?? it.Value,
        _ => it.Value
    };

    /// <summary>The same in a column.</summary>
    public static string InColumn(this Language language, ReportValue it) =>
        it.Kind == ReportValueKind.Amount && Kronor.TryParseSum(it.Value, out var sum) ? language.Figure(sum)
            : it.Kind == ReportValueKind.Day ? it.Value : language.Of(it);

    public static string Column(this Language language, string name) => language.Say($"work-report.column.{name}");

    /// <summary>Whether a column holds figures, which stand to the right.</summary>
    public static bool IsFigure(ReportTable it, int column) => it.Rows.Any(row => row.Cells[column].Kind is ReportValueKind.Amount
        or ReportValueKind.Number or ReportValueKind.Share);

    /// <summary>What the report lacks, as a sentence.</summary>
    public static string Of(this Language language, ReportLack it) =>
        language.Say($"work-report.lack.{Json.NameOf(it.What)}", ("title", it.Title));

    /// <summary>What stands above a block.</summary>
    public static string Headed(this Language language, ReportBlockKind kind, string? of) =>
        language.Named(kind, of) is var named ? $"{char.ToUpperInvariant(named[0])}{named[1..]}" : "";

    /// <summary>What a block is, as people call it.</summary>
    public static string Named(this Language language, ReportBlockKind kind, string? of) =>
        kind is ReportBlockKind.Table or ReportBlockKind.Chart && language.Find($"work-report.table.{of}") is { } named ? named
            : of?.Split(':', '/') is ["coverage", var what, var by]
                ? language.Say("work-report.table.coverage", ("of", language.Say($"coverage-of.{what}")), ("by", language.Say($"coverage-by.{by}")))
            : language.Word(kind);

    static decimal Number(ReportValue it) => decimal.Parse(it.Value, NumberStyles.Number, CultureInfo.InvariantCulture);
}
