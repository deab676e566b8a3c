using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Erasures;
using MrAgreement.Running;
using MrAgreement.Web.Erasures;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Erasures;

/// <summary>The erasures of an agreement: what was asked for, and the forms to ask for one, approve it or decline it.</summary>
static class ErasurePages
{
    const string Route = "/agreements/{id:guid}/erasures";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Route, async (Guid id, Dossiers dossiers, PageVisitor visitor) => await visitor.Find(dossiers, id) is not { } dossier
            ? Failures.Page(StatusCodes.Status404NotFound)
            : Show(dossier, visitor, null));
        pages.MapPost(Route, (HttpContext http, Guid id, FormPost post, PageVisitor visitor) => Answer(http, id, post, visitor, it =>
            new RequestErasure(it.OptionalValue<long>("row"), it.OptionalValue<Guid>("document"), it.Choice<ErasureGround>("ground"),
                it.Optional("reference"))));
        pages.MapPost($"{Route}/{{number:int}}/approval", (HttpContext http, Guid id, FormPost post, PageVisitor visitor) =>
            Answer(http, id, post, visitor, it => new ApproveErasure(it.Number)));
        pages.MapPost($"{Route}/{{number:int}}/refusal", (HttpContext http, Guid id, FormPost post, PageVisitor visitor) =>
            Answer(http, id, post, visitor, it => new DeclineErasure(it.Number)));
        foreach (var step in (string[])["approval", "refusal"])
            pages.MapGet($"{Route}/{{number:int}}/{step}", (Guid id) => Results.LocalRedirect($"/agreements/{id}/erasures"));
    }

    static Task<IResult> Answer(HttpContext http, Guid id, FormPost post, PageVisitor visitor, Func<Filled, Command> fill) => post.Answer(
        http, new(id), new Filled(http.Request.Form, http.Request.RouteValues), fill, _ => null,
        (dossier, refused) => Show(dossier, visitor, refused), $"/agreements/{id}/erasures?{FormPost.Saved}");

    static IResult Show(Dossier dossier, PageVisitor visitor, Attempt? refused) => !ErasureApi.MayKnow(dossier, visitor.Actor)
        ? Failures.Page(StatusCodes.Status403Forbidden)
        : Rendered.Page<ErasuresPage>(new
        {
            Dossier = dossier, Attempt = refused,
            Row = long.TryParse(visitor.Asked("row"), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : (long?)null,
            Document = Guid.TryParse(visitor.Asked("document"), out var document) ? document : (Guid?)null,
            Ground = Enum.TryParse<ErasureGround>(visitor.Asked("ground"), out var ground) && Enum.IsDefined(ground) ? $"{ground}" : "",
            Reference = visitor.Asked("reference") is { Length: <= 100 } reference ? reference : ""
        }, refused);
}
