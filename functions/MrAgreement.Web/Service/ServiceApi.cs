using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.Log;
using MrAgreement.Web.Messages;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.People;
using MrAgreement.Web.Webhooks;

namespace MrAgreement.Web.Service;

/// <summary>What the service tells of itself.</summary>
static class ServiceApi
{
    static readonly LocalDate released = new(2026, 11, 22);

    const int MostNamed = 100;

    /// <summary>Version of the API, of the whole and not of the program.</summary>
    public const string Version = "1.0.0";

    public static void MapApiInfo(this RouteGroupBuilder api) =>
        api.MapGet("/api-info", (HttpRequest request) => Results.Json(
                new ApiInfo("mragreement", Version, released, $"{request.Scheme}://{request.Host}/api/v1/openapi.json", "active"),
                ViewJson.Options))
            .AllowAnonymous().WithTags("Service").Answers<ApiInfo>()
            .Describe("Information about the API", "Information about the API by the national REST API profile.");

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").AllowAnonymous().ExcludeFromDescription();
        // As it stands: what is asked first after a start need not wait for all that writes JSON.
        health.MapGet("/live", () => Results.Text("""{"status":"live"}""", "application/json"));
        health.MapGet("/ready", Ready);
    }

    static async Task<IResult> Ready(StoresAnswer stores, Dossiers dossiers, LostBytes lost, LogWatch watch, WebhookDelivery webhooks,
        Caller caller, HttpContext http)
    {
        try
        {
            await stores.Ask(http.RequestAborted);
            // It serves all the same: what is missing takes nothing else from anybody.
            var (lacking, setBack) = (await lost.Known(http.RequestAborted), dossiers.Setbacks);
            var faulty = await watch.Known(http.RequestAborted);
            var untold = http.RequestServices.GetService<MailWatch>() is { } mail ? (await mail.Known(http.RequestAborted)).Count : 0;
            var unheard = await webhooks.Lost(http.RequestAborted);
            if (lacking.Count + setBack.Count + faulty.Count + untold + unheard.Count == 0)
                return Results.Json(new { status = "ready" });
            if (!await MayVerify(http, caller))
                return Results.Json(new { status = "incomplete", lost = lacking.Count, setBack = setBack.Count, faulty = faulty.Count,
                    untold, unheard = unheard.Count });
            return Results.Json(new
            {
                status = "incomplete", lost = lacking.Count, setBack = setBack.Count, faulty = faulty.Count, untold, unheard = unheard.Count,
                bytes = lacking.Take(MostNamed).Select(it => new
                {
                    agreement = $"{it.Agreement}", kind = Json.NameOf(it.Bytes.Kind), id = it.Bytes.Of,
                    problem = it.IsGone ? "missing" : "damaged"
                }),
                logs = setBack.Take(MostNamed)
                    .Select(it => new { agreement = $"{it.Agreement}", remembered = it.Remembered, found = it.Found }),
                faults = faulty.SelectMany(it => it.Faults
                    .Select(fault => new { log = it.Of, what = fault.What, sequence = fault.Sequence })).Take(MostNamed),
                receivers = unheard.Take(MostNamed)
                    .Select(it => new { owner = it.Owner.Value, party = it.Party, host = it.Host, why = Json.NameOf(it.Ended) })
            });
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreBusyException)
        {
            return Problem.Result(StatusCodes.Status503ServiceUnavailable,
                e is StoreUnavailableException unavailable ? StoreTrouble.Refused(unavailable) : new("storage-unavailable"));
        }
    }

    // Which agreements there are is told to those alone who may look into all of it.
    static async Task<bool> MayVerify(HttpContext http, Caller caller)
    {
        if (await http.AuthenticateAsync(BearerTokens.Scheme) is not { Succeeded: true, Principal: var signedIn })
            return false;
        http.User = signedIn;
        return caller.Roles.Any(role => role.Actor.SeesEveryAgreement && Rights.MaySomewhere(role.Actor, Right.VerifyLog));
    }
}

/// <summary>Information about the API.</summary>
/// <param name="ApiName">Its name.</param>
/// <param name="ApiVersion">Its version, by semantic versioning.</param>
/// <param name="ApiReleased">The day of that version.</param>
/// <param name="ApiDocumentation">Address of the documentation.</param>
/// <param name="ApiStatus">active, deprecated and so on.</param>
public sealed record ApiInfo(string ApiName, string ApiVersion, LocalDate ApiReleased, string ApiDocumentation, string ApiStatus);
