namespace MrAgreement.Formats.Letters;

/// <summary>A text as the lines that it takes within a width.</summary>
static class LineBreaks
{
    public static IReadOnlyList<string> Of(string text, Typeface face, double size, double width) =>
        [.. Of([new Span(text)], _ => face, size, width).Select(line => string.Concat(line.Select(piece => piece.Text)))];

    /// <summary>Each line as its pieces, words and what stands between them: pieces that follow each other are of different kinds.</summary>
    public static IReadOnlyList<IReadOnlyList<Span>> Of(
        IReadOnlyList<Span> spans, Func<Span, Typeface> face, double size, double width)
    {
        var lines = new List<IReadOnlyList<Span>>();
        foreach (var words in Lines(spans))
        {
            var (line, length) = (new List<Span>(), 0.0);
            foreach (var word in words.SelectMany(word => Fitting(word, Width, width)))
            {
                // What stands between two words belongs to the first.
                Span[] between = line.Count == 0 ? [] : [line[^1] with { Text = " " }];
                var longer = between.Concat(word).Sum(Width);
                if (line.Count > 0 && length + longer > width)
                {
                    lines.Add(line);
                    (line, length, between) = ([], 0, []);
                    longer = word.Sum(Width);
                }
                foreach (var piece in between.Concat(word))
                    Join(line, piece);
                length += longer;
            }
            lines.Add(line);
        }
        return lines;

        double Width(Span piece) => face(piece).Width(piece.Text, size);
    }

    // The lines that were meant, each as its words; a word may be of several kinds.
    static IEnumerable<List<List<Span>>> Lines(IReadOnlyList<Span> spans)
    {
        var (words, word) = (new List<List<Span>>(), new List<Span>());
        foreach (var span in spans)
            foreach (var (i, line) in span.Text.ReplaceLineEndings("\n").Replace('\t', ' ').Split('\n').Index())
            {
                if (i > 0)
                {
                    End();
                    yield return words;
                    words = [];
                }
                foreach (var (j, text) in line.Split(' ').Index())
                {
                    if (j > 0)
                        End();
                    if (text.Length > 0)
                        Join(word, span with { Text = text });
                }
            }
        End();
        yield return words;

        void End()
        {
            if (word.Count > 0)
                words.Add(word);
            word = [];
        }
    }

    static void Join(List<Span> pieces, Span next)
    {
        if (pieces.Count > 0 && pieces[^1] is var last && last with { Text = "" } == next with { Text = "" })
            pieces[^1] = last with { Text = last.Text + next.Text };
        else
            pieces.Add(next);
    }

    // A word that is wider than the line is broken where it must be.
    static IEnumerable<List<Span>> Fitting(List<Span> word, Func<Span, double> widthOf, double width)
    {
        if (word.Sum(widthOf) <= width)
            return [word];
        var (parts, part, length) = (new List<List<Span>>(), new List<Span>(), 0.0);
        foreach (var letter in word.SelectMany(piece => piece.Text.EnumerateRunes(), (piece, rune) => piece with { Text = $"{rune}" }))
        {
            var longer = widthOf(letter);
            if (part.Count > 0 && length + longer > width)
            {
                parts.Add(part);
                (part, length) = ([], 0);
            }
            Join(part, letter);
            length += longer;
        }
        return [.. parts, part];
    }
}
