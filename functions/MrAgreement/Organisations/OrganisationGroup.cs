namespace MrAgreement.Organisations;

/// <summary>What organisations are together for.</summary>
public enum GroupKind
{
    Node,
    Network,
    Forum,
    SizeClass
}

/// <summary>An organisation's time in a group.</summary>
/// <param name="Organisation">Its id.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; null while no end is known.</param>
public sealed record GroupMember(string Organisation, LocalDate From, LocalDate? To = null)
{
    public bool Holds(LocalDate on) => From <= on && !(To < on);
}

/// <summary>Organisations that are together: a node, a network, a forum or a size class.</summary>
/// <param name="Key">Short, and the same for ever.</param>
/// <param name="Coordinator">Id of the organisation that holds it together; null where none does.</param>
/// <param name="County">The county's letter where the group is of one; else null.</param>
public sealed record OrganisationGroup(
    string Key, string Title, GroupKind Kind, string? Coordinator = null, string? County = null, IReadOnlyList<string>? Topics = null)
{
    /// <summary>In the order in which they came, also those who have left.</summary>
    public IReadOnlyList<GroupMember> Members { get; init; } = [];

    public IEnumerable<GroupMember> MembersOn(LocalDate day) => Members.Where(it => it.Holds(day));
}
