using MrAgreement.Agreements;
using MrAgreement.Parties;

namespace MrAgreement.Overviews;

/// <summary>From a dossier to what can be found of it.</summary>
public static class SearchRows
{
    // What an agreement has more of is found on its own pages: its rows travel in one piece.
    const int MostOfLog = 1000, MostOfAKind = 5000, MostWords = 150;

    static readonly Role[] roles = [.. Enum.GetValues<Role>().Where(role => role != Role.Admin)];

    static readonly Actor everyone = new(PersonId.System, "", Role.Admin);

    public static IReadOnlyList<SearchRow> Of(Dossier it)
    {
        if (!it.Exists)
            return [];
        var classes = it.Agreement.Terms.Parties.Select(party => (party.Key, Classes(it.Agreement.Terms.Parties, party.Key))).ToList();
        var told = new Dictionary<Func<Actor, bool>, IReadOnlyList<string>>();
        var rows = new List<SearchRow>();
        foreach (var kind in Enum.GetValues<SearchKind>())
            foreach (var found in Findable.Of(it, kind).TakeLast(kind == SearchKind.Log ? MostOfLog : MostOfAKind))
            {
                if (!told.TryGetValue(found.IsSeenBy, out var seenBy))
                    told[found.IsSeenBy] = seenBy = SeenBy(found, classes);
                var words = SearchWords.Of(found.Texts);
                if (seenBy.Count > 0 && words.Count > 0)
                    rows.Add(new(kind, found.Subject, [.. words.Take(MostWords)], seenBy));
            }
        return rows;
    }

    static IReadOnlyList<string> SeenBy(Findable found, List<(string Party, IReadOnlyList<Role[]> Classes)> parties)
    {
        if (!found.IsSeenBy(everyone))
            return [];
        var all = new List<string>();
        foreach (var (party, classes) in parties)
        {
            var seeing = classes.Where(alike => found.IsSeenBy(new(PersonId.System, party, alike[0]))).ToList();
            if (seeing.Count == classes.Count)
                all.Add(Audience.Of(party));
            else
                all.AddRange(seeing.SelectMany(alike => alike).Select(role => Audience.Of(party, role)));
        }
        return all;
    }

    // Roles that may read the same see the same: one of them is asked for all.
    static IReadOnlyList<Role[]> Classes(IReadOnlyList<Party> parties, string party) =>
    [
        .. roles.GroupBy(role => new Actor(PersonId.System, party, role) is var by && role is Role.Reader or Role.Auditor
            ? (role, false, false, false)
            : (Role.Officer, Rights.May(by, Right.ReadDocuments, parties), Rights.May(by, Right.ReadLog, parties),
                Rights.May(by, Right.ReadWork, parties))).Select(alike => alike.ToArray())
    ];
}
