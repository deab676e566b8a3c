using System.Text.RegularExpressions;

namespace MrAgreement.Web.Pages.Obligations;

/// <summary>What became of some words from one version of a text to the next.</summary>
public enum WordChange
{
    Kept,
    Removed,
    Added
}

/// <summary>Words next to each other that met the same fate.</summary>
public sealed record Words(WordChange Change, string Text);

/// <summary>Compares two versions of a text word by word: the longest common sequence is kept, the rest was removed or added.</summary>
public static partial class WordDiff
{
    // Some 2 000 words against 2 000; what is longer is told as wholly rewritten.
    const int MaxCells = 4_000_000;

    public static IReadOnlyList<Words> Between(string before, string after)
    {
        var (old, now) = (Split(before), Split(after));
        if ((long)old.Count * now.Count > MaxCells)
            return [new(WordChange.Removed, before), new(WordChange.Added, after)];

        // Longest common sequence of what follows word i of the old and word j of the new text.
        var common = new ushort[old.Count + 1, now.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
            for (var j = now.Count - 1; j >= 0; j--)
                common[i, j] = Same(old[i], now[j]) ? (ushort)(common[i + 1, j + 1] + 1) : Math.Max(common[i + 1, j], common[i, j + 1]);

        var words = new List<Words>();
        for (int i = 0, j = 0; i < old.Count || j < now.Count;)
            if (i < old.Count && j < now.Count && Same(old[i], now[j]))
            {
                Add(WordChange.Kept, now[j++]);
                i++;
            }
            else if (j == now.Count || i < old.Count && common[i + 1, j] >= common[i, j + 1])
                Add(WordChange.Removed, old[i++]);
            else
                Add(WordChange.Added, now[j++]);
        return words;

        void Add(WordChange change, string word)
        {
            if (words is [.., var last] && last.Change == change)
                words[^1] = last with { Text = last.Text + word };
            else
                words.Add(new(change, word));
        }
    }

    // Where a line is broken is no change of words.
    static bool Same(string a, string b) => a.AsSpan().Trim().SequenceEqual(b.AsSpan().Trim());

    static List<string> Split(string text) => [.. Word().Matches(text).Select(word => word.Value)];

    [GeneratedRegex(@"\s*\S+\s*")]
    private static partial Regex Word();
}
