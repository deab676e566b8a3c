using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Messages;

/// <summary>What people were written of an obligation, and what became of it.</summary>
static class MessageApi
{
    public static void MapMessages(this RouteGroupBuilder api) =>
        api.MapGet("/agreements/{agreementId:guid}/obligations/{key}/reminders", Show).WithTags("Obligations").Answers<RemindersView>()
            .Describe("Show an obligation's messages",
            "The ladder of reminders, and every message about the obligation: to whom, which server took it when, or why it was given up; "
            + "and, for the people of the party whose message it is, who of them has opened the page that it leads to since.");

    static async Task<IResult> Show(AgreementId agreementId, string key, Desk desk, Openings openings, OwnMessages own, HttpContext http)
    {
        var (at, failure) = await desk.See(agreementId, null);
        return at is null ? failure!
            : at.Agreement.Obligations.GetValueOrDefault(key) is not { } it
                ? Problem.Result(StatusCodes.Status404NotFound, new("no-such-obligation", ("key", key)))
                : Results.Json(
                    await RemindersView.Of(it, at, http.RequestServices.GetService<Postman>(), openings, own, http.RequestAborted),
                    ViewJson.Options);
    }
}
