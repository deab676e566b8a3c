using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace MrAgreement.Formats.Letters;

/// <summary>Pieces of a letter as they stand in a page: elements without attributes but where a link leads and how a column stands.</summary>
public static class LetterHtml
{
    const int Lowest = 6;

    // Swedish stays readable in the source.
    static readonly HtmlEncoder encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="deeper">By how many levels its headings stand below those of a letter.</param>
    public static string Of(IReadOnlyList<Block> blocks, int deeper = 0)
    {
        var html = new StringBuilder();
        foreach (var block in blocks)
            Write(html, block, deeper);
        return html.ToString();
    }

    static void Write(StringBuilder html, Block block, int deeper)
    {
        switch (block)
        {
            case Heading it:
                Element(html, $"h{Math.Min(Lowest, it.Level + deeper)}", it.Text);
                break;
            case Paragraph it:
                Element(html, "p", it.Text);
                break;
            case Passage it:
                html.Append(it.IsQuote ? "<blockquote><p>" : "<p>");
                foreach (var span in it.Spans)
                    Write(html, span);
                html.Append(it.IsQuote ? "</p></blockquote>" : "</p>");
                break;
            case Listing it:
                html.Append(it.From switch { null => "<ul>", 1 => "<ol>", var from => $"<ol start=\"{from}\">" });
                foreach (var item in it.Items)
                    html.Append("<li>").Append(Of(item, deeper)).Append("</li>");
                html.Append(it.From is null ? "</ul>" : "</ol>");
                break;
            case Entry it:
                html.Append("<p>");
                Element(html, "strong", $"{it.Label}:");
                html.Append(' ').Append(Text(it.Text)).Append("</p>");
                break;
            case Grid it:
                Write(html, it);
                break;
            case Signature it:
                Element(html, "p", string.Join(", ", new[] { it.Label, it.Name, it.On }.Where(part => part.Length > 0)));
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"No element for {block}.");
        }
    }

    static void Write(StringBuilder html, Span span)
    {
        if (span.Link is { } link)
            html.Append("<a href=\"").Append(encoder.Encode(link.AbsoluteUri)).Append("\" rel=\"nofollow noreferrer\">");
        html.Append(span.IsStrong ? "<strong>" : "").Append(span.IsEmphasis ? "<em>" : "").Append(Text(span.Text))
            .Append(span.IsEmphasis ? "</em>" : "").Append(span.IsStrong ? "</strong>" : "").Append(span.Link is null ? "" : "</a>");
    }

    static void Write(StringBuilder html, Grid grid)
    {
        html.Append("<table><thead><tr>");
        foreach (var column in grid.Columns)
            html.Append(column.IsFigure ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">").Append(Text(column.Heading))
                .Append("</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var row in grid.Rows)
        {
            html.Append("<tr>");
            foreach (var (column, text) in grid.Columns.Zip(row))
                html.Append(column.IsFigure ? "<td class=\"number\">" : "<td>").Append(Text(text)).Append("</td>");
            html.Append("</tr>");
        }
        html.Append("</tbody></table>");
    }

    static void Element(StringBuilder html, string name, string text) =>
        html.Append('<').Append(name).Append('>').Append(Text(text)).Append("</").Append(name).Append('>');

    static string Text(string text) => string.Join("<br>", text.ReplaceLineEndings("\n").Split('\n').Select(encoder.Encode));
}
