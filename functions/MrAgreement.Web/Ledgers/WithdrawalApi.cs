using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Web.Http;
using MrAgreement.Web.Importing;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Ledgers;

/// <summary>Ledger and bank files that were the wrong ones: withdrawn, and told of.</summary>
static class WithdrawalApi
{
    public static void MapWithdrawals(this RouteGroupBuilder api)
    {
        var grant = api.MapGroup("/agreements/{agreementId:guid}/grant").WithTags("Grant");
        grant.MapGet("/withdrawn-imports", List).Answers<Listing<WithdrawnImportView>>()
            .Describe("List withdrawn imports",
            "Ledger and bank files that were the wrong ones, in order; for the recipient and the auditors.");
        grant.MapPost("/ledger-imports/{importId:guid}/withdrawal", WithdrawLedger).Answers<WithdrawnImportView>()
            .Describe("Withdraw a ledger import",
            "Its rows count no more, and what it hid of files that remain does again; those are read anew. Refused while a submitted statement stands on it. The file may be imported again.");
        grant.MapPost("/bank-imports/{importId:guid}/withdrawal", WithdrawBank).Answers<WithdrawnImportView>()
            .Describe("Withdraw a bank import",
            "Its matches are let go, payments that only it tells of are reversed, and what counted in it comes forward in files that remain. Refused while a submitted statement stands on it.");
    }

    static Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Results.Json(paging.Of(request, Sight.SeesLedger(at.Dossier, at.By)
            ? at.Dossier.Grant.WithdrawnFiles.Select(file => WithdrawnImportView.Of(file, at)).ToList() : []), ViewJson.Options));

    static Task<IResult> WithdrawLedger(AgreementId agreementId, Guid importId, Body<WithdrawalRequest> body, Desk desk,
        ImportWithdrawal withdrawal, HttpContext http) => Withdraw(agreementId, importId, body, desk,
            it => withdrawal.OfLedger(it, importId, body.Value.Reason, desk.Occasion, http.RequestAborted));

    static Task<IResult> WithdrawBank(AgreementId agreementId, Guid importId, Body<WithdrawalRequest> body, Desk desk,
        ImportWithdrawal withdrawal, HttpContext http) => Withdraw(agreementId, importId, body, desk,
            it => withdrawal.OfBank(it, importId, body.Value.Reason, desk.Occasion, http.RequestAborted));

    static async Task<IResult> Withdraw(AgreementId agreementId, Guid importId, Body<WithdrawalRequest> body, Desk desk,
        Func<Dossier, Task<GrantCommand>> command)
    {
        var (dossier, denied) = await desk.AllowedMoney(agreementId);
        return dossier is null ? denied! : await desk.Do(agreementId, body.Bytes, await command(dossier), it => it.Grant.Touched,
            at => Reply.Ok(WithdrawnImportView.Of(at.Dossier.Grant.WithdrawnFiles.Find(file => file.Import == importId)!, at)));
    }

    /// <summary>What is said of an import that is not there: that it was withdrawn, to whoever sees the ledger.</summary>
    internal static IResult Gone(Viewpoint at, Guid import) =>
        Sight.Withdrawn(at.Dossier, at.By, import) is { } it
            ? Problem.Result(StatusCodes.Status410Gone, new Refused("import-withdrawn", ("name", it.Name), ("by", at.Name(it.By).Name),
                ("date", StockholmTime.DateOf(it.At)), ("reason", it.Reason)))
            : Problem.Result(LedgerApi.NoSuch(import));
}

/// <summary>A ledger's or a bank's file that was the wrong one.</summary>
/// <param name="ImportId">Id of its import.</param>
/// <param name="Kind">ledger-import or bank-import.</param>
/// <param name="Name">Name of the file.</param>
/// <param name="Sha256">Hash of the file; it may be imported again.</param>
/// <param name="ImportedBy">Who imported it.</param>
/// <param name="ImportedAt">When.</param>
/// <param name="WithdrawnBy">Who withdrew it.</param>
/// <param name="WithdrawnAt">When.</param>
/// <param name="Reason">Why.</param>
public sealed record WithdrawnImportView(Guid ImportId, StoredBytesKind Kind, string Name, Sha256 Sha256, PersonView ImportedBy,
    Instant ImportedAt, PersonView WithdrawnBy, Instant WithdrawnAt, string Reason)
{
    internal static WithdrawnImportView Of(WithdrawnFile it, Viewpoint at) => new(it.Import, it.File.Kind, it.Name, it.File.Address,
        at.Name(it.ImportedBy), it.ImportedAt, at.Name(it.By), it.At, it.Reason);
}
