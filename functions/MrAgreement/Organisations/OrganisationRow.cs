using MrAgreement.Parties;

namespace MrAgreement.Organisations;

/// <summary>A row of a file of organisations. What its columns leave out stays as it is.</summary>
/// <param name="Number">Of the row in the file, from 1, the headings counted.</param>
/// <param name="From">The day from which the name holds; null where a name is put right rather than changed.</param>
public sealed record OrganisationRow(
    int Number, string Id, IReadOnlyList<OrganisationKind> Kinds, string Name, LocalDate? From, string? County,
    OrganisationNumber? OrganisationNumber, int? Population)
{
    /// <summary>The organisations as the rows would have them, and what stands against it, by row and column.</summary>
    public static (IReadOnlyList<Organisation> Wanted, IReadOnlyList<Fault> Faults) Applied(OrganisationRegister register,
        IReadOnlyList<OrganisationRow> rows)
    {
        var (wanted, faults, first) = (new List<Organisation>(), new List<Fault>(), new Dictionary<string, int>());
        foreach (var row in rows)
        {
            var it = row.On(register[row.Id]);
            if (!first.TryAdd(it.Id, row.Number))
                faults.Add(Fault.InCell(row.Number, "id", "row-twice", ("row", first[it.Id])));
            // Where in the row: the pointer's first name is its column.
            faults.AddRange(OrganisationRules.Faults(it).Select(fault =>
                Fault.InCell(row.Number, fault.Pointer.Split('/')[1] is "names" ? "name" : fault.Pointer.Split('/')[1], fault.Rule,
                    fault.Values)));
            wanted.Add(it);
        }
        return (wanted, faults);
    }

    Organisation On(Organisation? before) => before is null
        ? new(Id, Kinds, County, [new(Name, From)], OrganisationNumber, Population)
        : before with
        {
            Kinds = Kinds, County = County ?? before.County, Names = NamesAfter(before.Names),
            OrganisationNumber = OrganisationNumber ?? before.OrganisationNumber, Population = Population ?? before.Population
        };

    IReadOnlyList<OrganisationName> NamesAfter(IReadOnlyList<OrganisationName> before) =>
        before[^1] is var present && present.Name == Name && (From is null || present.From == From) ? before
        : From is not { } from || present.From == from ? [.. before.SkipLast(1), present with { Name = Name }]
        : [.. before.SkipLast(1), present with { To = present.To < from ? present.To : from.PlusDays(-1) }, new(Name, from)];
}
