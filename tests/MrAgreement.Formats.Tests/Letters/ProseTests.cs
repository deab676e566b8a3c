using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using MrAgreement.Formats.Letters;
using UglyToad.PdfPig;

namespace MrAgreement.Formats.Tests.Letters;

public sealed class ProseTests
{

    const string Every = """
        # Genomförandet

        Under 2015 har **tre av fyra** insatsområden *kommit igång*, se [planen](https://example.org/plan?a=1&b=2) och <https://example.org>.
        Samma stycke\
        ny rad.

        > Kommunerna vill mera.

        - Stockholm
          1. Skola
          2. Vård
        - Gotland

        3. Tredje
        4. Fjärde

           Mera om det fjärde.

        | Kommun | Antal |
        |:--|--:|
        | Åre | 12 |
        | Ö **fet** |

        ```
        så  står
          det
        ```
        """;

    static string Html(string markdown, int under = 1) => LetterHtml.Of(Prose.Read(markdown, under));

    static Formats.Letters.Letter Letter(IReadOnlyList<Block> blocks) =>
        new("Rapport", "sv", "SKR", Instant.FromUtc(2016, 5, 10, 8, 0), (page, pages) => $"Sida {page} av {pages}", blocks);

    [Fact]
    public void What_people_write_becomes_elements() => Assert.Equal(
        "<h2>Genomförandet</h2>"
        + "<p>Under 2015 har <strong>tre av fyra</strong> insatsområden <em>kommit igång</em>, se "
        + "<a href=\"https://example.org/plan?a=1&amp;b=2\" rel=\"nofollow noreferrer\">planen</a> och "
        + "<a href=\"https://example.org/\" rel=\"nofollow noreferrer\">https://example.org</a>. Samma stycke<br>ny rad.</p>"
        + "<blockquote><p>Kommunerna vill mera.</p></blockquote>"
        + "<ul><li><p>Stockholm</p><ol><li><p>Skola</p></li><li><p>Vård</p></li></ol></li><li><p>Gotland</p></li></ul>"
        + "<ol start=\"3\"><li><p>Tredje</p></li><li><p>Fjärde</p><p>Mera om det fjärde.</p></li></ol>"
        + "<table><thead><tr><th scope=\"col\">Kommun</th><th scope=\"col\" class=\"number\">Antal</th></tr></thead><tbody>"
        + "<tr><td>Åre</td><td class=\"number\">12</td></tr><tr><td>Ö fet</td><td class=\"number\"></td></tr></tbody></table>"
        + "<p>så  står<br>  det</p>",
        Html(Every));

    [Theory]
    [InlineData("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("a <img src=x onerror=alert(1)> b", "<p>a &lt;img src=x onerror=alert(1)&gt; b</p>")]
    [InlineData("[lätt](javascript:alert(1))", "<p>lätt</p>")]
    [InlineData("[lätt](JaVaScRiPt:alert(1))", "<p>lätt</p>")]
    [InlineData("[lätt](&#106;avascript:alert(1))", "<p>lätt</p>")]
    [InlineData("[lätt](data:text/html,hej)", "<p>lätt</p>")]
    [InlineData("[lätt](//example.org)", "<p>lätt</p>")]
    [InlineData("[lätt](/agreements)", "<p>lätt</p>")]
    [InlineData("[lätt](https://bank.se@example.org/)", "<p>lätt</p>")]
    [InlineData("<javascript:alert(1)>", "<p>javascript:alert(1)</p>")]
    [InlineData("[lätt][x]\n\n[x]: vbscript:x", "<p>lätt</p>")]
    [InlineData("![en karta](https://example.org/k.png)", "<p>en karta</p>")]
    [InlineData("[a](https://example.org/\"onmouseover=alert(1))", "<p><a href=\"https://example.org/%22onmouseover=alert(1)\" rel=\"nofollow noreferrer\">a</a></p>")]
    [InlineData("&lt;b&gt; &amp;lt;", "<p>&lt;b&gt; &amp;lt;</p>")]
    [InlineData("<!-- dolt -->", "<p>&lt;!-- dolt --&gt;</p>")]
    [InlineData("a\u0000b", "<p>a\uFFFDb</p>")]
    public void Nothing_that_acts_comes_out_of_it(string markdown, string html) => Assert.Equal(html, Html(markdown));

    [Theory]
    [InlineData("", "")]
    [InlineData("   \n\n***\n", "")]
    [InlineData("**", "<p>**</p>")]
    [InlineData("# ", "<h2></h2>")]
    [InlineData("- ", "<ul><li></li></ul>")]
    [InlineData("1234567890. x", "<p>1234567890. x</p>")]
    [InlineData("- # rubrik\n- | a | b |\n  |--|--|\n  | 1 | 2 |", "<ul><li><p><strong>rubrik</strong></p></li><li><p><strong>a · b</strong></p><p>1 · 2</p></li></ul>")]
    public void Odd_text_is_read_as_it_is_meant(string markdown, string html) => Assert.Equal(html, Html(markdown));

    [Fact]
    public void Headings_stand_below_the_one_that_the_text_stands_under() => Assert.Equal(
        ["1", "2", "2"], [.. Prose.Read("# a\n\n## b", 0).Concat(Prose.Read("# a", 1)).OfType<Formats.Letters.Heading>().Select(it => $"{it.Level}")]);

    [Fact]
    public void No_heading_is_lower_than_a_letter_has() => Assert.Equal(3, Assert.IsType<Formats.Letters.Heading>(Prose.Read("###### a", 2)[0]).Level);

    [Theory]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("[a](")]
    [InlineData("**a ")]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("`")]
    [InlineData("<b ")]
    [InlineData("| a ")]
    [InlineData("[a]: b\n")]
    public void What_is_written_to_hang_a_reader_is_taken_by_its_letters(string again)
    {
        var text = string.Concat(Enumerable.Repeat(again, 1_000_000 / again.Length));

        Assert.Equal([new Formats.Letters.Paragraph(text)], Prose.Read(text, 1));
        // As long as it may be, it comes to an end.
        Assert.DoesNotContain("<b", LetterHtml.Of(Prose.Read(text[..(Prose.LongestParagraph - 2000)], 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_is_read_as_long_as_its_paragraphs_are_short() =>
        Assert.Equal(1000, Prose.Read(string.Concat(Enumerable.Repeat("Ett *stycke* till.\n\n", 1000)), 1).OfType<Passage>().Count(it => it.Spans.Count == 3));

    [Theory]
    [InlineData("12 av 19 (63 %)")]
    [InlineData("−4\u00A0000\u00A0000,50 kr")]
    [InlineData("*_`[a](b)|# <b> & \\ ~!")]
    [InlineData("1. mål")]
    [InlineData("- mål")]
    public void What_is_escaped_is_read_as_it_stands(string text) =>
        Assert.Equal(text, string.Concat(Assert.IsType<Passage>(Assert.Single(Prose.Read(Prose.Escaped(text), 1))).Spans.Select(it => it.Text)));

    [Fact]
    public void On_paper_nothing_of_it_is_lost_and_an_address_stands_after_what_leads_there()
    {
        using var pdf = PdfDocument.Open(LetterPdf.Write(Letter([new Formats.Letters.Heading(1, "Rapport"), .. Prose.Read(Every, 1)])));

        var text = string.Concat(pdf.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text));
        Assert.Contains("Under2015hartreavfyrainsatsområdenkommitigång,seplanen(https://example.org/plan?a=1&b=2)ochhttps://example.org.", text, StringComparison.Ordinal);
        Assert.Contains("•Stockholm1.Skola2.Vård•Gotland3.Tredje4.FjärdeMeraomdetfjärde.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Strong_words_are_bold_on_paper()
    {
        using var pdf = PdfDocument.Open(LetterPdf.Write(Letter(Prose.Read("fyra **kommuner**, och", 1))));

        Assert.Equal("kommuner", string.Concat(pdf.GetPage(1).Letters.Where(it => it.FontName!.EndsWith("Bold", StringComparison.Ordinal)).Select(it => it.Value)));
    }

    [Fact]
    public void As_a_document_to_write_in_it_is_valid_and_its_lists_are_lists()
    {
        var file = LetterDocx.Write(Letter([new Formats.Letters.Heading(1, "Rapport"), .. Prose.Read(Every, 1)]));
        using var document = WordprocessingDocument.Open(new MemoryStream(file), false);

        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document, TestContext.Current.CancellationToken).Select(fault => $"{fault.Path?.XPath}: {fault.Description}"));
        Assert.Equal(["1.0 Stockholm", "2.1 Skola", "2.1 Vård", "1.0 Gotland", "3.0 Tredje", "3.0 Fjärde"], document.MainDocumentPart!.Document!.Body!
            .Descendants<NumberingProperties>().Select(it => $"{it.NumberingId!.Val}.{it.NumberingLevelReference!.Val} {it.Parent!.Parent!.InnerText}"));
        Assert.Equal(["https://example.org/plan?a=1&b=2", "https://example.org/"], document.MainDocumentPart.HyperlinkRelationships.Select(it => it.Uri.AbsoluteUri));
        Assert.Equal(file, LetterDocx.Write(Letter([new Formats.Letters.Heading(1, "Rapport"), .. Prose.Read(Every, 1)])));
    }
}
