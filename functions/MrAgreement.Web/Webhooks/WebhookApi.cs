using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Webhooks;

/// <summary>Other systems that want to be told of changes.</summary>
static class WebhookApi
{
    public static void MapWebhooks(this RouteGroupBuilder api)
    {
        var webhooks = api.MapGroup("/webhooks").WithTags("Webhooks");
        webhooks.MapGet("", List).Answers<Listing<WebhookView>>().Describe("List one's webhooks", "Oldest first, with how they go.");
        webhooks.MapPost("", Make).Answers<MadeWebhook>(StatusCodes.Status201Created).Describe("Make a webhook",
            "Each event that the caller is shown by changes is sent to the address as a CloudEvent 1.0 that says where to look, signed as Standard Webhooks has it. "
            + "It is the caller's, in the role in which it was made: when they see something no more, it is not sent. The secret is told only now.");
        webhooks.MapGet("/{webhookId:guid}", Show).Answers<WebhookView>().Describe("Get a webhook", "How it goes.");
        webhooks.MapDelete("/{webhookId:guid}", Delete).Produces(StatusCodes.Status204NoContent)
            .Describe("Delete a webhook", "Nothing more is sent but what is under way.");
        webhooks.MapPost("/{webhookId:guid}/replay", Replay).Answers<WebhookView>().Describe("Replay a webhook",
            "Sends again from a cursor of changes, or, without one, goes on where it stopped; so one is begun again that was given up. "
            + "Refused for one whose receiver said that it is gone.");
        webhooks.MapPost("/{webhookId:guid}/secret", Renew).Answers<MadeWebhook>()
            .Describe("Renew a webhook's secret", "It is told only now. For a day everything is signed with the former one too.");
    }

    static async Task<IResult> List(Paging paging, Desk desk, WebhookDesk webhooks, HttpRequest request) =>
        !WebhookDesk.May(desk.Person) ? Forbidden(desk) : Results.Json(paging.Of(request,
            (await webhooks.Of(desk.Person.Id, request.HttpContext.RequestAborted))
                .Select(it => WebhookView.Of(it.It, it.Progress)).ToList()), ViewJson.Options);

    static async Task<IResult> Make(Body<WebhookRequest> body, Desk desk, WebhookDesk webhooks, HttpContext http)
    {
        if (!WebhookDesk.May(desk.Person))
            return Forbidden(desk);
        var (made, secret, refused) = await webhooks.Make(desk.Person, Guid.CreateVersion7(), body.Value.Address.Trim(), body.Value.From,
            NetworkOf(http), http.RequestAborted);
        if (made is null)
            return Refusal(refused!);
        http.Response.Headers.Location = $"{http.Request.Scheme}://{http.Request.Host}/api/v1/webhooks/{made.Id}";
        return Results.Json(new MadeWebhook(made.Id, made.Address, secret!), ViewJson.Options, statusCode: StatusCodes.Status201Created);
    }

    static Task<IResult> Show(Guid webhookId, Desk desk, WebhookDesk webhooks, HttpContext http) => On(webhookId, desk, webhooks, http,
        (it, progress) => Task.FromResult(Results.Json(WebhookView.Of(it, progress), ViewJson.Options)));

    static Task<IResult> Delete(Guid webhookId, Desk desk, WebhookDesk webhooks, HttpContext http) => On(webhookId, desk, webhooks, http,
        async (it, _) =>
        {
            await webhooks.Delete(it, NetworkOf(http), http.RequestAborted);
            return Results.NoContent();
        });

    static Task<IResult> Replay(Guid webhookId, Body<ReplayRequest> body, Desk desk, WebhookDesk webhooks, HttpContext http) =>
        On(webhookId, desk, webhooks, http, async (it, progress) =>
        {
            var (next, refused) = await webhooks.Replay(it, progress, body.Value.From, http.RequestAborted);
            return next is null ? Refusal(refused!) : Results.Json(WebhookView.Of(it, next), ViewJson.Options);
        });

    static Task<IResult> Renew(Guid webhookId, Desk desk, WebhookDesk webhooks, HttpContext http) => On(webhookId, desk, webhooks, http,
        async (it, _) => Results.Json(new MadeWebhook(it.Id, it.Address,
            await webhooks.Renew(it, NetworkOf(http), http.RequestAborted)), ViewJson.Options));

    static string? NetworkOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString();

    static async Task<IResult> On(Guid id, Desk desk, WebhookDesk webhooks, HttpContext http,
        Func<Webhook, WebhookProgress, Task<IResult>> act) =>
        !WebhookDesk.May(desk.Person) ? Forbidden(desk)
        : await webhooks.Find(desk.Person.Id, id, http.RequestAborted) is var (it, progress) ? await act(it, progress)
        : Problem.Result(new Refused("no-such-webhook", RefusalKind.NotFound));

    static IResult Refusal(Refused it) =>
        it.Slug == "malformed-cursor" ? Problem.Result(StatusCodes.Status400BadRequest, it) : Problem.Result(it);

    static IResult Forbidden(Desk desk) => Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", desk.Person.Role)));
}

/// <param name="Address">Where to send to: https, to a public address.</param>
/// <param name="From">A cursor of changes to begin from; absent for from now on.</param>
public sealed record WebhookRequest([property: Required] string Address, string? From);

/// <param name="From">A cursor of changes; absent for where it stopped.</param>
public sealed record ReplayRequest(string? From);

/// <summary>A webhook with its secret, which is told once.</summary>
/// <param name="Id">UUID of the webhook.</param>
/// <param name="Address">Where it sends to.</param>
/// <param name="Secret">By which what it sends is signed: whsec_ and 32 bytes in Base64.</param>
public sealed record MadeWebhook(Guid Id, string Address, string Secret);

/// <summary>A webhook, and how it goes.</summary>
/// <param name="Id">UUID of the webhook.</param>
/// <param name="Address">Where it sends to.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="Status">active; failing, when the receiver is tried again; or ended.</param>
/// <param name="Failure">What the last try came to: unreachable, timed-out, refused or private.</param>
/// <param name="FailingSince">When it was first tried in vain.</param>
/// <param name="NextAt">When it is tried again.</param>
/// <param name="Ended">Why nothing more is sent: gone, given-up, not-allowed or secret-lost.</param>
/// <param name="TakenAt">When the receiver took something last.</param>
public sealed record WebhookView(Guid Id, string Address, Instant MadeAt, WebhookStatus Status, WebhookFailure? Failure,
    Instant? FailingSince, Instant? NextAt, WebhookEnd? Ended, Instant? TakenAt)
{
    internal static WebhookView Of(Webhook it, WebhookProgress progress) => new(it.Id, it.Address, it.MadeAt,
        progress.Ended is not null ? WebhookStatus.Ended : progress.FailingSince is not null ? WebhookStatus.Failing : WebhookStatus.Active,
        progress.Failure, progress.FailingSince, progress.Ended is null ? progress.Next : null, progress.Ended, progress.TakenAt);
}

public enum WebhookStatus
{
    Active,
    Failing,
    Ended
}
