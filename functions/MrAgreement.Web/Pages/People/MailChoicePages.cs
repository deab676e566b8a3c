using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Messages;
using MrAgreement.Running;
using MrAgreement.Web.Messages;
using MrAgreement.Web.Pages.Forms;

namespace MrAgreement.Web.Pages.People;

/// <summary>When one gets mail.</summary>
static class MailChoicePages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/me/messages", async (HttpContext http, PageVisitor visitor) => Page(
            await MailChoiceApi.ChoiceOf(visitor.Person.Id, PostmanOf(http), http.RequestAborted), http));
        pages.MapPost("/me/messages", Change);
    }

    static async Task<IResult> Change(HttpContext http, PageVisitor visitor)
    {
        var (filled, postman) = (new Filled(http.Request.Form, http.Request.RouteValues), PostmanOf(http));
        var (timing, from, to) = (filled.Choice<MailTiming>("timing"), filled.OptionalDate("quiet/from"), filled.OptionalDate("quiet/to"));
        // Half a period is none.
        if (from is null != to is null)
            filled.Note(new(from is null ? "/quiet/from" : "/quiet/to", "required"));
        var choice = new MailChoice(timing, from is { } first && to is { } last ? new(first, last) : null);
        var refused = filled.Faults.Count > 0 ? Refused.Invalid(filled.Faults)
            : postman is null ? MailChoiceApi.NoMail : choice.Against(visitor.Today);
        if (refused is not null)
        {
            var before = await MailChoiceApi.ChoiceOf(visitor.Person.Id, postman, http.RequestAborted);
            return new ShownAgain(Attempt.Of(http.Request.Path, filled, refused, visitor.Language), it => Page(before, http, it));
        }
        await postman!.Choose(visitor.Person.Id, choice, http.RequestAborted);
        return FormPost.Go(http, $"/me/messages?{FormPost.Saved}");
    }

    static Postman? PostmanOf(HttpContext http) => http.RequestServices.GetService<Postman>();

    static IResult Page(MailChoice choice, HttpContext http, Attempt? attempt = null) => PeoplePages.Page<MailChoicePage>(
        new { Choice = choice, SendsMail = PostmanOf(http) is not null, Attempt = attempt }, attempt?.Status ?? StatusCodes.Status200OK);
}
