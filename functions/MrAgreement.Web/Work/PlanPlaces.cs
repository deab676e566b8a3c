using MrAgreement.Organisations;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>What is unknown of those whom a plan, or a report of a measure, names, by the register of organisations: it is no part of the
/// log, so that what was told once is read however the register is now.</summary>
static class PlanPlaces
{
    // What the ids of the register begin with, besides the digits of municipalities.
    static readonly string[] prefixes = ["region-", "lst-"];

    /// <summary>Of every measure: whom it reaches are organisations, groups of the register, or all. Whom it is done with may be outside
    /// the register, and has a name then; what is written as an id must be one.</summary>
    public static IEnumerable<Fault> Faults(PlanContent it, OrganisationRegister register)
    {
        for (var i = 0; i < it.Measures.Count; i++)
        {
            var (measure, at) = (it.Measures[i], $"/measures/{i}");
            foreach (var (code, j) in measure.Reach.Select((code, j) => (code.Trim(), j)))
                if (code != Measure.All && register[code] is null && register.Group(code) is null)
                    yield return new($"{at}/reach/{j}", "no-such-organisation", ("id", code));
            foreach (var (named, j) in measure.With.Select((named, j) => (named.Trim(), j)))
                if (IsId(named) && register[named] is null)
                    yield return new($"{at}/with/{j}", "no-such-organisation", ("id", named));
        }
    }

    /// <param name="reached">Of a report of a measure.</param>
    public static IEnumerable<Fault> Faults(IReadOnlyList<string> reached, OrganisationRegister register) =>
        reached.Select((code, i) => register[code.Trim()] is null ? new Fault($"/reached/{i}", "no-such-organisation", ("id", code)) : null)
            .OfType<Fault>();

    static bool IsId(string named) => named.Length > 0 && named.All(char.IsAsciiDigit)
        || prefixes.Any(prefix => named.StartsWith(prefix, StringComparison.Ordinal));
}
