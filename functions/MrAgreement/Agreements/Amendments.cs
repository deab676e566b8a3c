using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>An amendment and where it stands.</summary>
/// <param name="IsBinding">
/// Recorded by the grantor, whose decision it refers to, or confirmed: it applies from its day. A recipient's waits for confirmation.
/// </param>
public sealed record Amendment(AmendmentProposed Proposed, PersonId By, bool IsBinding, AmendmentConfirmed? Confirmed = null,
    PersonId? ConfirmedBy = null, AmendmentTookEffect? TookEffect = null)
{
    public int Number => Proposed.Number;

    /// <summary>Place in the log where it took effect; null until then.</summary>
    public long? TookEffectAt { get; init; }

    /// <summary>What it changes, before and after: as it is decided, and once it has taken effect, as it was then.</summary>
    public IReadOnlyList<Difference> Difference { get; init; } = [];

    /// <summary>What the other party says is not right; null for nothing, and once it has confirmed it after all.</summary>
    public Contest? Contested { get; init; }

    /// <summary>Number of the amendment that was recorded in the place of this one, which was contested; null while none was.</summary>
    public int? SettledBy { get; init; }

    /// <summary>Who of the party that recorded it took it back, and why; null for nobody. Then it has no effect, whatever it had.</summary>
    public AmendmentTakenBack? Withdrawn { get; init; }

    /// <summary>Whether it may still take effect.</summary>
    public bool IsWaiting => this is { TookEffect: null, Withdrawn: null };

    /// <summary>Whether it is contested, and nothing was recorded in its place.</summary>
    public bool IsDisputed => this is { Contested: not null, SettledBy: null, Withdrawn: null };

    /// <summary>How things were before it took effect and just after; null until it does.</summary>
    internal AmendmentEffect? Effect { get; init; }

    public static Agreement Evolve(Agreement it, AgreementEvent happened, Recorded recorded) => happened switch
    {
        AmendmentProposed e => it with
        {
            Amendments = it.Amendments.ConvertAll(a => a.IsDisputed && e.Settles?.Contains(a.Number) is not false
                ? a with { SettledBy = e.Number } : a).Add(new(e, recorded.By, it.Party(e.Party)?.Role == PartyRole.Grantor)
            {
                Difference = AmendmentDifference.Of(it, e)
            }),
            Shared = it.Shared.AddRange((e.Documents ?? []).Select(document => new SharedDocument(document, recorded.At)))
        },
        AmendmentConfirmed e => it.With(e.Number, a => a with
        {
            Confirmed = e, ConfirmedBy = recorded.By, IsBinding = true, Contested = null
        }),
        AmendmentContested e => it.With(e.Number, a => a with
        {
            Contested = new(e.Party, e.Reason, recorded.By, recorded.At), SettledBy = null
        }),
        AmendmentWithdrawn e => AmendmentUndoing.Undone(it, e, recorded),
        AmendmentTookEffect e => AmendmentUndoing.Remembering(e.Number, it, it.With(e.Number, a => a with
        {
            TookEffect = e, TookEffectAt = recorded.Sequence, Difference = AmendmentDifference.Of(it, a.Proposed, e.Untouched)
        }).Applying(it.Amendments[e.Number - 1].Proposed, recorded, e.Untouched).Redated(recorded, e).WithOtherTerms()),
        DutyEnded e => it.DutyBack(e),
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    public static Decision Decide(Dossier dossier, ProposeAmendment command, Occasion on)
    {
        var it = dossier.Agreement;
        var (documents, missing) = Register.Named(dossier.Documents, command.Documents, kind: null, on.By.Party);
        var proposed = new AmendmentProposed(it.Amendments.Count + 1, command.DecidedOn, command.Reference, command.EffectiveFrom,
            command.Changes, on.By.Party, documents, command.Settles);
        if (Same(it, command, on.By.Id) is { } same && (documents is null || documents.SequenceEqual(same.Proposed.Documents ?? [])))
            return new Nothing();
        var faults = AmendmentCheck.Faults(dossier, command, on.Today)
            .Concat(AmendmentMoney.Faults(dossier, command.Changes, command.EffectiveFrom)).Concat(missing?.Faults ?? []).ToList();
        // Only what is well formed can be tried out.
        if (faults.Count == 0)
            faults.AddRange(AmendmentCheck.Tried(dossier, proposed));
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        if (Named(it, command.Changes).FirstOrDefault(o => o.IsSettled) is { } settled)
            return SubmissionDecisions.IsSettled(settled).NotSo();
        var applies = LocalDate.Max(on.Today, command.EffectiveFrom);
        // What is recorded in the place of another may well be called the same.
        if (!command.IsSure && it.Amendments.Find(other => other.Withdrawn is null
            && other.Proposed.Reference.Trim() == command.Reference.Trim()
            && command.Settles?.Contains(other.Number) is not true) is { } namesake)
            return Refused.Invalid(new Fault("/sure", "amendment-named-again", ("reference", command.Reference),
                ("date", namesake.Proposed.DecidedOn)));
        return !command.IsSure && Moves(it, proposed).Where(move => move.After.DueOn < applies).ToList() is { Count: > 0 } past
            ? Refused.Invalid([.. past.Select(move =>
            new Fault("/sure", "amendment-into-past", ("obligation", move.After.Title), ("date", move.After.DueOn!.Value)))])
            : proposed;
    }

    /// <summary>What stands against an act on amendments, or on one of them, as things are; null for nothing.</summary>
    public static Refused? Against(Agreement it, Act act, Subject of, Occasion on) =>
        act == Act.ProposeAmendment ? null : it.Amendments.Find(of.Number) switch
        {
            null => new("no-such-amendment", RefusalKind.NotFound, ("number", of.Number)),
            { Withdrawn: not null } => new("amendment-withdrawn", ("number", of.Number)),
            var one when act == Act.WithdrawAmendment => AmendmentUndoing.Against(it, one, on),
            { Proposed.Party: var party } when party == on.By.Party => new("own-amendment"),
            { By: var by } when by == on.By.Id => FourEyes.Refusal,
            { Confirmed: not null } => new("amendment-confirmed"),
            _ when IsSuperseded(it, of.Number) => new("amendment-superseded", ("number", of.Number)),
            { Contested: not null } when act == Act.ContestAmendment => new("already-contested", ("number", of.Number)),
            _ => null
        };

    /// <summary>Whether it came of a record that was contested and made anew without it: what nobody stands for any more takes no effect.
    /// </summary>
    public static bool IsSuperseded(Agreement it, int number) => it.InOrder.Any(of => of.Completions is [.., var last]
        && last.Consultation?.Amendment != number
        && of.Completions.Any(done => done.Contested is not null && done.Consultation?.Amendment == number));

    public static Decision Decide(Agreement it, ContestAmendment command, Occasion on) =>
        it.Amendments.Find(command.Number)?.Contested is { } done && (done.By, done.Reason) == (on.By.Id, command.Reason.Trim())
            ? new Nothing()
            : Against(it, command.Act, command.Subject, on) ?? Refused.Text("/reason", command.Reason, 4000)
                ?? (Decision)new AmendmentContested(command.Number, on.By.Party, command.Reason.Trim());

    public static Decision Decide(Agreement it, WithdrawAmendment command, Occasion on) =>
        it.Amendments.Find(command.Number)?.Withdrawn is { } done && (done.By, done.Reason) == (on.By.Id, command.Reason.Trim())
            ? new Nothing()
            : Against(it, command.Act, command.Subject, on) ?? Refused.Text("/reason", command.Reason, 4000)
                ?? (Decision)new AmendmentWithdrawn(command.Number, on.By.Party, command.Reason.Trim());

    public static Decision Decide(Agreement it, ConfirmAmendment command, Occasion on) =>
        it.Amendments.Find(command.Number)?.ConfirmedBy == on.By.Id
            ? new Nothing()
            : Against(it, command.Act, command.Subject, on) ?? (Decision)new AmendmentConfirmed(command.Number, on.By.Party);

    /// <summary>What takes effect now: binding amendments whose day has come,
    /// in order. An agreement that has ended is amended no more.</summary>
    public static AmendmentTookEffect? Due(Dossier it, LocalDate today) =>
        PendingOn(it.Agreement, today).FirstOrDefault() is { } due
            ? new(due.Number, [.. Named(it.Agreement, due.Proposed.Changes).Where(o => o.IsSettled).Select(o => o.Key),
                .. AmendmentMoney.Impossible(it, due.Proposed.Changes), .. AmendmentParties.Impossible(it, due.Proposed.Changes)])
            : null;

    /// <summary>When the next binding amendment takes effect, or a duty that one gave for a time goes back.</summary>
    public static Instant? Next(Agreement it) => Pending(it).Select(a => a.Proposed.EffectiveFrom).Concat(AmendmentParties.Ends(it))
        .Select(day => (Instant?)StockholmTime.StartOfDay(day)).Min();

    /// <summary>Whose dates it moves as things stand, what hangs on them too: each before and after.</summary>
    public static IReadOnlyList<(Obligation Before, Obligation After)> Moves(Agreement it, AmendmentProposed proposed)
    {
        var then = DueDates.Work(it.Applying(proposed, default).Obligations, it.WorkingDayRule, null, 0, it.Signed?.SignedOn);
        return [.. it.InOrder.Select(o => (Before: o, After: then[o.Key]))
            .Where(move => !move.After.IsSettled && move.Before.DueOn != move.After.DueOn)];
    }

    /// <summary>Those of them that will have taken effect on a day.</summary>
    public static IEnumerable<Amendment> PendingOn(Agreement it, LocalDate day) => Pending(it).Where(a => a.Proposed.EffectiveFrom <= day);

    /// <summary>Those that are binding and have not taken effect.</summary>
    public static IEnumerable<Amendment> Pending(Agreement it) =>
        it is { Status: AgreementStatus.Active, Reopened: null }
            ? it.Amendments.Where(a => a is { IsBinding: true, IsWaiting: true } && !(it.Ending?.On <= a.Proposed.EffectiveFrom))
            : [];

    /// <summary>What the same person has already recorded in the same words.</summary>
    public static Amendment? Same(Agreement it, ProposeAmendment command, PersonId by) => it.Amendments.FindLast(a => a.By == by
        && a.Withdrawn is null && Same(a.Proposed with { Documents = null }, new(a.Number, command.DecidedOn, command.Reference,
            command.EffectiveFrom, command.Changes, a.Proposed.Party, Settles: command.Settles)));

    static bool Same(AmendmentProposed a, AmendmentProposed b) => EventJson.Write(a).AsSpan().SequenceEqual(EventJson.Write(b));

    static IEnumerable<Obligation> Named(Agreement it, IReadOnlyList<AmendmentChange> changes) =>
        changes.Select(c => c.Reschedule?.Key ?? c.Drop?.Key ?? c.Revise?.Key).OfType<string>().SelectMany(it.Named).Distinct();
}
