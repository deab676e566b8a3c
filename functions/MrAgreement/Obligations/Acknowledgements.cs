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
/// <param name="Submission">Number of what waits for the party's review, where it was reminded of that; null for a reminder of the date.
/// </param>
public sealed record ReminderAcknowledged(string Obligation, string Party, LocalDate DueOn, LocalDate? Until, string Reason,
    int? Submission = null) : ObligationEvent(Obligation);

/// <summary>What a party has said of its reminders.</summary>
/// <param name="Submission">Number of what waits for its review; null for a reminder of the date.</param>
public sealed record Acknowledgement(string Party, LocalDate DueOn, LocalDate? Until, string Reason, PersonId By, Instant At,
    int? Submission = null);

/// <summary>Reminders that were seen, and those that were put off with a reason.</summary>
public static class Acknowledgements
{
    const int LongestWhenLate = 14;

    /// <summary>What parties have said of the reminders that are in force: for the present date, and for what waits for its review.
    /// </summary>
    public static IReadOnlyList<Acknowledgement> Present(Obligation it) =>
        [.. it.Acknowledged.Where(said => said.Submission is { } number ? number == Waiting(it)?.Number : said.DueOn == it.EffectiveDueOn)];

    /// <summary>What each party has said last of the reminders for the present date.</summary>
    public static IReadOnlyList<Acknowledgement> Standing(Obligation it) =>
        [.. Present(it).Where(said => said.Submission is null).GroupBy(said => said.Party).Select(said => said.Last())];

    /// <summary>What the reviewer's party has said last of the reminders of what waits; null for nothing.</summary>
    public static Acknowledgement? OfReview(Obligation it) => Present(it).LastOrDefault(said => said.Submission is not null);

    /// <summary>The last day until which reminders can be put off: the day before the date, and when it is late, or waits for its review,
    /// two weeks from now. Null where no day is left.</summary>
    public static LocalDate? Latest(Obligation it, LocalDate today) => Waiting(it) is not null ? today.PlusDays(LongestWhenLate)
        : it.EffectiveDueOn is not { } due ? null
        : due < today ? today.PlusDays(LongestWhenLate)
        : due.PlusDays(-1) is var last && last > today ? last : null;

    /// <summary>What stands against it as things are; null for nothing.</summary>
    public static Refused? Against(Obligation it, Occasion on) =>
        !it.Responsible.Contains(on.By.Party) && it.Recipient != on.By.Party
            ? new("not-reminded", RefusalKind.Forbidden, ("obligation", it.Title))
        : IsRemindedOfReview(it, on.By.Party) ? null
        : it.IsDelivered || !it.Reminders.Exists(sent => sent.DueOn == it.EffectiveDueOn && sent.To.Contains(on.By.Party)
            && HasHeard(sent, on.By.Role))
            ? new("no-reminder", ("obligation", it.Title))
        : null;

    // The head of a party answers for what has climbed to them.
    static bool HasHeard(SentReminder sent, Role role) => role != Role.Approver || sent.Rung >= Reminders.HeadHearsAfter;

    static Submission? Waiting(Obligation it) => it.LastSubmission is { State: SubmissionState.Submitted } waits ? waits : null;

    static bool IsRemindedOfReview(Obligation it, string party) => it.Recipient == party && Waiting(it) is { } waits
        && it.ReviewReminders.Exists(sent => sent.Submission == waits.Number && sent.To.Contains(party));

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
        var (reason, review) = (command.Reason.Trim(), IsRemindedOfReview(it, on.By.Party) ? Waiting(it) : null);
        return (review is null ? Standing(it).FirstOrDefault(said => said.Party == on.By.Party) : OfReview(it)) is { } last
            && (last.By, last.Until, last.Reason) == (on.By.Id, command.Until, reason)
                ? new Nothing()
                : new ReminderAcknowledged(it.Key, on.By.Party, review?.On ?? it.EffectiveDueOn!.Value, command.Until, reason,
                    review?.Number);
    }
}
