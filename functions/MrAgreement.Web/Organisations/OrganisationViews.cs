using Microsoft.AspNetCore.Http;
using MrAgreement.Organisations;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Organisations;

/// <summary>An organisation in the register.</summary>
/// <param name="Id">Tells it apart from all others: 0114, region-01, lst-AB; for other bodies a short name.</param>
/// <param name="Code">Of its kind: the municipality's code, the county's number or letter.</param>
/// <param name="Name">What it is called on the day that is asked about.</param>
/// <param name="Kinds">municipality, region, county-board, agency, organisation; Gotland is of two.</param>
/// <param name="County">The county's letter; null for bodies of no county.</param>
/// <param name="OrganisationNumber">Where it is known.</param>
/// <param name="Population">As last told; null where nobody has told.</param>
/// <param name="Groups">Keys of the groups that it is a member of on the day.</param>
/// <param name="Names">All names, by the days on which they hold.</param>
public sealed record OrganisationView(
    string Id, string Code, string Name, IReadOnlyList<OrganisationKind> Kinds, string? County, OrganisationNumber? OrganisationNumber,
    int? Population, IReadOnlyList<string> Groups, IReadOnlyList<OrganisationName> Names)
{
    public static OrganisationView Of(Organisation it, OrganisationRegister register, LocalDate on) => new(it.Id, it.Code, it.NameOn(on),
        it.Kinds, it.County, it.OrganisationNumber, it.Population, [.. register.GroupsOf(it.Id, on).Select(group => group.Key)], it.Names);
}

/// <param name="Kinds">municipality, region, county-board, agency, organisation.</param>
/// <param name="Names">By the days on which they hold; the last one is the present one.</param>
/// <param name="County">The county's letter, as in AB.</param>
public sealed record OrganisationRequest(
    IReadOnlyList<OrganisationKind> Kinds, IReadOnlyList<OrganisationName> Names, string? County = null,
    OrganisationNumber? OrganisationNumber = null, int? Population = null)
{
    public Organisation ToOrganisation(string id) => new(id, Kinds, County, Names, OrganisationNumber, Population);
}

/// <param name="File">CSV with the columns id, kinds and name; from, county, organisation-number and population may stand beside.</param>
public sealed record OrganisationForm(IFormFile File);

/// <summary>Organisations that are together.</summary>
/// <param name="Key">Short, and the same for ever.</param>
/// <param name="Kind">node, network, forum or size-class.</param>
/// <param name="Coordinator">Id of the organisation that holds it together.</param>
/// <param name="County">The county's letter where it is of one.</param>
/// <param name="Members">On the day that is asked about.</param>
public sealed record OrganisationGroupView(
    string Key, string Title, GroupKind Kind, string? Coordinator, string? County, IReadOnlyList<string> Topics,
    IReadOnlyList<GroupMember> Members)
{
    public static OrganisationGroupView Of(OrganisationGroup it, LocalDate on) =>
        new(it.Key, it.Title, it.Kind, it.Coordinator, it.County, it.Topics ?? [], [.. it.MembersOn(on)]);
}

/// <param name="Kind">node, network, forum or size-class.</param>
/// <param name="Coordinator">Id of the organisation that holds it together.</param>
public sealed record OrganisationGroupRequest(
    string Key, string Title, GroupKind Kind, string? Coordinator = null, string? County = null, IReadOnlyList<string>? Topics = null)
{
    public OrganisationGroup ToGroup() => new(Key, Title, Kind, Coordinator, County, Topics);
}

/// <param name="From">The first day.</param>
/// <param name="Organisation">Id of one organisation.</param>
/// <param name="Organisations">Ids of several, in its place.</param>
/// <param name="To">The last day; absent while no end is known. Told again with the same first day, a member's time ends then.</param>
public sealed record GroupMemberRequest(
    LocalDate From, string? Organisation = null, IReadOnlyList<string>? Organisations = null, LocalDate? To = null)
{
    public IReadOnlyList<(string Organisation, string Pointer)> All =>
    [
        .. Organisation is { } one ? [(one, "/organisation")] : (IEnumerable<(string, string)>)[],
        .. (Organisations ?? []).Select((id, i) => (id, $"/organisations/{i}"))
    ];
}

/// <summary>So many of so many.</summary>
/// <param name="Share">Per cent with one decimal, half away from zero; null of none.</param>
public sealed record PartView(int In, int Of, decimal? Share)
{
    internal static PartView Told(Part it) => new(it.In, it.Of, it.Share);
}

/// <param name="Coordinated">Counties whose board holds such a group together.</param>
/// <param name="TakenPartIn">Other counties that somebody takes part from.</param>
/// <param name="Of">All counties.</param>
/// <param name="CoordinatedIn">Letters of those coordinated.</param>
/// <param name="TakingPart">Letters of those taken part in.</param>
public sealed record CountyCoverageView(int Coordinated, int TakenPartIn, int Of, IReadOnlyList<string> CoordinatedIn,
    IReadOnlyList<string> TakingPart);

/// <summary>Who takes part in groups of a kind on a day.</summary>
/// <param name="Organisations">Municipalities and regions, Gotland once.</param>
/// <param name="Municipalities">Municipalities alone.</param>
/// <param name="Regions">Regions alone.</param>
/// <param name="Counties">By county.</param>
public sealed record GroupCoverageView(
    GroupKind Kind, LocalDate On, PartView Organisations, PartView Municipalities, PartView Regions, CountyCoverageView Counties)
{
    public static GroupCoverageView Of(GroupKind kind, LocalDate on, GroupCoverage it) => new(kind, on, PartView.Told(it.Organisations),
        PartView.Told(it.Municipalities), PartView.Told(it.Regions),
        new(it.Coordinated.Count, it.TakenPart.Count, County.Letters.Count, it.Coordinated, it.TakenPart));
}

/// <summary>The ETags of the register's records, as the API tells them.</summary>
static class OrganisationTags
{
    // One that ships with the program has no record until it is changed.
    public static string TagOf(this KeptOrganisations register, Organisation it) => RegisterTags.Of($"shipped{register.Tag(it)}")!;

    public static string TagOf(this KeptOrganisations register, OrganisationGroup it) => RegisterTags.Of(register.Tag(it))!;
}
