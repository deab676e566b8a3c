using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Grants;

namespace MrAgreement.Web.Pages.Reconciliations;

/// <summary>Whether everything agrees, exceptions first.</summary>
static class ReconciliationPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        GrantPages.Page(pages, "reconciliation", Show);
        GrantPages.Form(pages, "reconciliation", "{key}/waiver", Show, filled => new WaiveException(filled.Key, filled.Text("reason")),
            (dossier, _) => dossier.Grant.Touched);
    }

    static IResult? Show(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused) =>
        GrantPages.SeesMoney(dossier, visitor.Actor)
            ? GrantPages.Result<ReconciliationPage>(refused, new { Dossier = dossier, Attempt = refused })
            : null;
}
