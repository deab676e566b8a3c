using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on acts: joint ones recorded by one party and confirmed
/// by the other, dates set and moved, obligations let go.</summary>
static class ActDecisions
{
    /// <summary>What stands against an act on an obligation as things are; null for nothing.</summary>
    public static Refused? Against(Obligation it, Act act, Occasion on) => act switch
    {
        Act.CompleteObligation => it.Kind is not (ObligationKind.Joint or ObligationKind.Continuous)
            ? new("not-an-act", ("obligation", it.Title))
            : AgainstParty(it, on) ?? (it.Waived is not null ? SubmissionDecisions.IsSettled(it)
            // What goes on all the time may be recorded again and again; a joint act takes place once.
            : it is { Kind: ObligationKind.Joint, Completions: [.., { Contested: null } last] }
            ? new("already-completed", ("obligation", it.Title), ("date", last.DoneOn))
            : null),
        Act.ConfirmCompletion => AgainstConfirming(it, on),
        Act.ContestCompletion => AgainstConfirming(it, on)
            ?? (it.Completions is [.., { Contested: not null }] ? new("already-contested", ("number", it.Completions.Count)) : null),
        Act.ScheduleObligation => it.Kind != ObligationKind.Joint && it.Due is not OnceScheduled
            ? new("not-schedulable", ("obligation", it.Title))
            : AgainstEither(it, on) ?? Settled(it)
            // What both have agreed on is moved by both.
            ?? (it.AgreedTime is { } agreed ? new("time-agreed", ("obligation", it.Title), ("date", agreed.Time.On)) : null),
        Act.ExtendObligation => Settled(it)
            ?? (it.DueOn is null && !it.AwaitsDate ? new("obligation-undated", ("obligation", it.Title)) : null),
        Act.WaiveObligation => Settled(it),
        _ => throw new UnreachableException($"No rule for {act}.")
    };

    internal static Refused? AgainstParty(Obligation it, Occasion on) => it.Responsible.Contains(on.By.Party)
        ? null
        : new("not-responsible", RefusalKind.Forbidden, ("obligation", it.Title));

    internal static Refused? AgainstEither(Obligation it, Occasion on) => it.Recipient == on.By.Party ? null : AgainstParty(it, on);

    internal static Refused? Settled(Obligation it) => it.IsSettled ? SubmissionDecisions.IsSettled(it) : null;

    static Refused? AgainstConfirming(Obligation it, Occasion on)
    {
        if (it.Completions is not [.., var last])
            return new("nothing-to-confirm", ("obligation", it.Title));
        if (last.Party == on.By.Party)
            return new("own-record", RefusalKind.Forbidden);
        if (last.By == on.By.Id)
            return FourEyes.Refusal;
        return AgainstEither(it, on) ?? (last.ConfirmedBy is null ? null : new("already-confirmed", ("obligation", it.Title)));
    }

    public static Decision Decide(Dossier dossier, Obligation it, CompleteObligation command, Occasion on)
    {
        var (documents, refused) = dossier.Documents.Own(command.Documents, on.By.Party);
        if (it is { Waived: null, Completions: [.., var last] } && refused is null
            && (last.DoneOn, last.Note, last.By) == (command.DoneOn, command.Note, on.By.Id) && last.Documents.SequenceEqual(documents)
            && ConsultationRecord.SaySame(last.Consultation, command.Consultation))
            return new Nothing();
        if (Against(it, command.Act, on) is { } standing)
            return standing;
        var faults = DateRange.FaultsOfPast("/doneOn", command.DoneOn, on.Today).ToList();
        faults.AddText("/note", command.Note, 4000);
        if (faults.Count > 0)
            return Refused.Invalid(faults);
        if (command.Consultation is not null && it.Agenda.Count == 0)
            return Refused.Invalid(new Fault("/consultation", "no-agenda", ("obligation", it.Title)));
        if (refused is not null)
            return refused;
        var completed = new ObligationCompleted(it.Key, command.DoneOn, command.Note, documents, on.By.Party, command.Consultation);
        return command.Consultation is null
            ? completed
            : ConsultationDecisions.Recorded(dossier, it, completed, on);
    }

    public static Decision Decide(Agreement agreement, Obligation it, ConfirmCompletion command, Occasion on)
    {
        var last = it.Completions.LastOrDefault();
        if (last?.ConfirmedBy == on.By.Id)
            return new Nothing();
        return Against(it, command.Act, on) ?? (Decision)new Accepted([new CompletionConfirmed(command.Obligation, on.By.Party),
            .. ConsultationDecisions.Confirmed(agreement, last!, on)]);
    }

    public static Decision Decide(Obligation it, ContestCompletion command, Occasion on) =>
        it.Completions is [.., { Contested: { } done }] && (done.By, done.Reason) == (on.By.Id, command.Reason.Trim())
            ? new Nothing()
            : Against(it, command.Act, on) ?? Refused.Text("/reason", command.Reason, 4000)
                ?? (Decision)new CompletionContested(command.Obligation, on.By.Party, command.Reason.Trim());

    public static Decision Decide(Obligation it, ScheduleObligation command, Occasion on)
    {
        if (Against(it, command.Act, on) is { } refused)
            return refused;
        if (it.ScheduledOn == command.On)
            return new Nothing();
        if (DateRange.Against("/on", command.On) is { } outside)
            return outside;
        if (command.On < on.Today)
            return Refused.Invalid(new Fault("/on", "date-in-past", ("date", command.On)));
        return !command.IsSure && it is { Due: not OnceScheduled, EffectiveDueOn: { } last } && command.On > last
            ? Refused.Invalid(new Fault("/sure", "scheduled-late", ("date", last)))
            : new ObligationScheduled(it.Key, command.On);
    }

    public static Decision Decide(Agreement agreement, Obligation it, ExtendObligation command, Occasion on)
    {
        if (Against(it, command.Act, on) is { } refused)
            return refused;
        var faults = DateRange.Faults(("/dueOn", command.DueOn)).ToList();
        faults.AddText("/reference", command.Reference, 200);
        if (command.DueOn <= it.EffectiveDueOn && command.DueOn != it.DecidedDueOn && faults.All(fault => fault.Pointer != "/dueOn"))
            faults.Insert(0, new("/dueOn", "extension-not-later", ("date", it.EffectiveDueOn!.Value)));
        if (it.AwaitsDate && command.DueOn < on.Today)
            faults.Insert(0, new("/dueOn", "date-in-past", ("date", command.DueOn)));
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        // Another decision on the same day is recorded: its reference is what one goes by.
        if (it.DecidedDueOn == command.DueOn && it.Extended is { } last
            && (last.DueOn, last.Reference) == (command.DueOn, command.Reference))
            return new Nothing();
        return !command.IsSure && Doubts(agreement, it, command.DueOn).ToList() is { Count: > 0 } doubts
            ? Refused.Invalid(doubts)
            : new ExtensionGranted(it.Key, command.DueOn, command.Reference);
    }

    static IEnumerable<Fault> Doubts(Agreement agreement, Obligation it, LocalDate dueOn)
    {
        if (it.LastSubmission is { State: SubmissionState.Submitted } pending)
            yield return new("/sure", "extension-of-submitted", ("date", pending.On));
        if (dueOn > agreement.LastDay)
            yield return new("/sure", "extension-beyond-agreement", ("date", agreement.LastDay));
    }

    public static Decision Decide(Obligation it, WaiveObligation command, Occasion on)
    {
        if (it.Waived is { } waived && (waived.By, waived.Reason, waived.Reference) == (on.By.Id, command.Reason, command.Reference))
            return new Nothing();
        if (Against(it, command.Act, on) is { } refused)
            return refused;
        var faults = new List<Fault>();
        faults.AddText("/reason", command.Reason, 4000);
        faults.AddText("/reference", command.Reference, 200);
        return faults.Count > 0 ? Refused.Invalid([.. faults]) : new ObligationWaived(it.Key, command.Reason, command.Reference);
    }
}
