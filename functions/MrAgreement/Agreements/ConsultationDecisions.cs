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
        if (command.Text.Trim().Length is 0 or > 4000)
            return Refused.Invalid(new Fault("/text", "text-length", ("max", 4000)));
        return it.Views.Exists(v => (v.Item, v.Party, v.By, v.Text) == (command.Item, on.By.Party, on.By.Id, command.Text))
            ? new Nothing()
            : new ViewGiven(it.Key, command.Item, command.Text, on.By.Party);
    }

    /// <summary>The record with the dates that it decides: set at once where the parties may
    /// set them together, else as an amendment, which the rules of amendments govern.</summary>
    public static Decision Recorded(Dossier dossier, Obligation it, ObligationCompleted completed, Occasion on)
    {
        var record = completed.Consultation!;
        if (Faults(dossier.Agreement, it, record).ToList() is { Count: > 0 } faults)
            return Refused.Invalid([.. faults]);

        var events = new List<Event>();
        var changes = new List<AmendmentChange>();
        foreach (var decision in record.Decisions.Where(d => d.Kind == ConsultationDecisionKind.NewDate))
        {
            var moved = dossier.Agreement.Obligations[decision.Obligation!];
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
        if (changes.Count == 0)
            return new Accepted([completed, .. events]);

        if (dossier.Agreement.Status != AgreementStatus.Active)
            return new Refused("agreement-terminated", RefusalKind.NotSo);
        var reference = string.Create(CultureInfo.InvariantCulture, $"{it.Title} {completed.DoneOn:yyyy-MM-dd}");
        var amendment = new ProposeAmendment(completed.DoneOn, reference[Math.Max(0, reference.Length - 200)..], on.Today, changes);
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

    static IEnumerable<Fault> Faults(Agreement agreement, Obligation it, ConsultationRecord record)
    {
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
            if (treated.Considered.Trim().Length is 0 or > 4000)
                yield return new($"/consultation/items/{i}/considered", "text-length", ("max", 4000));
        }
        for (var i = 0; i < record.Participants.Count; i++)
        {
            if (agreement.Party(record.Participants[i].Party) is null)
                yield return new($"/consultation/participants/{i}/party", "unknown-party", ("key", record.Participants[i].Party));
            if (record.Participants[i].Name.Trim().Length is 0 or > 200)
                yield return new($"/consultation/participants/{i}/name", "text-length", ("max", 200));
        }
        for (var i = 0; i < record.Decisions.Count; i++)
            foreach (var fault in Faults(agreement, it, record.Decisions[i], $"/consultation/decisions/{i}"))
                yield return fault;
        foreach (var twice in record.Decisions.Where(d => d.Obligation is not null).GroupBy(d => d.Obligation)
            .Where(same => same.Count() > 1))
            yield return new("/consultation/decisions", "key-taken", ("key", twice.Key!));
    }

    static IEnumerable<Fault> Faults(Agreement agreement, Obligation it, ConsultationDecision decision, string at)
    {
        if (decision.Text.Trim().Length is 0 or > 4000)
            yield return new($"{at}/text", "text-length", ("max", 4000));
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
