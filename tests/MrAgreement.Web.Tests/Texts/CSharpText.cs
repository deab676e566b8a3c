using System.Text.RegularExpressions;

namespace MrAgreement.Web.Tests.Texts;

/// <summary>As much of C#'s grammar as it takes to find the arguments of a call and the texts that they may be.</summary>
static partial class CSharpText
{
    /// <summary>What stands for a hole of an interpolated text that may hold anything.</summary>
    public const char Anything = '*';

    /// <summary>The arguments from just after the opening parenthesis to the one that closes it.</summary>
    public static IReadOnlyList<string> Arguments(string text, int start)
    {
        var arguments = new List<string>();
        var (depth, from, at) = (0, start, start);
        for (; at < text.Length; at++)
        {
            if (EndOfLiteral(text, at) is { } end)
                at = end - 1;
            else if (text[at] is '(' or '[' or '{')
                depth++;
            else if (text[at] is ')' or ']' or '}' && depth-- == 0)
                break;
            else if (text[at] == ',' && depth == 0)
            {
                arguments.Add(text[from..at].Trim());
                from = at + 1;
            }
        }
        var last = text[from..Math.Min(at, text.Length)].Trim();
        return last.Length == 0 ? arguments : [.. arguments, last];
    }

    /// <summary>Every text that an expression may be, as far as its literals tell: of <c>x ? "a" : $"b-{y}"</c>, <c>a</c> and <c>b-*</c>.</summary>
    public static IEnumerable<string> Texts(string expression)
    {
        for (var at = 0; at < expression.Length; at++)
            if (EndOfLiteral(expression, at) is { } end)
            {
                if (expression[at] != '\'' && Follows().IsMatch(expression[..at]))
                    foreach (var text in expression[at] == '$' ? Filled(expression[(at + 2)..(end - 1)]) : [expression[(at + 1)..(end - 1)]])
                        yield return text;
                at = end - 1;
            }
    }

    /// <summary>Every text in a source that may be a key: what stands between two quotes, also inside a quoted Razor attribute.</summary>
    public static IEnumerable<string> Literals(string source) =>
        Plain().Matches(source).Select(match => match.Value)
            .Concat(Interpolated().Matches(source).SelectMany(match => Filled(match.Groups[1].Value)));

    public static bool IsPlace(string argument) => PlaceAndValue().IsMatch(argument);

    public static string Place(string argument) => PlaceAndValue().Match(argument).Groups[1].Value;

    // The texts that come of filling the holes: with what their own literals say, else with anything.
    static IEnumerable<string> Filled(string interpolated)
    {
        IEnumerable<string> texts = [""];
        for (var at = 0; at < interpolated.Length; at++)
            if (interpolated[at] == '{')
            {
                var hole = Arguments(interpolated, at + 1);
                var end = EndOfHole(interpolated, at);
                var choices = hole.SelectMany(part => Texts(part.Trim('(', ')'))).DefaultIfEmpty(Anything.ToString()).ToList();
                texts = [.. texts.SelectMany(text => choices.Select(choice => text + choice))];
                at = end;
            }
            else
            {
                var letter = interpolated[at];
                texts = [.. texts.Select(text => text + letter)];
            }
        return texts;
    }

    static int EndOfHole(string text, int at)
    {
        for (var depth = 0; at < text.Length; at++)
            if (EndOfLiteral(text, at) is { } end)
                at = end - 1;
            else if (text[at] == '{')
                depth++;
            else if (text[at] == '}' && --depth == 0)
                return at;
        return text.Length;
    }

    // Just after the literal that begins there; null when none does.
    static int? EndOfLiteral(string text, int at)
    {
        var interpolated = text[at] == '$' && at + 1 < text.Length && text[at + 1] == '"';
        if (text[at] == '\'' && Character().Match(text, at) is { Success: true } character)
            return at + character.Length;
        if (text[at] != '"' && !interpolated)
            return null;
        for (at += interpolated ? 2 : 1; at < text.Length && text[at] != '"'; at++)
            if (text[at] == '\\')
                at++;
            else if (interpolated && text[at] == '{')
                at = EndOfHole(text, at);
        return Math.Min(at + 1, text.Length);
    }

    // A value, not something it is compared with: first, or after one of these.
    [GeneratedRegex(@"(^|\?|:|=>|\()\s*\z")]
    private static partial Regex Follows();

    [GeneratedRegex(@"^\(""([a-z][A-Za-z]*)"",")]
    private static partial Regex PlaceAndValue();

    [GeneratedRegex(@"\G'(\\.[^']*|[^'\\])'")]
    private static partial Regex Character();

    [GeneratedRegex(@"(?<="")[a-z][a-zåäö0-9.-]*(?="")")]
    private static partial Regex Plain();

    [GeneratedRegex(@"\$""((?:[^""\\{\n]|\{[^}\n]*\})*)""")]
    private static partial Regex Interpolated();
}
