using System.Text;
using MrAgreement.Documents;

namespace MrAgreement.Tests.Documents;

public class FileFormatTests
{
    static byte[] Bytes(string latin) => Encoding.Latin1.GetBytes(latin);

    // The head of an entry whose name has so many letters: as mimetype, or as [Content_Types].xml.
    const string Head = "PK\u0003\u0004\u0014\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", Zip = Head + "\u0008\0\0\0", Office = Head + "\u0013\0\0\0";

    [Theory]
    [InlineData("rapport.pdf", "%PDF-1.7")]
    [InlineData("rapport.PDF", "\r\n\r\n%PDF-1.4")]
    [InlineData("bild.png", "\u0089PNG\r\n\u001a\n")]
    [InlineData("bild.jpeg", "\u00ff\u00d8\u00ff\u00e0")]
    [InlineData("bild.tif", "II*\0")]
    [InlineData("bild.tiff", "MM\0*")]
    [InlineData("plan.docx", Office + "[Content_Types].xml and so on")]
    [InlineData("plan.docx", Office + "word/settings.xml\0\0")]
    [InlineData("plan.xlsx", Office + "_rels/.rels and more")]
    [InlineData("plan.odt", Zip + "mimetypeapplication/vnd.oasis.opendocument.textPK")]
    [InlineData("plan.ods", Zip + "mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK")]
    [InlineData("lista.csv", "a;b\r\n1;2")]
    [InlineData("text.txt", "\u00ff\u00feT\0")]
    [InlineData("text.txt", "sista raden\r\n\u001a")]
    [InlineData("data.xml", "\u00ef\u00bb\u00bf <?xml version=\"1.0\"?>")]
    [InlineData("data.xml", "\u00fe\u00ff\0<\0?")]
    public void A_file_that_begins_as_its_name_says_is_taken(string name, string head) => Assert.True(FileFormat.Begins(name, Bytes(head)));

    [Theory]
    [InlineData("rapport.pdf", "Bara text")]
    [InlineData("rapport.pdf", "MZ\u0090\0")]
    [InlineData("bild.png", "\u00ff\u00d8\u00ff")]
    [InlineData("bild.jpg", "%PDF-1.7")]
    [InlineData("plan.docx", "\u00d0\u00cf\u0011\u00e0")]
    [InlineData("plan.docx", Zip + "mimetypeapplication/vnd.oasis.opendocument.textPK")]
    [InlineData("plan.docx", Office + "META-INF/MANIFEST.M")]
    [InlineData("plan.docx", Office + "xl/worksheets/a.xml")]
    [InlineData("plan.xlsx", "PK\u0003\u0004")]
    [InlineData("plan.odt", Zip + "[Content_Types].xml and more of it than that")]
    [InlineData("plan.ods", Zip + "mimetypeapplication/vnd.oasis.opendocument.textPK")]
    [InlineData("text.txt", "MZ\u0090")]
    [InlineData("lista.csv", "a;b\0c")]
    [InlineData("data.xml", "inte xml")]
    [InlineData("rapport.pdf", "")]
    [InlineData("rapport.pdf", "MZ\0%PDF-1.4")]
    [InlineData("rapport.pdf", "\u00ef\u00bb\u00bf <html><script>%PDF-1.4")]
    [InlineData("lista.csv", " %PDF-1.7")]
    [InlineData("text.txt", "\u007fELF\u0002")]
    [InlineData("text.txt", "#!/bin/sh")]
    [InlineData("text.txt", "\u00d0\u00cf\u0011\u00e0")]
    [InlineData("text.txt", "\u00ff\u00d8\u00ff\u00e1Exif")]
    [InlineData("data.xml", "\u00ff\u00fei\0n\0t\0e\0")]
    [InlineData("text.txt", "Rar!\u001a\u0007\0")]
    [InlineData("lista.csv", "7z\u00bc\u00af'\u001c")]
    [InlineData("text.txt", "\u001f\u008b\u0008")]
    [InlineData("text.txt", "en rad \u0007 till")]
    [InlineData("text.txt", "\u00ff\u00feMZ\u0090\0\u0003\0")]
    [InlineData("text.txt", "\u00ff\u00feT\0\u0003\0")]
    [InlineData("text.txt", "\u00fe\u00ff\0T\0\u0003")]
    [InlineData("rapport.pdf", "GIF89a%PDF-1.4")]
    [InlineData("rapport.pdf", "Rar!\u001a%PDF-1.4")]
    public void A_file_that_does_not_is_not(string name, string head) => Assert.False(FileFormat.Begins(name, Bytes(head)));

    [Theory]
    [InlineData("rapport\u202Efdp.exe", "rapportfdp.exe")]
    [InlineData("C:\\mapp\\rapport.pdf", "rapport.pdf")]
    [InlineData("/tmp/\u2066a\u2069\u200Bb\uFEFF\u00AD.pdf", "ab.pdf")]
    [InlineData("två\r\nrader\u2028.txt", "tvårader.txt")]
    [InlineData("\u202E", "document")]
    [InlineData(".txt", "document.txt")]
    [InlineData("a\u3164\u115F\u2800\uFE0Fb.pdf", "ab.pdf")]
    [InlineData("Åäö 👍.pdf", "Åäö 👍.pdf")]
    public void A_name_holds_nothing_that_is_not_seen_or_turns_it_around(string written, string name) => Assert.Equal(name, FileFormat.NameOf(written));

    [Fact]
    public void Of_a_long_name_no_letter_is_cut_in_two()
    {
        var name = FileFormat.NameOf($"{string.Concat(Enumerable.Repeat("😀", 100))}.xlsx");

        Assert.EndsWith("😀.xlsx", name, StringComparison.Ordinal);
        Assert.StartsWith("😀", name, StringComparison.Ordinal);
        Assert.Equal(149, name.Length);
    }
}
