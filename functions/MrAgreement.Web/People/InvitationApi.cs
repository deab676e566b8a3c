using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.People;

/// <summary>Invitations: the way in for people.</summary>
static class InvitationApi
{
    public static void MapInvitations(this RouteGroupBuilder api)
    {
        var invitations = api.MapGroup("/invitations").WithTags("People");
        invitations.MapGet("", List).Answers<Listing<InvitationView>>()
            .Describe("List invitations", "Of the parties whose people the caller sees to, newest first; the ended ones for two months.");
        invitations.MapPost("", Invite).KeepsAnswers().Answers<InvitationView>(StatusCodes.Status201Created)
            .Describe("Invite somebody", "Answers the link, good once and for 14 days, which is told only now: hand it to the person.");
        invitations.MapDelete("/{invitationId:guid}", Withdraw).Produces(StatusCodes.Status204NoContent)
            .Describe("Withdraw an invitation", "Its link ends at once. Refused once somebody has come in by it.");
    }

    static async Task<IResult> List(Paging paging, Desk desk, Registrar registrar, IPeople people, HttpRequest request) =>
        !Rights.MaySomewhere(desk.Person.Actor, Right.ManagePeople) ? PeopleApi.Forbidden : Results.Json(
            paging.Of(request, (await registrar.Invitations(desk.Person.Actor, request.HttpContext.RequestAborted))
                .Select(i => InvitationView.Of(i, people, SystemClock.Instance.GetCurrentInstant())).ToList()), ViewJson.Options);

    static async Task<IResult> Invite(Body<InvitationRequest> body, Desk desk, Registrar registrar, IPeople people, HttpContext http)
    {
        var it = body.Value;
        var (made, secret, refused) = await registrar.Invite(desk.Person.Actor, it.Mail.Trim(),
            new(it.Party ?? "", it.Role, it.From ?? desk.Today, it.To),
            http.Connection.RemoteIpAddress?.ToString(), http.RequestAborted);
        if (made is null)
            return Problem.Result(refused!);
        var link = InvitationLink.Of(http.Request, secret!);
        return Results.Json(InvitationView.Of(made, people, SystemClock.Instance.GetCurrentInstant(), link), ViewJson.Options,
            statusCode: StatusCodes.Status201Created);
    }

    static async Task<IResult> Withdraw(Guid invitationId, Desk desk, Registrar registrar, HttpContext http) =>
        await registrar.Withdraw(desk.Person.Actor, invitationId, http.Connection.RemoteIpAddress?.ToString(),
            http.RequestAborted) is { } refused
            ? Problem.Result(refused)
            : Results.NoContent();
}

/// <summary>The address that an invitation is followed at.</summary>
static class InvitationLink
{
    public static string Of(HttpRequest request, string secret) => $"{request.Scheme}://{request.Host}/invitations/{secret}";
}
