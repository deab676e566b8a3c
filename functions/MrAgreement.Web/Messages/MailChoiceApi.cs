using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Messages;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.People;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Messages;

/// <summary>When one wants mail.</summary>
static class MailChoiceApi
{
    public static readonly Refused NoMail = new Refused("no-mail").NotSo();

    public static void MapMailChoice(this RouteGroupBuilder api)
    {
        api.MapGet("/me/messages", Show).Answers<MailChoiceView>().WithTags("People")
            .Describe("Show when one gets mail", "Each message at once, or together on each working morning; and the days without any.");
        api.MapPut("/me/messages", Change).Answers<MailChoiceView>().WithTags("People")
            .Describe("Choose when one gets mail", "What comes until a working morning goes together at 07:00 in Stockholm; of quiet days, on the first working morning after them. "
                + "A reminder that would come on the last day or after it goes at once, and on quiet days to whoever else has the role, if anybody has.");
        api.MapGet("/me/messages/told", Told).Answers<ToldListing>().WithTags("People")
            .Describe("List what one was told",
            "Every message to the caller in any of their roles, newest first, in the words of their mail, with the one page that it leads to and how it went: also where the host sends no mail. "
            + "As far as the last 20 000 moves of all agreements tell.");
    }

    static async Task<IResult> Show(Caller caller, HttpContext http)
    {
        var postman = http.RequestServices.GetService<Postman>();
        return Results.Json(MailChoiceView.Of(await ChoiceOf(caller.Id!.Value, postman, http.RequestAborted), postman), ViewJson.Options);
    }

    static async Task<IResult> Told(Caller caller, Paging paging, ToldMessages told, HttpContext http)
    {
        var (items, more) = await told.Of(caller, Language.For(http.Request.Headers.AcceptLanguage.ToString()), paging.Page, paging.Limit,
            http.RequestAborted);
        return Results.Json(new ToldListing(items, paging.Page, paging.Limit, more), ViewJson.Options);
    }

    static async Task<IResult> Change(Body<MailChoiceRequest> body, Caller caller, HttpContext http)
    {
        var postman = http.RequestServices.GetService<Postman>();
        if (caller.Roles.Count == 0)
            return Problem.Result(new Refused("no-membership", RefusalKind.Forbidden));
        var choice = new MailChoice(body.Value.Timing, body.Value.Quiet);
        if (postman is null || choice.Against(caller.Today) is not null)
            return Problem.Result(postman is null ? NoMail : choice.Against(caller.Today)!);
        await postman.Choose(caller.Id!.Value, choice, http.RequestAborted);
        return Results.Json(MailChoiceView.Of(choice, postman), ViewJson.Options);
    }

    /// <summary>What somebody has chosen.</summary>
    public static async Task<MailChoice> ChoiceOf(PersonId person, Postman? postman, CancellationToken cancellation) =>
        postman is null ? MailChoice.Usual : await postman.ChoiceOf(person, cancellation);
}

/// <summary>When one gets mail.</summary>
/// <param name="Timing">at-once or each-morning.</param>
/// <param name="Quiet">Days without any; null for none.</param>
/// <param name="Mail">Whether the host sends mail.</param>
public sealed record MailChoiceView(MailTiming Timing, QuietDays? Quiet, bool Mail)
{
    internal static MailChoiceView Of(MailChoice it, Postman? postman) => new(it.Timing, it.Quiet, postman is not null);
}

/// <param name="Timing">at-once or each-morning.</param>
/// <param name="Quiet">Days without any, at most 92; null for none.</param>
public sealed record MailChoiceRequest(MailTiming Timing, QuietDays? Quiet = null);
