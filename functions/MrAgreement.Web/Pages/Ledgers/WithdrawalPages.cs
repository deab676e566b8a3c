using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Banking;
using MrAgreement.Ledgers;
using MrAgreement.Parties;
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
    public static IResult? Gone(Dossier dossier, PageVisitor visitor, Guid import) => GrantPages.SeesLedger(dossier, visitor.Actor)
        && dossier.Grant.WithdrawnFiles.Find(file => file.Import == import) is { } it
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

    static async Task<IResult> Withdraw(HttpContext http, Guid id, Guid import, FormPost post, Dossiers dossiers, LedgerImporter ledgers,
        BankImporter banks, PageVisitor visitor)
    {
        if (await dossiers.Read(new(id), http.RequestAborted) is not { } dossier || !GrantPages.SeesLedger(dossier, visitor.Actor))
            return GrantPages.Nowhere;
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        var isBank = dossier.Grant.BankImport(import) is not null;
        Command command = isBank
            ? new WithdrawBankFile(import, filled.Text("reason"), May(Act.WithdrawBankFile)
                ? await banks.Without(dossier, import, http.RequestAborted) : [])
            : new WithdrawLedgerImport(import, filled.Text("reason"), May(Act.WithdrawLedgerImport)
                ? await ledgers.Without(dossier, import, http.RequestAborted) : []);
        return await post.Answer(http, new(id), filled, _ => command, _ => null,
            (d, refused) => Show(http, d, visitor, refused) ?? GrantPages.Nowhere, $"{GrantPages.Above(http, Step)}?{FormPost.Saved}");

        bool May(Act act) => Acts.May(dossier, act, import, visitor.Occasion);
    }

    static Guid Import(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["import"]!);
}
