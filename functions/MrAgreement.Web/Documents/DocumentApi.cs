using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Documents;

/// <summary>Documents: bytes kept by their SHA-256, registered in the agreement's log.</summary>
static class DocumentApi
{
    public static void MapDocuments(this RouteGroupBuilder api)
    {
        var documents = api.MapGroup("/agreements/{agreementId:guid}/documents").WithTags("Documents");
        documents.MapGet("", List).Answers<Listing<DocumentView>>()
            .Describe("List documents", "One's own party's documents and those handed over to it, by registered number.");
        documents.MapPost("", Upload).TakesUpload<DocumentForm>().Answers<DocumentView>(StatusCodes.Status201Created)
            .Describe("Upload a document",
            $"Stores and registers a document. The same bytes again from the same party, of the same kind, are the same document where all else that is said of them is the same, and else refused. Its file name ends in one of {FileFormat.Endings}.");
        var document = documents.MapGroup("/{documentId:guid}");
        document.MapGet("", Show).Answers<DocumentView>().Describe("Show a document", "What is registered of a document.");
        document.MapPost("/versions", UploadVersion).TakesUpload<VersionForm>().Answers<DocumentView>(StatusCodes.Status201Created)
            .Describe("Upload a newer version", "Adds a version; older ones stay.");
        document.MapGet("/scan", ShowScan).Answers<Scan>()
            .Describe("Show how a document was scanned",
            "clean, infected, waiting while the scanner does not answer, or not-scanned where nobody scans here.");
        document.MapPost("/withdrawal", Withdraw).Answers<DocumentView>()
            .Describe("Withdraw a document",
            "Registered by mistake, and handed over to nobody: it stays on record and can't be handed over.");
        document.MapPost("/secrecy-markings", Mark).Answers<DocumentView>(StatusCodes.Status201Created)
            .Describe("Mark secrecy on a document",
            "A note by the caller's party, which has it, that it may hold what is secret: the provisions, the day and the authority. It says nothing of who may read it. Source: OSL (2009:400) 5 kap. 5 §.");
        document.MapPost("/secrecy-markings/{number:int}/removal", Unmark).Answers<DocumentView>()
            .Describe("Remove a marking of secrecy", "The caller's party's own, which holds no longer; it stays on record.");
        document.MapGet("/content", Download).AnswersContent()
            .Describe("Download a document",
            "The bytes of the newest version that the caller may see, or of the one asked for; ranges are honoured.");
    }

    static Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Results.Json(
            paging.Of(request, at.Dossier.Documents.InOrder.Where(d => Sight.Sees(at.Dossier, at.By, d))
                .Select(d => DocumentView.Of(d, at)).ToList()), ViewJson.Options));

    static Task<IResult> Show(AgreementId agreementId, Guid documentId, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Seen(at, documentId) is { } it
            ? desk.Found(DocumentView.Of(it, at), it.Touched)
            : Unknown(documentId));

    static async Task<IResult> Upload(AgreementId agreementId, Desk desk, IDocumentStore store, Scanner scanner, HttpRequest request)
    {
        var (dossier, denied) = await desk.Allowed(agreementId, Right.UploadDocument);
        if (dossier is null)
            return denied!;
        var (upload, failure) = await DocumentUpload.Read(request, newDocument: true);
        return upload is null ? failure!
            : await Http.Upload.Bringing(upload.Form.File, store, DocumentUpload.MaxBytes, dossier, Register,
            request.HttpContext.RequestAborted);

        async Task<IResult> Register(DocumentFile file, StoredDocument put)
        {
            if (await scanner.Against("/file", file, request.HttpContext.RequestAborted) is { } infected)
                return Problem.Result(Refused.Invalid(infected));
            var command = new RegisterDocument(
                desk.NewId(), upload.Form["title"], upload.Form["kind"], file, upload.ReceivedOn, upload.Form["confidential"] == "true",
                upload.Form.Optional("legalGround"), upload.CopyOf, upload.Form.Optional("from"));
            return await desk.Do(agreementId, upload.Form.Signature(file.Sha256), command,
                it => it.Documents[command.Document]?.Touched, at =>
            {
                var it = at.Dossier.Documents[command.Document] ?? at.Dossier.Documents.Same(command, at.By.Party)!;
                return Reply.Created(DocumentView.Of(it, at), $"/agreements/{agreementId}/documents/{it.Id}");
            });
        }
    }

    static async Task<IResult> UploadVersion(AgreementId agreementId, Guid documentId, Desk desk, IDocumentStore store, Scanner scanner,
        HttpRequest request)
    {
        var (dossier, denied) = await desk.Allowed(agreementId, Right.UploadDocument);
        if (dossier is null)
            return denied!;
        var (upload, failure) = await DocumentUpload.Read(request, newDocument: false);
        return upload is null ? failure!
            : await Http.Upload.Bringing(upload.Form.File, store, DocumentUpload.MaxBytes, dossier, Add,
            request.HttpContext.RequestAborted);

        async Task<IResult> Add(DocumentFile file, StoredDocument put) =>
            await scanner.Against("/file", file, request.HttpContext.RequestAborted) is { } infected
            ? Problem.Result(Refused.Invalid(infected))
            : await desk.Do(agreementId, upload.Form.Signature(file.Sha256), new AddDocumentVersion(documentId, file),
                it => it.Documents[documentId] is { } own && own.Party == desk.Person.Party ? own.Touched : null,
                at => Reply.Created(DocumentView.Of(at.Dossier.Documents[documentId]!, at),
                    $"/agreements/{agreementId}/documents/{documentId}"));
    }

    static async Task<IResult> ShowScan(AgreementId agreementId, Guid documentId, Desk desk, Scanner scanner, HttpContext http,
        int? version = null)
    {
        var (at, failure) = await desk.See(agreementId, null);
        if (at is null)
            return failure!;
        return Seen(at, documentId) is { } it
            && Sight.Versions(at.Dossier, at.By, it).LastOrDefault(v => version is null || v.Number == version) is { } wanted
                ? Results.Json(await scanner.Look(wanted.File.Sha256, http.RequestAborted), ViewJson.Options)
                : Unknown(documentId);
    }

    static Task<IResult> Withdraw(AgreementId agreementId, Guid documentId, Body<WithdrawalRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes, new WithdrawDocument(documentId, body.Value.Reason),
            it => it.Documents[documentId] is { } own && own.Party == desk.Person.Party ? own.Touched : null,
            at => Reply.Ok(DocumentView.Of(at.Dossier.Documents[documentId]!, at)));

    static Task<IResult> Mark(AgreementId agreementId, Guid documentId, Body<SecrecyMarkingRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes, new MarkSecrecy(documentId, body.Value.LegalGround), Held(documentId, desk),
            at => Reply.Created(DocumentView.Of(at.Dossier.Documents[documentId]!, at),
                $"/agreements/{agreementId}/documents/{documentId}"));

    static Task<IResult> Unmark(AgreementId agreementId, Guid documentId, int number, Body<WithdrawalRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes, new RemoveSecrecyMarking(documentId, number, body.Value.Reason), Held(documentId, desk),
            at => Reply.Ok(DocumentView.Of(at.Dossier.Documents[documentId]!, at)));

    static Func<Dossier, long?> Held(Guid id, Desk desk) => it =>
        it.Documents[id] is { } document && DocumentDecisions.Holds(it, desk.Person.Party, document) ? document.Touched : null;

    static Task<IResult> Download(AgreementId agreementId, Guid documentId, Desk desk, IDocumentStore store, int? version = null) =>
        desk.Show(agreementId, null, at => Seen(at, documentId) is { } it
            && Sight.Versions(at.Dossier, at.By, it).LastOrDefault(v => version is null || v.Number == version) is { } wanted
                ? DocumentContent.Of(store, it, wanted)
                : Unknown(documentId));

    static Document? Seen(Viewpoint at, Guid id) => at.Dossier.Documents[id] is { } it && Sight.Sees(at.Dossier, at.By, it)
        ? it
        : null;

    static IResult Unknown(Guid id) => Problem.Result(new Refused("unknown-document", RefusalKind.NotFound, ("document", id)));
}

/// <param name="LegalGround">The provisions by which it may be secret.</param>
public sealed record SecrecyMarkingRequest(string LegalGround);
