using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>An agreement's own clockwork: what is due of itself, and when to look again. Pure; whoever keeps the timers asks it.</summary>
public static class Lifecycle
{
    /// <summary>The events that are due now, oldest plan first; at most as many as one append holds, then ask again.</summary>
    public static Settled Due(Dossier it, Instant now)
    {
        if (!it.Exists || !it.Agreement.IsRunning)
            return new([], it);
        var on = new Occasion(Actor.System, now);
        var reminders = Planned(it.Agreement).Where(planned => planned.For <= now)
            .OrderBy(planned => planned.For).ThenBy(planned => planned.Event.Obligation, StringComparer.Ordinal)
            .Select(planned => planned.Event);
        var consequences = Consequences.With(it, [], on);
        // What takes effect today comes first: it may move dates, and the reminders with them.
        if (consequences.Events.Count > 0)
            return consequences;
        List<Event> sent = [.. reminders.Take(Append.MaxEvents)];
        return new(sent, sent.Aggregate(it, (after, e) => after.Evolve(e, new(after.Sequence + 1, now, PersonId.System))));
    }

    /// <summary>When something is next due of itself; in the past when it already is, null when nothing ever will be.</summary>
    /// <param name="settled">Whether all that follows from how things stand is known to be recorded.</param>
    public static Instant? NextWakeUp(Dossier it, bool settled = false)
    {
        if (!it.Exists || !it.Agreement.IsRunning)
            return null;
        // What did not fit into the last append follows at once.
        if (!settled && Consequences.Next(it, new Occasion(Actor.System, it.LastAt)) is not null)
            return it.LastAt;
        var rung = it.Agreement.Reminded.Select(o => Reminders.ToSend(o, it.Agreement.Plan).FirstOrDefault()?.PlannedFor).Min();
        var review = it.Agreement.Plan.Review is null ? null
            : it.Agreement.Reminded.Select(o => Reminders.ReviewsToSend(o, it.Agreement.Plan).FirstOrDefault()?.PlannedFor).Min();
        return new[] { rung, review, Amendment.Next(it.Agreement), Termination.Next(it.Agreement) }.Min();
    }

    static IEnumerable<(Instant For, ReminderEvent Event)> Planned(Agreement it) => it.Reminded.SelectMany(o =>
        Reminders.ToSend(o, it.Plan).Select(rung => (rung.PlannedFor,
            (ReminderEvent)new ReminderSent(o.Key, rung.Days, o.EffectiveDueOn!.Value, rung.PlannedFor, rung.To)))
        .Concat(Reminders.ReviewsToSend(o, it.Plan).Select(rung => (rung.PlannedFor,
            (ReminderEvent)new ReviewReminded(o.Key, rung.Submission, rung.Days, rung.PlannedFor, rung.To)))));
}
