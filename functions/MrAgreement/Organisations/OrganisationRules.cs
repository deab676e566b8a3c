using System.Text.RegularExpressions;
using MrAgreement.Calendars;
using MrAgreement.Parties;

namespace MrAgreement.Organisations;

/// <summary>What must hold of the register of organisations, and who may change it.</summary>
public static partial class OrganisationRules
{
    public const int MostMembers = 1000;
    const int MostNames = 20;
    const int MostTopics = 20;

    /// <summary>The refusal of whoever does not see to the register.</summary>
    public static readonly Refused NotYours = new("not-your-organisations", RefusalKind.Forbidden);

    public static bool MayChange(Actor by) => by.Role == Role.Admin;

    /// <summary>What stands against an organisation's being as it is told to be.</summary>
    public static IReadOnlyList<Fault> Faults(Organisation to)
    {
        var faults = new List<Fault>();
        if (!Id().IsMatch(to.Id) || !IsIdOf(to))
            faults.Add(new("/id", "organisation-id", ("id", to.Id)));
        if (to.Kinds.Count == 0)
            faults.Add(new("/kinds", "required", ("field", "kinds")));
        else if (to.Kinds.Distinct().Count() != to.Kinds.Count || to.Kinds.Count > 1 && !to.Kinds.All(IsOfGotland))
            faults.Add(new("/kinds", "organisation-kinds"));
        if (to.County is { } county ? County.NumberOf(county) is null : to.IsLocalGovernment || to.Is(OrganisationKind.CountyBoard))
            faults.Add(new("/county", "organisation-county", ("letters", string.Join(", ", County.Letters))));
        if (to.Names.Count is 0 or > MostNames)
            faults.Add(to.Names.Count == 0 ? new("/names", "required", ("field", "names")) : new("/names", "too-many", ("max", MostNames)));
        for (var i = 0; i < to.Names.Count; i++)
            faults.AddName($"/names/{i}/name", to.Names[i].Name);
        faults.AddRange(NamesOverTime.Faults("/names", [.. to.Names.Select(it => (it.Name, it.From, it.To))]));
        if (to.Population < 0)
            faults.Add(new("/population", "population-negative"));
        return faults;
    }

    /// <summary>What stands against a group's being as it is told to be, members apart.</summary>
    public static IReadOnlyList<Fault> Faults(OrganisationRegister register, OrganisationGroup to)
    {
        var faults = new List<Fault>();
        if (!Id().IsMatch(to.Key))
            faults.Add(new("/key", "group-key", ("key", to.Key)));
        faults.AddName("/title", to.Title);
        if (to.Coordinator is { } coordinator && register[coordinator] is null)
            faults.Add(new("/coordinator", "no-such-organisation", ("id", coordinator)));
        if (to.County is { } county && County.NumberOf(county) is null)
            faults.Add(new("/county", "organisation-county", ("letters", string.Join(", ", County.Letters))));
        var topics = to.Topics ?? [];
        if (topics.Count > MostTopics)
            faults.Add(new("/topics", "too-many", ("max", MostTopics)));
        for (var i = 0; i < topics.Count; i++)
            faults.AddName($"/topics/{i}", topics[i]);
        return faults;
    }

    /// <summary>The group with members who come, or whose time ends: one who came on the same day has the new end. Or why not.</summary>
    public static (OrganisationGroup Group, IReadOnlyList<Fault> Faults) With(OrganisationRegister register, OrganisationGroup group,
        IReadOnlyList<(string Organisation, string Pointer)> organisations, LocalDate from, LocalDate? to)
    {
        var faults = new List<Fault>();
        if (to < from)
            faults.Add(new("/to", "period-reversed", ("earliest", from)));
        faults.AddRange(DateRange.Faults(("/from", from), ("/to", to)));
        if (organisations.Count is 0 or > MostMembers)
            faults.Add(organisations.Count == 0 ? new("/organisations", "required", ("field", "organisations"))
                : new("/organisations", "too-many", ("max", MostMembers)));
        var members = group.Members.ToList();
        foreach (var (written, pointer) in organisations)
        {
            if (register[written] is not { Id: var id })
            {
                faults.Add(new(pointer, "no-such-organisation", ("id", written)));
                continue;
            }
            members.RemoveAll(it => it.Organisation == id && it.From == from);
            if (members.Exists(it => it.Organisation == id && !(it.To < from) && !(to < it.From)))
                faults.Add(new(pointer, "member-overlaps", ("id", id)));
            members.Add(new(id, from, to));
        }
        return (group with { Members = members }, faults);
    }

    // Told apart by kind, so that a county's region and board are never taken for a municipality.
    static bool IsIdOf(Organisation it) =>
        it.Is(OrganisationKind.Municipality) ? Municipality().IsMatch(it.Id)
        : it.Is(OrganisationKind.Region) ? it.County is { } county && it.Id == $"region-{County.NumberOf(county)}"
        : it.Is(OrganisationKind.CountyBoard) ? it.Id == $"lst-{it.County}"
        : !Municipality().IsMatch(it.Id) && !it.Id.StartsWith("region-", StringComparison.Ordinal)
            && !it.Id.StartsWith("lst-", StringComparison.Ordinal);

    static bool IsOfGotland(OrganisationKind kind) => kind is OrganisationKind.Municipality or OrganisationKind.Region;

    [GeneratedRegex(@"^[A-Za-z0-9](-?[A-Za-z0-9]){0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex(@"^[0-9]{4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Municipality();
}
