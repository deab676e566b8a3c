using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Access;
using MrAgreement.Web.Grants;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.Registry;

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
        GrantPages.Page(pages, "requisitions/{number:int}/receipt/content", (http, dossier, visitor, _) =>
            GrantPages.SeesMoney(dossier, visitor.Actor) && dossier.Grant.Requisitions.Find(Number(http)) is { } it
                && Sight.Sees(dossier, visitor.Actor, it) && ReceiptView.Of(it, dossier.Agreement) is { } receipt
                ? receipt.File(visitor.At(dossier),
                    dossier.Agreement.Terms.Parties.First(party =>
                        Rights.Does(party, Duty.MoneyHandler, dossier.Agreement.Terms.Parties)).Key,
                    $"{visitor.Language.Word(RegistryKind.Requisition)} {it.Number}", [it.Reference], it.Number)
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
