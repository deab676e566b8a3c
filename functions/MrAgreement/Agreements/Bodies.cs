using System.Collections.Immutable;
using System.Diagnostics;
using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Sets up a body in which the parties meet, such as a coordination group.</summary>
/// <param name="Obligation">Key of the joint obligation that its first meeting completes; null for none.</param>
public sealed record SetUpBody(string Body, string Title, string? Obligation = null) : Command(Act.SetUpBody);

/// <summary>Takes a seat in it for one's own party: a function, and no name of a person.</summary>
public sealed record TakeSeat(string Body, string Function, LocalDate From, LocalDate? To = null) : Command(Act.TakeSeat)
{
    public override Subject Subject => Body;
}

/// <summary>Leaves a seat of one's own party.</summary>
/// <param name="To">The last day.</param>
public sealed record LeaveSeat(string Body, int Number, LocalDate To) : Command(Act.LeaveSeat)
{
    public override Subject Subject => new(Body, Number);
}

/// <summary>Records a meeting that it has held.</summary>
/// <param name="On">Today or earlier.</param>
/// <param name="Documents">Ids of documents of one's own party, such as minutes; the newest versions count.</param>
public sealed record RecordMeeting(string Body, LocalDate On, string? Agenda, string? Decisions, IReadOnlyList<Guid> Documents)
    : Command(Act.RecordMeeting), IWithDocuments
{
    public IReadOnlyList<RegisterDocument> Enclosed { get; init; } = [];

    public Command With(IReadOnlyList<Guid> documents) => this with { Documents = documents, Enclosed = [] };

    public override Subject Subject => Body;
}

/// <summary>Something that happens to a body.</summary>
/// <param name="Body">Its key.</param>
public abstract record BodyEvent(string Body) : AgreementEvent;

/// <param name="Party">The party that recorded it.</param>
public sealed record BodySetUp(string Body, string Title, string Party, string? Obligation = null) : BodyEvent(Body);

/// <param name="Number">From 1, within the body.</param>
/// <param name="Party">The party whose seat it is.</param>
public sealed record SeatTaken(string Body, int Number, string Party, string Function, LocalDate From, LocalDate? To = null)
    : BodyEvent(Body);

/// <param name="To">The last day.</param>
public sealed record SeatLeft(string Body, int Number, LocalDate To) : BodyEvent(Body);

/// <param name="Party">The party that recorded it.</param>
public sealed record MeetingHeld(string Body, int Number, LocalDate On, IReadOnlyList<DocumentVersion> Documents, string Party,
    string? Agenda = null, string? Decisions = null) : BodyEvent(Body);

/// <summary>A seat in a body.</summary>
/// <param name="To">The last day; null while no end is known.</param>
public sealed record Seat(int Number, string Party, string Function, LocalDate From, LocalDate? To, PersonId By)
{
    /// <summary>Who has ended it, and when it was recorded; null while nobody has.</summary>
    public PersonId? LeftBy { get; init; }

    public bool Holds(LocalDate on) => From <= on && !(To < on);
}

/// <summary>A meeting that a body has held.</summary>
public sealed record BodyMeeting(int Number, LocalDate On, string? Agenda, string? Decisions, IReadOnlyList<DocumentVersion> Documents,
    string Party, PersonId By, Instant At);

/// <summary>A body in which the parties meet.</summary>
/// <param name="Obligation">Key of the joint obligation that its first meeting completes; null for none.</param>
public sealed record Body(string Key, string Title, string? Obligation, string Party, PersonId By, Instant At)
{
    public ImmutableList<Seat> Seats { get; init; } = [];

    public ImmutableList<BodyMeeting> Meetings { get; init; } = [];

    /// <summary>Sequence of the last event that touched it.</summary>
    public long Touched { get; init; }

    public static Agreement Evolve(Agreement it, BodyEvent happened, Recorded recorded) => happened switch
    {
        BodySetUp e => it with
        {
            Bodies = it.Bodies.Add(new(e.Body, e.Title, e.Obligation, e.Party, recorded.By, recorded.At) { Touched = recorded.Sequence })
        },
        SeatTaken e => With(it, e, recorded, body => body with
        {
            Seats = body.Seats.Add(new(e.Number, e.Party, e.Function, e.From, e.To, recorded.By))
        }),
        SeatLeft e => With(it, e, recorded, body => body with
        {
            Seats = body.Seats.SetItem(e.Number - 1, body.Seats[e.Number - 1] with { To = e.To, LeftBy = recorded.By })
        }),
        MeetingHeld e => With(it, e, recorded, body => body with
        {
            Meetings = body.Meetings.Add(new(e.Number, e.On, e.Agenda, e.Decisions, e.Documents, e.Party, recorded.By, recorded.At))
        }),
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    static Agreement With(Agreement it, BodyEvent happened, Recorded recorded, Func<Body, Body> change)
    {
        var at = it.Bodies.FindIndex(body => body.Key == happened.Body);
        return it with { Bodies = it.Bodies.SetItem(at, change(it.Bodies[at]) with { Touched = recorded.Sequence }) };
    }
}
