using System.Diagnostics;
using MrAgreement.Calendars;
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

    /// <summary>What the other party says is not right; null for nothing, and once it has confirmed it after all.</summary>
    public Contest? Contested { get; init; }

    public static Agreement Evolve(Agreement it, AgreementEvent happened, Recorded recorded) => happened switch
    {
        AmendmentProposed e => it with { Amendments = it.Amendments.Add(new(e, recorded.By,
            it.Party(e.Party)?.Role == PartyRole.Grantor)) },
        AmendmentConfirmed e => it.With(e.Number, a => a with
        {
            Confirmed = e, ConfirmedBy = recorded.By, IsBinding = true, Contested = null
        }),
        AmendmentContested e => it.With(e.Number, a => a with { Contested = new(e.Party, e.Reason, recorded.By, recorded.At) }),
        AmendmentTookEffect e => it.With(e.Number, a => a with { TookEffect = e }).Applying(it.Amendments[e.Number - 1].Proposed, recorded)
            .Redated(recorded, e).WithOtherTerms(),
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    public static Decision Decide(Dossier dossier, ProposeAmendment command, Occasion on)
    {
        var it = dossier.Agreement;
        var proposed = new AmendmentProposed(it.Amendments.Count + 1, command.DecidedOn, command.Reference, command.EffectiveFrom,
            command.Changes, on.By.Party);
        if (Same(it, command, on.By.Id) is not null)
            return new Nothing();
        var faults = Faults(it, command, on.Today).Concat(AmendmentMoney.Faults(dossier, command.Changes)).ToList();
        // Only what is well formed can be tried out.
        if (faults.Count == 0)
            faults.AddRange(Tried(it, proposed));
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        if (Named(it, command.Changes).FirstOrDefault(o => o.IsSettled) is { } settled)
            return SubmissionDecisions.IsSettled(settled).NotSo();
        var applies = LocalDate.Max(on.Today, command.EffectiveFrom);
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
            { Proposed.Party: var party } when party == on.By.Party => new("own-amendment"),
            { By: var by } when by == on.By.Id => FourEyes.Refusal,
            { Confirmed: not null } => new("amendment-confirmed"),
            { Contested: not null } when act == Act.ContestAmendment => new("already-contested", ("number", of.Number)),
            _ => null
        };

    public static Decision Decide(Agreement it, ContestAmendment command, Occasion on) =>
        it.Amendments.Find(command.Number)?.Contested is { } done && (done.By, done.Reason) == (on.By.Id, command.Reason.Trim())
            ? new Nothing()
            : Against(it, command.Act, command.Subject, on) ?? Refused.Text("/reason", command.Reason, 4000)
                ?? (Decision)new AmendmentContested(command.Number, on.By.Party, command.Reason.Trim());

    public static Decision Decide(Agreement it, ConfirmAmendment command, Occasion on) =>
        it.Amendments.Find(command.Number)?.ConfirmedBy == on.By.Id
            ? new Nothing()
            : Against(it, command.Act, command.Subject, on) ?? (Decision)new AmendmentConfirmed(command.Number, on.By.Party);

    /// <summary>What takes effect now: binding amendments whose day has come,
    /// in order. An agreement that has ended is amended no more.</summary>
    public static AmendmentTookEffect? Due(Agreement it, LocalDate today) =>
        Pending(it).FirstOrDefault(a => a.Proposed.EffectiveFrom <= today) is { } due
            ? new(due.Number, [.. Named(it, due.Proposed.Changes).Where(o => o.IsSettled).Select(o => o.Key)])
            : null;

    /// <summary>When the next binding amendment takes effect.</summary>
    public static Instant? Next(Agreement it) =>
        Pending(it).Select(a => (Instant?)StockholmTime.StartOfDay(a.Proposed.EffectiveFrom)).Min();

    /// <summary>Whose dates it moves as things stand, what hangs on them too: each before and after.</summary>
    public static IReadOnlyList<(Obligation Before, Obligation After)> Moves(Agreement it, AmendmentProposed proposed)
    {
        var then = DueDates.Work(it.Applying(proposed, default).Obligations, it.WorkingDayRule, null, 0);
        return [.. it.InOrder.Select(o => (Before: o, After: then[o.Key]))
            .Where(move => !move.After.IsSettled && move.Before.DueOn != move.After.DueOn)];
    }

    /// <summary>Those that are binding and have not taken effect.</summary>
    public static IEnumerable<Amendment> Pending(Agreement it) =>
        it is { Status: AgreementStatus.Active, Reopened: null }
            ? it.Amendments.Where(a => a is { IsBinding: true, TookEffect: null } && !(it.Ending?.On <= a.Proposed.EffectiveFrom))
            : [];

    /// <summary>What the same person has already recorded in the same words.</summary>
    public static Amendment? Same(Agreement it, ProposeAmendment command, PersonId by) => it.Amendments.Find(a => a.By == by
        && Same(a.Proposed, new(a.Number, command.DecidedOn, command.Reference, command.EffectiveFrom, command.Changes, a.Proposed.Party)));

    static bool Same(AmendmentProposed a, AmendmentProposed b) => EventJson.Write(a).AsSpan().SequenceEqual(EventJson.Write(b));

    static IEnumerable<Obligation> Named(Agreement it, IReadOnlyList<AmendmentChange> changes) =>
        changes.Select(c => c.Reschedule?.Key ?? c.Drop?.Key).OfType<string>().SelectMany(it.Named);

    static IEnumerable<Fault> Faults(Agreement it, ProposeAmendment command, LocalDate today)
    {
        if (Fault.Text("/reference", command.Reference, 200) is { } text)
            yield return text;
        foreach (var fault in DateRange.Faults(("/decidedOn", command.DecidedOn), ("/effectiveFrom", command.EffectiveFrom)))
            yield return fault;
        var signedOn = it.Signed!.SignedOn;
        if (command.DecidedOn < signedOn)
            yield return new("/decidedOn", "before-signature");
        if (command.DecidedOn > today && DateRange.Holds(command.DecidedOn.Year))
            yield return new("/decidedOn", "date-in-future", ("date", command.DecidedOn));
        if (command.EffectiveFrom < signedOn)
            yield return new("/effectiveFrom", "before-signature");
        if (it.Ending is { } ending && ending.On <= command.EffectiveFrom)
            yield return new("/effectiveFrom", "amendment-after-end", ("date", ending.On));
        if (command.Changes.Count is 0 or > 50)
            yield return new("/changes", "changes-missing");
        var added = it.Amendments.Where(a => a.TookEffect is null).SelectMany(a => a.Proposed.Changes).Select(c => c.Add?.Key)
            .OfType<string>().ToHashSet();
        var named = new HashSet<string>();
        for (var i = 0; i < command.Changes.Count; i++)
        {
            var change = command.Changes[i];
            // What one change lets go, or gives a date, another can't let go or give a date too.
            if (!Named(it, [change]).Select(o => o.Key).ToList().TrueForAll(named.Add))
                yield return new($"/changes/{i}/{(change.Drop is null ? "reschedule" : "drop")}/key", "changed-twice",
                    ("key", (change.Reschedule?.Key ?? change.Drop?.Key)!));
            var given = new object?[] { change.Reschedule, change.Add, change.Drop, change.Raise }.Count(c => c is not null);
            if (given != 1)
                yield return new($"/changes/{i}", "one-change-each");
            if (change.Reschedule is { } reschedule)
            {
                var pointer = $"/changes/{i}/reschedule";
                if (Day(reschedule.Due) < signedOn)
                    yield return new($"{pointer}/due/on", "before-signature");
                var existing = it.Named(reschedule.Key).ToList();
                if (existing.Count == 0)
                    yield return new($"{pointer}/key", "unknown-obligation", ("key", reschedule.Key));
                foreach (var fault in TermsCheck.Due(reschedule.Due, $"{pointer}/due", reschedule.Key,
                    key => it.Obligations.ContainsKey(key) || it.InOrder.Any(o => o.TermsKey == key)))
                    yield return fault;
                if (reschedule.Due.EveryYear is not null && existing.Any(o => o.Year is null))
                    yield return new($"{pointer}/due", "not-yearly", ("key", reschedule.Key));
            }
            if (change.Drop is { } drop && !it.Named(drop.Key).Any())
                yield return new($"/changes/{i}/drop/key", "unknown-obligation", ("key", drop.Key));
            if (change.Drop is { Reason: var reason } && Fault.Text($"/changes/{i}/drop/reason", reason, 4000) is { } wanting)
                yield return wanting;
            if (change.Add is { } add)
            {
                foreach (var fault in TermsCheck.Added(add, it, $"/changes/{i}/add"))
                    yield return fault;
                if (Day(add.Due) < signedOn)
                    yield return new($"/changes/{i}/add/due/on", "before-signature");
                if (!added.Add(add.Key))
                    yield return new($"/changes/{i}/add/key", "key-taken", ("key", add.Key));
            }
        }
    }

    static LocalDate? Day(DueTerms due) => due.On ?? due.Month?.ToDateInterval().End;

    // With everything that already waits for its day: what hangs on what must exist, and have no circle.
    static IEnumerable<Fault> Tried(Agreement it, AmendmentProposed proposed)
    {
        var then = it.Amendments.Where(a => a.TookEffect is null).Select(a => a.Proposed).Append(proposed)
            .Aggregate(it, (so, a) => so.Applying(a, default));
        foreach (var missing in then.InOrder.Where(o => !o.IsSettled).Select(o => o.Due.Other).OfType<string>().Distinct()
            .Where(key => !then.Obligations.ContainsKey(key)))
            yield return new("/changes", "unknown-obligation", ("key", missing));
        if (TermsCheck.Circle(then.Obligations) is { } circle)
            yield return new("/changes", "circle", ("keys", string.Join(" → ", circle)));
        else
            foreach (var fault in proposed.Changes.SelectMany((change, i) => Unhung(it, then, change, $"/changes/{i}")))
                yield return fault;
        if (TermsCheck.OutOfRange(then.Obligations).FirstOrDefault() is { DueOn: { } date })
            yield return new("/changes", "date-range", ("date", date), ("from", DateRange.FirstYear), ("to", DateRange.LastYear));
    }

    // A date is counted from something that has one, or will get one, and that is not let go.
    static IEnumerable<Fault> Unhung(Agreement it, Agreement then, AmendmentChange change, string at)
    {
        var (due, of) = change switch
        {
            { Reschedule: { } r } => (r.Due, it.Named(r.Key).Select(o => o.Key)),
            { Add: { } add } => (add.Due, then.InOrder.Where(o => o.TermsKey == add.Key).Select(o => o.Key)),
            _ => (null, [])
        };
        var place = $"{at}/{(change.Add is null ? "reschedule" : "add")}/due";
        foreach (var o in of.Select(key => then.Obligations[key]).Where(o => !o.IsSettled))
            if (o.Due.Other is not null && Rootless(then, o) is var (rule, other))
                yield return new($"{place}/{(due!.Before is null ? "after" : "before")}", rule, ("obligation", other.Title));
            else if (o.Due is Undated && then.InOrder.FirstOrDefault(hanging => hanging is { IsDelivered: false, DecidedDueOn: null }
                && hanging.Due.Other == o.Key) is { } hanging)
                yield return new(place, "dates-counted-from-it", ("obligation", hanging.Title));
    }

    static (string Rule, Obligation Other)? Rootless(Agreement then, Obligation o) =>
        then.Obligations.GetValueOrDefault(o.Due.Other!) switch
    {
        { Waived: not null } other => ("hangs-on-dropped", other),
        null or { IsSettled: true } or { ScheduledOn: not null } or { DecidedDueOn: not null } => null,
        { LostDateOf: not null } other => ("hangs-on-undated", other),
        { Due: Undated } other => ("hangs-on-undated", other),
        { Due.Other: not null } other => Rootless(then, other),
        _ => null
    };
}

static class AmendmentChanges
{
    public static Agreement With(this Agreement it, int number, Func<Amendment, Amendment> change) =>
        it with { Amendments = it.Amendments.SetItem(number - 1, change(it.Amendments[number - 1])) };

    /// <summary>The agreement with an amendment's changes; what is settled is left untouched.</summary>
    public static Agreement Applying(this Agreement it, AmendmentProposed amendment, Recorded recorded) =>
        amendment.Changes.Aggregate(it, (so, change) => change switch
        {
            { Reschedule: { } r } => so.Unsettled(r.Key).Aggregate(so, (s, o) => s.Changing(o.Key, was => was with
            {
                Due = Occurrences.Rule(r.Due, o.Year, key => s.InOrder.Any(other => other.TermsKey == key && other.Year is not null)),
                DecidedDueOn = null,
                ScheduledOn = was.AgreedTime?.Time.On,
                LostDateOf = null,
                Touched = recorded.Sequence
            })),
            { Drop: { } d } => so.Unsettled(d.Key).Aggregate(so, (s, o) => s.Changing(o.Key, was => was with
            {
                Waived = new(d.Reason, amendment.Reference, recorded.By, recorded.At),
                Touched = recorded.Sequence
            })),
            { Add: { } add } => so.Adding([.. Occurrences.Of([add], [.. so.InOrder]).Where(o => !so.Obligations.ContainsKey(o.Key))],
                recorded),
            _ => so
        });

    /// <summary>The obligation by that key, or of a yearly one by its key in the terms those years that are not settled.</summary>
    public static IEnumerable<Obligation> Named(this Agreement it, string key) =>
        it.Obligations.TryGetValue(key, out var one) ? [one] : it.InOrder.Where(o => o.TermsKey == key && !o.IsSettled);

    static IEnumerable<Obligation> Unsettled(this Agreement it, string key) => it.Named(key).Where(o => !o.IsSettled);
}
