using MrAgreement.Parties;
using Period = NodaTime.Period;

namespace MrAgreement.Overviews;

/// <summary>What a party owes and is late with, over all agreements that somebody sees.</summary>
/// <param name="Party">Its key; null where nobody in particular owes it.</param>
/// <param name="Number">Obligations that are overdue. One that several parties owe is told of each.</param>
/// <param name="Agreements">How many agreements they are in.</param>
/// <param name="Oldest">The one that has been overdue for longest.</param>
/// <param name="Days">For how long that has been.</param>
public sealed record LateParty(string? Party, int Number, int Agreements, DueRow Oldest, int Days)
{
    /// <summary>All that is overdue, of what somebody sees.</summary>
    public static DeadlineQuery Query(Actor by, LocalDate today) =>
        new(today, by.SeesEveryAgreement ? null : by.Party, null, null, null, "overdue", null, 1, int.MaxValue);

    /// <summary>Whoever is late with most first.</summary>
    public static IReadOnlyList<LateParty> Of(IEnumerable<DueRow> rows, LocalDate today) =>
    [
        .. rows.Where(row => row.IsLate(today))
            .SelectMany(row => row.Responsible.Count == 0 ? [(Party: (string?)null, Row: row)]
                : row.Responsible.Distinct().Select(party => (Party: (string?)party, Row: row)))
            .GroupBy(it => it.Party, it => it.Row)
            .Select(of => (of.Key, Rows: of.ToList(), Oldest: of.OrderBy(row => row.EffectiveDueOn)
                .ThenBy(row => row.DiaryNumber, StringComparer.Ordinal).ThenBy(row => row.Agreement.Value)
                .ThenBy(row => row.Key, StringComparer.Ordinal).First()))
            .Select(of => new LateParty(of.Key, of.Rows.Count, of.Rows.Select(row => row.Agreement).Distinct().Count(), of.Oldest,
                Period.DaysBetween(of.Oldest.EffectiveDueOn, today)))
            .OrderByDescending(it => it.Number).ThenByDescending(it => it.Days).ThenBy(it => it.Party, StringComparer.Ordinal)
    ];
}
