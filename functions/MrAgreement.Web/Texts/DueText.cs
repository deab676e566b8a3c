using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using Period = NodaTime.Period;

namespace MrAgreement.Web.Texts;

/// <summary>When an obligation is due and why, in a sentence: "31 maj 2016, senast i maj månad".</summary>
public static class DueText
{
    /// <param name="dossier">As the reader sees it.</param>
    public static string Of(Language language, Dossier dossier, Obligation obligation) =>
        string.Join(' ', Sentences(language, dossier, obligation).Select(sentence => language.Say(sentence.Key, sentence.Values)));

    /// <summary>The same in its sentences.</summary>
    public static IEnumerable<Sentence> Sentences(Language language, Dossier dossier, Obligation obligation)
    {
        yield return obligation.HasClaimedDay
            ? Claimed(dossier, obligation)
            : new(Key(obligation), Places(language, dossier.Agreement, obligation));
        if (obligation is { DueOn: { } nominal, EffectiveDueOn: { } effective } && nominal != effective)
            yield return new("due.working-day", [("weekday", language.Weekday(nominal)), ("date", effective)]);
    }

    /// <summary>A date and how far away it is: "9 maj 2016, försenat 1 dag".</summary>
    public static string When(this Language language, LocalDate due, LocalDate today) => Period.DaysBetween(today, due) switch
    {
        < 0 and var late => language.Say("days.overdue-since", ("date", due), ("days", language.DayCount(-late))),
        0 => language.Say("days.today"),
        var left => language.Say("days.left", ("date", due), ("days", language.DayCount(left)))
    };

    /// <summary>The day that has been set for something and how far away it is: "äger rum 20 maj 2016, om 10 dagar".</summary>
    public static string TakesPlace(this Language language, LocalDate on, LocalDate today) => Period.DaysBetween(today, on) switch
    {
        < 0 => language.Say("days.was-to-take-place", ("date", on)),
        0 => language.Say("days.takes-place-today"),
        var left => language.Say("days.takes-place", ("date", on), ("days", language.DayCount(left)))
    };

    /// <summary><c>12 dagar</c>, <c>1 dag</c>.</summary>
    public static string DayCount(this Language language, int days) => language.Say(days == 1 ? "days.one" : "days.many", ("days", days));

    /// <summary><c>3 månader</c>, <c>1 månad och 10 dagar</c>.</summary>
    public static string Span(this Language language, int months, int days) => (months, days) switch
    {
        (0, _) => language.DayCount(days),
        (_, 0) => language.MonthCount(months),
        _ => language.Say("months.and-days", ("months", language.MonthCount(months)), ("days", language.DayCount(days)))
    };

    static string MonthCount(this Language language, int months) =>
        language.Say(months == 1 ? "months.one" : "months.many", ("months", months));

    /// <summary>"SKR är ansvarig", "SKR, RK är ansvariga".</summary>
    public static string OwedBy(this Language language, IReadOnlyList<string> parties) =>
        language.Say(parties.Count == 1 ? "portfolio.owed-by-one" : "portfolio.owed-by-many", ("parties", string.Join(", ", parties)));

    static Sentence Claimed(Dossier dossier, Obligation it) =>
        dossier.Grant.Disallowance(it.Claimed!.Value) is { Decision.Reference: var reference }
            ? new("due.claimed", [("date", it.DueOn!.Value), ("reference", new Content(reference))])
            : new("due.claimed-unnamed", [("date", it.DueOn!.Value)]);

    // What was decided last governs over what the agreement says.
    static string Key(Obligation it) => it switch
    {
        { DecidedDueOn: { } decided } when it.Submissions.Any(s => s.Decision?.CompleteBy == decided) => "due.returned",
        { DecidedDueOn: not null } => "due.extended",
        { AwaitsDate: true } => "due.date-lost",
        { DueOn: null, Kind: ObligationKind.Continuous } => "due.continuous",
        { DueOn: null, Due: Undated } => "due.none",
        { DueOn: null, Due: AfterSignature { Days: 0, Months: 0 } } => "due.signed-waits-same",
        { DueOn: null, Due: AfterSignature } => "due.signed-waits",
        { DueOn: null } => "due.unscheduled",
        _ => it.Due switch
        {
            OnDate => "due.on",
            InMonth => "due.month",
            BeforeOther { Months: > 0 } => "due.before-months",
            AfterOther { Months: > 0 } => "due.after-months",
            AfterSignature { Days: 0, Months: 0 } => "due.signed-same",
            AfterSignature => "due.signed",
            BeforeOther { Days: 0 } or AfterOther { Days: 0 } => "due.before-same",
            BeforeOther { Days: 1 } => "due.before-one",
            BeforeOther => "due.before",
            AfterOther { Days: 1 } => "due.after-one",
            AfterOther => "due.after",
            OnceScheduled => "due.scheduled",
            Undated => "due.none",
            _ => throw new System.Diagnostics.UnreachableException($"No words for {it.Due}.")
        }
    };

    static IReadOnlyList<(string Place, object Value)> Places(Language language, Agreement agreement, Obligation it)
    {
        var places = new List<(string Place, object Value)>();
        if (it.DueOn is { } date)
        {
            places.Add(("date", date));
            places.Add(("weekday", language.Weekday(date)));
        }
        if (it.Due is InMonth inMonth)
            places.Add(("month", language.Say($"month.{inMonth.Month.Month}")));
        if (it.Due is BeforeOther or AfterOther)
            places.Add(("days", it.Due is BeforeOther before ? before.Days : ((AfterOther)it.Due).Days));
        if (it.Due is BeforeOther { Months: > 0 } or AfterOther { Months: > 0 } or AfterSignature)
            places.Add(("span", it.Due switch
            {
                BeforeOther on => language.Span(on.Months, on.Days),
                AfterOther on => language.Span(on.Months, on.Days),
                _ => language.Span(((AfterSignature)it.Due).Months, ((AfterSignature)it.Due).Days)
            }));
        if (it.AwaitsDate)
            places.Add(("grantor", new Content(agreement.Terms.Parties.First(p => p.Role == PartyRole.Grantor).Name)));
        if (it.Due.Other is { } other)
            places.Add(("other", new Content(agreement.Obligations.TryGetValue(other, out var named) ? named.Title : other)));
        return places;
    }
}
