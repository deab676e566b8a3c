using System.Collections.Immutable;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>That an amendment was taken back.</summary>
/// <param name="Had">Whether it had taken effect.</param>
public sealed record AmendmentTakenBack(PersonId By, string Reason, Instant At, bool Had);

/// <summary>What an amendment made of the agreement.</summary>
/// <param name="Before">The obligations before it took effect.</param>
/// <param name="After">And just after.</param>
/// <param name="Terms">In force before.</param>
sealed record AmendmentEffect(ImmutableDictionary<string, Obligation> Before, ImmutableDictionary<string, Obligation> After,
    Terms Terms, Signature? SignedBefore, Signature? SignedAfter)
{
    /// <summary>Keys of the obligations that it made otherwise.</summary>
    public IEnumerable<string> Touched => After.Keys.Where(key => !ReferenceEquals(Before.GetValueOrDefault(key), After[key]));
}

/// <summary>An amendment that was recorded wrongly is taken back by the party that recorded it, before the other has confirmed it; what it
/// changed goes back to what it was, as long as nothing stands on it (docs/decisions/0074).</summary>
static class AmendmentUndoing
{
    public static Refused? Against(Agreement it, Amendment one, Occasion on) => one switch
    {
        { Proposed.Party: var party } when party != on.By.Party => new("not-own-amendment"),
        { Confirmed: not null } => new("amendment-agreed", ("number", one.Number)),
        _ when it.InOrder.Any(o => o.Completions.Any(c => c.Consultation?.Amendment == one.Number)) =>
            new("amendment-of-record", ("number", one.Number)),
        _ when LaterOn(it, one) is { } later => new("amendment-built-on", ("number", one.Number), ("reference", later.Proposed.Reference)),
        { TookEffect: null } => null,
        // Money, parties and the period are what much else is reckoned by from then on.
        { Proposed.Changes: var changes } when changes.Any(HoldsMore) => new("amendment-holds-more", ("number", one.Number)),
        { Effect.SignedAfter: var signed } when !ReferenceEquals(it.Signature, signed) =>
            new("amendment-signed-since", ("number", one.Number)),
        { Effect: { } effect } when effect.Touched.FirstOrDefault(key => StandsOn(it.Obligations[key], effect.After[key])) is { } key =>
            new("amendment-stood-on", ("number", one.Number), ("obligation", it.Obligations[key].Title)),
        _ => null
    };

    static bool HoldsMore(AmendmentChange it) =>
        it is not ({ Reschedule: not null } or { Add: not null } or { Drop: not null } or { Revise: not null } or { Reminders: not null });

    // Reminders are nobody's act.
    static bool StandsOn(Obligation now, Obligation then) => now.Touched != then.Touched || now.Drafts.Any(draft =>
        !then.Drafts.TryGetValue(draft.Key, out var was) || !ReferenceEquals(was, draft.Value));

    // What waits names nothing that another one that waits is to bring in.
    static Amendment? LaterOn(Agreement it, Amendment one) =>
        one.TookEffectAt is { } from ? it.Amendments.Find(other => other.TookEffectAt > from) : null;

    /// <summary>Keeps how things were, for as long as it may be taken back.</summary>
    public static Agreement Remembering(int number, Agreement before, Agreement after) => after.With(number, a => a with
    {
        Effect = new(before.Obligations, after.Obligations, before.Terms, before.Signature, after.Signature)
    });

    public static Agreement Undone(Agreement it, AmendmentWithdrawn e, Recorded recorded)
    {
        var amendment = it.Amendments[e.Number - 1];
        var so = it.With(e.Number, a => a with
        {
            Withdrawn = new(recorded.By, e.Reason, recorded.At, a.TookEffect is not null), TookEffect = null, TookEffectAt = null,
            Effect = null
        });
        return amendment is { TookEffect: not null, Effect: { } effect }
            ? (effect.Touched.Aggregate(so, (was, key) => was.Changing(key, now => Back(now, effect.Before.GetValueOrDefault(key), e,
                amendment, recorded))) with
            {
                // What was signed is in force again.
                Terms = effect.Terms, Signature = effect.SignedBefore
            }).Redated(recorded, e)
            : so;
    }

    // What it brought in is known to the log for ever: it falls away, as what an amendment drops.
    static Obligation Back(Obligation now, Obligation? before, AmendmentWithdrawn e, Amendment amendment, Recorded recorded) =>
        before is null
            ? now with { Waived = new(e.Reason, amendment.Proposed.Reference, recorded.By, recorded.At), Touched = recorded.Sequence }
            : now with
            {
                Title = before.Title, Text = before.Text, Documents = before.Documents, Due = before.Due, Reading = before.Reading,
                DecidedDueOn = before.DecidedDueOn, ScheduledOn = before.ScheduledOn, LostDateOf = before.LostDateOf,
                Waived = before.Waived, Touched = recorded.Sequence,
                // What would have been reminded of meanwhile is not caught up with.
                RemindersSince = now.RemindersSince == before.RemindersSince ? now.RemindersSince : recorded.At
            };
}
