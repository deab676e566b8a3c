using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using NodaTime.Text;
using WordColumn = DocumentFormat.OpenXml.Wordprocessing.GridColumn;
using Words = DocumentFormat.OpenXml.Wordprocessing.Paragraph;

namespace MrAgreement.Formats.Letters;

/// <summary>A letter as a document to go on writing in (DOCX): in its language, with headings that are headings and tables that tell
/// their head. Source: ISO/IEC 29500.</summary>
public static class LetterDocx
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    // A4 with margins of 2.5 cm, in twentieths of a point.
    const uint Width = 11906, Height = 16838;
    const int Margin = 1418;

    // What stands in the foot for a page's number and how many there are, until the program that shows it counts.
    const int Page = 987, Pages = 654;

    static readonly XNamespace core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    static readonly XNamespace dc = "http://purl.org/dc/elements/1.1/";
    static readonly XNamespace terms = "http://purl.org/dc/terms/";
    static readonly XNamespace xsi = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>The same letter is always the same bytes.</summary>
    public static byte[] Write(Letter letter)
    {
        using var file = new MemoryStream();
        using (var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            // Ids that we do not give are drawn by lot.
            document.ChangeIdOfPart(main, "document");
            var properties = document.AddCoreFilePropertiesPart();
            document.ChangeIdOfPart(properties, "properties");
            using (var content = properties.GetStream(FileMode.Create))
                Properties(letter).Save(content);
            main.AddNewPart<StyleDefinitionsPart>("styles").Styles = LetterStyles.In(letter.Language);
            main.AddNewPart<FooterPart>("foot").Footer = new(Foot(letter.Foot(Page, Pages)));
            main.Document = new(new Body([.. Blocks(letter.Blocks), new SectionProperties(
                new FooterReference { Type = HeaderFooterValues.Default, Id = "foot" },
                new PageSize { Width = Width, Height = Height },
                new PageMargin { Top = Margin, Right = Margin, Bottom = Margin, Left = Margin, Header = 708, Footer = 708, Gutter = 0 })]));
        }
        return OfficePackage.Timeless(file);
    }

    static XDocument Properties(Letter letter)
    {
        var made = InstantPattern.General.Format(letter.Made);
        return new(new XElement(core + "coreProperties", new XAttribute(XNamespace.Xmlns + "dc", dc),
            new XAttribute(XNamespace.Xmlns + "dcterms", terms), new XAttribute(XNamespace.Xmlns + "xsi", xsi),
            new XElement(dc + "title", OfficePackage.Written(letter.Title)),
            new XElement(dc + "creator", OfficePackage.Written(letter.Author)), new XElement(dc + "language", letter.Language),
            Moment("created"), Moment("modified")));

        XElement Moment(string which) => new(terms + which, new XAttribute(xsi + "type", "dcterms:W3CDTF"), made);
    }

    static IEnumerable<OpenXmlElement> Blocks(IReadOnlyList<Block> blocks)
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

    static Words Foot(string text)
    {
        var (page, pages) = (text.LastIndexOf($"{Page}", StringComparison.Ordinal), text.LastIndexOf($"{Pages}", StringComparison.Ordinal));
        if (page < 0 || pages < page)
            return new(Run(text));
        var after = page + $"{Page}".Length;
        return new(Run(text[..page]), new SimpleField(Run("1")) { Instruction = "PAGE" }, Run(text[after..pages]),
            new SimpleField(Run("1")) { Instruction = "NUMPAGES" }, Run(text[(pages + $"{Pages}".Length)..]));
    }

    static Words Styled(string style, params Run[] runs) =>
        new([new ParagraphProperties(new ParagraphStyleId { Val = style }), .. runs]);

    static Run Bold(string text) => Run(text, new RunProperties(new Bold()));

    static Run Run(string text, RunProperties? properties = null)
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
