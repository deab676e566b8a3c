using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace MrAgreement.Formats.Letters;

/// <summary>How the pieces of a letter look as a document to write in; whoever goes on writing finds them by their usual names.</summary>
static class LetterStyles
{
    public const string Entry = "Entry", Grid = "TableGrid", Signing = "Signing", Quote = "Quote", Listed = "ListParagraph",
        Link = "Hyperlink";

    const int Levels = 3;

    // In half points.
    static readonly string[] sizes = ["32", "26", "22"];

    public static string Heading(int level) => string.Create(CultureInfo.InvariantCulture, $"Heading{Math.Clamp(level, 1, Levels)}");

    /// <summary>The styles, with the language that all text is in.</summary>
    /// <param name="language">As in <c>sv</c>.</param>
    public static Styles In(string language) => new([
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(new RunFonts { Ascii = "Calibri", HighAnsi = "Calibri" },
                new FontSize { Val = "22" }, new Languages { Val = language == "sv" ? "sv-SE" : "en-GB" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(
                new SpacingBetweenLines { After = "160", Line = "276", LineRule = LineSpacingRuleValues.Auto }))),
        new Style(new StyleName { Val = "Normal" }, new PrimaryStyle())
        {
            Type = StyleValues.Paragraph, StyleId = "Normal", Default = true
        },
        .. Enumerable.Range(1, Levels).Select(Leading),
        new Style(new StyleName { Val = "Entry" }, new BasedOn { Val = "Normal" },
            new StyleParagraphProperties(new SpacingBetweenLines { After = "60" }, new Indentation { Left = "284", Hanging = "284" }))
        {
            Type = StyleValues.Paragraph, StyleId = Entry, CustomStyle = true
        },
        new Style(new StyleName { Val = "Signing" }, new BasedOn { Val = "Normal" },
            new StyleParagraphProperties(new KeepNext(),
                new ParagraphBorders(new BottomBorder { Val = BorderValues.Single, Size = 4, Space = 1 }),
                new SpacingBetweenLines { Before = "720", After = "60" }))
        {
            Type = StyleValues.Paragraph, StyleId = Signing, CustomStyle = true
        },
        new Style(new StyleName { Val = "Quote" }, new BasedOn { Val = "Normal" },
            new StyleParagraphProperties(new Indentation { Left = "360", Right = "360" }), new StyleRunProperties(new Italic()))
        {
            Type = StyleValues.Paragraph, StyleId = Quote
        },
        new Style(new StyleName { Val = "List Paragraph" }, new BasedOn { Val = "Normal" },
            new StyleParagraphProperties(new SpacingBetweenLines { After = "60" }))
        {
            Type = StyleValues.Paragraph, StyleId = Listed
        },
        new Style(new StyleName { Val = "Hyperlink" },
            new StyleRunProperties(new Color { Val = "0B4F8A" }, new Underline { Val = UnderlineValues.Single }))
        {
            Type = StyleValues.Character, StyleId = Link
        },
        new Style(new StyleName { Val = "Table Grid" }, new StyleTableProperties(new TableBorders(
            new TopBorder { Val = BorderValues.Single, Size = 4 }, new LeftBorder { Val = BorderValues.Single, Size = 4 },
            new BottomBorder { Val = BorderValues.Single, Size = 4 }, new RightBorder { Val = BorderValues.Single, Size = 4 },
            new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4 },
            new InsideVerticalBorder { Val = BorderValues.Single, Size = 4 }),
            new TableCellMarginDefault(new TableCellLeftMargin { Width = 100, Type = TableWidthValues.Dxa },
                new TableCellRightMargin { Width = 100, Type = TableWidthValues.Dxa })))
        {
            Type = StyleValues.Table, StyleId = Grid
        }]);

    static OpenXmlElement Leading(int level) => new Style(
        new StyleName { Val = string.Create(CultureInfo.InvariantCulture, $"heading {level}") }, new BasedOn { Val = "Normal" },
        new NextParagraphStyle { Val = "Normal" }, new PrimaryStyle(),
        new StyleParagraphProperties(new KeepNext(), new SpacingBetweenLines { Before = "240", After = "80" },
            new OutlineLevel { Val = level - 1 }),
        new StyleRunProperties(new Bold(), new FontSize { Val = sizes[level - 1] }))
    {
        Type = StyleValues.Paragraph, StyleId = Heading(level)
    };
}
