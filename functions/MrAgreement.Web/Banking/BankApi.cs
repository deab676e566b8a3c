using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Banking;
using MrAgreement.Documents;
using MrAgreement.Web.Http;
using MrAgreement.Web.Importing;
using MrAgreement.Web.Ledgers;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Banking;

/// <summary>Imports of the recipient's bank files: which transactions are the grant's payments.</summary>
static class BankApi
{
    public const long MaxBytes = 200 * 1024 * 1024;

    public static void MapBank(this RouteGroupBuilder api)
    {
        var imports = api.MapGroup("/agreements/{agreementId:guid}/grant/bank-imports").WithTags("Grant");
        imports.MapGet("", List).Answers<Listing<BankImportView>>()
            .Describe("List bank imports", "Imports in order, without their transactions; for the recipient and the auditors.");
        imports.MapPost("", Import).TakesUpload<BankForm>().Answers<BankImportView>(StatusCodes.Status201Created)
            .Describe("Import a bank file",
            "camt.053 or camt.054: payments of the grant matched where nothing else fits, proposed where something may, the rest in a queue. All or nothing; the same file again imports nothing.");
        imports.MapGet("/{importId:guid}", Show).Answers<BankImportView>()
            .Describe("Show a bank import", "Its transactions as they now stand.");
        imports.MapGet("/{importId:guid}/known", Known).Answers<Listing<BankKnownView>>()
            .Describe("List what other files tell of",
            "The transactions that were taken for those of another file, each with the one that it is held against.");
        imports.MapPost("/{importId:guid}/recognitions", Recognise).Answers<BankImportView>()
            .Describe("Say that two transactions are one payment", "The transaction is the one that it is held against, and counts once.");
        imports.MapPost("/{importId:guid}/distinctions", Distinguish).Answers<BankImportView>()
            .Describe("Say that two transactions are two payments",
            "Answers the question, or takes back that the transaction was taken for one of another file: it waits for somebody.");
        imports.MapPost("/{importId:guid}/matches", Match).Answers<BankImportView>()
            .Describe("Match a transaction", "Says which requisition, repayment or recorded payment a transaction is.");
        imports.MapPost("/{importId:guid}/matches/{entry:int}/withdrawal", Unmatch).Answers<BankImportView>()
            .Describe("Take back a match",
            "The transaction waits for somebody again; a payment that only it tells of is reversed, what it confirmed or reversed is as before.");
        imports.MapPost("/{importId:guid}/dismissals", Dismiss).Answers<BankImportView>()
            .Describe("Dismiss a transaction", "Says that a transaction has nothing to do with the grant.");
        imports.MapDelete("/{importId:guid}/dismissals/{entry:int}", Reopen).Answers<BankImportView>()
            .Describe("Take back a dismissal", "The transaction waits for somebody again.");
    }

    static Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Results.Json(paging.Of(request, Seen(at).Select(i => BankImportView.Of(i, null, at)).ToList()),
            ViewJson.Options));

    static async Task<IResult> Show(AgreementId agreementId, Guid importId, Desk desk, BankImporter importer, HttpContext http,
        DateParameter? asOf = null)
    {
        var (at, failure) = await desk.See(agreementId, asOf);
        if (at is null)
            return failure!;
        return Seen(at).FirstOrDefault(i => i.Read.File.Import == importId) is { } it
            ? desk.Found(BankImportView.Of(it, await importer.Judged(at.Dossier, it, http.RequestAborted), at), it.Touched)
            : WithdrawalApi.Gone(at, importId);
    }

    static async Task<IResult> Known(AgreementId agreementId, Guid importId, Paging paging, Desk desk, BankImporter importer,
        HttpContext http, DateParameter? asOf = null)
    {
        var (at, failure) = await desk.See(agreementId, asOf);
        if (at is null)
            return failure!;
        return Seen(at).FirstOrDefault(i => i.Read.File.Import == importId) is { } it
            ? Results.Json(paging.Of(http.Request,
            BankKnownView.Of(it, await importer.Judged(at.Dossier, it, http.RequestAborted), at).ToList()), ViewJson.Options)
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
            var seen = await importer.Files(dossier, null, aborted);
            var command = new ImportBankFile(file, transactions, seen, dossier.Grant.BankImports.LastOrDefault()?.Read.File.Import,
                dossier.Grant.WithdrawnFiles.Count);
            return await desk.Do(agreementId, upload.Signature(stored.Sha256), command, it => it.Grant.Touched, at =>
            {
                var it = at.Dossier.Grant.BankImports.Find(i => i.Read.File.Address == stored.Sha256)!;
                var files = seen.Any(f => f.Import == it.Read.File.Import) ? seen : [.. seen, new(it.Read.File.Import, transactions)];
                return Reply.Created(BankImportView.Of(it, JudgedImport.Of(at.Dossier, it, files), at),
                    $"/agreements/{agreementId}/grant/bank-imports/{it.Read.File.Import}");
            });
        }
    }

    static Task<IResult> Match(AgreementId agreementId, Guid importId, Body<MatchRequest> body, Desk desk, BankImporter importer,
        HttpContext http) =>
        Decide(agreementId, importId, body.Value.Entry, body.Bytes,
            (transaction, _) => new MatchTransaction(importId, transaction, body.Value.Targets(agreementId)), desk, importer,
            http.RequestAborted);

    static Task<IResult> Unmatch(AgreementId agreementId, Guid importId, int entry, Body<WithdrawalRequest> body, Desk desk,
        BankImporter importer, HttpContext http) =>
        Decide(agreementId, importId, entry, body.Bytes,
            (transaction, _) => new UnmatchTransaction(importId, transaction.Number, body.Value.Reason), desk, importer,
            http.RequestAborted);

    static Task<IResult> Dismiss(AgreementId agreementId, Guid importId, Body<DismissalRequest> body, Desk desk, BankImporter importer,
        HttpContext http) =>
        Decide(agreementId, importId, body.Value.Entry, body.Bytes,
            (transaction, _) => new DismissTransaction(importId, transaction.Number, body.Value.Reason, transaction), desk, importer,
            http.RequestAborted);

    static Task<IResult> Reopen(AgreementId agreementId, Guid importId, int entry, Desk desk, BankImporter importer, HttpContext http) =>
        Decide(agreementId, importId, entry, [], (transaction, _) => new ReopenTransaction(importId, transaction.Number), desk, importer,
            http.RequestAborted);

    static Task<IResult> Recognise(AgreementId agreementId, Guid importId, Body<RecognitionRequest> body, Desk desk, BankImporter importer,
        HttpContext http) =>
        Decide(agreementId, importId, body.Value.Entry, body.Bytes,
            (transaction, other) => new RecogniseTransaction(importId, transaction, other.At, other.Transaction), desk, importer,
            http.RequestAborted, body.Value.Chosen);

    static Task<IResult> Distinguish(AgreementId agreementId, Guid importId, Body<EntryRequest> body, Desk desk, BankImporter importer,
        HttpContext http) =>
        Decide(agreementId, importId, body.Value.Entry, body.Bytes,
            (transaction, _) => new DistinguishTransaction(importId, transaction.Number), desk, importer, http.RequestAborted);

    static async Task<IResult> Decide(
        AgreementId agreementId, Guid importId, int entry, byte[] body, Func<BankTransaction, (Telling At, BankTransaction Transaction),
        Command> command, Desk desk, BankImporter importer,
        CancellationToken cancellation, Telling? chosen = null)
    {
        var (dossier, denied) = await desk.AllowedMoney(agreementId);
        if (dossier is null)
            return denied!;
        if (dossier.Grant.BankImport(importId) is not { } import)
            return NoSuch(importId);
        var files = await importer.Files(dossier, null, cancellation);
        if (JudgedImport.Pair(dossier, import, files, entry, chosen) is not { } pair)
            return Problem.Result(new Refused("no-such-transaction", RefusalKind.NotFound, ("number", entry)));
        return await desk.Do(agreementId, body, command(pair.Transaction, pair.Other), it => it.Grant.BankImport(importId)?.Touched,
            at => Reply.Ok(BankImportView.Of(at.Dossier.Grant.BankImport(importId)!,
                JudgedImport.Of(at.Dossier, at.Dossier.Grant.BankImport(importId)!, files), at)));
    }

    static IEnumerable<BankImport> Seen(Viewpoint at) => Sight.SeesLedger(at.Dossier, at.By) ? at.Dossier.Grant.BankImports : [];

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
public sealed record MatchRequest(int Entry, int? Requisition = null, IReadOnlyList<int>? Requisitions = null, int? Repayment = null,
    int? Payment = null)
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
/// <param name="ImportId">The import of the one that it is; needed where it may be one of several.</param>
/// <param name="Other">The number of that one in its file.</param>
public sealed record RecognitionRequest(int Entry, Guid? ImportId = null, int? Other = null)
{
    internal Telling? Chosen => ImportId is { } import && Other is { } other ? new(import, other) : null;
}

/// <param name="Entry">Number of the transaction in the file.</param>
public sealed record EntryRequest(int Entry);

/// <param name="Entry">Number of the transaction in the file.</param>
/// <param name="Reason">Why it has nothing to do with the grant.</param>
public sealed record DismissalRequest(int Entry, string Reason);
