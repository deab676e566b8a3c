using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Search;

/// <summary>Searches for the person in all agreements that they see, or in one. What the lists find is held once more against what the
/// person sees of the agreement as it stands. What people search for is kept nowhere.</summary>
public sealed class Searching(KeptOverviews overviews, Dossiers dossiers, IPeople people, Caller caller)
{
    const int Least = 2, MostLetters = 100, MostWords = 10;

    public static readonly IReadOnlyList<SearchKind> Kinds = Enum.GetValues<SearchKind>();

    /// <summary>What is looked for, or what is wrong with it.</summary>
    public static (IReadOnlyList<string> Words, Refused? Refused) Read(string? written)
    {
        var text = (written ?? "").Trim();
        var words = text.Length > MostLetters ? [] : SearchWords.Of(text);
        return text.Length is < Least or > MostLetters || words.Count == 0
            ? ([], new("search-length", RefusalKind.Invalid, ("min", Least), ("max", MostLetters)))
            : words.Count > MostWords ? ([], new("search-words", RefusalKind.Invalid, ("max", MostWords)))
            : (words, null);
    }

    /// <summary>What is found in all agreements, kind by kind.</summary>
    public async Task<IReadOnlyList<FoundGroup>> InAll(IReadOnlyList<string> words, IReadOnlyList<SearchKind> kinds, int page, int limit,
        CancellationToken cancellation)
    {
        var skip = (page - 1) * limit;
        var working = kinds.Contains(SearchKind.Person) ? await Working(words, cancellation) : [];
        // Those who work with agreements come before those who signed, in the same pages.
        SearchQuery query = new(kinds, words, Audience.For(caller.Actor), skip, limit);
        var found = working.Count == 0 ? await overviews.Search(query, cancellation)
            :
            [
                .. await overviews.Search(query with { Kinds = [.. kinds.Where(kind => kind != SearchKind.Person)] }, cancellation),
                .. await overviews.Search(query with { Kinds = [SearchKind.Person], Skip = Math.Max(0, skip - working.Count),
                    Limit = Math.Clamp(skip + limit - working.Count, 0, limit) }, cancellation)
            ];
        var read = new Dictionary<AgreementId, Dossier?>();
        foreach (var agreement in found.SelectMany(group => group.Hits).Select(hit => hit.Agreement).Distinct())
            read[agreement] = await dossiers.ReadIfWhole(agreement, cancellation);
        return
        [
            .. from kind in kinds
               let @group = found.First(it => it.Kind == kind)
               let before = kind == SearchKind.Person ? working : []
               select new FoundGroup(kind,
                   [.. before.Skip(skip).Take(limit), .. @group.Hits.Select(hit => Shown(read[hit.Agreement], hit, words)).OfType<Found>()],
                   before.Count + @group.Total, @group.HasMore)
        ];
    }

    /// <summary>What is found in one agreement, kind by kind: read from it, as it stands. Null where there is none that the person may see.
    /// </summary>
    public async Task<IReadOnlyList<FoundGroup>?> InOne(AgreementId agreement, IReadOnlyList<string> words, IReadOnlyList<SearchKind> kinds,
        int page, int limit, CancellationToken cancellation)
    {
        if (await dossiers.Read(agreement, cancellation) is not { } it || !Sight.Sees(it.Agreement, caller.Actor))
            return null;
        return [.. kinds.Select(Group)];

        FoundGroup Group(SearchKind kind)
        {
            var working = kind != SearchKind.Person ? [] : Named(words)
                .Where(person => it.Agreement.Party(person.It.Party) is not null)
                .Select(person => Found.Of(it, person.It, person.HasLeft, 1));
            List<Found> all = [.. working, .. Findable.Of(it, kind).Where(found => found.IsSeenBy(caller.Actor)
                && SearchWords.Find(words, SearchWords.Of(found.Texts))).Select(found => Found.Of(it, found))];
            return new(kind, [.. all.Skip((page - 1) * limit).Take(limit)], all.Count, false);
        }
    }

    Found? Shown(Dossier? it, SearchHit hit, IReadOnlyList<string> words) =>
        it is not null && Findable.Find(it, caller.Actor, hit, words) is { } found ? Found.Of(it, found) : null;

    // Whoever works in a party works with each of its agreements; names are the register's own.
    async Task<IReadOnlyList<Found>> Working(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var all = new List<Found>();
        foreach (var party in Named(words).GroupBy(person => person.It.Party))
        {
            var page = await overviews.Portfolio(new(caller.Today, caller.Actor.SeesEveryAgreement ? null : caller.Actor.Party,
                caller.Actor.Role != Role.Reader, null, party.Key, null, 1, 1), cancellation);
            if (page.Rows is [var first] && await dossiers.ReadIfWhole(first.Row.Agreement, cancellation) is { } it
                && Sight.Sees(it.Agreement, caller.Actor))
                all.AddRange(party.Select(person => Found.Of(it, person.It, person.HasLeft, page.Total)));
        }
        return [.. all.OrderBy(found => Projection.InSwedishOrder(found.Title), StringComparer.Ordinal)
            .ThenBy(found => found.Note, StringComparer.Ordinal)];
    }

    // Those who have left are found as those who are here: what they did bears their names.
    IEnumerable<(Person It, bool HasLeft)> Named(IReadOnlyList<string> words) => people.All.Select(person => (It: person, HasLeft: false))
        .Concat(people.Former.Select(person => (It: person, HasLeft: true)))
        .Where(person => person.It.Party.Length > 0 && SearchWords.Find(words, SearchWords.Of(person.It.Name)));
}

/// <summary>What was found of one kind.</summary>
/// <param name="Total">How many there are; where there are more than are counted, so many.</param>
/// <param name="HasMore">Whether there are more than that.</param>
public sealed record FoundGroup(SearchKind Kind, IReadOnlyList<Found> Items, int Total, bool HasMore);

/// <summary>Something that was found, as it is shown.</summary>
/// <param name="Matter">The agreement's title.</param>
/// <param name="Note">A number, a clause or a party; null for nothing.</param>
/// <param name="Role">Of somebody who works in a party; null of all else.</param>
/// <param name="Agreements">In how many agreements that is.</param>
/// <param name="HasLeft">Whether such a person works there no longer.</param>
public sealed record Found(SearchKind Kind, AgreementId Agreement, string DiaryNumber, string Matter, string Subject, string Title,
    string? Note, RegisteredAct? Act = null, Guid? Document = null, Role? Role = null, int Agreements = 1,
    bool HasLeft = false)
{
    internal static Found Of(Dossier it, Findable found) => new(found.Kind, it.Id, it.Agreement.Terms.DiaryNumber.ToString(),
        it.Agreement.Terms.Title, found.Subject, found.Title, found.Note, found.Act, found.Document);

    internal static Found Of(Dossier it, Person person, bool hasLeft, int agreements) => new(SearchKind.Person, it.Id,
        it.Agreement.Terms.DiaryNumber.ToString(), it.Agreement.Terms.Title, $"{person.Id}", person.Name, person.Party, Role: person.Role,
        Agreements: agreements, HasLeft: hasLeft);
}
