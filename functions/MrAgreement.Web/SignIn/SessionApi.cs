using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.People;

namespace MrAgreement.Web.SignIn;

/// <summary>Where somebody is signed in with a browser, and the end of it.</summary>
static class SessionApi
{
    public static void MapSessions(this RouteGroupBuilder api)
    {
        var own = api.MapGroup("/me/sessions").WithTags("People");
        own.MapGet("", List).Answers<Listing<SessionView>>()
            .Describe("List one's sessions", "Where one is signed in to the pages, the latest first.");
        own.MapDelete("", EndAll).Produces(StatusCodes.Status204NoContent)
            .Describe("End all of one's sessions", "Here at once, at other instances within half a minute.");
        own.MapDelete("/{sessionId:guid}", End).Produces(StatusCodes.Status204NoContent)
            .Describe("End one of one's sessions", "As with all of them.");
        api.MapDelete("/people/{personId:guid}/sessions", EndOf).Produces(StatusCodes.Status204NoContent).WithTags("People")
            .Describe("End a person's sessions", "An administrator may, and whoever sees to the person's party.");
    }

    static async Task<IResult> List(Paging paging, Caller caller, Sessions sessions, HttpRequest request) => Results.Json(
        paging.Of(request, (await sessions.List(caller.Id!.Value, request.HttpContext.RequestAborted)).Select(SessionView.Of).ToList()),
        ViewJson.Options);

    static async Task<IResult> End(Guid sessionId, Caller caller, Sessions sessions, SecurityLog log, HttpContext http)
    {
        if (!await sessions.End(caller.Id!.Value, sessionId, http.RequestAborted))
            return Problem.Result(new Refused("no-such-session", RefusalKind.NotFound));
        await Log(log, http, caller, sessionId.ToString(), null);
        return Results.NoContent();
    }

    static async Task<IResult> EndAll(Caller caller, Sessions sessions, SecurityLog log, HttpContext http)
    {
        await sessions.EndAll(caller.Id!.Value, http.RequestAborted);
        await Log(log, http, caller, caller.Id!.Value.Value, "all");
        return Results.NoContent();
    }

    static async Task<IResult> EndOf(Guid personId, Caller caller, Sessions sessions, KeptRegister register, SecurityLog log,
        HttpContext http)
    {
        if ((await register.ReadAfresh(http.RequestAborted))[new PersonId(personId.ToString())] is not { } person
            || !RegisterRules.Sees(caller.Actor, person, caller.Today))
            return Problem.Result(new Refused("no-such-person", RefusalKind.NotFound));
        if (!RegisterRules.SeesToAllOf(caller.Actor, person, caller.Today))
            return PeopleApi.Forbidden;
        await sessions.EndAll(person.Id, http.RequestAborted);
        await Log(log, http, caller, person.Id.Value, "all");
        return Results.NoContent();
    }

    static Task Log(SecurityLog log, HttpContext http, Caller caller, string about, string? detail) =>
        log.Write(SecurityEvent.SessionEnded, caller.Id, about, http.Connection.RemoteIpAddress?.ToString(), detail, http.RequestAborted);
}

/// <summary>Where somebody is signed in.</summary>
/// <param name="Id">Under which it is ended.</param>
/// <param name="Created">When it was begun.</param>
/// <param name="LastSeen">When it was used last, to a quarter of an hour.</param>
/// <param name="Browser">Which browser, as in Firefox, Windows.</param>
/// <param name="Network">The network that it was begun from.</param>
/// <param name="Issuer">The provider that vouched for it.</param>
public sealed record SessionView(Guid Id, Instant Created, Instant LastSeen, string? Browser, string? Network, string? Issuer)
{
    public static SessionView Of(Session it) => new(it.Id, it.Created, it.LastSeen, it.Browser, it.From, it.Vouched?.Issuer);
}
