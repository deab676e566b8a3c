using MrAgreement.Parties;

namespace MrAgreement.Obligations;

/// <summary>Says of a reminder that one has seen it, or on which day one wants to be reminded again.</summary>
/// <param name="Reason">What is done about it, or why it takes longer.</param>
/// <param name="Until">When to be reminded again; null leaves the reminders as they are planned.</param>
public sealed record AcknowledgeReminder(string Obligation, string Reason, LocalDate? Until = null)
    : ObligationCommand(Act.AcknowledgeReminder, Obligation);

/// <summary>A party has seen that it was reminded; until the day that it names it is not reminded again, and on that day it is.</summary>
/// <param name="Party">Key of the party.</param>
/// <param name="DueOn">The effective date that it was reminded of: of another one it is reminded as ever.</param>
/// <param name="Until">Null leaves the reminders as they are planned.</param>
public sealed record ReminderAcknowledged(string Obligation, string Party, LocalDate DueOn, LocalDate? Until, string Reason)
    : ObligationEvent(Obligation);

/// <summary>What a party has said of its reminders.</summary>
public sealed record Acknowledgement(string Party, LocalDate DueOn, LocalDate? Until, string Reason, PersonId By, Instant At);

/// <summary>Reminders that were seen, and those that were put off with a reason.</summary>
public static class Acknowledgements
{
    const int LongestWhenLate = 14;

    /// <summary>What each party has said last of the reminders for the present date.</summary>
    public static IReadOnlyList<Acknowledgement> Standing(Obligation it) =>
        [.. it.Acknowledged.Where(said => said.DueOn == it.EffectiveDueOn).GroupBy(said => said.Party).Select(said => said.Last())];

    /// <summary>The last day until which reminders can be put off: the day before the date, and when it is late, two weeks from now. Null
    /// where no day is left.</summary>
    public static LocalDate? Latest(Obligation it, LocalDate today) => it.EffectiveDueOn is not { } due ? null
        : due < today ? today.PlusDays(LongestWhenLate)
        : due.PlusDays(-1) is var last && last > today ? last : null;

    /// <summary>What stands against it as things are; null for nothing.</summary>
    public static Refused? Against(Obligation it, Occasion on) =>
        !it.Responsible.Contains(on.By.Party) && it.Recipient != on.By.Party
            ? new("not-reminded", RefusalKind.Forbidden, ("obligation", it.Title))
        : it.IsDelivered || !it.Reminders.Exists(sent => sent.DueOn == it.EffectiveDueOn && sent.To.Contains(on.By.Party))
            ? new("no-reminder", ("obligation", it.Title))
        : null;

    public static Decision Decide(Obligation it, AcknowledgeReminder command, Occasion on)
    {
        if (Against(it, on) is { } refused)
            return refused;
        var faults = new List<Fault>();
        faults.AddText("/reason", command.Reason, 1000);
        if (command.Until is { } until)
            if (until <= on.Today)
                faults.Add(new("/until", "until-not-later", ("date", on.Today)));
            else if (Latest(it, on.Today) is not { } latest)
                faults.Add(new("/until", "until-no-day", ("date", it.EffectiveDueOn!.Value)));
            else if (until > latest)
                faults.Add(new("/until", "until-too-late", ("date", latest)));
        if (faults.Count > 0)
            return Refused.Invalid(faults);
        var reason = command.Reason.Trim();
        return Standing(it).FirstOrDefault(said => said.Party == on.By.Party) is { } last
            && (last.By, last.Until, last.Reason) == (on.By.Id, command.Until, reason)
                ? new Nothing()
                : new ReminderAcknowledged(it.Key, on.By.Party, it.EffectiveDueOn!.Value, command.Until, reason);
    }
}
