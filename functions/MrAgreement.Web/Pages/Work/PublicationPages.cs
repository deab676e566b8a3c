using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Work;

namespace MrAgreement.Web.Pages.Work;

/// <summary>The pages of an agreement's material: the list, each with how it was spread, and the forms.</summary>
static class PublicationPages
{
    const string Route = $"/agreements/{{id:guid}}{Places.Publications}";
    const string One = $"{Route}/{{number:int}}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Route, async (HttpContext http, Guid id, Dossiers dossiers, PageVisitor visitor) =>
            await visitor.Find(dossiers, id) is { } dossier ? List(http, dossier, visitor, null)
                : Failures.Page(StatusCodes.Status404NotFound)).LooksBack();
        pages.MapGet(One, async (Guid id, int number, Dossiers dossiers, PageVisitor visitor) =>
            await visitor.Find(dossiers, id) is { } dossier ? Show(dossier, number, visitor, null)
                : Failures.Page(StatusCodes.Status404NotFound)).LooksBack();
        pages.MapPost(Route, (HttpContext http, Guid id, FormPost post, PageVisitor visitor) => post.Answer(http, new(id),
            new(http.Request.Form, http.Request.RouteValues), f => new PublishMaterial(Read(f)), it => it.Touched,
            (dossier, refused) => List(http, dossier, visitor, refused),
            after => $"/agreements/{id}{Places.Publications}/{after.Grounds.Publications.Count}?{FormPost.Saved}"));
        Form(pages, "spreading", f => new SpreadMaterial(f.Number,
            new(f.Text("party"), f.Text("channel"), f.Date("on"), f.Optional("address"))));
        Form(pages, "approval", f => new ApprovePublication(f.Number,
            new(Checked(f, "secrecy"), Checked(f, "personalData"), Checked(f, "accessibility"))));
        Form(pages, "withdrawal", f => new WithdrawPublication(f.Number, f.Text("reason")));
    }

    static void Form(IEndpointRouteBuilder pages, string route, Func<Filled, Command> fill)
    {
        pages.MapPost($"{One}/{route}", (HttpContext http, Guid id, int number, FormPost post, PageVisitor visitor) => post.Answer(http,
            new(id), new Filled(http.Request.Form, http.Request.RouteValues), fill, it => it.Grounds.Publications.Find(number)?.Touched,
            (dossier, refused) => Show(dossier, number, visitor, refused),
            $"/agreements/{id}{Places.Publications}/{number}?{FormPost.Saved}"));
        // After a refusal the form's address stands in the browser: asked for, it is the page.
        pages.MapGet($"{One}/{route}", (Guid id, int number) => Results.LocalRedirect($"/agreements/{id}{Places.Publications}/{number}"));
    }

    static ToldMaterial Read(Filled f) => new(f.Text("title"), f.Choice<PublicationKind>("kind"), f.OptionalValue<Guid>("document"),
        f.Optional("address"), f.Date("on"), f.Text("language"), f.Optional("measure"),
        [.. f.Form["audience"].Select(it => Enum.TryParse<PublicationAudience>(it, out var known) ? known : (PublicationAudience?)null)
            .OfType<PublicationAudience>()]);

    static PublicationCheck Checked(Filled f, string name) => new(f.Ticked($"checks/{name}/passed"), f.Optional($"checks/{name}/note"));

    static bool MaySee(Dossier it, PageVisitor visitor) =>
        Sight.SeesWork(it, visitor.Actor) || it.Grounds.Publications.Exists(of => Sight.Sees(it, visitor.Actor, of));

    static IResult List(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused) => !MaySee(dossier, visitor)
        ? Failures.Page(StatusCodes.Status403Forbidden)
        : Rendered.Page<PublicationsPage>(new
        {
            Dossier = dossier, Attempt = refused, Number = PageNumber.Of(http.Request.Query["page"])
        }, refused);

    static IResult Show(Dossier dossier, int number, PageVisitor visitor, Attempt? refused) =>
        !MaySee(dossier, visitor) ? Failures.Page(StatusCodes.Status403Forbidden)
        : dossier.Grounds.Publications.Find(number) is not { } it || !Sight.Sees(dossier, visitor.Actor, it)
            ? Failures.Page(StatusCodes.Status404NotFound)
        : Rendered.Page<PublicationPage>(new { Dossier = dossier, Of = it, Attempt = refused }, refused);
}
