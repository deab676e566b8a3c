using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Access;
using MrAgreement.Web.Grants;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.Pages.Grants;

/// <summary>Requisitions and statements as files, for those who see them on a page.</summary>
static class PrintPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        GrantPages.Page(pages, "requisitions/{number:int}/content", (http, dossier, visitor, _) =>
            GrantPages.SeesMoney(dossier, visitor.Actor) && dossier.Grant.Requisitions.Find(Number(http)) is { } it
                && Sight.Sees(dossier, visitor.Actor, it)
                ? RequisitionLetter.File(it, visitor.At(dossier), http.RequestServices.GetRequiredService<RequisitionTemplates>())
                : null);
        GrantPages.Page(pages, "statements/{number:int}/content/{format}", (http, dossier, visitor, _) =>
            GrantPages.SeesMoney(dossier, visitor.Actor) && dossier.Grant.Statements.Find(Number(http)) is { } it
                && Sight.Sees(dossier, visitor.Actor, it)
            && http.Request.RouteValues["format"] is string format && Choice.Is<StatementFormat>(format)
                ? new StatementPrint(it, visitor.At(dossier)).As(Enum.Parse<StatementFormat>(format, ignoreCase: true))
                : null);
    }

    static int Number(HttpContext http) =>
        int.Parse((string)http.Request.RouteValues["number"]!, System.Globalization.CultureInfo.InvariantCulture);
}
