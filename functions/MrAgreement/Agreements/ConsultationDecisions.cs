using System.Globalization;
using MrAgreement.Calendars;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on consultations: the views of each party, and the record with what follows from it.</summary>
static class ConsultationDecisions
{
    const int MaxRows = 50;

    /// <summary>What stands against a party's views on an agenda as things are; null for nothing.</summary>
    public static Refused? Against(Obligation it, Occasion on) =>
        it.Agenda.Count == 0 ? new("no-agenda", ("obligation", it.Title)) : ActDecisions.AgainstParty(it, on) ?? ActDecisions.Settled(it);

    public static Decision Decide(Obligation it, GiveView command, Occasion on)
    {
        if (it.Agenda.All(item => item.Key != command.Item))
            return new Refused("no-such-agenda-item", RefusalKind.NotFound, ("item", command.Item));
        if (Against(it, on) is { } refused)
            return refused;
        if (Refused.Text("/text", command.Text, 4000) is { } wrong)
            return wrong;
        return it.Views.Exists(v => (v.Item, v.Party, v.By, v.Text) == (command.Item, on.By.Party, on.By.Id, command.Text))
            ? new Nothing()
            : new ViewGiven(it.Key, command.Item, command.Text, on.By.Party);
    }

    /// <summary>The record with what it decides: dates set at once where the parties may set them together, else an amendment, which
    /// the rules of amendments govern. A record that is made anew carries out what the one before has not.</summary>
    public static Decision Recorded(Dossier dossier, Obligation it, ObligationCompleted completed, Occasion on)
    {
        var record = completed.Consultation!;
        if (Faults(dossier.Agreement, it, completed).ToList() is { Count: > 0 } faults)
            return Refused.Invalid([.. faults]);

        var (agreement, done) = (dossier.Agreement, ConsultationConsequences.Of(dossier.Agreement, it));
        var events = new List<Event>();
        var changes = new List<AmendmentChange>();
        foreach (var decision in record.Decisions.Where(d => d.Kind == ConsultationDecisionKind.NewDate && !done.Holds(d)))
        {
            var moved = agreement.Obligations[decision.Obligation!];
            if (moved.IsSettled)
                return SubmissionDecisions.IsSettled(moved).NotSo();
            if (moved.Kind == ObligationKind.Joint || moved.Due is OnceScheduled)
            {
                switch (ActDecisions.Decide(moved, new ScheduleObligation(moved.Key, decision.On!.Value), on))
                {
                    case Refused refused:
                        return At(refused.NotSo(), record, decision);
                    case Accepted scheduled:
                        events.AddRange(scheduled.Events);
                        break;
                }
            }
            else
                changes.Add(new(Reschedule: new(moved.Key, new(On: decision.On))));
        }
        var revision = record.Decisions.FirstOrDefault(d => d.Kind == ConsultationDecisionKind.RevisePlan);
        changes.AddRange(done.OfPlan(revision, changes).ToList());
        return Amended(dossier, it, completed, events, changes, done, on);
    }

    static Decision Amended(Dossier dossier, Obligation it, ObligationCompleted completed, List<Event> events,
        List<AmendmentChange> changes, ConsultationConsequences done, Occasion on)
    {
        var record = completed.Consultation!;
        // What an earlier record came to is not proposed twice: the other party's record of the same confirms it, one's own goes on.
        if (changes.Count == 0 || done.Waiting(changes) is not null)
        {
            var stands = done.Waiting(changes) ?? done.Last(record);
            if (stands is { Confirmed: null } && dossier.Agreement.Status == AgreementStatus.Active
                && Amendment.Decide(dossier.Agreement, new ConfirmAmendment(stands.Number), on) is Accepted confirmed)
                events.AddRange(confirmed.Events);
            return new Accepted([completed with { Consultation = record with { Amendment = stands?.Number } }, .. events]);
        }

        if (dossier.Agreement.Status != AgreementStatus.Active)
            return new Refused("agreement-terminated", RefusalKind.NotSo);
        var reference = string.Create(CultureInfo.InvariantCulture, $"{it.Title} {completed.DoneOn:yyyy-MM-dd}");
        var amendment = new ProposeAmendment(completed.DoneOn, reference[Math.Max(0, reference.Length - 200)..], on.Today, changes)
        {
            Settles = []
        };
        return Amendment.Decide(dossier, amendment, on) switch
        {
            Accepted { Events: [AmendmentProposed proposed] } =>
                new Accepted([completed with { Consultation = record with { Amendment = proposed.Number } }, .. events, proposed]),
            Refused { Kind: RefusalKind.Invalid } refused =>
                refused with { Faults = [.. refused.Faults.Select(fault => fault with { Pointer = "/consultation/decisions" })] },
            var other => other
        };
    }

    /// <summary>Whoever confirms the record confirms the amendment that came of it.</summary>
    public static IEnumerable<Event> Confirmed(Agreement agreement, Completion completion, Occasion on) =>
        completion.Consultation?.Amendment is { } number && agreement.Status == AgreementStatus.Active
            && Amendment.Decide(agreement, new ConfirmAmendment(number), on) is Accepted confirmed ? confirmed.Events : [];

    static IEnumerable<Fault> Faults(Agreement agreement, Obligation it, ObligationCompleted completed)
    {
        var record = completed.Consultation!;
        foreach (var (rows, at) in new[] { (record.Items.Count, "items"), (record.Participants.Count, "participants"),
            (record.Decisions.Count, "decisions") })
            if (rows > MaxRows)
                yield return new($"/consultation/{at}", "too-many", ("max", MaxRows));
        foreach (var missing in it.Agenda.Where(item => item.WhenNeeded is not true
            && record.Items.All(treated => treated.Item != item.Key)))
            yield return new($"/consultation/items", "agenda-item-missing", ("item", missing.Title));
        for (var i = 0; i < record.Items.Count; i++)
        {
            var treated = record.Items[i];
            if (it.Agenda.All(item => item.Key != treated.Item) || record.Items.Take(i).Any(other => other.Item == treated.Item))
                yield return new($"/consultation/items/{i}/item", "no-such-agenda-item", ("item", treated.Item));
            if (Fault.Text($"/consultation/items/{i}/considered", treated.Considered, 4000) is { } text)
                yield return text;
        }
        for (var i = 0; i < record.Participants.Count; i++)
        {
            if (agreement.Party(record.Participants[i].Party) is null)
                yield return new($"/consultation/participants/{i}/party", "unknown-party", ("key", record.Participants[i].Party));
            if (Fault.Text($"/consultation/participants/{i}/name", record.Participants[i].Name, 200) is { } text)
                yield return text;
        }
        for (var i = 0; i < record.Decisions.Count; i++)
            foreach (var fault in Faults(agreement, it, record.Decisions[i], completed.DoneOn, $"/consultation/decisions/{i}"))
                yield return fault;
        if (record.Decisions.Count(d => d.Kind == ConsultationDecisionKind.RevisePlan) > 1)
            yield return new("/consultation/decisions", "plan-revised-twice");
        foreach (var twice in record.Decisions.Where(d => d.Obligation is not null).GroupBy(d => d.Obligation)
            .Where(same => same.Count() > 1))
            yield return new("/consultation/decisions", "key-taken", ("key", twice.Key!));
    }

    static IEnumerable<Fault> Faults(Agreement agreement, Obligation it, ConsultationDecision decision, LocalDate doneOn,
        string at)
    {
        if (Fault.Text($"{at}/text", decision.Text, 4000) is { } text)
            yield return text;
        if (decision is { Kind: ConsultationDecisionKind.RevisePlan, Obligation: null })
        {
            if (decision.On is { } by && DateRange.Against($"{at}/on", by) is { Faults: [var far, ..] })
                yield return far;
            else if (decision.On < doneOn)
                yield return new($"{at}/on", "revision-before-consultation", ("date", doneOn));
            yield break;
        }
        if (decision.Kind != ConsultationDecisionKind.NewDate)
        {
            if ((decision.Obligation ?? (object?)decision.On) is not null)
                yield return new(at, "date-without-new-date");
            yield break;
        }
        if (decision.Obligation is not { } key)
            yield return new($"{at}/obligation", "required");
        else if (key == it.Key || !agreement.Obligations.ContainsKey(key))
            yield return new($"{at}/obligation", "unknown-obligation", ("key", key));
        if (decision.On is not { } date)
            yield return new($"{at}/on", "required");
        else if (DateRange.Against($"{at}/on", date) is { Faults: [var outside, ..] })
            yield return outside;
    }

    static Refused At(Refused refused, ConsultationRecord record, ConsultationDecision decision) =>
        refused with { Faults = [.. refused.Faults.Select(fault =>
            fault with { Pointer = $"/consultation/decisions/{record.Decisions.ToList().IndexOf(decision)}/on" })] };
}
