using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Grants;

/// <summary>Pages of their own about an agreement's money, and the forms on them.</summary>
static class GrantPages
{
    public const string Route = "/agreements/{id:guid}/grant";

    /// <summary>A page as a person sees it; null when there is no such page for them.</summary>
    /// <param name="refused">The form that was refused, when the page is the answer to one.</param>
    public delegate IResult? Show(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused);

    /// <summary>Whether the person sees more of the money than its sums.</summary>
    public static bool SeesMoney(Dossier it, Actor by) =>
        it.Grant.Terms is not null && Rights.May(by, Right.ReadDocuments, it.Agreement.Terms.Parties);

    /// <summary>Whether the person sees the ledger and the bank files.</summary>
    public static bool SeesLedger(Dossier it, Actor by) => SeesMoney(it, by) && Sight.SeesLedger(it, by);

    /// <summary>Whether the grant is shared with others, or may be.</summary>
    public static bool IsShared(Dossier it) =>
        it.Grant.Terms?.Shares is { Count: > 0 } || it.Grant.Allocations.Count > 0
            || it.Agreement.Terms.Parties.Any(p => p.Role == PartyRole.SubRecipient);

    /// <summary>A page that can also be shown as things stood at the end of a day.</summary>
    public static void Page(IEndpointRouteBuilder pages, string page, Show show) =>
        pages.MapGet($"{Route}/{page}", async (HttpContext http, Guid id, Dossiers dossiers, PageVisitor visitor) =>
            await visitor.Find(dossiers, id) is { } dossier
                ? show(http, dossier, visitor, null) ?? Missing(page, dossier, visitor.Actor)
                : Nowhere).LooksBack();

    /// <summary>A form on a page; done, it leads back there.</summary>
    /// <param name="step">The form's address below the page's.</param>
    public static void Form(IEndpointRouteBuilder pages, string page, string step, Show show, Func<Filled, Command> fill,
        Func<Dossier, Filled, long?> touched)
    {
        pages.MapPost($"{Route}/{page}/{step}", (HttpContext http, Guid id, FormPost post, PageVisitor visitor) =>
        {
            var filled = new Filled(http.Request.Form, http.Request.RouteValues);
            return post.Answer(http, new(id), filled, fill, dossier => touched(dossier, filled),
                (dossier, refused) => show(http, dossier, visitor, refused) ?? Missing(page, dossier, visitor.Actor),
                $"{Above(http, step)}?{FormPost.Saved}");
        });
        Back(pages, page, step);
    }

    /// <summary>After a refusal the form's address stands in the browser: asked for, it is the page.</summary>
    public static void Back(IEndpointRouteBuilder pages, string page, string step) =>
        pages.MapGet($"{Route}/{page}/{step}", (HttpContext http) => Results.LocalRedirect(Above(http, step)));

    /// <summary>The address of the page that a form is on.</summary>
    public static string Above(HttpContext http, string step) =>
        string.Join('/', http.Request.Path.Value!.Split('/')[..^step.Split('/').Length]);

    public static IResult Result<T>(Attempt? refused, object parameters) where T : IComponent => Rendered.Page<T>(parameters, refused);

    /// <summary>The grant and what is asked for, paid and adjusted; null when there is no such page for this person.</summary>
    public static IResult? ShowPart(string page, Dossier it, PageVisitor visitor, Attempt? refused)
    {
        var (sees, pays) = (SeesMoney(it, visitor.Actor), SeesMoney(it, visitor.Actor) && !it.Grant.IsRightToCharge);
        return page switch
        {
            Places.Money when it.Grant.Terms is not null => Result<MoneyPage>(refused, new { Dossier = it, Attempt = refused }),
            Places.Requisitions when pays => Result<RequisitionsPage>(refused, new { Dossier = it, Attempt = refused }),
            Places.Payments when pays => Result<PaymentsPage>(refused, new { Dossier = it, Attempt = refused }),
            Places.Adjustments when sees && Sight.SeesEveryShare(it, visitor.Actor) =>
                Result<AdjustmentsPage>(refused, new { Dossier = it, Attempt = refused }),
            _ => null
        };
    }

    /// <summary>A page that others have is refused; what the person should not know of is nowhere.</summary>
    public static IResult Missing(string page, Dossier it, Actor by)
    {
        var sees = page.StartsWith("ledger", StringComparison.Ordinal) || page.StartsWith("bank", StringComparison.Ordinal)
            ? SeesLedger(it, by)
            : SeesMoney(it, by);
        return it.Grant.Terms is null || sees ? Nowhere : Failures.Page(StatusCodes.Status403Forbidden);
    }

    public static IResult Nowhere => Failures.Page(StatusCodes.Status404NotFound);
}
