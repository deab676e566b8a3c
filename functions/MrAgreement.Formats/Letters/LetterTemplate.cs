using System.Text.RegularExpressions;

namespace MrAgreement.Formats.Letters;

/// <summary>
/// The wording and order of a letter, as a text that people change without programming. A line is a block:
/// <c># Heading</c> (to <c>###</c>), <c>Label | text</c>, <c>___ Label | name | day</c> to
/// sign on, <c>// remark</c>, or else a paragraph. Places stand in braces: <c>{amount}</c>.
/// </summary>
public sealed partial class LetterTemplate
{
    readonly IReadOnlyList<Block> blocks;

    LetterTemplate(IReadOnlyList<Block> blocks) => this.blocks = blocks;

    /// <param name="name">What people know the file by.</param>
    /// <param name="places">Those that there are.</param>
    /// <exception cref="LetterTemplateException">A line can't be meant so.</exception>
    public static LetterTemplate Read(string name, string text, IReadOnlyCollection<string> places)
    {
        var blocks = new List<Block>();
        foreach (var (i, line) in text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n').Index())
        {
            if (line.Trim() is var said && (said.Length == 0 || said.StartsWith("//", StringComparison.Ordinal)))
                continue;
            foreach (Match place in Place().Matches(said))
                if (!places.Contains(place.Groups[1].Value))
                    throw Fault($"there is no place {place.Value}; the places are {string.Join(", ", places.Order(StringComparer.Ordinal))}");
            if (Place().Replace(said, "").AsSpan().ContainsAny('{', '}'))
                throw Fault("a brace opens or closes no place");
            blocks.Add(Block(said) ?? throw Fault("it is neither # Heading (to ###), nor Label | text, nor ___ Label | name | day"));
            if (blocks is [not Heading { Level: 1 }])
                throw Fault("the first line is to be a heading: # Heading");

            LetterTemplateException Fault(string fault) => new($"{name}, line {i + 1}: {fault}.");
        }
        return blocks.Count > 0 ? new(blocks) : throw new LetterTemplateException($"{name}, line 1: there is no heading: # Heading.");
    }

    /// <summary>The letter's blocks. A line that has places and whose places
    /// all are empty is left out, unless it is to be signed on.</summary>
    public IReadOnlyList<Block> Fill(IReadOnlyDictionary<string, string> values)
    {
        return [.. blocks.Where(IsSaid).Select(Filled)];

        bool IsSaid(Block block) => block is Signature || Places(block) is not { Count: > 0 } places
            || places.Any(place => values[place].Length > 0);

        Block Filled(Block block) => block switch
        {
            Heading it => it with { Text = Said(it.Text) },
            Paragraph it => new Paragraph(Said(it.Text)),
            Entry it => new Entry(Said(it.Label), Said(it.Text)),
            Signature it => new Signature(Said(it.Label), Said(it.Name), Said(it.On)),
            _ => throw new System.Diagnostics.UnreachableException($"No line for {block}.")
        };

        // In one go: a value that itself holds braces is no place.
        string Said(string text) => Place().Replace(text, place => values[place.Groups[1].Value]).Trim();
    }

    static Block? Block(string line) => line switch
    {
        ['#', ..] => Title().Match(line) is { Success: true } title ? new Heading(title.Groups[1].Length, title.Groups[2].Value) : null,
        ['_', '_', '_', ..] => Parts(line[3..]) is [{ Length: > 0 } label, var name, var on] ? new Signature(label, name, on) : null,
        _ => Parts(line) switch
        {
            [var text] => new Paragraph(text),
            [{ Length: > 0 } label, { Length: > 0 } text] => new Entry(label, text),
            _ => null
        }
    };

    static string[] Parts(string line) => line.Split('|', StringSplitOptions.TrimEntries);

    static IReadOnlyList<string> Places(Block block) =>
        [.. Place().Matches(block switch { Heading it => it.Text, Paragraph it => it.Text, Entry it => $"{it.Label} {it.Text}", _ => "" })
            .Select(place => place.Groups[1].Value)];

    [GeneratedRegex(@"\{([^{}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex("^(#{1,3})[ ]+(.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Title();
}

/// <summary>A template can't be used; the message says which line of which file, and why.</summary>
public sealed class LetterTemplateException(string message) : Exception(message);
