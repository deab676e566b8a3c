using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Overviews;
using MrAgreement.Web.Pages.Documents;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Texts;
using NodaTime.Text;

namespace MrAgreement.Web.Pages.Work;

/// <summary>Documents to choose one of in a form, the newest first: so many at once, and by words of their titles the others.</summary>
/// <param name="Options">With kind, day and number, by which documents of the same title are told apart.</param>
/// <param name="All">How many there are in all.</param>
sealed record OwnDocumentChoices(IReadOnlyList<(string Value, string Text)> Options, int All)
{
    /// <summary>That a form shows at once.</summary>
    public const int Most = 50;

    public bool HasMore => All > Most;

    /// <param name="among">Whether a document may be chosen.</param>
    /// <param name="chosen">Ids that stand in the form already: they are shown whatever is sought.</param>
    public static OwnDocumentChoices Of(Dossier it, Language language, Attempt? attempt, Func<Document, bool> among,
        params IEnumerable<string> chosen)
    {
        var (standing, sought) = (chosen.ToHashSet(StringComparer.OrdinalIgnoreCase), Sought(attempt));
        var all = it.Documents.InOrder.Where(document => document is { Withdrawn: null, IsErased: false } && among(document)
            || standing.Contains($"{document.Id}")).Reverse().ToList();
        var kept = all.Where(document => standing.Contains($"{document.Id}")).ToList();
        return new([.. kept.Concat(all.Except(kept).Where(document => IsSought(document, sought)).Take(Most))
            .Select(document => ($"{document.Id}", Told(document, language)))], all.Count);
    }

    /// <summary>Those of one's own party.</summary>
    public static OwnDocumentChoices Of(Dossier it, PageVisitor visitor, Attempt? attempt, Func<Document, bool>? among = null) =>
        Of(it, visitor.Language, attempt, document => document.Party == visitor.Actor.Party && among?.Invoke(document) != false,
            (attempt?.Typed["document"].OfType<string>() ?? []).Where(id => Guid.TryParse(id, out var known)
                && it.Documents[known]?.Party == visitor.Actor.Party));

    /// <summary>The words that somebody looks for; none where nobody does.</summary>
    public static IReadOnlyList<string> Sought(Attempt? attempt) =>
        attempt is null ? [] : SearchWords.Of(attempt.Typed[Filled.Sought].ToString());

    public static bool IsSought(Document it, IReadOnlyList<string> words) => words.Count == 0
        || SearchWords.Find(words, SearchWords.Of(it.Title, $"{it.Number}"));

    static string Told(Document it, Language language) =>
        $"{it.Number}. {it.Title} ({DocumentKinds.Word(it.Kind, language)}, {LocalDatePattern.Iso.Format(it.RegisteredOn)})";
}
