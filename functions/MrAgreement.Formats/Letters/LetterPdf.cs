using System.Security;
using System.Text;
using NodaTime.Text;
using static MrAgreement.Formats.Letters.PdfObjects;

namespace MrAgreement.Formats.Letters;

/// <summary>A letter as PDF 1.7: tagged, in its language, with its fonts in it,
/// by the rules of PDF/A-2b. Source: ISO 32000-1 and ISO 19005-2.</summary>
public static class LetterPdf
{
    public const string MediaType = "application/pdf";

    const string Producer = "MrAgreement";

    static readonly InstantPattern stamp = InstantPattern.CreateWithInvariantCulture("uuuuMMddHHmmss");
    static readonly InstantPattern time = InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss'+00:00'");

    /// <summary>The same letter is always the same bytes.</summary>
    public static byte[] Write(Letter letter)
    {
        var (regular, bold, document) = (new PdfFont("Regular", Typeface.Regular), new PdfFont("Bold", Typeface.Bold), new Tag("Document"));
        var pages = new PdfLayout(regular, bold, document).Set(letter);

        var file = new PdfObjects();
        var (catalogue, tree, structure) = (file.Reserve(), file.Reserve(), file.Reserve());
        var resources = file.Add(Invariant(
            $"<< /Font << /{regular.Key} {regular.AddTo(file)} 0 R /{bold.Key} {bold.AddTo(file)} 0 R >> /ColorSpace << /Grey [/CalGray << /WhitePoint [0.9505 1 1.089] /Gamma 2.2 >>] >> >>"));
        var numbers = pages.Select((page, i) =>
            file.Add(Invariant($"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {PdfPage.Width} {PdfPage.Height}] /Resources {resources} 0 R /Contents {file.AddStream("", page.Content)} 0 R /StructParents {i} /Tabs /S >>"))).ToList();
        file.Tell(tree, Invariant($"<< /Type /Pages /Count {numbers.Count} /Kids [{string.Join(' ', numbers.Select(n => Invariant($"{n} 0 R")))}] >>"));

        var owners = numbers.Select(_ => new List<int>()).ToList();
        var root = document.AddTo(file, structure, numbers, owners);
        var marks = owners.Select((owned, page) => Invariant($"{page} [{string.Join(' ', owned.Select(n => Invariant($"{n} 0 R")))}]"));
        file.Tell(structure, Invariant(
            $"<< /Type /StructTreeRoot /K [{root} 0 R] /ParentTree << /Nums [{string.Join(' ', marks)}] >> /ParentTreeNextKey {owners.Count} >>"));

        // Not compressed, so that programs that know nothing of PDF find it.
        var metadata = file.AddRaw("/Type /Metadata /Subtype /XML", Encoding.UTF8.GetBytes(Metadata(letter)));
        file.Tell(catalogue, Invariant(
            $"<< /Type /Catalog /Pages {tree} 0 R /Lang ({letter.Language}) /MarkInfo << /Marked true >> /StructTreeRoot {structure} 0 R /Metadata {metadata} 0 R /ViewerPreferences << /DisplayDocTitle true >> >>"));
        var made = stamp.Format(letter.Made);
        var information = file.Add($"<< /Title {Text(letter.Title)} /Author {Text(letter.Author)} /Producer {Text(Producer)} /CreationDate (D:{made}+00'00') /ModDate (D:{made}+00'00') >>");
        return file.File(catalogue, information);
    }

    static string Metadata(Letter letter) =>
        $"""
        <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/">
          <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
              <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{SecurityElement.Escape(letter.Title)}</rdf:li></rdf:Alt></dc:title>
              <dc:creator><rdf:Seq><rdf:li>{SecurityElement.Escape(letter.Author)}</rdf:li></rdf:Seq></dc:creator>
              <dc:language><rdf:Bag><rdf:li>{letter.Language}</rdf:li></rdf:Bag></dc:language>
              <pdf:Producer>{Producer}</pdf:Producer>
              <xmp:CreateDate>{time.Format(letter.Made)}</xmp:CreateDate>
              <xmp:ModifyDate>{time.Format(letter.Made)}</xmp:ModifyDate>
              <pdfaid:part>2</pdfaid:part>
              <pdfaid:conformance>B</pdfaid:conformance>
            </rdf:Description>
          </rdf:RDF>
        </x:xmpmeta>
        <?xpacket end="r"?>
        """;
}
