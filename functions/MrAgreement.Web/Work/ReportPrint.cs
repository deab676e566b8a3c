using System.Text;
using MrAgreement.Calendars;
using MrAgreement.Formats.Letters;
using MrAgreement.Web.Http;
using MrAgreement.Web.Texts;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>The formats that a report can be had in.</summary>
enum ReportFormat
{
    Json,
    Md,
    Html,
    Pdf,

    /// <summary>To go on writing in.</summary>
    Docx
}

/// <summary>A report in the words of a language: as a letter, as Markdown, and as a piece of a page.</summary>
/// <param name="content">What it says, with every figure.</param>
/// <param name="party">Key of the party whose it is.</param>
/// <param name="made">When it came to say so.</param>
/// <param name="number">Of a frozen report; null of a draft.</param>
public sealed class ReportPrint(ReportContent content, Viewpoint at, string party, Instant made, int? number)
{
    readonly Language language = at.Language;
    readonly Dictionary<string, PinnedFigure> figures = content.Figures.ToDictionary(figure => figure.Reference);

    /// <summary>As its files are called, without what they end in.</summary>
    public string FileName => number is { } frozen
        ? Attachment.Name(at.Agreement.Terms.DiaryNumber, language.Say("print.report-file"), frozen)
        : Attachment.Name(at.Agreement.Terms.DiaryNumber, language.Say("print.report-draft-file"));

    public byte[] Pdf() => LetterPdf.Write(Letter());

    public byte[] Docx() => LetterDocx.Write(Letter());

    public string Html() => LetterHtml.Of(Letter().Blocks);

    /// <summary>A text with its figures in it.</summary>
    public string Text(string text) => FigureReference.Replaced(text, reference => Prose.Escaped(figures.TryGetValue(reference,
        out var found)
        ? language.Of(found.Value) : language.Say("work-report.figure-unknown", ("reference", reference))));

    public Letter Letter()
    {
        var about = number is { } frozen
            ? language.Say("print.report", ("diary", at.Agreement.Terms.DiaryNumber), ("number", frozen))
            : language.Say("print.report-draft", ("diary", at.Agreement.Terms.DiaryNumber));
        var author = at.Agreement.NameOf(party, StockholmTime.DateOf(made));
        var blocks = new List<Block> { new Heading(1, content.Title), new Paragraph(at.Agreement.Terms.Title),
            new Entry(language.Say("work-report.period"), Days(content.Period)), new Entry(language.Say("work-report.on"), language.Date(content.On)),
            new Entry(language.Say("work-report.from"), author) };
        if (content.Missing.Count > 0)
            blocks.AddRange([new Heading(2, language.Say("work-report.missing")),
                .. content.Missing.Select(lack => new Paragraph(language.Of(lack)))]);
        foreach (var section in content.Sections)
            blocks.AddRange([new Heading(2, section.Title), .. section.Blocks.SelectMany(Of)]);
        return new(content.Title, language.Code, author, made,
            (page, pages) => language.Say("print.foot", ("about", about), ("page", page), ("pages", pages)), blocks);
    }

    /// <summary>A block in pieces of a letter.</summary>
    public IEnumerable<Block> Of(MadeBlock it) => it switch
    {
        { Kind: ReportBlockKind.Text } => Prose.Read(Text(it.Text ?? ""), 2),
        { Table: null } => [new Paragraph(language.Say("work-report.nothing", ("block", language.Named(it.Kind, it.Of))))],
        { Kind: ReportBlockKind.Figure, Table: var table } => [new Paragraph(language.Of(table.Rows[0].Cells[0]))],
        { Kind: ReportBlockKind.Measures, Table: var table } => Measures(table),
        { Table: var table } => [new Heading(3, language.Headed(it.Kind, it.Of)), new Grid(
            [.. table.Columns.Select((column, i) => new GridColumn(language.Column(column), ReportWords.IsFigure(table, i)))],
            [.. table.Rows.Select(row => (string[])[.. row.Cells.Select(language.InColumn)])])]
    };

    // As many lines as there is something to tell; those that nobody has assessed by themselves.
    IEnumerable<Block> Measures(ReportTable table)
    {
        var last = table.Columns.Count - 1;
        foreach (var row in table.Rows.Where(row => row.Cells[last].Kind == ReportValueKind.Nothing))
            foreach (var block in Measure(table, row))
                yield return block;
        var rest = table.Rows.Where(row => row.Cells[last].Kind != ReportValueKind.Nothing).ToList();
        if (rest.Count == 0)
            yield break;
        yield return new Heading(3, language.Say("work-report.not-assessed"));
        foreach (var row in rest)
            yield return new Entry(language.Of(row.Cells[0]), language.Of(row.Cells[last]));
    }

    IEnumerable<Block> Measure(ReportTable table, ReportRow row)
    {
        yield return new Heading(3, language.Of(row.Cells[0]));
        for (var i = 1; i < row.Cells.Count; i++)
            if (row.Cells[i].Kind != ReportValueKind.Nothing)
                yield return new Entry(language.Column(table.Columns[i]), language.Of(row.Cells[i]));
    }

    /// <summary>The whole of it as Markdown.</summary>
    public string Markdown()
    {
        var text = new StringBuilder();
        foreach (var block in Letter().Blocks.TakeWhile(block => block is not Heading { Level: 2 }))
            Write(text, block);
        if (content.Missing.Count > 0)
        {
            Line(text, [$"## {Prose.Escaped(language.Say("work-report.missing"))}"]);
            Line(text, content.Missing.Select(lack => $"- {Prose.Escaped(language.Of(lack))}"));
        }
        foreach (var section in content.Sections)
        {
            Line(text, [$"## {OneLine(section.Title)}"]);
            foreach (var it in section.Blocks)
                if (it.Kind == ReportBlockKind.Text)
                    Line(text, [Text(it.Text ?? "")]);
                else
                    foreach (var block in Of(it))
                        Write(text, block);
        }
        return text.ToString();
    }

    static void Write(StringBuilder text, Block block)
    {
        switch (block)
        {
            case Heading it:
                Line(text, [$"{new string('#', it.Level)} {OneLine(it.Text)}"]);
                break;
            case Entry it:
                Line(text, [$"**{OneLine(it.Label)}:** {OneLine(it.Text)}"]);
                break;
            case Grid it:
                Line(text, [Row(it.Columns.Select(column => column.Heading)),
                    $"|{string.Concat(it.Columns.Select(column => column.IsFigure ? " ---: |" : " --- |"))}", .. it.Rows.Select(Row)]);
                break;
            case Paragraph it:
                Line(text, [OneLine(it.Text)]);
                break;
        }
    }

    static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(OneLine))} |";

    static string OneLine(string text) => Prose.Escaped(text.ReplaceLineEndings(" "));

    static void Line(StringBuilder text, IEnumerable<string> lines) => text.AppendJoin('\n', lines).Append("\n\n");

    string Days(DateSpan span) => $"{language.Date(span.From)} – {language.Date(span.To)}";
}
