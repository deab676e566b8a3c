using System.Text;

namespace MrAgreement.Formats.Letters;

/// <summary>A text as the lines that it takes within a width.</summary>
static class LineBreaks
{
    public static IReadOnlyList<string> Of(string text, Typeface face, double size, double width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Replace('\t', ' ').Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(word => Pieces(word, face, size, width)))
            {
                var longer = line.Length == 0 ? word : $"{line} {word}";
                if (line.Length > 0 && face.Width(longer, size) > width)
                {
                    lines.Add(line);
                    longer = word;
                }
                line = longer;
            }
            lines.Add(line);
        }
        return lines;
    }

    // A word that is wider than the line is broken where it must be.
    static IEnumerable<string> Pieces(string word, Typeface face, double size, double width)
    {
        if (face.Width(word, size) <= width)
            return [word];
        var pieces = new List<string>();
        var piece = new StringBuilder();
        foreach (var rune in word.EnumerateRunes())
        {
            if (piece.Length > 0 && face.Width($"{piece}{rune}", size) > width)
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }
            piece.Append(rune);
        }
        return [.. pieces, piece.ToString()];
    }
}
