using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Web.Pages.Forms;

namespace MrAgreement.Web.Pages.Grants;

/// <summary>The settlement of a grant, and the decisions that a cost is not accepted.</summary>
static class SettlementPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        GrantPages.Page(pages, "settlement", Show);
        GrantPages.Form(pages, "settlement", "disallowances", Show, f => new DisallowCosts(
            f.Amount("amount"), f.Date("decidedOn"), f.Text("reference"), f.Text("reason"), f.OptionalDate("repayBy"),
            f.Optional("category"), f.Ticked("sure")), (dossier, _) => dossier.Grant.Touched);
        GrantPages.Form(pages, "settlement", "disallowances/{number:int}/withdrawal", Show,
            f => new WithdrawDisallowance(f.Number, f.Text("reason")),
            (dossier, f) => dossier.Grant.Disallowance(f.Number)?.Touched);
    }

    static IResult? Show(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused) =>
        GrantPages.SeesMoney(dossier, visitor.Actor) && Sight.SeesEveryShare(dossier, visitor.Actor)
            ? GrantPages.Result<SettlementPage>(refused, new { Dossier = dossier, Attempt = refused })
            : null;
}
