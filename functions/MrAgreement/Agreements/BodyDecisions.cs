using MrAgreement.Calendars;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on the bodies in which the parties meet.</summary>
static class BodyDecisions
{
    const int MaxBodies = 50;
    const int MaxSeats = 200;

    /// <summary>What stands against an act on a body as things are; null for nothing.</summary>
    public static Refused? Against(Agreement it, Act act, Subject of, Occasion on)
    {
        if (act == Act.SetUpBody)
            return it.Bodies.Count < MaxBodies ? null : new("bodies-full", ("max", MaxBodies));
        if (it.Body(of.Key!) is not { } body)
            return new("no-such-body", RefusalKind.NotFound, ("key", of.Key!));
        return act switch
        {
            Act.TakeSeat when body.Seats.Count >= MaxSeats => new("seats-full", ("max", MaxSeats)),
            Act.LeaveSeat => body.Seats.Find(of.Number) switch
            {
                null => new("no-such-seat", RefusalKind.NotFound, ("number", of.Number)),
                { Party: var party } when party != on.By.Party => new("seat-of-other-party", RefusalKind.Forbidden),
                { LeftBy: not null } => new("seat-left-already", ("number", of.Number)),
                _ => null
            },
            _ => null
        };
    }

    public static Decision Decide(Agreement it, SetUpBody command, Occasion on)
    {
        var title = command.Title.Trim();
        if (it.Body(command.Body) is { } known && (known.Title, known.Obligation, known.By) == (title, command.Obligation, on.By.Id))
            return new Nothing();
        if (Against(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var faults = new List<Fault>();
        if (!TermsCheck.IsKey(command.Body))
            faults.Add(new("/key", "obligation-key", ("key", command.Body)));
        else if (it.Body(command.Body) is not null)
            faults.Add(new("/key", "key-taken", ("key", command.Body)));
        faults.AddText("/title", title, 300);
        if (command.Obligation is { } key)
            if (!it.Obligations.TryGetValue(key, out var fulfils))
                faults.Add(new("/obligation", "unknown-obligation", ("key", key)));
            // A consultation is recorded with what it treats; whoever does not owe it can't record it.
            else if (fulfils is not { Kind: ObligationKind.Joint, Agenda.Count: 0 })
                faults.Add(new("/obligation", "body-of-joint", ("obligation", fulfils.Title)));
        return faults.Count > 0 ? Refused.Invalid(faults) : new BodySetUp(command.Body, title, on.By.Party, command.Obligation);
    }

    public static Decision Decide(Agreement it, TakeSeat command, Occasion on)
    {
        if (Against(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var (body, function) = (it.Body(command.Body)!, command.Function.Trim());
        if (body.Seats.Exists(s => s.LeftBy is null
            && (s.Party, s.Function, s.From, s.To, s.By) == (on.By.Party, function, command.From, command.To, on.By.Id)))
            return new Nothing();
        var faults = DateRange.Faults(("/from", command.From), ("/to", command.To)).ToList();
        faults.AddText("/function", function, 200);
        if (command.To < command.From)
            faults.Add(new("/to", "period-reversed", ("earliest", command.From)));
        return faults.Count > 0 ? Refused.Invalid(faults)
            : new SeatTaken(body.Key, body.Seats.Count + 1, on.By.Party, function, command.From, command.To);
    }

    public static Decision Decide(Agreement it, LeaveSeat command, Occasion on)
    {
        if (it.Body(command.Body)?.Seats.Find(command.Number) is { } left && (left.LeftBy, left.To) == (on.By.Id, command.To))
            return new Nothing();
        if (Against(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var seat = it.Body(command.Body)!.Seats[command.Number - 1];
        if (DateRange.Against("/to", command.To) is { } outside)
            return outside;
        return command.To < seat.From
            ? Refused.Invalid(new Fault("/to", "period-reversed", ("earliest", seat.From)))
            : new SeatLeft(command.Body, command.Number, command.To);
    }

    /// <summary>The meeting, and with the first the joint obligation that the body fulfils: the other party confirms that as any.</summary>
    public static Decision Decide(Dossier dossier, RecordMeeting command, Occasion on)
    {
        var it = dossier.Agreement;
        if (Against(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var (body, agenda, decisions) = (it.Body(command.Body)!, Trimmed(command.Agenda), Trimmed(command.Decisions));
        var (documents, unknown) = dossier.Documents.Own(command.Documents, on.By.Party);
        if (unknown is null && body.Meetings.Exists(m => (m.On, m.Agenda, m.Decisions, m.By) == (command.On, agenda, decisions, on.By.Id)
            && m.Documents.SequenceEqual(documents)))
            return new Nothing();
        var faults = DateRange.FaultsOfPast("/on", command.On, on.Today).ToList();
        faults.AddOptionalText("/agenda", agenda, 4000);
        faults.AddOptionalText("/decisions", decisions, 4000);
        if (faults.Count > 0 || unknown is not null)
            return faults.Count > 0 ? Refused.Invalid(faults) : unknown!;
        var held = new MeetingHeld(body.Key, body.Meetings.Count + 1, command.On, documents, on.By.Party, agenda, decisions);
        return body.Obligation is { } key && it.Obligations.GetValueOrDefault(key) is { Completions.Count: 0, IsSettled: false } fulfils
            && fulfils.Responsible.Contains(on.By.Party)
                ? new Accepted([held, new ObligationCompleted(key, command.On, decisions ?? agenda ?? body.Title, documents, on.By.Party)])
                : held;
    }

    static string? Trimmed(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
