using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Obligations;

namespace MrAgreement.Agreements;

/// <summary>What must hold of an amendment: every fault with the place where it is.</summary>
static class AmendmentCheck
{
    public static IEnumerable<Fault> Faults(Dossier dossier, ProposeAmendment command, LocalDate today)
    {
        var it = dossier.Agreement;
        if (Fault.Text("/reference", command.Reference, 200) is { } text)
            yield return text;
        foreach (var fault in DateRange.FaultsOfPast("/decidedOn", command.DecidedOn, today)
            .Concat(DateRange.Faults(("/effectiveFrom", command.EffectiveFrom))))
            yield return fault;
        var signedOn = it.Signed!.SignedOn;
        if (command.DecidedOn < signedOn)
            yield return new("/decidedOn", "before-signature");
        if (command.EffectiveFrom < signedOn)
            yield return new("/effectiveFrom", "before-signature");
        if (it.Ending is { } ending && ending.On <= command.EffectiveFrom)
            yield return new("/effectiveFrom", "amendment-after-end", ("date", ending.On));
        if (command.Changes.Count is 0 or > 50)
            yield return new("/changes", "changes-missing");
        foreach (var number in command.Settles ?? [])
            if (it.Amendments.Find(number) is not { IsDisputed: true })
                yield return new("/settles", "amendment-not-disputed", ("number", number));
        var added = it.Amendments.Where(a => a.IsWaiting).SelectMany(a => a.Proposed.Changes).Select(c => c.Add?.Key)
            .OfType<string>().ToHashSet();
        // What is added may be owed by who comes in by the same amendment.
        var after = it with { Terms = AmendmentParties.Changed(it.Terms, command.Changes) };
        var (named, revised) = (new HashSet<string>(), new HashSet<string>());
        for (var i = 0; i < command.Changes.Count; i++)
        {
            var change = command.Changes[i];
            // What one change lets go, or gives a date, another can't let go or give a date too.
            if (!Named(it, change.Reschedule?.Key ?? change.Drop?.Key).TrueForAll(named.Add))
                yield return new($"/changes/{i}/{(change.Drop is null ? "reschedule" : "drop")}/key", "changed-twice",
                    ("key", (change.Reschedule?.Key ?? change.Drop?.Key)!));
            if (!Named(it, change.Revise?.Key ?? change.Drop?.Key).TrueForAll(revised.Add) && change.Drop is null)
                yield return new($"/changes/{i}/revise/key", "changed-twice", ("key", change.Revise!.Key));
            if (Given(change) != 1)
                yield return new($"/changes/{i}", "one-change-each");
            if (change.Reschedule is { } reschedule)
            {
                var pointer = $"/changes/{i}/reschedule";
                if (Day(reschedule.Due) < signedOn)
                    yield return new($"{pointer}/due/on", "before-signature");
                var existing = it.Named(reschedule.Key).ToList();
                if (existing.Count == 0)
                    yield return new($"{pointer}/key", "unknown-obligation", ("key", reschedule.Key));
                var misread = TermsCheck.Due(reschedule.Due, $"{pointer}/due", reschedule.Key,
                    key => it.Obligations.ContainsKey(key) || it.InOrder.Any(o => o.TermsKey == key)).ToList();
                foreach (var fault in misread)
                    yield return fault;
                if (existing.Count > 0 && misread.Count == 0 && existing.TrueForAll(o => IsAlready(it, o, reschedule.Due)))
                    yield return new($"{pointer}/due", "changes-nothing");
                if (reschedule.Due.EveryYear is not null && existing.Any(o => o.Year is null))
                    yield return new($"{pointer}/due", "not-yearly", ("key", reschedule.Key));
            }
            if (change.Drop is { } drop && !it.Named(drop.Key).Any())
                yield return new($"/changes/{i}/drop/key", "unknown-obligation", ("key", drop.Key));
            if (change.Drop is { Reason: var reason } && Fault.Text($"/changes/{i}/drop/reason", reason, 4000) is { } wanting)
                yield return wanting;
            if (change.Revise is { } revise)
                foreach (var fault in Revised(it, revise, $"/changes/{i}/revise"))
                    yield return fault;
            if (change.Period is { } period)
                foreach (var fault in Period(dossier, period, $"/changes/{i}/period"))
                    yield return fault;
            if (change.Reminders is { } plan)
                foreach (var fault in Reminders(it, plan, $"/changes/{i}/reminders"))
                    yield return fault;
            if (change.Period is not null && command.Changes.Take(i).Any(c => c.Period is not null)
                || change.Reminders is not null && command.Changes.Take(i).Any(c => c.Reminders is not null))
                yield return new($"/changes/{i}", "one-change-each");
            if (change.Add is { } add)
            {
                foreach (var fault in TermsCheck.Added(add, after, $"/changes/{i}/add"))
                    yield return fault;
                if (Day(add.Due) < signedOn)
                    yield return new($"/changes/{i}/add/due/on", "before-signature");
                if (!added.Add(add.Key))
                    yield return new($"/changes/{i}/add/key", "key-taken", ("key", add.Key));
            }
        }
        foreach (var fault in AmendmentParties.Faults(dossier, command))
            yield return fault;
    }

    static int Given(AmendmentChange it) => new object?[] { it.Reschedule, it.Add, it.Drop, it.Raise, it.Revise, it.Instalment, it.Period,
        it.Join, it.Leave, it.TakeOver, it.Duty, it.Reminders }.Count(change => change is not null);

    static List<string> Named(Agreement it, string? key) => key is null ? [] : [.. it.Named(key).Select(o => o.Key)];

    // Counted by the same rule, and by no date that was decided or set since; nor is another about to change it, or contested.
    static bool IsAlready(Agreement it, Obligation o, DueTerms due) => o is { DecidedDueOn: null, LostDateOf: null }
        && o.ScheduledOn == o.AgreedTime?.Time.On && it.Amendments.TrueForAll(a => a is { TookEffect: not null, Contested: null })
        && (due.EveryYear is null || o.Year is not null) && o.Due == AmendmentChanges.Rule(it, o, due);

    static IEnumerable<Fault> Revised(Agreement it, ReviseObligation change, string at)
    {
        var faults = new List<Fault>();
        var of = it.Named(change.Key).ToList();
        if (of.Count == 0)
            faults.Add(new($"{at}/key", "unknown-obligation", ("key", change.Key)));
        else if (!of.Exists(o => AmendmentChanges.Revised(o, change) is var then
            && (then.Title != o.Title || then.Text != o.Text || !then.Documents.SequenceEqual(o.Documents))))
            faults.Add(new(at, "changes-nothing"));
        if (change.Title is { } title)
            faults.AddText($"{at}/title", title, 300);
        faults.AddOptionalText($"{at}/text", change.Text, TermsCheck.LongestText);
        faults.AddRange((change.Documents ?? []).Where(kind => !RegisterDecisions.IsKind(kind))
            .Select(kind => new Fault($"{at}/documents", "document-kind", ("kind", kind))));
        if (change.Documents is { Count: > 0 } && of.Exists(o => o.Kind != ObligationKind.Deliverable))
            faults.Add(new($"{at}/documents", "contents-of-deliverable"));
        return faults;
    }

    // It holds all that is done: nothing is accepted or paid before its first day or after its last.
    static IEnumerable<Fault> Period(Dossier dossier, DateSpan period, string at)
    {
        var (it, now) = (dossier.Agreement, dossier.Agreement.Terms.Period);
        foreach (var fault in DateRange.Faults(($"{at}/from", period.From), ($"{at}/to", period.To)))
            yield return fault;
        if (period.From > period.To)
            yield return new($"{at}/to", "period-reversed", ("earliest", period.From));
        if (period == now)
            yield return new(at, "changes-nothing");
        if (period.To < it.Signed!.SignedOn)
            yield return new($"{at}/to", "before-signature");
        var told = dossier.Grant.Statements.Where(statement => statement.Submitted is not null).ToList();
        var last = it.InOrder.Where(o => o.IsDone && o.Kind != ObligationKind.Continuous).Select(o => o.DeliveredOn)
            .Concat(dossier.Grant.Standing(PaymentDirection.In).Select(payment => (LocalDate?)payment.PaidOn))
            .Concat(told.Select(statement => (LocalDate?)statement.Period.To))
            .Where(day => day <= now.To).Max();
        if (period.To < last)
            yield return new($"{at}/to", "period-before-done", ("date", last.Value));
        if (it.Ending is { } ending && period.To < ending.On)
            yield return new($"{at}/to", "period-before-done", ("date", ending.On));
        if (told.Where(statement => statement.Period.From >= now.From).Select(statement => (LocalDate?)statement.Period.From).Min()
            is { } first && period.From > first)
            yield return new($"{at}/from", "period-after-done", ("date", first));
    }

    static IEnumerable<Fault> Reminders(Agreement it, ReminderPlan plan, string at)
    {
        if (plan.Before is null || plan.Overdue is null)
            yield return new(at, "rungs");
        else
        {
            foreach (var fault in TermsCheck.Rungs(plan.Before, $"{at}/before").Concat(TermsCheck.Rungs(plan.Overdue, $"{at}/overdue"))
                .Concat(TermsCheck.Rungs(plan.Review ?? [], $"{at}/review")))
                yield return fault;
            if (plan.IsSame(it.Plan))
                yield return new(at, "changes-nothing");
        }
    }

    static LocalDate? Day(DueTerms due) => due.On ?? due.Month?.ToDateInterval().End;

    // With everything that already waits for its day: what hangs on what must exist, and have no circle.
    public static IEnumerable<Fault> Tried(Dossier dossier, AmendmentProposed proposed)
    {
        var it = dossier.Agreement;
        var then = it.Amendments.Where(a => a.IsWaiting).Select(a => a.Proposed).Append(proposed)
            .Aggregate(it, (so, a) => so.Applying(a, default));
        foreach (var missing in then.InOrder.Where(o => !o.IsSettled).Select(o => o.Due.Other).OfType<string>().Distinct()
            .Where(key => !then.Obligations.ContainsKey(key)))
            yield return new("/changes", "unknown-obligation", ("key", missing));
        if (TermsCheck.Circle(then.Obligations) is { } circle)
            yield return new("/changes", "circle", ("keys", string.Join(" → ", circle)));
        else
            foreach (var fault in proposed.Changes.SelectMany((change, i) => Unhung(it, then, change, $"/changes/{i}")))
                yield return fault;
        foreach (var fault in AmendmentParties.Left(it, then, proposed.Changes))
            yield return fault;
        if (TermsCheck.OutOfRange(then.Obligations, it.Signed!.SignedOn).FirstOrDefault() is { DueOn: { } date })
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
