using System.Text.RegularExpressions;
using MrAgreement.Formats.Letters;

namespace MrAgreement.Formats.Tests.Letters;

public class FontSubsetTests
{
    const uint EveryFont = 0xB1B0AFBA;

    static PdfText Read(string heading, string text) =>
        new(LetterPdf.Write(new("Brev", "sv", "Regeringskansliet", Instant.FromUtc(2014, 8, 15, 10, 12), (_, _) => "", [new Heading(1, heading), new Paragraph(text)])));

    static FontFile Regular(string text) => new(Read("Rubrik", text).Font("OpenSans-Regular"));

    [Theory]
    [InlineData("ai", new[] { 0, 68, 76 })]
    // An å is an a and a ring.
    [InlineData("å", new[] { 0, 68, 167, 345 })]
    // A half is an upper 1 and 2, the 2 in its place, and the stroke between them.
    [InlineData("½", new[] { 0, 116, 123, 127, 844 })]
    public void A_font_has_the_outlines_that_are_shown_and_what_they_are_made_of(string text, int[] drawn)
    {
        var (subset, whole) = (Regular(text), FontFile.Whole("OpenSans-Regular"));

        Assert.Equal(drawn, subset.Drawn);
        Assert.Equal(945, subset.Glyphs);
        Assert.All(drawn, glyph => Assert.Equal(whole.Outline(glyph), subset.Outline(glyph)[..whole.Outline(glyph).Length]));
        Assert.All(drawn, glyph => Assert.Equal(whole.Width(glyph), subset.Width(glyph)));
    }

    [Fact]
    public void A_space_has_no_outline_and_keeps_its_width()
    {
        Assert.Equal(532, Regular("a b").Width(3));
        Assert.Equal(0, Regular("ab").Width(3));
    }

    [Fact]
    public void What_it_says_of_its_tables_is_so()
    {
        var font = Regular("Överenskommelse, 4\u00A0000\u00A0000,50 kr ½");

        Assert.Equal(["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"], font.Tables.Select(table => table.Name));
        // The head's sum is taken before the whole's is written into it.
        Assert.All(font.Tables.Where(table => table.Name != "head"), table => Assert.Equal(table.Sum, font.Sum(table.At, table.Length)));
        Assert.Equal(EveryFont, font.Sum());
    }

    [Fact]
    public void Its_name_tells_that_it_is_a_part_and_which()
    {
        Assert.Equal(Names("abc"), Names("cbaab"));
        Assert.NotEqual(Names("abc"), Names("abd"));
        Assert.Equal(2, Names("abc").Distinct().Count());
        Assert.Equal(6, Names("abc").Count);

        static IReadOnlyList<string> Names(string text) =>
            [.. Regex.Matches(Read("R", text).File, @"/(?:FontName|BaseFont) /([A-Z]{6}\+OpenSans-(?:Regular|Bold)) ").Select(name => name.Groups[1].Value)];
    }

    [Fact]
    public void A_short_letter_is_a_short_file() =>
        Assert.InRange(LetterPdf.Write(new("Brev", "sv", "Regeringskansliet", Instant.FromUtc(2014, 8, 15, 10, 12), (_, _) => "Sida 1", [new Heading(1, "Överenskommelse"), new Paragraph("Hej")])).Length, 3_000, 20_000);
}
