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
        var reminders = Rungs(it.Agreement).Where(rung => rung.PlannedFor <= now)
            .OrderBy(rung => rung.PlannedFor).ThenBy(rung => rung.Obligation, StringComparer.Ordinal)
            .Select(rung => Sent(it.Agreement.Obligations[rung.Obligation], rung));
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
        return new[] { rung, Amendment.Next(it.Agreement), Termination.Next(it.Agreement) }.Min();
    }

    static IEnumerable<Rung> Rungs(Agreement it) => it.Reminded.SelectMany(o => Reminders.ToSend(o, it.Plan));

    static ReminderSent Sent(Obligation obligation, Rung rung) =>
        new(obligation.Key, rung.Days, obligation.EffectiveDueOn!.Value, rung.PlannedFor, Reminders.To(obligation, rung.Days));
}
