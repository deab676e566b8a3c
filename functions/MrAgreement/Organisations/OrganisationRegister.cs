using System.Collections.Frozen;

namespace MrAgreement.Organisations;

/// <summary>The register of organisations and their groups as it was read.</summary>
public sealed class OrganisationRegister
{
    public static readonly OrganisationRegister Empty = new([], []);

    readonly FrozenDictionary<string, Organisation> organisations;
    readonly FrozenDictionary<string, OrganisationGroup> groups;
    readonly ILookup<string, (OrganisationGroup Group, GroupMember Member)> memberships;

    public OrganisationRegister(IReadOnlyList<Organisation> organisations, IReadOnlyList<OrganisationGroup> groups)
    {
        Organisations = [.. organisations.OrderBy(it => it.Id, StringComparer.Ordinal)];
        Groups = [.. groups.OrderBy(it => it.Key, StringComparer.Ordinal)];
        this.organisations = Organisations.ToFrozenDictionary(it => it.Id);
        this.groups = Groups.ToFrozenDictionary(it => it.Key);
        memberships = Groups.SelectMany(group => group.Members.Select(member => (Group: group, Member: member)))
            .ToLookup(it => it.Member.Organisation);
    }

    /// <summary>By id.</summary>
    public IReadOnlyList<Organisation> Organisations { get; }

    /// <summary>By key.</summary>
    public IReadOnlyList<OrganisationGroup> Groups { get; }

    /// <summary>One by its id. A region that is a municipality too is found by both.</summary>
    public Organisation? this[string id] => organisations.GetValueOrDefault(id)
        ?? (id.StartsWith(RegionPrefix, StringComparison.Ordinal)
            ? Organisations.FirstOrDefault(it => it.IsLocalGovernment && it.Kinds.Count > 1 && it.County is { } county
                && County.NumberOf(county) == id[RegionPrefix.Length..])
            : null);

    const string RegionPrefix = "region-";

    public OrganisationGroup? Group(string key) => groups.GetValueOrDefault(key);

    /// <summary>The groups that an organisation is a member of on a day.</summary>
    public IEnumerable<OrganisationGroup> GroupsOf(string organisation, LocalDate on) =>
        memberships[organisation].Where(it => it.Member.Holds(on)).Select(it => it.Group).Distinct();

    /// <summary>Those asked for, by id.</summary>
    /// <param name="on">The day by which groups are meant; names are looked for of any time.</param>
    public IEnumerable<Organisation> Found(OrganisationFilter by, LocalDate on)
    {
        var members = by.Group is { } key ? groups.GetValueOrDefault(key)?.MembersOn(on).Select(it => it.Organisation).ToHashSet() ?? []
            : null;
        return Organisations.Where(it =>
            (by.Kind is not { } kind || it.Is(kind)) && (by.County is not { } county || it.County == county)
            && (members is null || members.Contains(it.Id)) && (by.Text is not { Length: > 0 } text || Has(it, text)));
    }

    /// <summary>How many take part in groups of a kind on a day.</summary>
    /// <remarks>A county is coordinated where its own county board holds together such a group; it has taken part where that is not so, and
    /// somebody of the county is a member of one.</remarks>
    public GroupCoverage Coverage(GroupKind kind, LocalDate on)
    {
        var of = Groups.Where(it => it.Kind == kind).ToList();
        var members = of.SelectMany(it => it.MembersOn(on)).Select(it => it.Organisation).Distinct()
            .Select(id => this[id]).OfType<Organisation>().ToHashSet();
        var coordinated = of.Where(it => it.MembersOn(on).Any()).Select(it => it.Coordinator is { } id ? this[id] : null)
            .OfType<Organisation>().Where(it => it.Is(OrganisationKind.CountyBoard)).Select(it => it.County!).ToHashSet();
        var takenPart = members.Select(it => it.County).OfType<string>().ToHashSet();
        takenPart.ExceptWith(coordinated);
        return new(Share(it => it.IsLocalGovernment), Share(it => it.Is(OrganisationKind.Municipality)),
            Share(it => it.Is(OrganisationKind.Region)),
            [.. County.Letters.Where(coordinated.Contains)], [.. County.Letters.Where(takenPart.Contains)]);

        Part Share(Func<Organisation, bool> which) => new(members.Count(which), Organisations.Count(which));
    }

    // A number is looked for from its beginning, a name wherever it stands.
    static bool Has(Organisation it, string text) => it.Id.StartsWith(text, StringComparison.OrdinalIgnoreCase)
        || it.Code.StartsWith(text, StringComparison.OrdinalIgnoreCase)
        || it.Names.Any(name => name.Name.Contains(text, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Which organisations are asked for; null for all.</summary>
/// <param name="Group">Key of a group.</param>
/// <param name="Text">The beginning of a code, or part of a name of any time.</param>
public sealed record OrganisationFilter(OrganisationKind? Kind = null, string? County = null, string? Group = null, string? Text = null);

/// <summary>So many of so many.</summary>
public readonly record struct Part(int In, int Of)
{
    /// <summary>Per cent with one decimal, half away from zero, from the exact fraction; null of none.</summary>
    public decimal? Share => Of == 0 ? null : Math.Round(100m * In / Of, 1, MidpointRounding.AwayFromZero);
}

/// <summary>Who takes part in groups of a kind.</summary>
/// <param name="Organisations">Municipalities and regions, Gotland once.</param>
/// <param name="Coordinated">Letters of the counties whose board holds together a group of theirs.</param>
/// <param name="TakenPart">Letters of the other counties that somebody takes part from.</param>
public sealed record GroupCoverage(Part Organisations, Part Municipalities, Part Regions, IReadOnlyList<string> Coordinated,
    IReadOnlyList<string> TakenPart);
