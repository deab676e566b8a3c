using System.Collections.Immutable;
using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Ends the agreement before its time, at once or on a day to come.</summary>
/// <param name="On">The day on which it ends: what falls due by then stays.</param>
/// <param name="FinalDueOn">The agreed day for final report, final accounts and repayment; never later than the terms'.</param>
/// <param name="RequisitionsAfterEnd">Whether costs before the end may still be requisitioned after it.</param>
public sealed record TerminateAgreement(LocalDate On, string Reference, LocalDate FinalDueOn, bool RequisitionsAfterEnd = false)
    : Command(Act.TerminateAgreement);

/// <summary>Puts right what was recorded of an end that is still to come.</summary>
public sealed record CorrectTermination(LocalDate On, string Reference, LocalDate FinalDueOn, bool RequisitionsAfterEnd = false)
    : Command(Act.CorrectTermination);

/// <summary>Takes back an end that is still to come: the agreement goes on.</summary>
public sealed record WithdrawTermination(string Reason) : Command(Act.WithdrawTermination);

/// <summary>The agreement is to end on a day to come; until then nothing changes.</summary>
public sealed record TerminationAnnounced(LocalDate On, string Reference, LocalDate FinalDueOn, bool RequisitionsAfterEnd) : AgreementEvent;

public sealed record TerminationCorrected(LocalDate On, string Reference, LocalDate FinalDueOn, bool RequisitionsAfterEnd) : AgreementEvent;

public sealed record TerminationWithdrawn(string Reason) : AgreementEvent;

/// <summary>The agreement has ended before its time.</summary>
/// <param name="Effect">What the end does; absent in older logs, where it took effect when it was recorded.</param>
public sealed record AgreementTerminated(LocalDate On, string Reference, LocalDate FinalDueOn, TerminationEffect? Effect = null)
    : AgreementEvent;

/// <param name="Dropped">Keys of the obligations that fall away.</param>
public sealed record TerminationEffect(IReadOnlyList<string> Dropped, bool RequisitionsAfterEnd);

/// <summary>An end before its time, as it is decided.</summary>
public sealed record Ending(LocalDate On, string Reference, LocalDate FinalDueOn, bool RequisitionsAfterEnd);

/// <summary>How an agreement ends before its time: what is due by then stays, what is final comes forward, the rest falls away.</summary>
public static class Termination
{
    /// <summary>The reason of what the end lets go, as it is stored; people are told it in words.</summary>
    public const string Reason = "termination";

    public static Agreement Evolve(Agreement it, AgreementEvent happened, Recorded recorded) => happened switch
    {
        TerminationAnnounced e => it with { Ending = new(e.On, e.Reference, e.FinalDueOn, e.RequisitionsAfterEnd) },
        TerminationCorrected e => it with { Ending = new(e.On, e.Reference, e.FinalDueOn, e.RequisitionsAfterEnd) },
        TerminationWithdrawn => it with { Ending = null },
        AgreementTerminated e => (it with
        {
            Status = AgreementStatus.Terminated,
            Terminated = e,
            Ending = null,
            Obligations = (e.Effect is { } effect ? After(it, e, effect, recorded) : AtOnce(it, e, recorded))
                .ToImmutableDictionary(o => o.Key)
        }).Redated(recorded, e),
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    // As older logs have it: what is final moved, and what was yearly and pending was dropped, when the end was recorded.
    static IEnumerable<Obligation> AtOnce(Agreement it, AgreementTerminated e, Recorded recorded) =>
        it.Obligations.Values.Select(o => o switch
    {
        { IsSettled: true } => o,
        _ when it.IsFinal(o) => o with { Due = new OnDate(e.FinalDueOn), DecidedDueOn = null, Touched = recorded.Sequence },
        { Year: not null, IsDelivered: false } => Dropped(o, e, recorded),
        _ => o
    });

    static IEnumerable<Obligation> After(Agreement it, AgreementTerminated e, TerminationEffect effect, Recorded recorded)
    {
        var dropped = effect.Dropped.ToHashSet();
        var moved = it.Obligations.Values.Where(o => !o.IsSettled && !dropped.Contains(o.Key) && ComesForward(it, o, e.FinalDueOn))
            .Select(o => o.Key).ToHashSet();
        return it.Obligations.Values.Select(o => o switch
        {
            { IsSettled: true } => o,
            _ when dropped.Contains(o.Key) => Dropped(o, e, recorded),
            _ when moved.Contains(o.Key) =>
                o with { Due = new OnDate(e.FinalDueOn), DecidedDueOn = null, LostDateOf = null, Touched = recorded.Sequence },
            // What is due by the end keeps its day, whatever becomes of what it was counted from.
            { Due.Other: { } other, DueOn: { } dueOn } when dropped.Contains(other) || moved.Contains(other) =>
                o with { Due = new OnDate(dueOn) },
            _ => o
        });
    }

    static bool ComesForward(Agreement it, Obligation o, LocalDate finalDueOn) =>
        it.IsFinal(o) && !(o.DueOn <= finalDueOn) || o.Kind == ObligationKind.Requisition && o.DueOn > finalDueOn;

    static Obligation Dropped(Obligation o, AgreementTerminated e, Recorded recorded) =>
        o with { Waived = new(Reason, e.Reference, recorded.By, recorded.At), Touched = recorded.Sequence };

    /// <summary>What stands against an act on the end as things are; null for nothing.</summary>
    public static Refused? Against(Agreement it, Act act, Occasion on) => act != Act.TerminateAgreement ? Standing(it, on)
        : (it.Terminated?.On ?? it.Ending?.On) is { } date ? new("already-terminated", ("date", date)) : null;

    public static Decision Decide(Dossier it, TerminateAgreement command, Occasion on)
    {
        if (Against(it.Agreement, command.Act, on) is { } refused)
            return refused;
        var ending = new Ending(command.On, command.Reference, command.FinalDueOn, command.RequisitionsAfterEnd);
        if (Faults(it.Agreement, ending) is { Count: > 0 } faults)
            return Refused.Invalid(faults);
        return ending.On <= on.Today ? Effect(it, ending)
            : new TerminationAnnounced(ending.On, ending.Reference, ending.FinalDueOn, ending.RequisitionsAfterEnd);
    }

    public static Decision Decide(Agreement it, CorrectTermination command, Occasion on)
    {
        if (Standing(it, on) is { } refused)
            return refused;
        var ending = new Ending(command.On, command.Reference, command.FinalDueOn, command.RequisitionsAfterEnd);
        if (it.Ending == ending)
            return new Nothing();
        return Faults(it, ending) is { Count: > 0 } faults
            ? Refused.Invalid(faults)
            : new TerminationCorrected(ending.On, ending.Reference, ending.FinalDueOn, ending.RequisitionsAfterEnd);
    }

    public static Decision Decide(Agreement it, WithdrawTermination command, Occasion on) => Standing(it, on)
        ?? (command.Reason.Trim().Length is 0 or > 2000
        ? Refused.Invalid(new Fault("/reason", "text-length", ("max", 2000)))
        : (Decision)new TerminationWithdrawn(command.Reason));

    // Once its day has come, what follows from it has happened, or will at any moment.
    static Refused? Standing(Agreement it, Occasion on) => (it.Terminated?.On ?? it.Ending?.On) is not { } day
        ? new("no-such-termination", RefusalKind.NotFound)
        : it.HasEnded(on.Today) ? new("termination-in-effect", ("date", day)) : null;

    static List<Fault> Faults(Agreement it, Ending ending)
    {
        var faults = DateRange.Faults(("/on", ending.On), ("/finalDueOn", ending.FinalDueOn)).ToList();
        if (ending.Reference.Trim().Length is 0 or > 200)
            faults.Add(new("/reference", "text-length", ("max", 200)));
        if (ending.On < it.Signed!.SignedOn)
            faults.Add(new("/on", "before-signature"));
        if (ending.On > it.Terms.Period.To)
            faults.Add(new("/on", "end-after-period", ("date", it.Terms.Period.To)));
        if (ending.FinalDueOn < ending.On)
            faults.Add(new("/finalDueOn", "period-reversed", ("earliest", ending.On)));
        // Ending early gives nobody more time; where all is late already, the day of the end is time enough.
        else if (it.InOrder.Where(o => o.Instalment is null && it.IsFinal(o)).Max(o => o.DueOn) is { } last
            && ending.FinalDueOn > LocalDate.Max(last, ending.On))
            faults.Add(new("/finalDueOn", "final-day-later", ("date", LocalDate.Max(last, ending.On))));
        return faults;
    }

    /// <summary>What takes effect now: an end whose day has come.</summary>
    public static AgreementTerminated? Due(Dossier it, LocalDate today) =>
        it.Agreement.Ending is { } ending && ending.On <= today ? Effect(it, ending) : null;

    /// <summary>When the announced end takes effect.</summary>
    public static Instant? Next(Agreement it) => it.Ending is { } ending ? StockholmTime.StartOfDay(ending.On) : null;

    static AgreementTerminated Effect(Dossier it, Ending ending) => new(ending.On, ending.Reference, ending.FinalDueOn,
        new([.. it.Agreement.InOrder.Where(o => FallsAway(it, o, ending)).Select(o => o.Key)], ending.RequisitionsAfterEnd));

    static bool FallsAway(Dossier it, Obligation o, Ending ending) => o switch
    {
        // What lies with its receiver, or was returned, is seen through.
        { IsDelivered: true } or { LastSubmission.State: SubmissionState.Returned } => false,
        _ when it.Agreement.IsFinal(o) => false,
        { Kind: ObligationKind.Requisition } => !ending.RequisitionsAfterEnd,
        // What was sent is paid still.
        { Kind: ObligationKind.Payment } => !ending.RequisitionsAfterEnd && !it.Grant.IsRightToCharge
            && !it.Grant.Balances.Received.IsPositive && !it.Grant.Requisitions.Exists(r => r.IsUnderWay),
        { ScheduledOn: { } day } when day <= ending.On => false,
        _ => o.DueOn > ending.On
    };

    /// <summary>Whether the agreement has ended by that day, recorded or not.</summary>
    public static bool HasEnded(this Agreement it, LocalDate today) => it.Terminated is not null || it.Ending?.On <= today;

    /// <summary>Whether an obligation fell away because the agreement ended,
    /// and not by a decision on it alone that had the same reference.</summary>
    public static bool IsDroppedByEnd(this Agreement it, Obligation o) => o.Waived is { } waived && it.Terminated is { } ended
        && (waived.Reason, waived.Reference) == (Reason, ended.Reference)
        && (ended.Effect is not { } effect || effect.Dropped.Contains(o.Key) || o.Kind == ObligationKind.Requisition);

    /// <summary>Whether nothing more can be requisitioned; an end in an older log bars nothing.</summary>
    public static bool BarsRequisitions(this Agreement it) => it.Terminated is { Effect.RequisitionsAfterEnd: false };

    /// <summary>What stands against a requisition: after the end there is none but
    /// for costs before it, and that only where the decision says so.</summary>
    /// <param name="period">The days that the money is for; null when it says nothing of them.</param>
    public static Refused? Against(Agreement it, DateSpan? period, LocalDate today) => AgainstRequisitions(it, today)
        ?? (Ended(it, today) is not { } ending || period?.To <= ending.On ? null
        : Refused.Invalid(new Fault("/period/to", "requisition-period-after-end", ("date", ending.On))));

    /// <summary>What stands against any requisition whatever its days; null for nothing.</summary>
    public static Refused? AgainstRequisitions(Agreement it, LocalDate today) =>
        Ended(it, today) is { RequisitionsAfterEnd: false } ending ? new("requisition-after-end", ("date", ending.On)) : null;

    // The end that is past, recorded or not.
    static Ending? Ended(Agreement it, LocalDate today) =>
        it.Ending?.On <= today ? it.Ending : it.Terminated is { Effect: { } effect } e
            ? new(e.On, e.Reference, e.FinalDueOn, effect.RequisitionsAfterEnd) : null;

    /// <summary>A requisition that was sent in time and refused after the end can't be sent again: the obligation falls away too.</summary>
    public static ObligationWaived? Dropped(Agreement it) =>
        it.BarsRequisitions() && it.InOrder.FirstOrDefault(o => o is { Kind: ObligationKind.Requisition, IsSettled: false }) is { } left
        ? new(left.Key, Reason, it.Terminated!.Reference)
        : null;
}
