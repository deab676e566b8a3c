using static MrAgreement.Formats.Letters.PdfObjects;

namespace MrAgreement.Formats.Letters;

/// <summary>Sets a letter's blocks on pages, each with what it is to those who listen.</summary>
sealed class PdfLayout(PdfFont regular, PdfFont bold, Tag document)
{
    const double Left = 62;
    const double Right = PdfPage.Width - 62;
    const double Top = 62;
    const double Bottom = PdfPage.Height - 70;
    const double Size = 10;
    const double Leading = 14.5;
    const double Labels = 165;
    const double Gap = 12;
    const double Hairline = 0.25;
    const double Rule = 0.75;
    const double Indent = 18;

    // There is no face that leans: the upright one is leant.
    const double Slant = 0.2;

    /// <summary>What a page holds from its first line to its last.</summary>
    public const double Room = Bottom - Top;

    readonly List<PdfPage> pages = [new(0)];
    double y = Top;

    PdfPage Page => pages[^1];

    public IReadOnlyList<PdfPage> Set(Letter letter)
    {
        for (var i = 0; i < letter.Blocks.Count;)
            i += letter.Blocks[i] switch
            {
                Heading it => One(() => Set(it)),
                Paragraph it => One(() => Set(new Passage([new(it.Text)]), document, Left)),
                Passage it => One(() => Set(it, document, Left)),
                Listing it => One(() => Set(it, document, Left)),
                Entry => Set(Run<Entry>(letter.Blocks, i)),
                Grid it => One(() => new PdfGrid(regular.Face, bold.Face, it, Size - 1, Right - Left).Set(this)),
                Signature => Set(Run<Signature>(letter.Blocks, i)),
                var other => throw new System.Diagnostics.UnreachableException($"No place for {other}.")
            };
        for (var i = 0; i < pages.Count; i++)
        {
            var (page, foot) = (pages[i], letter.Foot(i + 1, pages.Count));
            page.Adorn(() => page.Write(foot, regular, Size - 2, Left, PdfPage.Height - 40));
        }
        return pages;
    }

    static int One(Action set)
    {
        set();
        return 1;
    }

    static List<T> Run<T>(IReadOnlyList<Block> blocks, int from) => [.. blocks.Skip(from).TakeWhile(b => b is T).Cast<T>()];

    /// <summary>Goes to a new page unless that much is left of this one.</summary>
    public bool Need(double height)
    {
        if (y + height <= Bottom)
            return false;
        pages.Add(new(pages.Count));
        y = Top;
        return true;
    }

    void Set(Heading it)
    {
        var (size, before, after) = it.Level switch { 1 => (18.0, 0.0, 10.0), 2 => (12.5, 16.0, 5.0), _ => (Size, 10.0, 3.0) };
        y += y > Top ? before : 0;
        var lines = LineBreaks.Of(it.Text, bold.Face, size, Right - Left);
        // A heading does not stand alone at the foot of a page.
        Need(lines.Count * size * 1.3 + after + 4 * Leading);
        Lines(document.Add($"H{it.Level}"), lines, bold, size, size * 1.3, Left);
        y += after;
    }

    void Set(Passage it, Tag within, double left)
    {
        var tag = (it.IsQuote ? within.Add("BlockQuote") : within).Add("P");
        var x = left + (it.IsQuote ? Indent : 0);
        foreach (var line in LineBreaks.Of(Printed(it.Spans), span => FontOf(span).Face, Size, Right - x))
        {
            Need(Leading);
            if (line.Count > 0)
                Page.Draw(tag, () => Write(line, x));
            y += Leading;
        }
        y += 6;
    }

    void Write(IReadOnlyList<Span> line, double x)
    {
        foreach (var piece in line)
        {
            var font = FontOf(piece);
            Page.Write(piece.Text, font, Size, x, y + Size, piece.IsEmphasis ? Slant : 0);
            x += font.Face.Width(piece.Text, Size);
        }
    }

    PdfFont FontOf(Span span) => span.IsStrong ? bold : regular;

    // Nobody follows a link on paper: its address stands after it, unless it is what is written.
    static IReadOnlyList<Span> Printed(IReadOnlyList<Span> spans) => [.. spans.SelectMany((span, i) =>
        span.Link is { } link && spans.ElementAtOrDefault(i + 1)?.Link != link
            && link.OriginalString.TrimEnd('/') is var address && !address.EndsWith(span.Text.TrimEnd('/'), StringComparison.Ordinal)
                ? (Span[])[span, span with { Text = $" ({address})" }] : [span])];

    void Set(Listing it, Tag within, double left)
    {
        var list = within.Add("L");
        foreach (var (i, blocks) in it.Items.Index())
        {
            var item = list.Add("LI");
            var (label, body) = (item.Add("Lbl"), item.Add("LBody"));
            Need(Leading);
            Page.Draw(label, () => Page.Write(it.From is { } from ? Invariant($"{from + i}.") : "•", regular, Size, left, y + Size));
            foreach (var block in blocks)
                if (block is Listing further)
                    Set(further, body, left + Indent);
                else if (block is Passage said)
                    Set(said, body, left + Indent);
            if (blocks.Count == 0)
                y += Leading;
        }
    }

    int Set(List<Entry> entries)
    {
        var list = document.Add("L");
        foreach (var it in entries)
        {
            var item = list.Add("LI");
            var (label, text) = (item.Add("Lbl"), item.Add("LBody"));
            var labels = LineBreaks.Of(it.Label, bold.Face, Size, Labels - Gap);
            var texts = LineBreaks.Of(it.Text, regular.Face, Size, Right - Left - Labels);
            for (var i = 0; i < Math.Max(labels.Count, texts.Count); i++)
            {
                Need(Leading);
                var at = y;
                if (i < labels.Count)
                    Lines(label, [labels[i]], bold, Size, Leading, Left);
                y = at;
                if (i < texts.Count)
                    Lines(text, [texts[i]], regular, Size, Leading, Left + Labels);
                y = at + Leading;
            }
            y += 3;
        }
        y += 5;
        return entries.Count;
    }

    int Set(List<Signature> signatures)
    {
        const double above = 40;
        var width = (Right - Left - 2 * Gap) / 2;
        foreach (var two in signatures.Chunk(2))
        {
            Need(above + 4 * Leading);
            var (at, below) = (y + above, 0.0);
            for (var i = 0; i < two.Length; i++)
            {
                var (it, x) = (two[i], Left + i * (width + 2 * Gap));
                Page.Adorn(() => Page.Line(x, at, x + width, Hairline));
                y = at + 3;
                var tag = document.Add("P");
                Lines(tag, LineBreaks.Of(it.Label, bold.Face, Size - 1, width), bold, Size - 1, Leading - 1, x);
                Lines(tag, LineBreaks.Of(it.On.Length == 0 ? it.Name : $"{it.Name}, {it.On}", regular.Face, Size - 1, width), regular,
                    Size - 1, Leading - 1, x);
                below = Math.Max(below, y);
            }
            y = below + Gap;
        }
        return signatures.Count;
    }

    /// <summary>Lines below each other; <c>y</c> goes on below them.</summary>
    void Lines(Tag tag, IReadOnlyList<string> lines, PdfFont font, double size, double leading, double x)
    {
        foreach (var line in lines)
        {
            if (line.Length > 0)
                Page.Draw(tag, () => Page.Write(line, font, size, x, y + size));
            y += leading;
        }
    }

    /// <summary>A row of a table: its cells' lines beside each other with a line
    /// below. A cell without a tag only repeats what has been said.</summary>
    public void Row(IReadOnlyList<(double X, IReadOnlyList<(string Text, double Shift)> Lines, Tag? Tag)> cells, bool isHeading,
        double size, double leading, double height)
    {
        var font = isHeading ? bold : regular;
        var at = y;
        foreach (var (x, lines, tag) in cells)
            for (var i = 0; i < lines.Count; i++)
            {
                var (text, shift) = lines[i];
                var baseline = at + 3 + size + i * leading;
                if (text.Length == 0)
                    continue;
                if (tag is null)
                    Page.Adorn(() => Page.Write(text, font, size, Left + x + shift, baseline));
                else
                    Page.Draw(tag, () => Page.Write(text, font, size, Left + x + shift, baseline));
            }
        y = at + height;
        Page.Adorn(() => Page.Line(Left, y, Right, isHeading ? Rule : Hairline));
    }

    public Tag Table() => document.Add("Table");

    public void Space(double height) => y += height;
}
