using System.Collections.Frozen;
using System.Text.Json;
using MrAgreement.Parties;

namespace MrAgreement.Web.People;

/// <summary>
/// The made-up people of the demo, one for each role, and for agreements with other parties their namesakes there: <c>farid.falk@LST-C</c>.
/// </summary>
public sealed class DemoPeople : IPeople
{
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

    readonly IReadOnlyCollection<string> grantors;

    /// <param name="grantors">Keys of the parties whose officers may make agreements; the Government Offices' when absent.</param>
    public DemoPeople(IReadOnlyCollection<string>? grantors = null)
    {
        this.grantors = grantors ?? ["RK"];
        byId = everybody.ToFrozenDictionary(p => p.Id);
        byToken = everybody.ToFrozenDictionary(p => $"demo-{RoleName(p.Role)}");
    }

    public IReadOnlyList<Person> All => everybody;

    public IReadOnlyList<Person> Former => [];

    public IReadOnlyList<Person> Find(PersonId id) => One(id) is { } person ? [person] : [];

    // Made-up people get no mail.
    public string? MailOf(PersonId id) => null;

    public bool MayGrant(string party) => grantors.Contains(party);

    public Task Refresh(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>One of them; null for anybody else.</summary>
    public Person? One(PersonId id) =>
        byId.GetValueOrDefault(id) ?? (id.Value.Split('@') is [var namesake, var party]
        ? In(party, byId.GetValueOrDefault(new(namesake)))
        : null);

    /// <summary>The person whom a demo token stands for: <c>demo-project-lead</c>,
    /// or <c>demo-finance@LST-C</c> for that role in another party.</summary>
    public Person? ByToken(string token) =>
        byToken.GetValueOrDefault(token) ?? (token.Split('@') is [var role, var party] ? In(party, byToken.GetValueOrDefault(role)) : null);

    /// <summary>The name to show; the id itself for somebody who is no longer in the register.</summary>
    public string NameOf(PersonId id) => One(id)?.Name ?? id.Value;

    // Auditors and administrators belong to no party.
    static Person? In(string party, Person? namesake) =>
        namesake is not { Party.Length: > 0 } || !PartyKey.Is(party) ? null
        : party == namesake.Party ? namesake
        : namesake with { Id = new($"{namesake.Id.Value}@{party}"), Name = $"{namesake.Name} ({party})", Party = party };

    /// <summary><c>project-lead</c>.</summary>
    public static string RoleName(Role role) => JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString());
}
