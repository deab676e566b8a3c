using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Documents;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>The page of the bodies in which the parties meet, and the forms to set them up, take seats and record meetings.</summary>
static class BodyPages
{
    const string Route = "/agreements/{id:guid}/bodies";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Route, async (Guid id, Dossiers dossiers, PageVisitor visitor) => await visitor.Find(dossiers, id) is { } dossier
            ? Show(dossier, visitor, null)
            : Failures.Page(StatusCodes.Status404NotFound)).LooksBack();
        pages.MapPost(Route, (HttpContext http, Guid id, FormPost post, PageVisitor visitor) => Answer(http, id,
            new(http.Request.Form, http.Request.RouteValues), post, visitor,
            f => new SetUpBody(f.Text("key"), f.Text("title"), f.Optional("obligation")), it => it.Touched));
        Form(pages, "seats", f => new TakeSeat(f.Key, f.Text("function"), f.Date("from"), f.OptionalDate("to")));
        Form(pages, "seats/{number:int}/leaving", f => new LeaveSeat(f.Key, f.Number, f.Date("to")));
        Form(pages, "meetings", f => new RecordMeeting(f.Key, f.Date("on"), f.Optional("agenda"), f.Optional("decisions"),
            f.Ids("documents")) { Enclosed = f.Enclosed });
    }

    static void Form(IEndpointRouteBuilder pages, string route, Func<Filled, Command> fill)
    {
        pages.MapPost($"{Route}/{{key}}/{route}", (HttpContext http, Guid id, FormPost post, Upload upload, PageVisitor visitor) =>
        {
            var filled = new Filled(http.Request.Form, http.Request.RouteValues);
            return upload.Enclosing(new(id), filled, visitor.Actor, () => Answer(http, id, filled, post, visitor, fill,
                it => it.Agreement.Body(filled.Key)?.Touched), http.RequestAborted);
        }).WithMetadata(Upload.AsLargeAsDocuments);
        pages.MapGet($"{Route}/{{key}}/{route}", (Guid id) => Results.LocalRedirect($"/agreements/{id}/bodies"));
    }

    static Task<IResult> Answer(HttpContext http, Guid id, Filled filled, FormPost post, PageVisitor visitor, Func<Filled, Command> fill,
        Func<Dossier, long?> touched) => post.Answer(http, new(id), filled, fill, touched,
            (dossier, refused) => Show(dossier, visitor, refused), $"/agreements/{id}/bodies?{FormPost.Saved}");

    static IResult Show(Dossier dossier, PageVisitor visitor, Attempt? refused) =>
        !Rights.May(visitor.Actor, Right.ReadDocuments, dossier.Agreement.Terms.Parties)
            ? Failures.Page(StatusCodes.Status403Forbidden)
            : Rendered.Page<BodiesPage>(new { Dossier = dossier, Attempt = refused }, refused);
}
