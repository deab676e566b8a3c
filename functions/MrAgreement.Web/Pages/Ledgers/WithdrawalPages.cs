using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Running;
using MrAgreement.Web.Importing;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Grants;

namespace MrAgreement.Web.Pages.Ledgers;

/// <summary>Withdrawing a ledger's or a bank's file that was the wrong one: what changes, and the form that does it.</summary>
static class WithdrawalPages
{
    const string Step = "withdrawal";

    public static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var of in (string[])["ledger", "bank"])
        {
            var page = $"{of}/{{import:guid}}/{Step}";
            GrantPages.Page(pages, page, Show);
            pages.MapPost($"{GrantPages.Route}/{page}", Withdraw);
        }
    }

    /// <summary>The page that tells of a file that was withdrawn; null when there is none for this person.</summary>
    public static IResult? Gone(Dossier dossier, PageVisitor visitor, Guid import) =>
        Sight.Withdrawn(dossier, visitor.Actor, import) is { } it
            ? GrantPages.Result<WithdrawnFilePage>(null, new { Dossier = dossier, File = it })
            : null;

    static IResult? Show(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused)
    {
        var import = Import(http);
        return !GrantPages.SeesLedger(dossier, visitor.Actor) ? null
            : dossier.Grant.Ledger.Imports.Find(i => i.Read.Import == import) is { } ledger
                ? GrantPages.Result<LedgerWithdrawalPage>(refused, new { Dossier = dossier, Import = ledger, Attempt = refused })
            : dossier.Grant.BankImport(import) is { } bank
                ? GrantPages.Result<BankWithdrawalPage>(refused, new { Dossier = dossier, Import = bank, Attempt = refused })
            : Gone(dossier, visitor, import);
    }

    static async Task<IResult> Withdraw(HttpContext http, Guid id, Guid import, FormPost post, Dossiers dossiers,
        ImportWithdrawal withdrawal, PageVisitor visitor)
    {
        if (await dossiers.Read(new(id), http.RequestAborted) is not { } dossier || !GrantPages.SeesLedger(dossier, visitor.Actor))
            return GrantPages.Nowhere;
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        var reason = filled.Text("reason");
        Command command = dossier.Grant.BankImport(import) is not null
            ? await withdrawal.OfBank(dossier, import, reason, visitor.Occasion, http.RequestAborted)
            : await withdrawal.OfLedger(dossier, import, reason, visitor.Occasion, http.RequestAborted);
        return await post.Answer(http, new(id), filled, _ => command, d => d.Touched,
            (d, refused) => Show(http, d, visitor, refused) ?? GrantPages.Nowhere, $"{GrantPages.Above(http, Step)}?{FormPost.Saved}");
    }

    static Guid Import(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["import"]!);
}
