using System.Text.RegularExpressions;
using DiffPlex;
using DiffPlex.Chunkers;

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
    // 20 000 words against 20 000 take a second or two at worst; what is longer is told as wholly rewritten.
    const long MostPairs = 20_000L * 20_000;

    public static IReadOnlyList<Words> Between(string before, string after)
    {
        if ((long)Word().Count(before) * Word().Count(after) > MostPairs)
            return [new(WordChange.Removed, before), new(WordChange.Added, after)];

        // Where a line is broken is no change of words.
        var found = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: true, ignoreCase: false, new CustomFunctionChunker(Split));
        var (words, told) = (new List<Words>(), 0);
        foreach (var block in found.DiffBlocks)
        {
            Add(WordChange.Kept, found.PiecesNew, told, block.InsertStartB - told);
            Add(WordChange.Removed, found.PiecesOld, block.DeleteStartA, block.DeleteCountA);
            Add(WordChange.Added, found.PiecesNew, block.InsertStartB, block.InsertCountB);
            told = block.InsertStartB + block.InsertCountB;
        }
        Add(WordChange.Kept, found.PiecesNew, told, found.PiecesNew.Count - told);
        return words;

        void Add(WordChange change, IReadOnlyList<string> pieces, int from, int count)
        {
            if (count > 0)
                words.Add(new(change, string.Concat(pieces.Skip(from).Take(count))));
        }
    }

    static List<string> Split(string text) => [.. Word().Matches(text).Select(word => word.Value)];

    [GeneratedRegex(@"\s*\S+\s*")]
    private static partial Regex Word();
}
