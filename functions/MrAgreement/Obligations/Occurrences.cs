using System.Globalization;
using MrAgreement.Parties;

namespace MrAgreement.Obligations;

/// <summary>From the obligations that terms state to those that exist: a yearly one
/// has one occurrence a year, and what hangs on it is yearly with it.</summary>
public static class Occurrences
{
    /// <summary>The occurrences of <paramref name="stated"/>, in order; they may hang and rest on each other and on what exists.</summary>
    public static IReadOnlyList<Obligation> Of(IReadOnlyList<ObligationTerms> stated, IReadOnlyCollection<Obligation> existing)
    {
        var years = Years(stated, existing);
        return [.. stated.SelectMany(terms => years[terms.Key] is { } each
            ? each.Select(year => Occurrence(terms, year, years))
            : [Occurrence(terms, null, years)])];
    }

    /// <summary>The obligation to requisition an instalment, owed by the recipients to the payer.</summary>
    public static Obligation Requisition(string instalment, LocalDate dueOn, IReadOnlyList<Party> parties, string? clause) =>
        new(RequisitionKey(instalment), RequisitionKey(instalment), null, $"Rekvisition {instalment}", ObligationKind.Requisition,
            Recipients(parties), PayerOf(parties), new OnDate(dueOn), [], false, [], clause, Financial: true, instalment);

    /// <summary>The obligation that the release of an instalment brings: to requisition
    /// it, or to pay back by a date of its own what is unspent of it.</summary>
    public static Obligation Added(ObligationAdded added, IReadOnlyList<Party> parties) => added.Kind == ObligationKind.Requisition
        ? Requisition(added.Instalment, added.DueOn, parties, added.Clause)
        : new(added.Obligation, added.Obligation, null, $"Återbetalning {added.Instalment}", ObligationKind.Repayment,
            Recipients(parties), PayerOf(parties), new OnDate(added.DueOn), added.Rests, false, [], added.Clause, Financial: true,
            added.Instalment);

    public static string RequisitionKey(string instalment) => $"requisition-{instalment}";

    public static string RepaymentKey(string instalment) => $"repayment-{instalment}";

    /// <summary>The due rule that terms state, for one year's occurrence of it.</summary>
    public static DueRule Rule(DueTerms due, int? year, Func<string, bool> isYearly) => due switch
    {
        { On: { } date } => new OnDate(date),
        { Month: { } month } => new InMonth(month),
        { EveryYear: { } every } => new InMonth(new YearMonth(year!.Value, every.Month)),
        { Before: { } other } => new BeforeOther(OccurrenceKey(other, isYearly(other) ? year : null), due.Days ?? 0,
            due.Months ?? 0),
        { After: { } other } => new AfterOther(OccurrenceKey(other, isYearly(other) ? year : null), due.Days ?? 0,
            due.Months ?? 0),
        { Signed: true } => new AfterSignature(due.Days ?? 0, due.Months ?? 0),
        { Scheduled: true } => new OnceScheduled(),
        _ => new Undated()
    };

    static Obligation Occurrence(ObligationTerms terms, int? year, Dictionary<string, IReadOnlyList<int>?> years) =>
        new(OccurrenceKey(terms.Key, year), terms.Key, year,
            year is { } y ? string.Create(CultureInfo.InvariantCulture, $"{terms.Title} {y}") : terms.Title,
            terms.Kind, terms.Responsible, terms.Recipient, Rule(terms.Due, year, key => years.GetValueOrDefault(key) is not null),
            [.. (terms.Rests ?? []).SelectMany(rest => Rests(rest, year, years.GetValueOrDefault(rest)))],
            terms.Acceptance ?? false, terms.Documents ?? [], terms.Clause,
            terms.Financial ?? Purposes.IsFinancial(terms))
        {
            Agenda = terms.Agenda ?? [], Purpose = terms.Is, Text = terms.Text, Reading = terms.Reading, Contents = terms.Contents ?? []
        };

    // Between yearly ones a rest means the same year, and is dropped where
    // that year is missing; one that is not yearly rests on every year's.
    static IEnumerable<string> Rests(string rest, int? year, IReadOnlyList<int>? restYears) => (restYears, year) switch
    {
        (null, _) => [rest],
        (_, null) => restYears.Select(y => OccurrenceKey(rest, y)),
        (_, { } y) => restYears.Contains(y) ? [OccurrenceKey(rest, y)] : []
    };

    static Dictionary<string, IReadOnlyList<int>?> Years(IReadOnlyList<ObligationTerms> stated, IReadOnlyCollection<Obligation> existing)
    {
        var years = existing.GroupBy(o => o.TermsKey)
            .ToDictionary(same => same.Key,
            same => same.Any(o => o.Year is null) ? null : (IReadOnlyList<int>?)[.. same.Select(o => o.Year!.Value).Order()]);
        foreach (var one in existing)
            years.TryAdd(one.Key, null);
        var byKey = stated.ToDictionary(terms => terms.Key);
        foreach (var terms in stated)
            YearsOf(terms);
        return years;

        IReadOnlyList<int>? YearsOf(ObligationTerms terms)
        {
            if (years.TryGetValue(terms.Key, out var known))
                return known;
            var each = terms.Due switch
            {
                { EveryYear: { } every } => Between(every.From, every.To),
                { Other: { } other } => (byKey.TryGetValue(other, out var stated) ? YearsOf(stated) : years.GetValueOrDefault(other))?
                    .Where(year => year >= (terms.Due.From ?? year) && year <= (terms.Due.To ?? year)).ToList(),
                _ => null
            };
            return years[terms.Key] = each;
        }
    }

    static List<int> Between(int from, int to) => [.. Enumerable.Range(from, Math.Max(0, to - from + 1))];

    static string OccurrenceKey(string key, int? year) => year is { } y ? string.Create(CultureInfo.InvariantCulture, $"{key}-{y}") : key;

    static List<string> Recipients(IReadOnlyList<Party> parties) =>
        [.. parties.Where(p => p.Role == PartyRole.Recipient).Select(p => p.Key)];

    static string? PayerOf(IReadOnlyList<Party> parties) =>
        (parties.FirstOrDefault(p => p.Role == PartyRole.Payer) ?? parties.FirstOrDefault(p => p.Role == PartyRole.Grantor))?.Key;
}
