using MrAgreement.Calendars;

namespace MrAgreement.Parties;

/// <summary>What must hold of names that follow one another.</summary>
public static class NamesOverTime
{
    /// <summary>Faults in the days on which names hold: each within its own, and after the one before.</summary>
    /// <param name="at">Pointer to the list.</param>
    public static IEnumerable<Fault> Faults(string at, IReadOnlyList<(string Name, LocalDate? From, LocalDate? To)> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            var (_, from, to) = names[i];
            foreach (var fault in DateRange.Faults(($"{at}/{i}/from", from), ($"{at}/{i}/to", to)))
                yield return fault;
            if (to < from)
                yield return new($"{at}/{i}", "period-reversed", ("earliest", from!.Value));
            else if (i > 0 && !(names[i - 1].To < from))
                yield return new($"{at}/{i}", "names-overlap", ("name", names[i - 1].Name));
        }
    }

    /// <summary>The same of a party's names.</summary>
    public static IEnumerable<Fault> Faults(string at, IReadOnlyList<PartyName> names) =>
        Faults(at, [.. names.Select(it => (it.Name, (LocalDate?)it.From, it.To))]);
}
