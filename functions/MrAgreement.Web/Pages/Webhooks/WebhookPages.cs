using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.People;
using MrAgreement.Web.Webhooks;

namespace MrAgreement.Web.Pages.Webhooks;

/// <summary>One's own webhooks: other systems that are told of changes.</summary>
static class WebhookPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/webhooks", async (HttpContext http, WebhookDesk webhooks, PageVisitor visitor) =>
            WebhookDesk.May(visitor.Person) ? await List(http, webhooks, visitor) : PeoplePages.Denied);
        pages.MapPost("/webhooks", Make);
        pages.MapPost("/webhooks/{webhook:guid}/replay", (HttpContext http, Guid webhook, WebhookDesk webhooks, PageVisitor visitor) =>
            On(http, webhook, webhooks, visitor, async (it, progress) =>
                await webhooks.Replay(it, progress, null, http.RequestAborted) is { Refused: { } refused }
                    ? await List(http, webhooks, visitor, attempt: Refusal(http, refused, visitor))
                    : FormPost.Go(http, $"/webhooks?{FormPost.Saved}")));
        pages.MapPost("/webhooks/{webhook:guid}/secret", (HttpContext http, Guid webhook, WebhookDesk webhooks, PageVisitor visitor) =>
            On(http, webhook, webhooks, visitor, async (it, _) =>
                await List(http, webhooks, visitor, await webhooks.Renew(it, PeoplePages.Address(http), http.RequestAborted))));
        pages.MapPost("/webhooks/{webhook:guid}/end", (HttpContext http, Guid webhook, WebhookDesk webhooks, PageVisitor visitor) =>
            On(http, webhook, webhooks, visitor, async (it, _) =>
            {
                await webhooks.Delete(it, PeoplePages.Address(http), http.RequestAborted);
                return FormPost.Go(http, $"/webhooks?{FormPost.Saved}");
            }));
    }

    // The secret is shown on the page that answers the form, and nowhere else.
    static async Task<IResult> Make(HttpContext http, WebhookDesk webhooks, PageVisitor visitor)
    {
        if (!WebhookDesk.May(visitor.Person))
            return PeoplePages.Denied;
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        var address = filled.Text("address").Trim();
        if (filled.Faults.Count > 0)
            return await Again(Refused.Invalid(filled.Faults));
        var (_, secret, refused) = await webhooks.Make(visitor.Person, Guid.CreateVersion7(), address, null, PeoplePages.Address(http),
            http.RequestAborted);
        return refused is null ? await List(http, webhooks, visitor, secret) : await Again(refused);

        async Task<IResult> Again(Refused why)
        {
            var all = await webhooks.Of(visitor.Person.Id, http.RequestAborted);
            return new ShownAgain(Attempt.Of(http.Request.Path, filled, why, visitor.Language),
                it => PeoplePages.Page<WebhooksPage>(new { Webhooks = all, Secret = (string?)null, Attempt = it }, it.Status));
        }
    }

    static async Task<IResult> On(HttpContext http, Guid id, WebhookDesk webhooks, PageVisitor visitor,
        Func<Webhook, WebhookProgress, Task<IResult>> act) =>
        !WebhookDesk.May(visitor.Person) ? PeoplePages.Denied
        : await webhooks.Find(visitor.Person.Id, id, http.RequestAborted) is var (it, progress) ? await act(it, progress)
        : PeoplePages.Unknown;

    static Attempt Refusal(HttpContext http, Refused refused, PageVisitor visitor) =>
        Attempt.Of(http.Request.Path, new(http.Request.Form, http.Request.RouteValues), refused, visitor.Language);

    static async Task<IResult> List(HttpContext http, WebhookDesk webhooks, PageVisitor visitor, string? secret = null,
        Attempt? attempt = null) => PeoplePages.Page<WebhooksPage>(
            new { Webhooks = await webhooks.Of(visitor.Person.Id, http.RequestAborted), Secret = secret, Attempt = attempt },
            attempt?.Status ?? StatusCodes.Status200OK);
}
