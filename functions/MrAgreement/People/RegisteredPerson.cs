using System.Text.Json.Serialization;
using MrAgreement.Parties;

namespace MrAgreement.People;

/// <summary>Somebody in the register of people: a kept record and not an event, so that it can be corrected or erased.</summary>
/// <param name="Id">Tells nothing of the person.</param>
/// <param name="Mail">Where messages go.</param>
/// <param name="Language">A language of the pages, as in <c>sv</c>.</param>
/// <param name="Memberships">What the person does, for which party and when.</param>
/// <param name="Deputies">Whom the person stands in for.</param>
/// <param name="Identities">How the person signs in.</param>
/// <param name="Left">The day from which the person is gone; what they did stays theirs.</param>
public sealed record RegisteredPerson(
    PersonId Id, string Name, string Mail, string Language, IReadOnlyList<Membership> Memberships, IReadOnlyList<Deputy> Deputies,
    IReadOnlyList<Identity> Identities, LocalDate? Left = null)
{
    /// <summary>The first day of which nobody can say that the person is still there.</summary>
    public bool HasLeft(LocalDate on) => Left <= on;

    /// <summary>With one more membership. What they had is never shortened by it; whoever had left begins with nothing else.</summary>
    public RegisteredPerson With(Membership more, LocalDate on)
    {
        var kept = HasLeft(on) ? Memberships.Where(m => m.From < Left)
            .Select(m => m.To < Left ? m : m with { To = Left!.Value.PlusDays(-1) }).ToList()
            : Memberships;
        List<Membership> together = [.. kept.Where(m => m.Overlaps(more)), more];
        return this with
        {
            Memberships =
            [
                .. kept.Except(together),
                more with { From = together.Min(m => m.From), To = together.Exists(m => m.To is null) ? null : together.Max(m => m.To) }
            ],
            Deputies = HasLeft(on) ? [] : Deputies,
            Left = HasLeft(on) ? null : Left
        };
    }

    public bool Is(Role role, LocalDate on) => !HasLeft(on) && Memberships.Any(m => m.Role == role && m.Holds(on));
}

/// <summary>What somebody does for a party.</summary>
/// <param name="Party">Key of the party; empty for administrators, who belong to none. An auditor audits it.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; null while no end is known.</param>
public sealed record Membership(string Party, Role Role, LocalDate From, LocalDate? To = null)
{
    public bool Holds(LocalDate on) => From <= on && !(To < on);

    public bool Overlaps(Membership other) => (Party, Role) == (other.Party, other.Role) && !(To < other.From) && !(other.To < From);

    /// <summary>Whether the role is one of a party.</summary>
    [JsonIgnore]
    public bool IsOfParty => IsPartyRole(Role);

    public static bool IsPartyRole(Role role) => role != Role.Admin;
}

/// <summary>While it lasts a person acts as another might.</summary>
/// <param name="For">The one who is away.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Party">In whose roles only, when one party has appointed the deputy; null for all of them.</param>
public sealed record Deputy(PersonId For, LocalDate From, LocalDate To, string? Party = null)
{
    public bool Holds(LocalDate on) => From <= on && on <= To;
}

/// <summary>Who somebody is to an identity provider.</summary>
/// <param name="Issuer">The provider, by the name that it gives itself.</param>
/// <param name="Subject">The value of the claim that the host is set to go by; never a personal identity number.</param>
public sealed record Identity(string Issuer, string Subject);
