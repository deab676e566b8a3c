using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using MrAgreement.Formats.Letters;
using Heading = MrAgreement.Formats.Letters.Heading;
using Paragraph = MrAgreement.Formats.Letters.Paragraph;
using Words = DocumentFormat.OpenXml.Wordprocessing.Paragraph;

namespace MrAgreement.Formats.Tests.Letters;

public sealed class LetterDocxTests
{
    static readonly Instant made = Instant.FromUtc(2014, 8, 15, 10, 12, 30);

    static readonly Block[] every =
    [
        new Heading(1, "Överenskommelse & plan"), new Paragraph("Första raden\nandra raden <b>"), new Entry("Belopp", "−4\u00A0000\u00A0000,50 kr"), new Heading(2, "Kostnader"),
        new Grid([new("Kostnadsslag"), new("Belopp", true)], [["Resor", "1,00"], ["Löner", "2,00"]]), new Heading(3, "Underskrift"), new Signature("Upprättad av", "Åke Öberg", "15 augusti 2014")
    ];

    static byte[] Write(params Block[] blocks) => LetterDocx.Write(new("Plan på svenska", "sv", "Sveriges Kommuner & Regioner", made, (page, pages) => $"A2014/987 sida {page} av {pages}", blocks));

    static T Read<T>(byte[] file, Func<WordprocessingDocument, T> read)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(file), false);
        return read(document);
    }

    [Fact]
    public void It_is_valid_and_the_same_letter_is_the_same_bytes()
    {
        var file = Write(every);

        Assert.Empty(Read(file, document => new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document).Select(fault => $"{fault.Path?.XPath}: {fault.Description}").ToList()));
        Assert.Equal(file, Write(every));
    }

    [Fact]
    public void Headings_are_headings_tables_tell_their_head_and_what_they_stand_under_and_all_is_in_its_language() => Read(Write(every), document =>
    {
        var body = document.MainDocumentPart!.Document!.Body!;
        Assert.Equal(["Heading1 Överenskommelse & plan", "Heading2 Kostnader", "Heading3 Underskrift"], body.Elements<Words>()
            .Select(it => $"{it.ParagraphProperties?.ParagraphStyleId?.Val} {it.InnerText}").Where(it => it.StartsWith("Heading", StringComparison.Ordinal)));
        var table = Assert.Single(body.Elements<Table>());
        Assert.Equal("Kostnader", table.GetFirstChild<TableProperties>()!.GetFirstChild<TableCaption>()!.Val!.Value);
        Assert.Equal([true, false, false], table.Elements<TableRow>().Select(row => row.TableRowProperties!.Elements<TableHeader>().Any()));
        Assert.Equal(["KostnadsslagBelopp", "Resor1,00", "Löner2,00"], table.Elements<TableRow>().Select(row => row.InnerText));
        Assert.Equal("sv-SE", document.MainDocumentPart.StyleDefinitionsPart!.Styles!.Descendants<Languages>().Single().Val!.Value);
        Assert.Equal([0, 1, 2], document.MainDocumentPart.StyleDefinitionsPart.Styles.Descendants<OutlineLevel>().Select(it => it.Val!.Value));
        Assert.Equal(("Plan på svenska", "Sveriges Kommuner & Regioner", "sv"), (document.PackageProperties.Title, document.PackageProperties.Creator, document.PackageProperties.Language));
        return 0;
    });

    [Fact]
    public void The_foot_counts_pages_where_the_letter_says_and_nowhere_else() => Read(Write(every), document =>
    {
        var foot = document.MainDocumentPart!.FooterParts.Single().Footer!;
        Assert.Equal("A2014/987 sida 1 av 1", foot.InnerText);
        Assert.Equal(["PAGE", "NUMPAGES"], foot.Descendants<SimpleField>().Select(it => it.Instruction!.Value));
        return 0;
    });

    [Fact]
    public void Lines_are_kept_and_what_XML_has_no_place_for_is_left_out() => Read(Write(new Heading(1, "a\u0001b"), new Paragraph("rad 1\r\nrad 2 😀 \uD800slut")), document =>
    {
        var paragraphs = document.MainDocumentPart!.Document!.Body!.Elements<Words>().ToList();
        Assert.Equal("ab", paragraphs[0].InnerText);
        Assert.Equal(["rad 1", "rad 2 😀 \uFFFDslut"], paragraphs[1].Descendants<Text>().Select(it => it.Text));
        Assert.Single(paragraphs[1].Descendants<Break>());
        return 0;
    });
}
