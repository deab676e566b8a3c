using System.Text.Json;
using MrAgreement.Calendars;

namespace MrAgreement.Work;

/// <summary>How something in a report is written.</summary>
public enum ReportValueKind
{
    Text,

    /// <summary>In kronor.</summary>
    Amount,
    Number,

    /// <summary>Per cent.</summary>
    Share,
    Day,

    /// <summary>A word of the field, as in <c>measure-status.done</c>.</summary>
    Word,
    Nothing
}

/// <summary>Something told in a report, before it is written in any language.</summary>
/// <param name="Value">As exactly as it is known, with a point before decimals.</param>
/// <param name="Decimals">With which it is shown.</param>
public sealed record ReportValue(ReportValueKind Kind, string Value, int Decimals = 0)
{
    public static readonly ReportValue Nothing = new(ReportValueKind.Nothing, "");

    public static ReportValue Of(string? text) => string.IsNullOrEmpty(text) ? Nothing : new(ReportValueKind.Text, text);

    public static ReportValue Of(LocalDate? day) => day is { } on
        ? new(ReportValueKind.Day, NodaTime.Text.LocalDatePattern.Iso.Format(on)) : Nothing;

    public static ReportValue Of(Money.Kronor? amount) => amount is { } it ? new(ReportValueKind.Amount, it.ToString()!) : Nothing;

    public static ReportValue Of(decimal number, int decimals = 0) =>
        new(ReportValueKind.Number, number.ToString(System.Globalization.CultureInfo.InvariantCulture), decimals);

    public static ReportValue Of(Enum? word) => word is null ? Nothing
        : new(ReportValueKind.Word, $"{JsonNamingPolicy.KebabCaseLower.ConvertName(word.GetType().Name)}.{Json.NameOf(word)}");
}

/// <param name="Key">By which the same row is known when the table is made anew.</param>
public sealed record ReportRow(string Key, IReadOnlyList<ReportValue> Cells);

/// <summary>What is made of what the agreement says.</summary>
/// <param name="Columns">Their names, as in <c>budget</c>.</param>
/// <param name="Edition">What it is told by, as in <c>statement:3</c>.</param>
public sealed record ReportTable(IReadOnlyList<string> Columns, IReadOnlyList<ReportRow> Rows, string Edition)
{
    public bool SaysSame(ReportTable other) => TagOf(this) == TagOf(other);

    static string TagOf(ReportTable it) => ReportDraft.TagOf(it with { Edition = "" });
}

/// <summary>A block as it reads.</summary>
/// <param name="Text">As it was written, with its references; null of all but a text.</param>
/// <param name="Table">Null of a text, and where there is nothing to tell.</param>
public sealed record MadeBlock(ReportBlockKind Kind, string? Of, string? Text, ReportTable? Table);

/// <summary>A section as it reads.</summary>
public sealed record MadeSection(string Key, string Title, bool Must, IReadOnlyList<string> Contents, IReadOnlyList<MadeBlock> Blocks);

/// <summary>A figure that a text refers to, as it was when somebody looked.</summary>
/// <param name="Reference">As it stands in the text, without braces.</param>
/// <param name="Edition">What it is told by, as in <c>statement:3</c>.</param>
public sealed record PinnedFigure(string Reference, ReportValue Value, string Edition);

/// <summary>Something that a report lacks.</summary>
public enum ReportLackKind
{
    /// <summary>What the clause says shall be there is in no section.</summary>
    Content,

    /// <summary>A section that shall be there says nothing.</summary>
    Section,

    /// <summary>A measure is neither assessed nor told why not.</summary>
    Assessment,

    /// <summary>A measure of the plan is in no section.</summary>
    Measure,

    /// <summary>There is no attested statement to show.</summary>
    Statement
}

/// <param name="Of">Key of the content, the section or the measure.</param>
public sealed record ReportLack(ReportLackKind What, string Of, string Title);

/// <summary>What a report says, with every figure in it.</summary>
/// <param name="On">The day that it was so.</param>
/// <param name="Figures">What its texts refer to.</param>
/// <param name="Missing">What it lacks, and says so itself.</param>
public sealed record ReportContent(
    ReportKind Kind, string Title, string? Obligation, DateSpan Period, LocalDate On, IReadOnlyList<MadeSection> Sections,
    IReadOnlyList<PinnedFigure> Figures, IReadOnlyList<ReportLack> Missing)
{
    /// <summary>Bytes of a report, as it is written.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>As the bytes that its SHA-256 is of: the same content is always the same bytes.</summary>
    public byte[] Written() => JsonSerializer.SerializeToUtf8Bytes(this, Json.Options);

    public bool SaysSame(ReportContent other) => Written().AsSpan().SequenceEqual(other.Written());

    public MadeSection? Section(string key) => Sections.FirstOrDefault(section => section.Key == key);
}
