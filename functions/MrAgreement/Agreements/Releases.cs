using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on releases: at most what is agreed on; corrected and taken
/// back as long as nothing was requisitioned, lowered to what was.</summary>
static class Releases
{
    /// <summary>What stands against an act on an instalment's release or lapse as things are; null for nothing.</summary>
    internal static Refused? Against(Grant it, Act act, Subject of) => (act, it.Instalment(of.Key!)) switch
    {
        (_, null) => Instalment.NoSuch(of.Key!),
        (Act.ReleaseInstalment, { } instalment) => Instalment.NotConditional(instalment) ?? BeyondTotal(it, instalment, Kronor.Smallest),
        (Act.CorrectRelease, { } instalment) => NotReleased(instalment),
        (Act.WithdrawRelease, { } instalment) => NotReleased(instalment) ?? Taken(it, instalment) ?? Bound(it, instalment.Amount),
        (Act.LapseInstalment, { } instalment) => Instalment.NotConditional(instalment),
        (Act.WithdrawLapse, { } instalment) => Instalment.AgainstWithdrawing(it, instalment),
        _ => throw new UnreachableException($"No rule for {act}.")
    };

    static Refused? Against(Dossier dossier, GrantCommand command) => Against(dossier.Grant, command.Act, command.Subject);

    public static Decision Decide(Dossier dossier, ReleaseInstalment command, Occasion on)
    {
        if (Against(dossier, command) is { } refused)
            return refused;
        var instalment = dossier.Grant.Instalment(command.Instalment)!;
        if (Faults(dossier, command, on.Today) is { Count: > 0 } faults)
            return Refused.Invalid(faults);
        var released = Released(instalment, command);
        return Beyond(dossier.Grant, instalment, released.Amount)?.NotSo() ?? Doubted(dossier, command)
            ?? (Decision)new Accepted([released, .. Following(dossier, released)]);
    }

    public static Decision Decide(Dossier dossier, CorrectRelease command, Occasion on)
    {
        if (Against(dossier, command) is { } refused)
            return refused;
        var it = dossier.Grant;
        var instalment = it.Instalment(command.Release.Instalment)!;
        var before = instalment.Released!;
        var faults = Faults(dossier, command.Release, on.Today);
        if (command.Reason is { Length: > 2000 })
            faults.Add(new("/reason", "text-length", ("max", 2000)));
        if (faults.Count > 0)
            return Refused.Invalid(faults);
        var released = Released(instalment, command.Release);
        if (before with { Conditions = null } == released with { Conditions = null }
            && (before.Conditions ?? []).SequenceEqual(released.Conditions ?? []))
            return new Nothing();
        if (Taken(it, instalment) is { } taken
            && (released.Amount < it.Requisitioned(instalment.Key) || !IsOnlyLowered(before, released)))
            return taken.NotSo();
        return Beyond(it, instalment, released.Amount)?.NotSo() ?? Bound(it, instalment.Amount - released.Amount)?.NotSo()
            ?? Doubted(dossier, command.Release) ?? (Decision)new Accepted(
        [
            new ReleaseCorrected(released.Instalment, released.DecidedOn, released.Reference, released.RequisitionDueOn,
                released.RiksdagReference, released.Amount,
                released.Appropriation, released.RepayBy, released.Conditions, command.Reason),
            .. Following(dossier, released)
        ]);
    }

    public static Decision Decide(Dossier dossier, WithdrawRelease command)
    {
        if (Against(dossier, command) is { } refused)
            return refused;
        if (command.Reason.Trim().Length is 0 or > 2000)
            return Refused.Invalid(new Fault("/reason", "text-length", ("max", 2000)));
        var it = dossier.Grant;
        var instalment = it.Instalment(command.Instalment)!;
        var before = instalment.Released!;
        return new Accepted(
        [
            new ReleaseWithdrawn(instalment.Key, command.Reason),
            .. it.Stated(instalment.Key).RequisitionDueOn is { } stated
                ? Redated(dossier, Occurrences.RequisitionKey(instalment.Key), stated, null)
                : Dropped(dossier, Occurrences.RequisitionKey(instalment.Key), command.Reason, before.Reference),
            .. Dropped(dossier, Occurrences.RepaymentKey(instalment.Key), command.Reason, before.Reference)
        ]);
    }

    public static Decision Decide(Dossier dossier, LapseInstalment command) => Against(dossier, command) ?? Instalment.Decide(command);

    public static Decision Decide(Dossier dossier, WithdrawLapse command) => Against(dossier, command) ?? Instalment.Decide(command);

    static InstalmentReleased Released(Instalment it, ReleaseInstalment command) => new(
        it.Key, command.DecidedOn, command.Reference, command.RequisitionDueOn, command.RiksdagReference, command.Amount ?? it.Agreed,
        command.Appropriation, command.RepayBy, command.Conditions);

    static List<Fault> Faults(Dossier dossier, ReleaseInstalment command, LocalDate today)
    {
        var faults = DateRange.Faults(("/decidedOn", command.DecidedOn), ("/requisitionDueOn", command.RequisitionDueOn),
            ("/repayBy", command.RepayBy)).ToList();
        if (command.Reference.Trim().Length is 0 or > 200)
            faults.Add(new("/reference", "text-length", ("max", 200)));
        if (command.RiksdagReference is { Length: > 200 })
            faults.Add(new("/riksdagReference", "text-length", ("max", 200)));
        if (command.Amount is { IsPositive: false })
            faults.Add(new("/amount", "amount-not-positive"));
        if (command.DecidedOn < dossier.Agreement.Signed!.SignedOn)
            faults.Add(new("/decidedOn", "before-signature"));
        if (command.DecidedOn > today && DateRange.Holds(command.DecidedOn.Year))
            faults.Add(new("/decidedOn", "date-in-future", ("date", command.DecidedOn)));
        if (command.RequisitionDueOn < command.DecidedOn)
            faults.Add(new("/requisitionDueOn", "period-reversed", ("earliest", command.DecidedOn)));
        if (command.RepayBy < command.RequisitionDueOn)
            faults.Add(new("/repayBy", "period-reversed", ("earliest", command.RequisitionDueOn)));
        if (command.Appropriation is { } appropriation)
            faults.AddRange(GrantCheck.Faults(appropriation, "/appropriation"));
        return faults;
    }

    // A decision may reach beyond the agreement, but hardly does.
    static Refused? Doubted(Dossier dossier, ReleaseInstalment command)
    {
        if (command.IsSure)
            return null;
        var last = dossier.Agreement.LastDay;
        return new[] { command.RequisitionDueOn, command.RepayBy }.Max() > last
            ? Refused.Invalid(new Fault("/sure", "release-beyond-agreement", ("date", last)))
            : null;
    }

    // More than that takes an amendment first.
    static Refused? Beyond(Grant it, Instalment instalment, Kronor amount) => amount > instalment.Agreed
        ? AtAmount("release-exceeds-agreed", ("instalment", instalment.Key), ("amount", amount), ("agreed", instalment.Agreed))
        : BeyondTotal(it, instalment, amount);

    static Refused? BeyondTotal(Grant it, Instalment instalment, Kronor amount)
    {
        var left = it.AgreedTotal - it.Instalments.Where(i => i.Key != instalment.Key
            && i.Status is InstalmentStatus.Decided or InstalmentStatus.Released).Sum(i => i.Amount);
        return amount > left ? AtAmount("release-exceeds-total", ("amount", amount), ("left", left)) : null;
    }

    static Refused AtAmount(string slug, params IReadOnlyList<(string, object)> values) =>
        new(slug, values) { Faults = [new("/amount", slug, values)] };

    // What is shared out already, or charged, can't be taken away.
    static Refused? Bound(Grant it, Kronor less)
    {
        var bound = Kronor.Greatest(it.Allocations.Sum(a => a.Made.Amount), it.IsRightToCharge ? it.Balances.Used : Kronor.Zero);
        return !less.IsPositive || it.Balances.Decided - less >= bound
            ? null
            : new("release-allocated", ("amount", bound), ("left", it.Balances.Decided - less));
    }

    // By a decision of its own, so that its day, reference and conditions may be others.
    static bool IsOnlyLowered(InstalmentReleased before, InstalmentReleased after) =>
        after.Amount <= before.Amount
            && (before.RequisitionDueOn, before.RepayBy, before.Appropriation) == (after.RequisitionDueOn, after.RepayBy,
            after.Appropriation);

    // The obligations that the release brought follow it; what does not exist yet follows of itself.
    static IEnumerable<Event> Following(Dossier it, InstalmentReleased released) => it.Grant.IsRightToCharge
        ? []
        : [
            .. Redated(it, Occurrences.RequisitionKey(released.Instalment), released.RequisitionDueOn, released.Reference),
            .. released.RepayBy is { } repayBy
                ? Redated(it, Occurrences.RepaymentKey(released.Instalment), repayBy, released.Reference)
                : Dropped(it, Occurrences.RepaymentKey(released.Instalment), released.Reference, released.Reference)
        ];

    static IEnumerable<Event> Redated(Dossier it, string key, LocalDate dueOn, string? clause) =>
        it.Agreement.Obligations.GetValueOrDefault(key) is { IsDone: false } o
            && (o.Due != new OnDate(dueOn) || o.Clause != clause || o.Waived is not null)
            ? [new ObligationRedated(key, dueOn, clause)]
            : [];

    static IEnumerable<Event> Dropped(Dossier it, string key, string reason, string reference) =>
        it.Agreement.Obligations.GetValueOrDefault(key) is { IsSettled: false } ? [new ObligationWaived(key, reason, reference)] : [];

    static Refused? NotReleased(Instalment it) =>
        it.Released is null ? new("instalment-not-released", ("instalment", it.Key), ("status", it.Status)) : null;

    static Refused? Taken(Grant it, Instalment of) => it.Requisitioned(of.Key) is { IsPositive: true } taken
        ? new("release-requisitioned", ("instalment", of.Key), ("amount", taken))
        : null;
}
