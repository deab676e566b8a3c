using System.Text.RegularExpressions;
using System.Xml.Linq;
using MrAgreement.Formats.Letters;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Fonts.TrueType;
using UglyToad.PdfPig.Fonts.TrueType.Parser;
using UglyToad.PdfPig.Tokens;
using PdfLetter = UglyToad.PdfPig.Content.Letter;

namespace MrAgreement.Formats.Tests.Letters;

/// <summary>Letters as a reader sees them that knows nothing of how we write: PdfPig.</summary>
public class ForeignReaderTests
{
    const double UnitsPerEm = 2048;

    static readonly Dictionary<string, TrueTypeFont> whole = new[] { "OpenSans-Regular", "OpenSans-Bold" }
        .ToDictionary(name => name, name => TrueTypeFontParser.Parse(new TrueTypeDataBytes(FontFile.Whole(name).Bytes)));

    static byte[] Written(params Block[] blocks) =>
        LetterPdf.Write(new("Rekvisition på svenska", "sv", "Sveriges Kommuner & Regioner", Instant.FromUtc(2014, 8, 15, 10, 12, 30), (page, pages) => $"Sida {page} av {pages}", blocks));

    static PdfDocument Opened(params Block[] blocks) => PdfDocument.Open(Written(blocks), new() { UseLenientParsing = false });

    static Grid Rows(int count) => new([new("Kostnadsslag"), new("Belopp", true)], [.. Enumerable.Range(1, count).Select(i => (string[])[$"Åtgärd {i}", "4\u00A0000\u00A0000,00"])]);

    [Theory]
    [InlineData("Överenskommelse på åtta ärenden – ½ § 3 €")]
    [InlineData("−4\u00A0000\u00A0000,50 kr")]
    [InlineData("4\u2009000\u2009000 kr")]
    [InlineData("Grœnland, Ελλάδα, Київ")]
    public void It_reads_what_was_written(string text)
    {
        using var pdf = Opened(new Heading(1, text), new Paragraph(text));

        Assert.Equal($"{text}{text}Sida 1 av 1", pdf.GetPage(1).Text);
    }

    [Fact]
    public void It_finds_the_pages_and_what_stands_on_each()
    {
        using var pdf = Opened(new Heading(1, "Rubrik"), Rows(120));

        Assert.Equal((4, PageSize.A4), (pdf.NumberOfPages, Assert.Single(pdf.GetPages().Select(page => page.Size).Distinct())));
        Assert.All(pdf.GetPages().Skip(1), page => Assert.StartsWith("KostnadsslagBeloppÅtgärd", page.Text, StringComparison.Ordinal));
        Assert.EndsWith("Åtgärd 1204\u00A0000\u00A0000,00Sida 4 av 4", pdf.GetPage(4).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_finds_title_author_times_and_language()
    {
        using var pdf = Opened(new Heading(1, "Rubrik"));

        Assert.Equal((1.7, "Rekvisition på svenska", "Sveriges Kommuner & Regioner", "MrAgreement"), (pdf.Version, pdf.Information.Title, pdf.Information.Author, pdf.Information.Producer));
        Assert.Equal(new(2014, 8, 15, 10, 12, 30, TimeSpan.Zero), pdf.Information.GetCreatedDateTimeOffset());
        Assert.Equal("sv", ((StringToken)pdf.Structure.Catalog.CatalogDictionary.Data["Lang"]).Data);
    }

    [Fact]
    public void Its_metadata_say_the_same_and_the_format_for_archives()
    {
        using var pdf = Opened(new Heading(1, "Rubrik"));
        Assert.True(pdf.TryGetXmpMetadata(out var metadata));
        using var bytes = new MemoryStream(metadata.GetXmlBytes().ToArray());
        var said = XElement.Load(bytes).Descendants().Where(it => !it.HasElements).ToLookup(it => it.Parent!.Name.LocalName is "Description" ? it.Name.LocalName : it.Parent.Parent!.Name.LocalName, it => it.Value);

        Assert.Equal(("Rekvisition på svenska", "Sveriges Kommuner & Regioner", "sv"), (said["title"].Single(), said["creator"].Single(), said["language"].Single()));
        Assert.Equal(("2014-08-15T10:12:30+00:00", "2", "B"), (said["CreateDate"].Single(), said["part"].Single(), said["conformance"].Single()));
    }

    [Fact]
    public void It_hears_what_each_piece_is()
    {
        using var pdf = Opened(new Heading(1, "Rubrik"), new Entry("Etikett", "text"), Rows(1), new Paragraph("Slut"));
        var pieces = pdf.GetPage(1).GetMarkedContents();

        Assert.Equal(["H1 Rubrik", "Lbl Etikett", "LBody text", "TH Kostnadsslag", "TH Belopp", "TD Åtgärd 1", "TD 4\u00A0000\u00A0000,00", "P Slut"],
            pieces.Where(it => !it.IsArtifact).Select(Said));
        Assert.Equal(["Artifact ", "Artifact ", "Artifact Sida 1 av 1"], pieces.Where(it => it.IsArtifact).Select(Said));

        static string Said(MarkedContentElement it) => $"{it.Tag} {string.Concat(it.Letters.Select(letter => letter.Value))}";
    }

    // It measures letters by the outlines that it finds in the file.
    [Fact]
    public void It_draws_each_letter_as_the_whole_font_does()
    {
        using var pdf = Opened(new Heading(1, "ÅÄÖ ½"), new Entry("Överenskommelse", "åäö é – ½ § 3 € œ Ελλάδα Київ"), Rows(2));
        var letters = pdf.GetPage(1).Letters;

        Assert.Equal(["OpenSans-Bold", "OpenSans-Regular"], letters.Select(Face).Distinct());
        Assert.All(letters, letter => Assert.Equal(Outlined(letter), (Math.Round(letter.BoundingBox.Width, 3), Math.Round(letter.BoundingBox.Height, 3))));

        static string Face(PdfLetter letter) => Regex.Match(letter.FontName!, @"^[A-Z]{6}\+(.*)$").Groups[1].Value;

        static (double, double) Outlined(PdfLetter letter)
        {
            Assert.True(whole[Face(letter)].TryGetBoundingBox(char.ConvertToUtf32(letter.Value, 0), out var box));
            return (Math.Round(box.Width * letter.PointSize / UnitsPerEm, 3), Math.Round(box.Height * letter.PointSize / UnitsPerEm, 3));
        }
    }
}
