using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MrAgreement.Formats.Letters;

/// <summary>A text in Markdown as pieces of a letter. Nothing but what a letter can hold comes out of it: HTML is text, a picture is its
/// description, and a link leads to the web or to an address for mail, or nowhere. Source: CommonMark 0.31, tables as GitHub writes
/// them.</summary>
public static class Prose
{
    const int Lowest = 3;

    /// <summary>How many characters may follow each other without an empty line. Brackets that never close take the square of their number:
    /// what is longer is taken by its letters.</summary>
    public const int LongestParagraph = 10_000;

    static readonly MarkdownPipeline pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    /// <summary>What the text says; never fails.</summary>
    /// <param name="under">The level of the heading that it stands under: its own headings are below that.</param>
    public static IReadOnlyList<Block> Read(string markdown, int under)
    {
        if (Paragraphs(markdown).Any(length => length > LongestParagraph))
            return [new Paragraph(markdown)];
        try
        {
            return [.. Markdown.Parse(markdown, pipeline).SelectMany(it => Blocks(it, under))];
        }
        catch (ArgumentException)
        {
            // It is nested deeper than anybody writes.
            return [new Paragraph(markdown)];
        }
    }

    /// <summary>The text written so that it is read as it stands.</summary>
    public static string Escaped(string text) =>
        string.Concat(text.Select(it => char.IsAscii(it) && (char.IsPunctuation(it) || char.IsSymbol(it)) ? $"\\{it}" : $"{it}"));

    static IEnumerable<int> Paragraphs(string markdown)
    {
        var length = 0;
        foreach (var line in markdown.ReplaceLineEndings("\n").Split('\n'))
            yield return length = string.IsNullOrWhiteSpace(line) ? 0 : length + line.Length + 1;
    }

    static IEnumerable<Block> Blocks(Markdig.Syntax.Block block, int under) => block switch
    {
        HeadingBlock it => [new Heading(Math.Min(Lowest, under + it.Level), Text(Spans(it.Inline)))],
        ParagraphBlock it => Passage(Spans(it.Inline)),
        ListBlock it => [List(it, under)],
        QuoteBlock it => it.SelectMany(part => Blocks(part, under)).Select(part => part is Passage said ? said with { IsQuote = true } : part),
        Table it => Grid(it),
        // As it was typed, with its lines.
        CodeBlock it => Passage([new(it.Lines.ToString())]),
        LinkReferenceDefinitionGroup or ThematicBreakBlock => [],
        LeafBlock it => Passage(Spans(it.Inline)),
        ContainerBlock it => it.SelectMany(part => Blocks(part, under)),
        _ => []
    };

    static IEnumerable<Block> Passage(IReadOnlyList<Span> spans) => spans.Any(it => it.Text.Trim().Length > 0) ? [new Passage(spans)] : [];

    static Listing List(ListBlock list, int under) => new(
        list.IsOrdered ? int.TryParse(list.OrderedStart, out var from) ? from : 1 : null,
        [.. list.OfType<ListItemBlock>().Select(item => (IReadOnlyList<Block>)[.. item.SelectMany(part => Blocks(part, under))
            .SelectMany(Plainer)])]);

    // An item holds passages and lists: a heading there is strong, and the rows of a table stand below each other.
    static IEnumerable<Block> Plainer(Block block) => block switch
    {
        Heading it => [new Passage([new(it.Text, IsStrong: true)])],
        Grid it => [new Passage([new(string.Join(" · ", it.Columns.Select(column => column.Heading)), IsStrong: true)]),
            .. it.Rows.Select(row => new Passage([new(string.Join(" · ", row))]))],
        _ => [block]
    };

    static IEnumerable<Block> Grid(Table table)
    {
        var rows = table.OfType<TableRow>().Select(row => row.OfType<TableCell>()
            .Select(cell => string.Join('\n', cell.OfType<LeafBlock>().Select(part => Text(Spans(part.Inline))))).ToList()).ToList();
        if (rows.Count == 0)
            return [];
        var columns = rows.Max(row => row.Count);
        return [new Grid([.. Filled(rows[0]).Select((heading, i) => new GridColumn(heading,
            table.ColumnDefinitions.ElementAtOrDefault(i)?.Alignment == TableColumnAlign.Right))], [.. rows.Skip(1).Select(Filled)])];

        IReadOnlyList<string> Filled(List<string> row) => [.. row, .. Enumerable.Repeat("", columns - row.Count)];
    }

    static string Text(IReadOnlyList<Span> spans) => string.Concat(spans.Select(it => it.Text));

    static IReadOnlyList<Span> Spans(ContainerInline? inlines)
    {
        var spans = new List<Span>();
        foreach (var span in (inlines ?? []).SelectMany(it => Spans(it, new(""))))
            if (spans.Count > 0 && spans[^1] is var last && last with { Text = "" } == span with { Text = "" })
                spans[^1] = last with { Text = last.Text + span.Text };
            else
                spans.Add(span);
        return spans;
    }

    static IEnumerable<Span> Spans(Inline inline, Span alike) => inline switch
    {
        LiteralInline it => [alike with { Text = it.Content.ToString() }],
        CodeInline it => [alike with { Text = it.Content }],
        HtmlEntityInline it => [alike with { Text = it.Transcoded.ToString() }],
        LineBreakInline it => [alike with { Text = it.IsHard ? "\n" : " " }],
        AutolinkInline it => [alike with { Text = it.Url, Link = Safe(it.IsEmail ? $"mailto:{it.Url}" : it.Url) }],
        EmphasisInline { DelimiterCount: 1 } it => it.SelectMany(part => Spans(part, alike with { IsEmphasis = true })),
        EmphasisInline it => it.SelectMany(part => Spans(part, alike with { IsStrong = true })),
        LinkInline { IsImage: true } it => it.SelectMany(part => Spans(part, alike)),
        LinkInline it => it.SelectMany(part => Spans(part, alike with { Link = Safe(it.Url) })),
        ContainerInline it => it.SelectMany(part => Spans(part, alike)),
        _ => []
    };

    static Uri? Safe(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var it)
        && it is { UserInfo: "", Scheme: "http" or "https" } or { Scheme: "mailto" } ? it : null;
}
