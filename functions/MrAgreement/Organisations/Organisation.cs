using System.Text.Json.Serialization;
using MrAgreement.Parties;

namespace MrAgreement.Organisations;

/// <summary>What an organisation is; one may be two things at once, as Gotland is.</summary>
public enum OrganisationKind
{
    Municipality,
    Region,
    CountyBoard,
    Agency,
    Organisation
}

/// <summary>What an organisation is called for a time.</summary>
/// <param name="From">The first day; null for as long as is known.</param>
/// <param name="To">The last day; null while it holds.</param>
public sealed record OrganisationName(string Name, LocalDate? From = null, LocalDate? To = null);

/// <summary>A municipality, a region, a county board or another body that takes part in the work.</summary>
/// <param name="Id">Tells it apart from all others: <c>0114</c>, <c>region-01</c>, <c>lst-AB</c>; for other bodies a short name.</param>
/// <param name="County">The county's letter, as in AB; null for bodies of no county.</param>
/// <param name="Names">By the days on which they hold; the last one is the present one.</param>
/// <param name="Population">People who live there, as last told; null where nobody has told.</param>
public sealed record Organisation(
    string Id, IReadOnlyList<OrganisationKind> Kinds, string? County, IReadOnlyList<OrganisationName> Names,
    OrganisationNumber? OrganisationNumber = null, int? Population = null)
{
    /// <summary>The code of its kind: that of the municipality, the county's two digits or its letter; else its id.</summary>
    [JsonIgnore]
    public string Code => Is(OrganisationKind.Municipality) || County is null ? Id
        : Is(OrganisationKind.Region) ? Organisations.County.NumberOf(County) ?? Id
        : Is(OrganisationKind.CountyBoard) ? County : Id;

    /// <summary>What it is called on a day; before its first name, that.</summary>
    public string NameOn(LocalDate day) => (Names.LastOrDefault(it => !(it.From > day) && !(it.To < day)) ?? Names[0]).Name;

    public bool Is(OrganisationKind kind) => Kinds.Contains(kind);

    /// <summary>Whether it is one of the 290 municipalities and 21 regions, which are 310 together.</summary>
    [JsonIgnore]
    public bool IsLocalGovernment => Is(OrganisationKind.Municipality) || Is(OrganisationKind.Region);

    /// <summary>The same organisation with all that is told of it, whoever made the lists.</summary>
    public bool IsSameAs(Organisation other) => this with { Kinds = other.Kinds, Names = other.Names } == other
        && Kinds.SequenceEqual(other.Kinds) && Names.SequenceEqual(other.Names);
}
