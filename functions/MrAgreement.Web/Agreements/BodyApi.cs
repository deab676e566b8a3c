using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Agreements;

/// <summary>The bodies in which the parties meet, their seats and their meetings.</summary>
static class BodyApi
{
    public static void MapBodies(this RouteGroupBuilder api)
    {
        var bodies = api.MapGroup("/agreements/{agreementId:guid}/bodies").WithTags("Bodies");
        bodies.MapGet("", List).Answers<Listing<BodyView>>()
            .Describe("List bodies", "In which the parties meet, with seats and meetings, in the order in which they were set up.");
        bodies.MapPost("", SetUp).Answers<BodyView>(StatusCodes.Status201Created)
            .Describe("Set up a body", "Such as a coordination group. Its first meeting completes the joint obligation that it names.");
        var one = bodies.MapGroup("/{key}");
        one.MapGet("", Show).Answers<BodyView>().Describe("Show a body", "A body with its seats and its meetings.");
        one.MapPost("/seats", Take).Answers<BodyView>(StatusCodes.Status201Created)
            .Describe("Take a seat", "For one's own party: a function, and no name of a person.");
        one.MapPost("/seats/{number:int}/leaving", Leave).Answers<BodyView>()
            .Describe("Leave a seat", "The last day of a seat of one's own party.");
        one.MapPost("/meetings", Meet).Answers<BodyView>(StatusCodes.Status201Created)
            .Describe("Record a meeting",
            "What was on its agenda and decided, with documents. The first completes the body's obligation, which the other party confirms.");
    }

    static Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Results.Json(
            paging.Of(request, at.Agreement.Bodies.Where(_ => at.SeesSubmissions).Select(body => BodyView.Of(body, at)).ToList()),
            ViewJson.Options));

    static Task<IResult> Show(AgreementId agreementId, string key, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => at.SeesSubmissions && at.Agreement.Body(key) is { } body
            ? desk.Found(BodyView.Of(body, at), body.Touched)
            : Problem.Result(new Refused("no-such-body", RefusalKind.NotFound, ("key", key))));

    static Task<IResult> SetUp(AgreementId agreementId, Body<BodyRequest> body, Desk desk) => desk.Do(agreementId, body.Bytes,
        new SetUpBody(body.Value.Key, body.Value.Title, body.Value.Obligation), Touched(body.Value.Key),
        Created(agreementId, body.Value.Key));

    static Task<IResult> Take(AgreementId agreementId, string key, Body<SeatRequest> body, Desk desk) => desk.Do(agreementId, body.Bytes,
        new TakeSeat(key, body.Value.Function, body.Value.From, body.Value.To), Touched(key), Created(agreementId, key));

    static Task<IResult> Leave(AgreementId agreementId, string key, int number, Body<LeavingRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes, new LeaveSeat(key, number, body.Value.To), Touched(key),
            at => Reply.Ok(BodyView.Of(at.Agreement.Body(key)!, at)));

    static Task<IResult> Meet(AgreementId agreementId, string key, Body<BodyMeetingRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes,
            new RecordMeeting(key, body.Value.On, body.Value.Agenda, body.Value.Decisions, body.Value.Documents ?? []), Touched(key),
            Created(agreementId, key));

    static Func<Viewpoint, Reply> Created(AgreementId agreementId, string key) => at =>
        Reply.Created(BodyView.Of(at.Agreement.Body(key)!, at), $"/agreements/{agreementId}/bodies/{key}");

    static Func<Dossier, long?> Touched(string key) => it => it.Agreement.Body(key)?.Touched;
}

/// <param name="Key">Short key, as in coordination-group.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Obligation">Key of the joint obligation that its first meeting completes.</param>
public sealed record BodyRequest(string Key, string Title, string? Obligation = null);

/// <param name="Function">What whoever has it does, and where; no name of a person.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; absent while no end is known.</param>
public sealed record SeatRequest(string Function, LocalDate From, LocalDate? To = null);

/// <param name="To">The last day.</param>
public sealed record LeavingRequest(LocalDate To);

/// <param name="On">The day of the meeting, today or earlier.</param>
/// <param name="Agenda">What was on its agenda.</param>
/// <param name="Decisions">What was decided.</param>
/// <param name="Documents">Ids of documents of one's own party, such as minutes.</param>
public sealed record BodyMeetingRequest(LocalDate On, string? Agenda = null, string? Decisions = null,
    IReadOnlyList<Guid>? Documents = null);

/// <summary>A body in which the parties meet.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Obligation">Key of the joint obligation that its first meeting completes; null for none.</param>
/// <param name="Party">Key of the party that recorded it.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
/// <param name="Seats">Its seats, those that were left too.</param>
/// <param name="Meetings">Its meetings.</param>
public sealed record BodyView(string Key, string Title, string? Obligation, string Party, PersonView By, Instant At,
    IReadOnlyList<SeatView> Seats, IReadOnlyList<BodyMeetingView> Meetings)
{
    internal static BodyView Of(Body it, Viewpoint at) => new(it.Key, it.Title, it.Obligation, it.Party, at.Name(it.By), it.At,
        [.. it.Seats.Select(seat => new SeatView(seat.Number, seat.Party, seat.Function, seat.From, seat.To, seat.Holds(at.Today)))],
        [.. it.Meetings.Select(meeting => new BodyMeetingView(meeting.Number, meeting.On, meeting.Agenda, meeting.Decisions,
            SubmittedDocumentView.Of(meeting.Documents, at), meeting.Party, at.Name(meeting.By), meeting.At))]);
}

/// <param name="Number">From 1, within the body.</param>
/// <param name="Party">Key of the party whose seat it is.</param>
/// <param name="Function">What whoever has it does, and where.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; null while no end is known.</param>
/// <param name="Holds">Whether it is held on the day that is shown.</param>
public sealed record SeatView(int Number, string Party, string Function, LocalDate From, LocalDate? To, bool Holds);

/// <param name="Number">From 1, within the body.</param>
/// <param name="On">The day of the meeting.</param>
/// <param name="Agenda">What was on its agenda.</param>
/// <param name="Decisions">What was decided.</param>
/// <param name="Documents">Documents handed over with it.</param>
/// <param name="Party">Key of the party that recorded it.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
public sealed record BodyMeetingView(int Number, LocalDate On, string? Agenda, string? Decisions,
    IReadOnlyList<SubmittedDocumentView> Documents, string Party, PersonView By, Instant At);
