using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Formats.Calendars;
using MrAgreement.Obligations;
using MrAgreement.Web.Calendars;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Obligations;

/// <summary>When and where the parties to a joint obligation meet: proposed by one, agreed by another, with an invitation for both.
/// </summary>
static class MeetingApi
{
    public static void MapMeetings(this RouteGroupBuilder api)
    {
        var one = api.MapGroup("/agreements/{agreementId:guid}/obligations/{key}").WithTags("Obligations");
        one.MapPost("/times", Propose).Answers<ProposedTimeView>(StatusCodes.Status201Created)
            .Describe("Propose a time to meet",
            "When, where and how; the other party agrees, or proposes another. What was agreed before stands until another time is.");
        one.MapPost("/times/{number:int}/agreement", Agree).Answers<ObligationView>()
            .Describe("Agree to a time", "The other party agrees; the day is then the one on which it takes place.");
        one.MapPost("/times/{number:int}/calling-off", CallOff).Answers<ObligationView>()
            .Describe("Call off a time", "Takes a proposal back, or calls off what was agreed; then it has no day until there is another.");
        one.MapGet("/invitation", Invite).AnswersContent(ICalendar.MediaType)
            .Describe("Download the invitation",
            "An iCalendar file (RFC 5545) for the meeting: a request while it is proposed or agreed, a cancellation once it is called "
            + "off. Those who are invited see each other's mail addresses in it.");
    }

    static Task<IResult> Propose(AgreementId agreementId, string key, Body<MeetingTimeRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes, new ProposeTime(key, body.Value.Time), Touched(key),
            at => Reply.Created(ProposedTimeView.Of(at.Agreement.Obligations[key].Times[^1], at),
                $"/agreements/{agreementId}/obligations/{key}"));

    static Task<IResult> Agree(AgreementId agreementId, string key, int number, Desk desk) =>
        desk.Do(agreementId, [], new AgreeToTime(key, number), Touched(key), at => Shown(key, at));

    static Task<IResult> CallOff(AgreementId agreementId, string key, int number, Body<CallingOffRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes, new CallOffTime(key, number, body.Value.Reason), Touched(key), at => Shown(key, at));

    static Task<IResult> Invite(AgreementId agreementId, string key, Desk desk, HttpRequest request) =>
        desk.Show(agreementId, null, at => !at.Agreement.Obligations.TryGetValue(key, out var it)
            ? Problem.Result(new Refused("no-such-obligation", RefusalKind.NotFound, ("key", key)))
            : Invitation.File(it, at, new($"{request.Scheme}://{request.Host}"))
                ?? Problem.Result(new Refused("no-time", RefusalKind.NotFound, ("obligation", it.Title))));

    static Reply Shown(string key, Viewpoint at) => Reply.Ok(ObligationView.Of(at.Agreement.Obligations[key], at));

    static Func<Dossier, long?> Touched(string key) => it => it.Agreement.Obligations.GetValueOrDefault(key)?.Touched;
}

/// <summary>When and where to meet. Times of day are those in Stockholm.</summary>
/// <param name="On">The day on which it begins.</param>
/// <param name="Start">When it begins, as in 09:00.</param>
/// <param name="End">When it ends, on its last day.</param>
/// <param name="Form">on-site, video or both.</param>
/// <param name="Place">Where; not of a meeting by video alone.</param>
/// <param name="Link">Where to go by video, with https; not of a meeting on site alone.</param>
/// <param name="LastDay">The day on which it ends, where that is another.</param>
public sealed record MeetingTimeRequest(LocalDate On, LocalTime Start, LocalTime End, MeetingForm Form, string? Place = null,
    string? Link = null, LocalDate? LastDay = null)
{
    internal MeetingTime Time => new(On, Start, End, Form, Place, Link, LastDay);
}

/// <param name="Reason">Why it is called off.</param>
public sealed record CallingOffRequest(string Reason);

/// <summary>A time that a party has proposed, and what became of it.</summary>
/// <param name="Number">From 1, within the obligation.</param>
/// <param name="State">proposed, agreed, replaced or called-off.</param>
/// <param name="On">The day on which it begins.</param>
/// <param name="Start">When it begins, in Stockholm.</param>
/// <param name="End">When it ends, in Stockholm, on its last day.</param>
/// <param name="LastDay">The day on which it ends; null when it is the same.</param>
/// <param name="Form">on-site, video or both.</param>
/// <param name="Place">Where; null by video alone.</param>
/// <param name="Link">Where to go by video; null on site alone.</param>
/// <param name="Party">Key of the party that proposed it.</param>
/// <param name="By">Who did.</param>
/// <param name="At">When.</param>
/// <param name="AgreedBy">Who agreed, for the other party; null while nobody has.</param>
/// <param name="AgreedAt">When.</param>
/// <param name="CalledOff">Why it was called off, and by whom; null while it was not.</param>
public sealed record ProposedTimeView(int Number, TimeState State, LocalDate On, LocalTime Start, LocalTime End, LocalDate? LastDay,
    MeetingForm Form, string? Place, string? Link, string Party, PersonView By, Instant At, PersonView? AgreedBy, Instant? AgreedAt,
    ContestView? CalledOff)
{
    internal static ProposedTimeView Of(ProposedTime it, Viewpoint at) => new(it.Number, it.State, it.Time.On, it.Time.Start, it.Time.End,
        it.Time.LastDay, it.Time.Form, it.Time.Place, it.Time.Link, it.Party, at.Name(it.By), it.At, at.Name(it.AgreedBy), it.AgreedAt,
        ContestView.Of(it.CalledOff, at));
}
