using System.Text.Json.Serialization;
using MrAgreement.Parties;

namespace MrAgreement.People;

/// <summary>A party that people can belong to.</summary>
/// <param name="Key">Short global key, as in <c>SKR</c>; the same in every agreement.</param>
/// <param name="Names">By the days on which they hold; the last one is the present one.</param>
/// <param name="MayGrant">Whether its officers may make agreements.</param>
/// <param name="Address">Its postal address; null for none.</param>
/// <param name="Organisation">Id of the same in the register of organisations; null where it is not there. The party's own names
/// hold.</param>
public sealed record RegisteredParty(
    string Key, IReadOnlyList<PartyName> Names, OrganisationNumber? OrganisationNumber = null, bool MayGrant = false,
    string? Address = null, string? Organisation = null)
{
    /// <summary>What it is called on a day; before its first name, that.</summary>
    public string NameOn(LocalDate day) => (Names.LastOrDefault(n => n.From <= day && !(n.To < day)) ?? Names[0]).Name;
}

/// <summary>A link that makes whoever follows it first, and signs in, a member of a party.</summary>
/// <param name="Id">Under which it is shown and withdrawn; the secret in the link is another.</param>
/// <param name="Mail">Whom it is for.</param>
/// <param name="From">The first day of the membership.</param>
/// <param name="To">Its last day; null while no end is known.</param>
/// <param name="By">Who invites.</param>
/// <param name="Until">When the link ends.</param>
/// <param name="UsedBy">Who has come in by it, or is about to; null until then.</param>
/// <param name="IsUnderWay">Whether they are about to: then they may begin anew, since what was begun may have been cut off.</param>
public sealed record Invitation(
    Guid Id, string Mail, string Party, Role Role, LocalDate From, LocalDate? To, PersonId By, Instant At, Instant Until,
    PersonId? UsedBy = null, bool IsUnderWay = false)
{
    public static readonly Duration Lasts = Duration.FromDays(14);

    [JsonIgnore]
    public Membership Membership => new(Party, Role, From, To);
}
