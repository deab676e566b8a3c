using System.Collections.Frozen;
using System.Text.Json;
using MrAgreement.EventSourcing;
using MrAgreement.Parties;

namespace MrAgreement.Web.People;

/// <summary>The register of people. Until an identity provider is connected it holds the made-up people of the demo, one for each role.</summary>
public sealed class DemoPeople
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

    public DemoPeople()
    {
        byId = everybody.ToFrozenDictionary(p => p.Id);
        byToken = everybody.ToFrozenDictionary(p => $"demo-{RoleName(p.Role)}");
    }

    public IReadOnlyList<Person> All => everybody;

    public Person? Find(PersonId id) => byId.GetValueOrDefault(id);

    /// <summary>The person whom a demo token stands for: <c>demo-project-lead</c>.</summary>
    public Person? ByToken(string token) => byToken.GetValueOrDefault(token);

    /// <summary>The name to show; the id itself for somebody who is no longer in the register.</summary>
    public string NameOf(PersonId id) => Find(id)?.Name ?? id.Value;

    /// <summary><c>project-lead</c>.</summary>
    public static string RoleName(Role role) => JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString());
}
