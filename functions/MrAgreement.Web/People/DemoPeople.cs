using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using MrAgreement.Parties;

namespace MrAgreement.Web.People;

/// <summary>
/// The register of people. Until an identity provider is connected it holds the made-up people of the demo, one for each role,
/// and for agreements with other parties their namesakes there: <c>farid.falk@LST-C</c>.
/// </summary>
public sealed partial class DemoPeople
{
    /// <summary>How the key of a party is written.</summary>
    public const string PartyKeys = "[A-Z0-9][A-Za-z0-9\\-]{0,19}";

    readonly Person[] everybody =
    [
        new(new("lena.lind"), "Lena Lind", "SKR", Role.ProjectLead),
        new(new("farid.falk"), "Farid Falk", "SKR", Role.Finance),
        new(new("astrid.alm"), "Astrid Alm", "SKR", Role.Approver),
        new(new("erik.ek"), "Erik Ek", "RK", Role.Officer),
        new(new("petra.palm"), "Petra Palm", "KAMK", Role.Payer),
        new(new("agnes.asp"), "Agnes Asp", "", Role.Auditor),
        new(new("rut.ros"), "Rut Ros", "SKR", Role.Reader),
        new(new("adam.berg"), "Adam Berg", "", Role.Admin)
    ];

    readonly FrozenDictionary<PersonId, Person> byId;
    readonly FrozenDictionary<string, Person> byToken;

    public DemoPeople()
    {
        byId = everybody.ToFrozenDictionary(p => p.Id);
        byToken = everybody.ToFrozenDictionary(p => $"demo-{RoleName(p.Role)}");
    }

    public IReadOnlyList<Person> All => everybody;

    public Person? Find(PersonId id) =>
        byId.GetValueOrDefault(id) ?? (id.Value.Split('@') is [var namesake, var party]
        ? In(party, byId.GetValueOrDefault(new(namesake)))
        : null);

    /// <summary>The person whom a demo token stands for: <c>demo-project-lead</c>,
    /// or <c>demo-finance@LST-C</c> for that role in another party.</summary>
    public Person? ByToken(string token) =>
        byToken.GetValueOrDefault(token) ?? (token.Split('@') is [var role, var party] ? In(party, byToken.GetValueOrDefault(role)) : null);

    /// <summary>The name to show; the id itself for somebody who is no longer in the register.</summary>
    public string NameOf(PersonId id) => Find(id)?.Name ?? id.Value;

    // Auditors and administrators belong to no party.
    static Person? In(string party, Person? namesake) =>
        namesake is not { Party.Length: > 0 } || !PartyKey().IsMatch(party) ? null
        : party == namesake.Party ? namesake
        : namesake with { Id = new($"{namesake.Id.Value}@{party}"), Name = $"{namesake.Name} ({party})", Party = party };

    /// <summary><c>project-lead</c>.</summary>
    public static string RoleName(Role role) => JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString());

    [GeneratedRegex(@$"^{PartyKeys}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PartyKey();
}
