using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using NodaTime.Text;
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
            main.Document = new(new Body([.. new DocxBody(main).Of(letter.Blocks), new SectionProperties(
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

    static Words Foot(string text)
    {
        var (page, pages) = (text.LastIndexOf($"{Page}", StringComparison.Ordinal), text.LastIndexOf($"{Pages}", StringComparison.Ordinal));
        if (page < 0 || pages < page)
            return new(DocxBody.Run(text));
        var after = page + $"{Page}".Length;
        return new(DocxBody.Run(text[..page]), new SimpleField(DocxBody.Run("1")) { Instruction = "PAGE" }, DocxBody.Run(text[after..pages]),
            new SimpleField(DocxBody.Run("1")) { Instruction = "NUMPAGES" }, DocxBody.Run(text[(pages + $"{Pages}".Length)..]));
    }
}
