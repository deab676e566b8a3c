using MrAgreement.Parties;

namespace MrAgreement.Overviews;

/// <summary>What can be found; stored by name.</summary>
public enum SearchKind
{
    Agreement,
    Obligation,
    Document,

    /// <summary>Somebody who signed, or who works with the agreement in a party.</summary>
    Person,

    /// <summary>What was decided, demanded or paid: numbers, references and reasons.</summary>
    Log,

    /// <summary>Material that a side has published, or means to.</summary>
    Publication
}

/// <summary>Something of an agreement that can be found. It holds words alone: what is shown is read from the dossier.</summary>
/// <param name="Subject">What it is within its agreement: key of an obligation, number of a document or of a row of the log.</param>
/// <param name="Words">Folded, each of them once.</param>
/// <param name="SeenBy">Whose people may find it: a party's, or those of one role in a party (<see cref="Audience"/>). Whoever sees every
/// agreement may find all.</param>
public sealed record SearchRow(SearchKind Kind, string Subject, IReadOnlyList<string> Words, IReadOnlyList<string> SeenBy);

/// <summary>One agreement's part of what can be found.</summary>
/// <param name="Kinds">In which kinds it is looked for; each is answered by a group of its own.</param>
/// <param name="Words">Folded; all of them must begin a word of what is found.</param>
/// <param name="Viewer">As whom it is looked for; null for one who sees every agreement.</param>
/// <param name="Skip">How many of the first of each kind to pass over.</param>
/// <param name="Limit">The most of each kind.</param>
public sealed record SearchQuery(IReadOnlyList<SearchKind> Kinds, IReadOnlyList<string> Words, IReadOnlyList<string>? Viewer, int Skip,
    int Limit)
{
    /// <summary>More of a kind are not counted, nor told one from another: whoever finds as many writes one word more.</summary>
    public const int Most = 1000;
}

/// <summary>Where something was found.</summary>
public sealed record SearchHit(AgreementId Agreement, SearchKind Kind, string Subject);

/// <summary>What was found of one kind, by diary number.</summary>
/// <param name="Total">How many there are, at most <see cref="SearchQuery.Most"/>.</param>
/// <param name="HasMore">Whether there are more than that.</param>
public sealed record SearchGroup(SearchKind Kind, IReadOnlyList<SearchHit> Hits, int Total, bool HasMore);

/// <summary>The words of a text as they are looked for: runs of letters and digits, folded.</summary>
public static class SearchWords
{
    /// <summary>Each once, in order.</summary>
    public static IReadOnlyList<string> Of(params IEnumerable<string?> texts) => [.. texts.OfType<string>().SelectMany(Split).Distinct()];

    /// <summary>Whether each of the words begins one of what is there; a single letter must be one.</summary>
    public static bool Find(IReadOnlyList<string> words, IReadOnlyList<string> among) => words.All(word =>
        among.Any(there => word.Length == 1 ? there == word : there.StartsWith(word, StringComparison.Ordinal)));

    static bool IsAccent(char letter) => letter is >= '\u0300' and <= '\u036f';

    static IEnumerable<string> Split(string text)
    {
        // What was typed as a letter and an accent is the letter alone, as it is folded.
        var folded = Projection.Folded(text.Any(IsAccent) ? string.Concat(text.Where(letter => !IsAccent(letter))) : text);
        for (var (i, start) = (0, -1); i <= folded.Length; i++)
        {
            var isIn = i < folded.Length && char.IsLetterOrDigit(folded[i]);
            if (isIn && start < 0)
                start = i;
            else if (!isIn && start >= 0)
            {
                yield return folded[start..i];
                start = -1;
            }
        }
    }
}

/// <summary>Whose people may find something.</summary>
public static class Audience
{
    /// <summary>Everybody in the party.</summary>
    public static string Of(string party) => Uri.EscapeDataString(party);

    public static string Of(string party, Role role) => $"{Of(party)}/{Json.NameOf(role)}";

    /// <summary>What a person is among; null for one who sees every agreement.</summary>
    public static IReadOnlyList<string>? For(Actor actor) =>
        actor.SeesEveryAgreement ? null : [Of(actor.Party), Of(actor.Party, actor.Role)];
}
