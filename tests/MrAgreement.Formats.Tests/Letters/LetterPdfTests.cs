using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MrAgreement.Formats.Letters;

namespace MrAgreement.Formats.Tests.Letters;

public class LetterPdfTests
{
    static readonly Instant made = Instant.FromUtc(2014, 8, 15, 10, 12, 30);

    static Letter Letter(params Block[] blocks) => new("Rekvisition på svenska", "sv", "Sveriges Kommuner & Regioner", made, (page, pages) => $"Sida {page} av {pages}", blocks);

    static PdfText Read(params Block[] blocks) => new(LetterPdf.Write(Letter(blocks)));

    static Grid Rows(int count) => new([new("Kostnadsslag"), new("Belopp", true)], [.. Enumerable.Range(1, count).Select(i => (string[])[$"Åtgärd {i}", "4\u00A0000\u00A0000,00"])]);

    [Fact]
    public void Swedish_letters_and_figures_come_out_right()
    {
        var text = Read(new Heading(1, "Överenskommelse om mänskliga rättigheter"), new Entry("Belopp", "−4\u00A0000\u00A0000,50 kr"), new Paragraph("Någon ”sa” é – ½ § 3 €"), new Signature("Upprättad av", "Åke Öberg", "15 augusti 2014")).All;

        Assert.Equal("Överenskommelse om mänskliga rättigheter\nBelopp\n−4\u00A0000\u00A0000,50 kr\nNågon ”sa” é – ½ § 3 €\nUpprättad av\nÅke Öberg, 15 augusti 2014\nSida 1 av 1\n", text);
    }

    [Fact]
    public void A_character_that_the_font_lacks_is_seen_to_be_missing() => Assert.Equal("a\uFFFDb\nSida 1 av 1\n", Read(new Paragraph("a😀b")).All);

    [Fact]
    public void It_tells_its_language_title_and_what_each_piece_is()
    {
        var pdf = Read(new Heading(1, "Rubrik"), new Entry("Etikett", "text"), new Entry("En till", "text"), Rows(1), new Paragraph("Slut"));

        Assert.Contains("/Lang (sv)", pdf.File, StringComparison.Ordinal);
        Assert.Contains("/MarkInfo << /Marked true >>", pdf.File, StringComparison.Ordinal);
        Assert.Contains("/DisplayDocTitle true", pdf.File, StringComparison.Ordinal);
        Assert.Contains($"/Title <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes("Rekvisition på svenska"))}>", pdf.File, StringComparison.Ordinal);
        Assert.Contains("Sveriges Kommuner &amp; Regioner", pdf.File, StringComparison.Ordinal);
        Assert.Contains("2014-08-15T10:12:30+00:00", pdf.File, StringComparison.Ordinal);
        Assert.Equal("Document(H1 L(LI(Lbl LBody) LI(Lbl LBody)) Table(THead(TR(TH TH)) TBody(TR(TD TD))) P)", pdf.Structure);
    }

    [Fact]
    public void A_long_table_goes_on_with_its_headings_on_every_page()
    {
        var pages = Read(new Heading(1, "Rubrik"), Rows(120)).Pages;

        Assert.Equal(4, pages.Count);
        Assert.All(pages, page => Assert.Contains("Kostnadsslag\nBelopp\nÅtgärd", page, StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(1, 120).Select(i => $"Åtgärd {i}"), pages.SelectMany(page => page.Split('\n')).Where(line => line.StartsWith("Åtgärd", StringComparison.Ordinal)));
        Assert.EndsWith("Sida 4 av 4\n", pages[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_no_page_holds_goes_on_over_the_next()
    {
        var lines = Enumerable.Range(1, 130).Select(i => $"rad {i}").ToList();
        var pages = Read(new Heading(1, "Rubrik"), new Grid([new("Skäl"), new("Belopp", true)], [[string.Join('\n', lines), "1,00"], ["sist", "2,00"]])).Pages;

        Assert.Equal(4, pages.Count);
        Assert.Equal(lines, pages.SelectMany(page => page.Split('\n')).Where(line => line.StartsWith("rad ", StringComparison.Ordinal)));
        Assert.EndsWith("sist\n2,00\nSida 4 av 4\n", pages[3], StringComparison.Ordinal);
    }

    [Fact]
    public void No_word_of_a_long_text_is_lost()
    {
        var text = string.Join(' ', Enumerable.Range(1, 2000)) + " " + new string('å', 300);

        var read = new PdfText(LetterPdf.Write(Letter(new Paragraph(text)) with { Foot = (_, _) => "" })).All;

        Assert.Equal(Solid(text), Solid(read));

        static string Solid(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
    }

    [Fact]
    public void Every_object_is_where_the_file_says()
    {
        var file = Read(new Heading(1, "Rubrik"), Rows(60)).File;
        var starts = Regex.Matches(file, @"\n(\d{10}) 00000 n ").Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();

        Assert.All(starts.Index(), start => Assert.StartsWith($"{start.Index + 1} 0 obj\n", file[start.Item..], StringComparison.Ordinal));
        Assert.StartsWith("xref\n", file[int.Parse(Regex.Match(file, @"startxref\n(\d+)").Groups[1].Value, CultureInfo.InvariantCulture)..], StringComparison.Ordinal);
        Assert.All(Regex.Matches(file, @"(\d+) 0 R"), reference => Assert.InRange(int.Parse(reference.Groups[1].Value, CultureInfo.InvariantCulture), 1, starts.Count));
    }

    [Fact]
    public void The_same_letter_is_the_same_bytes()
    {
        Assert.Equal(LetterPdf.Write(Letter(new Heading(1, "Rubrik"), Rows(3))), LetterPdf.Write(Letter(new Heading(1, "Rubrik"), Rows(3))));
        Assert.NotEqual(LetterPdf.Write(Letter(new Heading(1, "Rubrik"), Rows(3))), LetterPdf.Write(Letter(new Heading(1, "Rubrik"), Rows(4))));
    }
}
