using System.Text;

namespace MrAgreement.Work;

/// <summary>
/// A reference to a figure in a text: <c>{{statement:3/used}}</c>, <c>{{plan:focus-area/education|spent}}</c>. The source before the
/// colon says where it is looked up, what stands after it which of the figures there it is.
/// </summary>
/// <param name="Source">As in <c>plan</c>.</param>
/// <param name="Path">As in <c>focus-area, education</c>.</param>
/// <param name="Field">As in <c>spent</c>; null where the path says it all.</param>
public sealed record FigureReference(string Source, IReadOnlyList<string> Path, string? Field)
{
    /// <summary>Letters between the braces.</summary>
    public const int Longest = 200;

    /// <summary>That a text can have.</summary>
    public const int Most = 2000;

    /// <summary>What stands between braces, read; null where it is no reference to any figure.</summary>
    public static FigureReference? Read(string inside)
    {
        var it = inside.Trim();
        if (it.Length is 0 or > Longest || it.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon))
            return null;
        var (source, rest) = (it[..colon].Trim(), it[(colon + 1)..]);
        var bar = rest.IndexOf('|', StringComparison.Ordinal);
        string[] path = [.. (bar < 0 ? rest : rest[..bar]).Split('/').Select(step => step.Trim())];
        var field = bar < 0 ? null : rest[(bar + 1)..].Trim();
        return path.Any(step => step.Length == 0) || field?.Length == 0 ? null : new(source, path, field);
    }

    /// <summary>What stands between double braces in a text, in order; braces that nothing closes are text.</summary>
    public static IReadOnlyList<string> In(string text) => [.. Places(text).Take(Most).Select(place => text[place].Trim())];

    /// <summary>The text with something else in place of each reference.</summary>
    public static string Replaced(string text, Func<string, string> with)
    {
        var (made, from) = (new StringBuilder(), 0);
        foreach (var place in Places(text).Take(Most))
        {
            made.Append(text, from, place.Start.Value - 2 - from).Append(with(text[place].Trim()));
            from = place.End.Value + 2;
        }
        return made.Append(text, from, text.Length - from).ToString();
    }

    // In one go, however many braces there are: each is looked at once.
    static IEnumerable<Range> Places(string text)
    {
        for (var at = 0; at + 1 < text.Length;)
        {
            if (text[at] != '{' || text[at + 1] != '{')
            {
                at++;
                continue;
            }
            // Of more braces in a row the last two count.
            while (at + 2 < text.Length && text[at + 2] == '{')
                at++;
            var (from, end) = (at + 2, -1);
            for (var i = from; i + 1 < text.Length && i - from <= Longest && text[i] is not ('{' or '\n'); i++)
                if (text[i] == '}' && text[i + 1] == '}')
                {
                    end = i;
                    break;
                }
            if (end >= 0)
                yield return from..end;
            at = end >= 0 ? end + 2 : from;
        }
    }
}
