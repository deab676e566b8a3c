using MrAgreement.Agreements;
using MrAgreement.Organisations;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>What is unknown of those whom an effort names, by the register of organisations: it is no part of the log.</summary>
static class EffortPlaces
{
    public static IReadOnlyList<Fault> Faults(ToldEffort it, Dossier dossier, OrganisationRegister register)
    {
        var faults = new List<Fault>();
        for (var i = 0; i < it.Reach.Organisations.Count; i++)
            faults.AddRange(Unknown($"/organisations/{i}", it.Reach.Organisations[i], register));
        for (var i = 0; i < it.Reach.Counties.Count; i++)
            if (County.NumberOf(it.Reach.Counties[i].Trim()) is null)
                faults.Add(new($"/counties/{i}", "organisation-county", ("letters", string.Join(", ", County.Letters))));
        if (it.Reach.Group?.Trim() is { Length: > 0 } group && register.Group(group) is null)
            faults.Add(new("/group", "no-such-group", ("key", group)));
        for (var i = 0; i < it.Arrangers.Count; i++)
            if (dossier.Agreement.Party(it.Arrangers[i].Trim()) is null && register[it.Arrangers[i].Trim()] is null)
                faults.Add(new($"/arrangers/{i}", "unknown-arranger", ("id", it.Arrangers[i])));
        return faults;
    }

    /// <param name="organisation">Null where none is named.</param>
    public static IReadOnlyList<Fault> Faults(string? organisation, OrganisationRegister register) =>
        organisation?.Trim() is { Length: > 0 } id ? [.. Unknown("/organisation", id, register)] : [];

    static IEnumerable<Fault> Unknown(string at, string id, OrganisationRegister register) =>
        register[id.Trim()] is null ? [new(at, "no-such-organisation", ("id", id))] : [];
}
