using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Banking;
using MrAgreement.Documents;
using MrAgreement.EventSourcing;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Banking;

/// <summary>Imports of the recipient's bank files: which transactions are the grant's payments.</summary>
static class BankApi
{
    public const long MaxBytes = 200 * 1024 * 1024;

    public static void MapBank(this RouteGroupBuilder api)
    {
        var imports = api.MapGroup("/agreements/{agreementId:guid}/grant/bank-imports").WithTags("Grant");
        imports.MapGet("", List).Answers<Listing<BankImportView>>().Describe("List bank imports", "Imports in order, without their transactions; for the recipient and the auditors.");
        imports.MapPost("", Import).TakesUpload<BankForm>().Answers<BankImportView>(StatusCodes.Status201Created)
            .Describe("Import a bank file", "camt.053 or camt.054: payments of the grant matched where nothing else fits, proposed where something may, the rest in a queue. All or nothing; the same file again imports nothing.");
        imports.MapGet("/{importId:guid}", Show).Answers<BankImportView>().Describe("Show a bank import", "Its transactions as they now stand.");
        imports.MapPost("/{importId:guid}/matches", Match).Answers<BankImportView>().Describe("Match a transaction", "Says which requisition, repayment or recorded payment a transaction is.");
        imports.MapPost("/{importId:guid}/dismissals", Dismiss).Answers<BankImportView>().Describe("Dismiss a transaction", "Says that a transaction has nothing to do with the grant.");
        imports.MapDelete("/{importId:guid}/dismissals/{entry:int}", Reopen).Answers<BankImportView>().Describe("Take back a dismissal", "The transaction waits for somebody again.");
    }

    static Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Results.Json(paging.Of(request, Seen(at).Select(i => BankImportView.Of(i, null, at)).ToList()), ViewJson.Options));

    static async Task<IResult> Show(AgreementId agreementId, Guid importId, Desk desk, BankImporter importer, HttpContext http, DateParameter? asOf = null)
    {
        var (at, failure) = await desk.See(agreementId, asOf);
        if (at is null)
            return failure!;
        return Seen(at).FirstOrDefault(i => i.Read.File.Import == importId) is { } it
            ? desk.Found(BankImportView.Of(it, await importer.Judged(at.Dossier, it, http.RequestAborted), at), it.Touched)
            : NoSuch(importId);
    }

    static async Task<IResult> Import(AgreementId agreementId, Desk desk, BankImporter importer, IDocumentStore store, HttpRequest request)
    {
        var aborted = request.HttpContext.RequestAborted;
        var (dossier, denied) = await desk.AllowedMoney(agreementId);
        if (dossier is null)
            return denied!;
        var (upload, failure) = await Upload.Read(request, MaxBytes, [], _ => []);
        if (upload is null)
            return failure!;
        return await Upload.Bringing(upload.File, store, MaxBytes, dossier, TakeIn, aborted);

        async Task<IResult> TakeIn(DocumentFile stored, StoredDocument put)
        {
            var (file, transactions, refused) = await importer.Read(desk.NewId(), stored, aborted);
            if (file is null)
                return Problem.Result(refused!);
            // Sent again, it is looked at beside those that came before it the first time.
            var known = dossier.Grant.BankImports.Find(i => i.Read.File.Address == stored.Sha256);
            var seen = await importer.Seen(dossier, known?.Read.File.Import, aborted);
            var command = new ImportBankFile(file, transactions, seen, dossier.Grant.BankImports.LastOrDefault()?.Read.File.Import);
            return await desk.Do(agreementId, upload.Signature(stored.Sha256), command, it => it.Grant.Touched, at =>
            {
                var it = at.Dossier.Grant.BankImports.Find(i => i.Read.File.Address == stored.Sha256)!;
                return Reply.Created(BankImportView.Of(it, Matching.Of(transactions, BankDecisions.Expecting(at.Dossier, seen)), at), $"/agreements/{agreementId}/grant/bank-imports/{it.Read.File.Import}");
            });
        }
    }

    static Task<IResult> Match(AgreementId agreementId, Guid importId, Body<MatchRequest> body, Desk desk, BankImporter importer, HttpContext http) =>
        Decide(agreementId, importId, body.Value.Entry, body.Bytes, transaction => new MatchTransaction(importId, transaction, body.Value.Targets(agreementId)), desk, importer, http.RequestAborted);

    static Task<IResult> Dismiss(AgreementId agreementId, Guid importId, Body<DismissalRequest> body, Desk desk, BankImporter importer, HttpContext http) =>
        Decide(agreementId, importId, body.Value.Entry, body.Bytes, transaction => new DismissTransaction(importId, transaction.Number, body.Value.Reason), desk, importer, http.RequestAborted);

    static Task<IResult> Reopen(AgreementId agreementId, Guid importId, int entry, Desk desk, BankImporter importer, HttpContext http) =>
        Decide(agreementId, importId, entry, [], transaction => new ReopenTransaction(importId, transaction.Number), desk, importer, http.RequestAborted);

    static async Task<IResult> Decide(
        AgreementId agreementId, Guid importId, int entry, byte[] body, Func<BankTransaction, Command> command, Desk desk, BankImporter importer, CancellationToken cancellation)
    {
        var (dossier, denied) = await desk.AllowedMoney(agreementId);
        if (dossier is null)
            return denied!;
        if (dossier.Grant.BankImport(importId) is not { } import)
            return NoSuch(importId);
        var transactions = await importer.Transactions(import.Read.File, cancellation);
        if (entry < 1 || entry > transactions.Count)
            return Problem.Result(new Refused("no-such-transaction", RefusalKind.NotFound, ("number", entry)));
        var seen = await importer.Seen(dossier, importId, cancellation);
        return await desk.Do(agreementId, body, command(transactions[entry - 1]), it => it.Grant.BankImport(importId)?.Touched,
            at => Reply.Ok(BankImportView.Of(at.Dossier.Grant.BankImport(importId)!, Matching.Of(transactions, BankDecisions.Expecting(at.Dossier, seen)), at)));
    }

    static IEnumerable<BankImport> Seen(Viewpoint at) => Drafts.SeesLedger(at.Dossier, at.By) ? at.Dossier.Grant.BankImports : [];

    static IResult NoSuch(Guid import) => Problem.Result(new Refused("no-such-import", RefusalKind.NotFound, ("import", import)));
}

/// <summary>The field of a bank file's upload.</summary>
/// <param name="File">A camt.053 or camt.054 file, version 001.02 to 001.08.</param>
public sealed record BankForm(IFormFile File);

/// <param name="Entry">Number of the transaction in the file.</param>
/// <param name="Requisition">The requisition that it pays.</param>
/// <param name="Requisitions">Several requisitions that it pays together, each in full.</param>
/// <param name="Repayment">The repayment that it carries out.</param>
/// <param name="Payment">The payment that is recorded already; of a reversal, the one that it takes back.</param>
public sealed record MatchRequest(int Entry, int? Requisition = null, IReadOnlyList<int>? Requisitions = null, int? Repayment = null, int? Payment = null)
{
    internal IReadOnlyList<MatchTarget> Targets(AgreementId agreement) =>
    [
        .. Requisition is { } requisition ? [new RequisitionTarget(agreement, requisition)] : Array.Empty<MatchTarget>(),
        .. (Requisitions ?? []).Select(n => new RequisitionTarget(agreement, n)),
        .. Repayment is { } repayment ? [new RepaymentTarget(agreement, repayment)] : Array.Empty<MatchTarget>(),
        .. Payment is { } payment ? [new PaymentTarget(agreement, payment)] : Array.Empty<MatchTarget>()
    ];
}

/// <param name="Entry">Number of the transaction in the file.</param>
/// <param name="Reason">Why it has nothing to do with the grant.</param>
public sealed record DismissalRequest(int Entry, string Reason);
