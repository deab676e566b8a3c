using System.Security.Cryptography;
using System.Text;
using MrAgreement.Parties;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.People;

/// <summary>What somebody does for a party.</summary>
/// <param name="Role">project-lead, finance, approver, officer, payer, auditor, reader, admin or party-admin.</param>
/// <param name="From">The first day.</param>
/// <param name="Party">Key of the party; absent for administrators, who belong to none.</param>
/// <param name="To">The last day; absent while no end is known.</param>
public sealed record MembershipView(Role Role, LocalDate From, string? Party = null, LocalDate? To = null)
{
    public static MembershipView Of(Membership it) => new(it.Role, it.From, it.Party.Length > 0 ? it.Party : null, it.To);

    public Membership ToMembership() => new(Party ?? "", Role, From, To);
}

/// <summary>Somebody in the register of people.</summary>
/// <param name="Id">Tells nothing of the person.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Mail">Where messages go.</param>
/// <param name="Language">sv or en.</param>
/// <param name="Memberships">What the person does, for which party and when.</param>
/// <param name="Deputies">Whom the person stands in for, and when.</param>
/// <param name="Left">The day from which the person is gone; null while they are here.</param>
/// <param name="SignsIn">Whether the person has a way to sign in: not before they have followed an invitation.</param>
public sealed record RegisteredPersonView(
    PersonId Id, string Name, string Mail, string Language, IReadOnlyList<MembershipView> Memberships, IReadOnlyList<Deputy> Deputies,
    LocalDate? Left, bool SignsIn)
{
    public static RegisteredPersonView Of(RegisteredPerson it) => new(it.Id, it.Name, it.Mail, it.Language,
        [.. it.Memberships.Select(MembershipView.Of)], it.Deputies, it.Left, it.Identities.Count > 0);
}

/// <param name="Name">What they are called.</param>
/// <param name="Mail">Where messages go.</param>
/// <param name="Language">sv or en; sv when absent.</param>
/// <param name="Memberships">What the person does, for which party and when; none when absent.</param>
/// <param name="Deputies">Whom the person stands in for, and when; none when absent.</param>
/// <param name="Left">The day from which the person is gone.</param>
public sealed record PersonRequest(
    string Name, string Mail, string? Language = null, IReadOnlyList<MembershipView>? Memberships = null,
    IReadOnlyList<Deputy>? Deputies = null, LocalDate? Left = null)
{
    public RegisteredPerson Person(PersonId id, IReadOnlyList<Identity> identities) => new(id, Name.Trim(), Mail.Trim(), Language ?? "sv",
        [.. (Memberships ?? []).Select(m => m.ToMembership())], Deputies ?? [], identities, Left);
}

/// <param name="Identities">How a program signs in: issuer and subject as the provider tells them. People follow an invitation.</param>
public sealed record NewPersonRequest(
    string Name, string Mail, string? Language = null, IReadOnlyList<MembershipView>? Memberships = null,
    IReadOnlyList<Identity>? Identities = null);

/// <param name="Name">What one is called.</param>
/// <param name="Mail">Where messages go.</param>
/// <param name="Language">sv or en.</param>
public sealed record ProfileRequest(string Name, string Mail, string Language);

/// <summary>Whoever asks.</summary>
/// <param name="Id">The person's id.</param>
/// <param name="Name">What they are called.</param>
/// <param name="ActingAs">What the request acts as: finance@SKR, or admin;
/// null while none is chosen among several, and for whoever has none.</param>
/// <param name="Roles">What they may act as today, as Acting-As names it.</param>
/// <param name="Profile">As the register has it; null for the made-up people of the demo.</param>
public sealed record MeView(PersonId Id, string Name, string? ActingAs, IReadOnlyList<string> Roles, RegisteredPersonView? Profile);

/// <summary>A party that people can belong to.</summary>
/// <param name="Key">Short global key, as in SKR; the same in every agreement.</param>
/// <param name="Names">By the days on which they hold; the last one is the present one.</param>
/// <param name="OrganisationNumber">Its organisation number.</param>
/// <param name="MayGrant">Whether its officers may make agreements; false when absent.</param>
/// <param name="Address">Its postal address.</param>
/// <param name="Organisation">Its id in the register of organisations, as in lst-AB.</param>
public sealed record PartyView(
    string Key, IReadOnlyList<PartyName> Names, OrganisationNumber? OrganisationNumber = null, bool? MayGrant = null,
    string? Address = null, string? Organisation = null)
{
    public static PartyView Of(RegisteredParty it) =>
        new(it.Key, it.Names, it.OrganisationNumber, it.MayGrant, it.Address, it.Organisation);

    public RegisteredParty ToParty() => new(Key, Names, OrganisationNumber, MayGrant ?? false, Address, Organisation);
}

/// <summary>A change of a party; its key stays.</summary>
public sealed record PartyRequest(
    IReadOnlyList<PartyName> Names, OrganisationNumber? OrganisationNumber = null, bool? MayGrant = null, string? Address = null,
    string? Organisation = null);

/// <param name="Mail">Whom it is for.</param>
/// <param name="Role">What they will be.</param>
/// <param name="Party">In which party; absent for administrators.</param>
/// <param name="From">The first day; today when absent.</param>
/// <param name="To">The last day; absent while no end is known.</param>
public sealed record InvitationRequest(string Mail, Role Role, string? Party = null, LocalDate? From = null, LocalDate? To = null);

/// <summary>An invitation.</summary>
/// <param name="Id">Under which it is withdrawn.</param>
/// <param name="By">Who invited.</param>
/// <param name="Until">When its link ends.</param>
/// <param name="Status">open, used or ended.</param>
/// <param name="Link">To follow once; told to the inviter this once, and null ever after.</param>
public sealed record InvitationView(
    Guid Id, string Mail, Role Role, string? Party, LocalDate From, LocalDate? To, PersonView By, Instant At, Instant Until, string Status,
    string? Link)
{
    public static InvitationView Of(Invitation it, IPeople people, Instant now, string? link = null) => new(it.Id, it.Mail, it.Role,
        it.Party.Length > 0 ? it.Party : null, it.From, it.To, new(it.By.Value, people.NameOf(it.By)), it.At, it.Until,
        it.UsedBy is not null ? "used" : it.Until <= now ? "ended" : "open", link);
}

/// <summary>The ETag of a kept record, as the API tells it.</summary>
static class RegisterTags
{
    // What a store calls it may have any letters.
    public static string? Of(string? tag) =>
        tag is null ? null : $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tag)))[..16]}\"";

    public static string? Tag(this KeptRegister register, RegisteredPerson person) => Of(register.Tag(person.Id));

    public static string? Tag(this KeptRegister register, RegisteredParty party) => Of(register.Tag(party.Key));
}
