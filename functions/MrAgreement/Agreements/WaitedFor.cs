using MrAgreement.Calendars;
using MrAgreement.Obligations;

namespace MrAgreement.Agreements;

/// <summary>What an agreement does of itself when a wake-up comes.</summary>
public enum WaitedForKind
{
    /// <summary>A reminder before a due date.</summary>
    Reminder,

    /// <summary>A notice after one.</summary>
    OverdueNotice,

    /// <summary>A reminder of what waits for its review.</summary>
    Review,

    /// <summary>A decided amendment takes effect.</summary>
    Amendment,

    /// <summary>An announced early end takes effect.</summary>
    Termination,

    /// <summary>A duty that was given for a time goes back.</summary>
    DutyEnd
}

/// <summary>What a wake-up is for, by code and date: whoever asks says it in their language.</summary>
/// <param name="On">The effective due date, the day on which what waits came in, or the day on which something takes effect.</param>
/// <param name="Obligation">Key of what is due; null where nothing is.</param>
/// <param name="Rung">Signed days from the due date, or days that it has waited.</param>
/// <param name="Amendment">Number of the amendment.</param>
public sealed record WaitedFor(WaitedForKind Kind, LocalDate On, string? Obligation = null, int? Rung = null, int? Amendment = null)
{
    /// <summary>What a wake-up at that moment is for, the soonest due first; empty where it only goes on with what was begun.</summary>
    public static IReadOnlyList<WaitedFor> At(Agreement it, Instant wakeUp) =>
    [
        .. it.Reminded.SelectMany(o => Reminders.ToSend(o, it.Plan)).Where(rung => rung.PlannedFor == wakeUp)
            .Select(rung => new WaitedFor(rung.Days > 0 ? WaitedForKind.OverdueNotice : WaitedForKind.Reminder,
                it.Obligations[rung.Obligation].EffectiveDueOn!.Value, rung.Obligation, rung.Days))
            .OrderBy(waited => waited.On).ThenBy(waited => waited.Obligation, StringComparer.Ordinal),
        .. it.Reminded.SelectMany(o => Reminders.ReviewsToSend(o, it.Plan)).Where(rung => rung.PlannedFor == wakeUp)
            .Select(rung => new WaitedFor(WaitedForKind.Review, it.Obligations[rung.Obligation].LastSubmission!.On, rung.Obligation,
                rung.Days))
            .OrderBy(waited => waited.Obligation, StringComparer.Ordinal),
        .. Agreements.Amendment.Pending(it).Where(a => StockholmTime.StartOfDay(a.Proposed.EffectiveFrom) == wakeUp)
            .Select(a => new WaitedFor(WaitedForKind.Amendment, a.Proposed.EffectiveFrom, Amendment: a.Number)),
        .. it.Deputies.Where(given => StockholmTime.StartOfDay(given.Until.PlusDays(1)) == wakeUp)
            .Select(given => new WaitedFor(WaitedForKind.DutyEnd, given.Until.PlusDays(1), Amendment: given.Amendment)),
        .. Agreements.Termination.Next(it) == wakeUp ? [new WaitedFor(WaitedForKind.Termination, it.Ending!.On)] : Array.Empty<WaitedFor>()
    ];
}
