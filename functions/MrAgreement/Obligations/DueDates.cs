using System.Collections.Immutable;
using System.Diagnostics;
using MrAgreement.Calendars;
using NodaTime;

namespace MrAgreement.Obligations;

/// <summary>Dates worked out from due rules: what hangs on another moves with it until it is settled itself.</summary>
public static class DueDates
{
    /// <summary>
    /// The obligations with their dates as they stand after a change. Where an effective date moved, reminders run anew from <paramref name="since"/>;
    /// null leaves them silent (a draft).
    /// </summary>
    /// <param name="sequence">The event that changed something: it touches every obligation whose date moves.</param>
    public static ImmutableDictionary<string, Obligation> Work(
        ImmutableDictionary<string, Obligation> obligations, WorkingDayRule rule, Instant? since, long sequence)
    {
        var dates = new Dictionary<string, LocalDate?>();
        var changed = obligations.ToBuilder();
        foreach (var obligation in obligations.Values)
        {
            var dueOn = DueOn(obligation);
            if (dueOn == obligation.DueOn)
                continue;
            var effective = dueOn is { } date ? rule.Effective(date) : (LocalDate?)null;
            changed[obligation.Key] = obligation with
            {
                DueOn = dueOn,
                EffectiveDueOn = effective,
                RemindersSince = effective == obligation.EffectiveDueOn ? obligation.RemindersSince : since,
                Touched = sequence
            };
        }
        return changed.ToImmutable();

        LocalDate? DueOn(Obligation obligation)
        {
            if (obligation.IsSettled)
                return obligation.DueOn;
            if (dates.TryGetValue(obligation.Key, out var known))
                return known;
            // Circles are refused; should two amendments that wait for their days make one all the same, it has no dates.
            dates[obligation.Key] = null;
            return dates[obligation.Key] = obligation.DecidedDueOn ?? obligation.Due switch
            {
                OnDate on => on.Date,
                InMonth inMonth => inMonth.Month.ToDateInterval().End,
                BeforeOther before => Anchor(before.Key)?.PlusDays(-before.Days),
                AfterOther after => Anchor(after.Key)?.PlusDays(after.Days),
                OnceScheduled => obligation.ScheduledOn,
                Undated => null,
                _ => throw new UnreachableException($"No date for {obligation.Due}.")
            };
        }

        // Counted from the other's scheduled date if it has one, else from its due date.
        LocalDate? Anchor(string key) =>
            obligations.TryGetValue(key, out var other) ? other.ScheduledOn ?? DueOn(other) : null;
    }
}
