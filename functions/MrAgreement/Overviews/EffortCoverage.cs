using MrAgreement.Organisations;
using MrAgreement.Work;

namespace MrAgreement.Overviews;

/// <summary>By what it is told whom efforts have reached.</summary>
public enum EffortCoverageBy
{
    Step,
    County,
    Organisation,
    SizeClass
}

/// <summary>So many reached of so many, by kind; an organisation of two kinds counts in each, and once where kinds are together.</summary>
/// <param name="Both">Municipalities and regions: 310 of all.</param>
/// <param name="All">With county boards: 331 of all.</param>
public sealed record Reached(Part Municipalities, Part Regions, Part CountyBoards, Part Both, Part All)
{
    public static Reached Of(IReadOnlyCollection<Organisation> all, Func<Organisation, bool> isReached)
    {
        return new(Count(it => it.Is(OrganisationKind.Municipality)), Count(it => it.Is(OrganisationKind.Region)),
            Count(it => it.Is(OrganisationKind.CountyBoard)), Count(it => it.IsLocalGovernment), Count(_ => true));

        Part Count(Func<Organisation, bool> which) => new(all.Count(it => which(it) && isReached(it)), all.Count(which));
    }
}

/// <param name="Key">Of the step, the county, the organisation or the group; null for what is of none.</param>
/// <param name="Title">Null as its key is.</param>
/// <param name="Efforts">How many.</param>
/// <param name="Highest">Title of the highest step that anybody of the row was reached on; null for none.</param>
/// <param name="AtHighest">Of a step, how many organisations have it as their highest; null of other rows.</param>
/// <param name="Effects">By kind, those of which there are any.</param>
public sealed record EffortRow(
    string? Key, string? Title, int Efforts, Reached Reached, string? Highest, int? AtHighest,
    IReadOnlyDictionary<EffectKind, int> Effects);

/// <summary>Whom the efforts have reached, and whom not.</summary>
/// <param name="InAll">Everybody, whatever the rows are by.</param>
/// <param name="Others">Other bodies of the register that were reached; they are of no row by county or size.</param>
/// <param name="Unknown">Ids that the register has no longer.</param>
public sealed record EffortCoverage(
    EffortCoverageBy By, EffortRow InAll, IReadOnlyList<EffortRow> Rows, int Others, IReadOnlyList<string> Unknown)
{
    /// <param name="today">Efforts that begin later have reached nobody yet.</param>
    /// <param name="from">The first day looked at; null for the beginning.</param>
    /// <param name="to">The last day looked at; null for today.</param>
    public static EffortCoverage Of(Support it, OrganisationRegister register, EffortCoverageBy by, LocalDate today,
        LocalDate? from = null, LocalDate? to = null)
    {
        var until = to is { } last && last < today ? last : today;
        var counted = it.Efforts.Where(effort => effort.Cancelled is null && effort.Content.From <= until
            && !((effort.Content.To ?? effort.Content.From) < from))
            .Select(effort => new Counted(effort, it.StepOf(effort.Content), [.. EffortReaching.Of(effort.Content, register)])).ToList();
        var all = register.Organisations.Where(IsCounted).ToList();
        var steps = Steps(it, counted);
        var rows = by switch
        {
            EffortCoverageBy.Step => steps.Select(step => Row(step.Key, step.Title,
                [.. counted.Where(one => one.Effort.Content.Step == step.Key)], all, all) with
            {
                AtHighest = all.Count(organisation => Highest(counted, organisation)?.Key == step.Key)
            }),
            EffortCoverageBy.County => County.Letters.Select(letter => Of(letter, null, all.Where(one => one.County == letter))),
            EffortCoverageBy.SizeClass => SizeClasses(register, until, all).Select(group => Of(group.Key, group.Title, group.Members)),
            _ => all.Concat(counted.SelectMany(one => one.Reached).Where(one => !IsCounted(one)).Distinct()
                .OrderBy(one => one.Id, StringComparer.Ordinal)).Select(one => Of(one.Id, one.NameOn(until), [one]))
        };
        return new(by, Row(null, null, counted, all, null), [.. rows],
            counted.SelectMany(one => one.Reached).Where(one => !IsCounted(one)).Distinct().Count(),
            [.. counted.SelectMany(one => one.Effort.Content.Reach.Organisations).Where(id => register[id] is null).Distinct()]);

        EffortRow Of(string? key, string? title, IEnumerable<Organisation> members)
        {
            var known = members.ToHashSet();
            return Row(key, title, [.. counted.Where(one => one.Reached.Overlaps(known))], known, known);
        }

        // An effect that is of no organisation is of the effort, and counts with all and with its step.
        EffortRow Row(string? key, string? title, IReadOnlyList<Counted> of, IReadOnlyCollection<Organisation> members,
            IReadOnlyCollection<Organisation>? seenAt) => new(key, title, of.Count,
            Reached.Of(members, organisation => of.Any(one => one.Reached.Contains(organisation))),
            of.MaxBy(one => one.Step.Order) is { } top ? steps.Find(step => step.Key == top.Step.Key)!.Title : null, null,
            of.SelectMany(one => one.Effort.Effects).Where(effect => seenAt is null || by == EffortCoverageBy.Step
                || effect.Content.Organisation is { } id && register[id] is { } place && seenAt.Contains(place))
                .GroupBy(effect => effect.Content.Kind).OrderBy(kind => kind.Key).ToDictionary(kind => kind.Key, kind => kind.Count()));
    }

    // The ladder as it stands, and steps that it has no longer and efforts were made on.
    static List<LadderStep> Steps(Support it, List<Counted> counted)
    {
        var now = it.Ladder?.Steps ?? [];
        return [.. now, .. counted.Select(one => one.Step).Where(step => now.All(known => known.Key != step.Key))
            .DistinctBy(step => step.Key).OrderBy(step => step.Order)];
    }

    static LadderStep? Highest(List<Counted> counted, Organisation organisation) =>
        counted.Where(one => one.Reached.Contains(organisation)).MaxBy(one => one.Step.Order)?.Step;

    // Whoever is in no class is told of too, so that the rows are all there are.
    static IEnumerable<(string? Key, string? Title, IReadOnlyList<Organisation> Members)> SizeClasses(
        OrganisationRegister register, LocalDate on, List<Organisation> all)
    {
        var left = all.ToHashSet();
        foreach (var group in register.Groups.Where(group => group.Kind == GroupKind.SizeClass))
        {
            var members = group.MembersOn(on).Select(member => register[member.Organisation]).OfType<Organisation>()
                .Where(left.Remove).ToList();
            yield return (group.Key, group.Title, members);
        }
        if (left.Count > 0)
            yield return (null, null, [.. left]);
    }

    static bool IsCounted(Organisation it) => it.IsLocalGovernment || it.Is(OrganisationKind.CountyBoard);

    sealed record Counted(Effort Effort, LadderStep Step, HashSet<Organisation> Reached);
}

/// <summary>Whom efforts reach, by the register of organisations.</summary>
public static class EffortReaching
{
    /// <summary>On the effort's first day; each once.</summary>
    public static IEnumerable<Organisation> Of(EffortContent it, OrganisationRegister register) => it.Reach switch
    {
        { Group: { } group } => (register.Group(group)?.MembersOn(it.From) ?? []).Select(member => register[member.Organisation])
            .OfType<Organisation>().Distinct(),
        { Counties.Count: > 0 } => register.Organisations.Where(one => one.IsLocalGovernment && it.Reach.Counties.Contains(one.County)),
        _ => it.Reach.Organisations.Select(id => register[id]).OfType<Organisation>().Distinct()
    };

    /// <summary>Those whom an effort reaches on a step that asks for a declaration of intent, and who have made none.</summary>
    public static IReadOnlyList<Organisation> WithoutIntent(Support it, EffortContent effort, OrganisationRegister register)
    {
        if (!it.StepOf(effort).Intent)
            return [];
        var declared = it.Intents.Select(intent => register[intent.Organisation]).OfType<Organisation>().ToHashSet();
        return [.. Of(effort, register).Where(one => !declared.Contains(one))];
    }
}
