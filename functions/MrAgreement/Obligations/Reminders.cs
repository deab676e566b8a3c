using MrAgreement.Calendars;

namespace MrAgreement.Obligations;

/// <summary>One step of the reminder ladder for an obligation's present date.</summary>
/// <param name="Days">Signed days from the effective date.</param>
/// <param name="PlannedFor">08:00 in Stockholm on that day.</param>
/// <param name="Sent">The reminder when it has been sent; null until then.</param>
/// <param name="IsSkipped">Whether it was already past when the date was set.</param>
public sealed record Rung(string Obligation, int Days, Instant PlannedFor, SentReminder? Sent, bool IsSkipped);

/// <summary>The reminder ladder: worked out from terms and date, recorded once each.</summary>
public static class Reminders
{
    /// <summary>Every rung for the obligation's present date, earliest first; none without a date.</summary>
    public static IEnumerable<Rung> Ladder(Obligation obligation, ReminderPlan plan)
    {
        if (obligation.EffectiveDueOn is not { } due)
            yield break;
        foreach (var days in plan.Rungs)
        {
            var plannedFor = StockholmTime.ReminderTime(due.PlusDays(days));
            var sent = obligation.Reminders.Find(r => r.Rung == days && r.DueOn == due);
            yield return new(obligation.Key, days, plannedFor, sent,
                sent is null && (obligation.RemindersSince is null || plannedFor < obligation.RemindersSince));
        }
    }

    /// <summary>The rungs that are still to be sent, earliest first: none once the obligation is delivered.</summary>
    public static IEnumerable<Rung> ToSend(Obligation obligation, ReminderPlan plan) =>
        obligation.IsDelivered || obligation.RemindersSince is null
            ? []
            : Ladder(obligation, plan).Where(rung => rung is { Sent: null, IsSkipped: false });

    /// <summary>Before the date those who owe it are reminded; after it also the party it is owed to.</summary>
    public static IReadOnlyList<string> To(Obligation obligation, int rung) =>
        rung > 0 && obligation.Recipient is { } recipient
            ? [.. obligation.Responsible.Append(recipient).Distinct()]
            : obligation.Responsible;
}
