using System.Collections.Immutable;
using System.Diagnostics;
using MrAgreement.Calendars;

namespace MrAgreement.Obligations;

/// <summary>Dates worked out from due rules: what hangs on another moves with it until it is settled itself.</summary>
public static class DueDates
{
    /// <summary>
    /// The obligations with their dates as they stand after a change. Where an
    /// effective date moved, reminders run anew from <paramref name="since"/>;
    /// null leaves them silent (a draft).
    /// </summary>
    /// <param name="sequence">The event that changed something: it touches every obligation whose date moves.</param>
    /// <param name="signedOn">The day of the signature; null before it.</param>
    public static ImmutableDictionary<string, Obligation> Work(
        ImmutableDictionary<string, Obligation> obligations, WorkingDayRule rule, Instant? since, long sequence,
        LocalDate? signedOn = null)
    {
        Dictionary<string, LocalDate?>? anchors = null;
        var changed = obligations;
        foreach (var obligation in obligations.Values)
        {
            var (dueOn, countedFrom) = obligation.IsSettled ? (obligation.DueOn, obligation.CountedFrom)
                : (obligation.DecidedDueOn ?? ByRule(obligation), CountedFrom(obligation));
            if (countedFrom != obligation.CountedFrom)
                changed = changed.SetItem(obligation.Key, changed[obligation.Key] with { CountedFrom = countedFrom });
            if (dueOn == obligation.DueOn)
                continue;
            var effective = dueOn is { } date ? rule.Effective(date) : (LocalDate?)null;
            changed = changed.SetItem(obligation.Key, changed[obligation.Key] with
            {
                DueOn = dueOn,
                EffectiveDueOn = effective,
                FirstDueOn = obligation.FirstDueOn ?? effective,
                RemindersSince = effective == obligation.EffectiveDueOn ? obligation.RemindersSince : since,
                Touched = sequence
            });
        }
        return changed;

        // A day for completion is the obligation's own.
        LocalDate? CountedFrom(Obligation it) => it.IsSettled ? it.CountedFrom
            : (it.IsToComplete ? it.DecidedBeforeReturn : it.DecidedDueOn) ?? ByRule(it);

        LocalDate? ByRule(Obligation obligation) => obligation.Due switch
        {
            _ when obligation.LostDateOf is not null => obligation.ScheduledOn,
            OnDate on => on.Date,
            InMonth inMonth => inMonth.Month.ToDateInterval().End,
            BeforeOther before => Anchor(before.Key)?.PlusMonths(-before.Months).PlusDays(-before.Days),
            AfterOther after => Anchor(after.Key)?.PlusMonths(after.Months).PlusDays(after.Days),
            AfterSignature after => signedOn?.PlusMonths(after.Months).PlusDays(after.Days),
            OnceScheduled => obligation.ScheduledOn,
            Undated => null,
            _ => throw new UnreachableException($"No date for {obligation.Due}.")
        };

        // Counted from the other's scheduled date if it has one, else from its due date. Kept, so that a long chain is walked once.
        LocalDate? Anchor(string key)
        {
            if (!obligations.TryGetValue(key, out var other))
                return null;
            if (other.ScheduledOn is { } scheduled)
                return scheduled;
            anchors ??= [];
            // Circles are refused; should two amendments that wait for their days make one all the same, it has no dates.
            return anchors.TryAdd(key, null) ? anchors[key] = CountedFrom(other) : anchors[key];
        }
    }
}
