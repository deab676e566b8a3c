using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using static MrAgreement.Formats.Letters.PdfObjects;
using WordColumn = DocumentFormat.OpenXml.Wordprocessing.GridColumn;
using Words = DocumentFormat.OpenXml.Wordprocessing.Paragraph;

namespace MrAgreement.Formats.Letters;

/// <summary>The pieces of a letter as elements of a document, with what they need of its other parts.</summary>
sealed class DocxBody(MainDocumentPart main)
{
    readonly DocxLists lists = new(main);
    readonly Dictionary<Uri, string> addresses = [];

    public IEnumerable<OpenXmlElement> Of(IReadOnlyList<Block> blocks)
    {
        var under = "";
        foreach (var block in blocks)
            switch (block)
            {
                case Heading it:
                    under = it.Text;
                    yield return Styled(LetterStyles.Heading(it.Level), Run(it.Text));
                    break;
                case Paragraph it:
                    yield return new Words(Run(it.Text));
                    break;
                case Passage it:
                    yield return Passage(it);
                    break;
                case Listing it:
                    foreach (var line in lists.Of(it, Passage))
                        yield return line;
                    break;
                case Entry it:
                    yield return Styled(LetterStyles.Entry, Bold($"{it.Label}: "), Run(it.Text));
                    break;
                case Grid it:
                    yield return Table(it, under);
                    // Two tables without anything between them would be one.
                    yield return new Words();
                    break;
                case Signature it:
                    yield return Styled(LetterStyles.Signing, Run(string.Join(", ", new[] { it.Name, it.On }.Where(part => part.Length > 0))));
                    yield return new Words(Run(it.Label));
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException($"No element for {block}.");
            }
    }

    Words Passage(Passage it)
    {
        var words = it.IsQuote ? Styled(LetterStyles.Quote) : new Words();
        foreach (var span in it.Spans)
            words.Append(span.Link is { } link ? new Hyperlink(Run(span)) { Id = Address(link) } : Run(span));
        return words;
    }

    static Run Run(Span span)
    {
        var properties = new RunProperties();
        if (span.Link is not null)
            properties.Append(new RunStyle { Val = LetterStyles.Link });
        if (span.IsStrong)
            properties.Append(new Bold());
        if (span.IsEmphasis)
            properties.Append(new Italic());
        return Run(span.Text, properties);
    }

    // Ids that we do not give are drawn by lot.
    string Address(Uri link)
    {
        if (!addresses.TryGetValue(link, out var id))
            main.AddHyperlinkRelationship(link, isExternal: true, addresses[link] = id = Invariant($"link{addresses.Count + 1}"));
        return id;
    }

    // Its alternative text is what it stands under.
    static Table Table(Grid grid, string under)
    {
        var properties = new TableProperties(new TableStyle { Val = LetterStyles.Grid },
            new TableWidth { Type = TableWidthUnitValues.Pct, Width = "5000" },
            new TableLook { Val = "0020", FirstRow = true, NoHorizontalBand = true, NoVerticalBand = true });
        if (under.Length > 0)
            properties.Append(new TableCaption { Val = OfficePackage.Written(under) });
        return new([properties, new TableGrid(grid.Columns.Select(_ => new WordColumn())),
            new TableRow([new TableRowProperties(new CantSplit(), new TableHeader()),
                .. grid.Columns.Select(column => Cell(column, Bold(column.Heading)))]),
            .. grid.Rows.Select(row => new TableRow([new TableRowProperties(new CantSplit()),
                .. grid.Columns.Zip(row, (column, text) => Cell(column, Run(text)))]))]);
    }

    static TableCell Cell(GridColumn column, Run text) => new(new Words(
        new ParagraphProperties(new SpacingBetweenLines { After = "0" },
            new Justification { Val = column.IsFigure ? JustificationValues.Right : JustificationValues.Left }), text));

    static Words Styled(string style, params Run[] runs) =>
        new([new ParagraphProperties(new ParagraphStyleId { Val = style }), .. runs]);

    static Run Bold(string text) => Run(text, new RunProperties(new Bold()));

    public static Run Run(string text, RunProperties? properties = null)
    {
        var run = properties is null ? new Run() : new Run(properties);
        foreach (var (i, line) in OfficePackage.Written(text).ReplaceLineEndings("\n").Split('\n').Index())
        {
            if (i > 0)
                run.Append(new Break());
            run.Append(new Text(line) { Space = SpaceProcessingModeValues.Preserve });
        }
        return run;
    }
}
