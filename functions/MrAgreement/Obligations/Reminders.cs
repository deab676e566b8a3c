using MrAgreement.Calendars;

namespace MrAgreement.Obligations;

/// <summary>One step of the reminder ladder for an obligation's present date.</summary>
/// <param name="Days">Signed days from the effective date.</param>
/// <param name="PlannedFor">08:00 in Stockholm on that day.</param>
/// <param name="Sent">The reminder when it has been sent; null until then.</param>
/// <param name="IsSkipped">Whether it was already past when the date was set.</param>
/// <param name="To">The parties that it goes to, or went to; none where all of them asked to be reminded later.</param>
public sealed record Rung(string Obligation, int Days, Instant PlannedFor, SentReminder? Sent, bool IsSkipped, IReadOnlyList<string> To)
{
    /// <summary>Whether it is not sent because whoever would get it has asked to be reminded later.</summary>
    public bool IsHeld => Sent is null && !IsSkipped && To.Count == 0;
}

/// <summary>One step of the ladder for what waits for its review.</summary>
/// <param name="Submission">Number of what was delivered.</param>
/// <param name="Days">Days since it came in.</param>
/// <param name="PlannedFor">08:00 in Stockholm on that day.</param>
/// <param name="Sent">The reminder when it has been sent; null until then.</param>
/// <param name="IsSkipped">Whether it was already past when the days were agreed.</param>
/// <param name="To">The reviewer's party; from the second step the one that waits too. None where the reviewer's asked to be reminded
/// later: nobody is told that it was reminded.</param>
public sealed record ReviewRung(string Obligation, int Submission, int Days, Instant PlannedFor, SentReviewReminder? Sent, bool IsSkipped,
    IReadOnlyList<string> To)
{
    /// <summary>Whether it is not sent because the reviewer's party has asked to be reminded later.</summary>
    public bool IsHeld => Sent is null && !IsSkipped && To.Count == 0;
}

/// <summary>The reminder ladders: worked out from terms and date, recorded once each.</summary>
public static class Reminders
{
    /// <summary>Days after its date from which the party's head hears of it too.</summary>
    public const int HeadHearsAfter = 7;

    /// <summary>Every rung for the obligation's present date, earliest first; none without a date.</summary>
    public static IEnumerable<Rung> Ladder(Obligation obligation, ReminderPlan plan)
    {
        if (obligation.EffectiveDueOn is not { } due)
            yield break;
        var answers = obligation.Acknowledged.IsEmpty ? [] : Acknowledgements.Standing(obligation);
        foreach (var days in obligation.Acknowledged.IsEmpty ? plan.Rungs : [.. plan.Rungs.Union(Asked(obligation, due, answers)).Order()])
        {
            var plannedFor = StockholmTime.ReminderTime(due.PlusDays(days));
            var sent = obligation.Reminders.Find(r => r.Rung == days && r.DueOn == due);
            yield return new(obligation.Key, days, plannedFor, sent,
                sent is null && (obligation.RemindersSince is null || plannedFor < obligation.RemindersSince),
                sent?.To ?? (answers.Count == 0 ? To(obligation, days)
                    : [.. To(obligation, days).Where(party =>
                        IsFor(answers.FirstOrDefault(it => it.Party == party), due.PlusDays(days), plannedFor,
                            plan.Rungs.Contains(days)))]));
        }
    }

    // The days on which somebody wants, or wanted, to be reminded again.
    static IEnumerable<int> Asked(Obligation obligation, LocalDate due, IReadOnlyList<Acknowledgement> answers) =>
        obligation.Acknowledged.Where(it => it is { Submission: null, Until: not null } && it.DueOn == due)
            .Select(it => (Answer: it, Days: NodaTime.Period.DaysBetween(due, it.Until!.Value)))
            .Where(it => answers.Contains(it.Answer) || obligation.Reminders.Exists(sent => (sent.Rung, sent.DueOn) == (it.Days, due)))
            .Select(it => it.Days);

    // Whoever has put it off is reminded on the day that it named, and from then on as planned.
    static bool IsFor(Acknowledgement? answer, LocalDate day, Instant plannedFor, bool isPlanned) => answer switch
    {
        null => isPlanned,
        _ when plannedFor <= answer.At || day < answer.Until => false,
        _ => isPlanned || day == answer.Until
    };

    /// <summary>The rungs that are still to be sent, earliest first: none once the obligation is delivered.</summary>
    public static IEnumerable<Rung> ToSend(Obligation obligation, ReminderPlan plan) =>
        obligation.IsDelivered || obligation.RemindersSince is null
            ? []
            : Ladder(obligation, plan).Where(rung => rung is { Sent: null, IsSkipped: false, To.Count: > 0 });

    /// <summary>Before the date those who owe it are reminded; after it also the party it is owed to.</summary>
    public static IReadOnlyList<string> To(Obligation obligation, int rung) =>
        rung > 0 && obligation.Recipient is { } recipient
            ? [.. obligation.Responsible.Append(recipient).Distinct()]
            : obligation.Responsible;

    /// <summary>Every step for what waits for its review, earliest first; none where nothing waits, or nobody is to be reminded.
    /// </summary>
    public static IEnumerable<ReviewRung> ReviewLadder(Obligation obligation, ReminderPlan plan) =>
        plan.Review is { Count: > 0 } review
        && obligation is { Waived: null, Recipient: { } reviewer, LastSubmission: { State: SubmissionState.Submitted } waits }
            ? Steps(obligation, [.. review.Order()], reviewer, waits) : [];

    static IEnumerable<ReviewRung> Steps(Obligation obligation, IReadOnlyList<int> review, string reviewer, Submission waits)
    {
        var answer = Acknowledgements.OfReview(obligation);
        foreach (var days in review.Union(AskedOfReview(obligation, waits, answer)).Order())
        {
            var day = waits.On.PlusDays(days);
            var plannedFor = StockholmTime.ReminderTime(day);
            var sent = obligation.ReviewReminders.Find(r => (r.Submission, r.Days) == (waits.Number, days));
            yield return new(obligation.Key, waits.Number, days, plannedFor, sent,
                sent is null && plannedFor < obligation.RemindersSince,
                sent?.To ?? (!IsFor(answer, day, plannedFor, review.Contains(days)) ? []
                    : review.Skip(1).Any(second => second <= days) ? [reviewer, waits.Party] : [reviewer]));
        }
    }

    static IEnumerable<int> AskedOfReview(Obligation obligation, Submission waits, Acknowledgement? answer) =>
        obligation.Acknowledged.Where(it => it.Submission == waits.Number && it.Until is not null)
            .Select(it => (Answer: it, Days: NodaTime.Period.DaysBetween(waits.On, it.Until!.Value)))
            .Where(it => it.Answer == answer
                || obligation.ReviewReminders.Exists(sent => (sent.Submission, sent.Days) == (waits.Number, it.Days)))
            .Select(it => it.Days);

    /// <summary>The steps that are still to be sent, earliest first.</summary>
    public static IEnumerable<ReviewRung> ReviewsToSend(Obligation obligation, ReminderPlan plan) =>
        ReviewLadder(obligation, plan).Where(rung => rung is { Sent: null, IsSkipped: false, To.Count: > 0 });
}
