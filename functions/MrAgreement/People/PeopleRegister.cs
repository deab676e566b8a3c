using System.Collections.Frozen;
using MrAgreement.Parties;

namespace MrAgreement.People;

/// <summary>The register of people and parties as it was read.</summary>
public sealed class PeopleRegister
{
    public static readonly PeopleRegister Empty = new([], []);

    readonly FrozenDictionary<PersonId, RegisteredPerson> people;
    readonly FrozenDictionary<Identity, RegisteredPerson> byIdentity;
    readonly FrozenDictionary<string, RegisteredParty> parties;

    public PeopleRegister(IReadOnlyList<RegisteredPerson> people, IReadOnlyList<RegisteredParty> parties)
    {
        People = [.. people.OrderBy(p => p.Name, StringComparer.Ordinal)];
        Parties = [.. parties.OrderBy(p => p.Key, StringComparer.Ordinal)];
        this.people = people.ToFrozenDictionary(p => p.Id);
        this.parties = parties.ToFrozenDictionary(p => p.Key);
        byIdentity = people.SelectMany(p => p.Identities.Select(identity => (identity, p))).DistinctBy(each => each.identity)
            .ToFrozenDictionary(each => each.identity, each => each.p);
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<RegisteredPerson> People { get; }

    /// <summary>By key.</summary>
    public IReadOnlyList<RegisteredParty> Parties { get; }

    public RegisteredPerson? this[PersonId id] => people.GetValueOrDefault(id);

    public RegisteredPerson? this[Identity identity] => byIdentity.GetValueOrDefault(identity);

    public RegisteredParty? this[string party] => parties.GetValueOrDefault(party);

    /// <summary>What somebody may act as on a day: in roles of their own first, then in those of whom they stand in for.
    /// Empty for whoever is unknown, has left or belongs nowhere; nobody stands in for one who has left.</summary>
    public IReadOnlyList<Person> RolesOf(PersonId id, LocalDate on) => this[id] is not { } it || it.HasLeft(on) ? [] :
        [.. Own(it, on).Concat(it.Deputies.Where(d => d.Holds(on)).SelectMany(d => StoodInFor(d, on)))
            .DistinctBy(m => (m.Party, m.Role)).Select(m => new Person(id, it.Name, m.Party, m.Role))];

    /// <summary>For whom somebody has a role of a party on a day, as a deputy; null where it is their own, or they have it not.</summary>
    public RegisteredPerson? StandsInFor(PersonId id, string party, Role role, LocalDate on) =>
        this[id] is not { } it || it.HasLeft(on) || Own(it, on).Any(m => (m.Party, m.Role) == (party, role)) ? null
            : it.Deputies.Where(d => d.Holds(on) && StoodInFor(d, on).Any(m => (m.Party, m.Role) == (party, role)))
                .Select(d => this[d.For]).FirstOrDefault();

    /// <summary>Everybody in each of their roles on a day.</summary>
    public IEnumerable<Person> All(LocalDate on) => People.SelectMany(p => RolesOf(p.Id, on));

    /// <summary>Those who have left by a day, in each role that they had in a party: what they did stays theirs, and is looked for by their
    /// names.</summary>
    public IEnumerable<Person> Former(LocalDate on) => People.Where(p => p.HasLeft(on)).SelectMany(p => p.Memberships
        .Where(m => m.IsOfParty && m.Party.Length > 0 && m.From < p.Left).DistinctBy(m => (m.Party, m.Role))
        .Select(m => new Person(p.Id, p.Name, m.Party, m.Role)));

    IEnumerable<Membership> StoodInFor(Deputy it, LocalDate on) => this[it.For] is { } other && !other.HasLeft(on)
        ? Own(other, on).Where(m => m.IsOfParty && m.Role is not (Role.PartyAdmin or Role.Auditor) && (it.Party ?? m.Party) == m.Party)
        : [];

    // Auditors of earlier versions belong to no party, and have been let in by none.
    static IEnumerable<Membership> Own(RegisteredPerson it, LocalDate on) =>
        it.Memberships.Where(m => m.Holds(on) && !(m.IsOfParty && m.Party.Length == 0));
}
