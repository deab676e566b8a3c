using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.EventSourcing;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using NodaTime;
using NodaTime.Text;

namespace MrAgreement.Web.Documents;

/// <summary>Documents: bytes kept by their SHA-256, registered in the agreement's log.</summary>
static class DocumentApi
{
    public static void MapDocuments(this RouteGroupBuilder api)
    {
        var documents = api.MapGroup("/agreements/{agreementId:guid}/documents").WithTags("Documents");
        documents.MapGet("", List).Answers<Listing<DocumentView>>().Describe("List documents", "One's own party's documents and those handed over to it, by registered number.");
        documents.MapPost("", Upload).TakesUpload(newDocument: true).Answers<DocumentView>(StatusCodes.Status201Created)
            .Describe("Upload a document", "Stores and registers a document. The same bytes again from the same party are the same document.");
        var document = documents.MapGroup("/{documentId:guid}");
        document.MapGet("", Show).Answers<DocumentView>().Describe("Show a document", "What is registered of a document.");
        document.MapPost("/versions", UploadVersion).TakesUpload(newDocument: false).Answers<DocumentView>(StatusCodes.Status201Created)
            .Describe("Upload a newer version", "Adds a version; older ones stay.");
        document.MapGet("/content", Download).AnswersContent().Describe("Download a document", "The bytes of the newest version that the caller may see, or of the one asked for; ranges are honoured.");
    }

    static Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Results.Json(
            paging.Of(request, at.Dossier.Documents.InOrder.Where(d => Visibility.Sees(at.Dossier, d, at.By)).Select(d => DocumentView.Of(d, at)).ToList()), ViewJson.Options));

    static Task<IResult> Show(AgreementId agreementId, Guid documentId, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Seen(at, documentId) is { } it ? desk.Found(DocumentView.Of(it, at), it.Touched) : Unknown(documentId));

    static async Task<IResult> Upload(AgreementId agreementId, Desk desk, IDocumentStore store, HttpRequest request)
    {
        if (await Uploads.Standing(agreementId, desk) is { } refused)
            return refused;
        var (upload, failure) = await DocumentUpload.Read(request, store, newDocument: true);
        if (upload is null)
            return failure!;
        var command = new RegisterDocument(desk.NewId(), upload["title"], upload["kind"], upload.File, upload.ReceivedOn, upload["confidential"] == "true", upload.Optional("legalGround"));
        return await desk.Do(agreementId, upload.Signature, command, it => it.Documents[command.Document]?.Touched, at =>
        {
            var it = at.Dossier.Documents[command.Document] ?? at.Dossier.Documents.Same(upload.File.Sha256, at.By.Party)!;
            return Reply.Created(DocumentView.Of(it, at), $"/agreements/{agreementId}/documents/{it.Id}");
        });
    }

    static async Task<IResult> UploadVersion(AgreementId agreementId, Guid documentId, Desk desk, IDocumentStore store, HttpRequest request)
    {
        if (await Uploads.Standing(agreementId, desk) is { } refused)
            return refused;
        var (upload, failure) = await DocumentUpload.Read(request, store, newDocument: false);
        return upload is null
            ? failure!
            : await desk.Do(agreementId, upload.Signature, new AddDocumentVersion(documentId, upload.File), it => it.Documents[documentId] is { } own && own.Party == desk.Person.Party ? own.Touched : null,
                at => Reply.Created(DocumentView.Of(at.Dossier.Documents[documentId]!, at), $"/agreements/{agreementId}/documents/{documentId}"));
    }

    static Task<IResult> Download(AgreementId agreementId, Guid documentId, Desk desk, IDocumentStore store, int? version = null) =>
        desk.Show(agreementId, null, at => Seen(at, documentId) is { } it
            && Visibility.Versions(at.Dossier, it, at.By).LastOrDefault(v => version is null || v.Number == version) is { } wanted
                ? new DocumentContent(store, wanted.File)
                : Unknown(documentId));

    static Document? Seen(Viewpoint at, Guid id) => at.Dossier.Documents[id] is { } it && Visibility.Sees(at.Dossier, it, at.By) ? it : null;

    static IResult Unknown(Guid id) => Problem.Result(new Refused("unknown-document", RefusalKind.NotFound, ("document", id)));

    static class Uploads
    {
        // Before any byte is taken: whether this person may upload here at all.
        public static async Task<IResult?> Standing(AgreementId agreementId, Desk desk)
        {
            IResult? refused = null;
            var shown = await desk.Show(agreementId, null, at =>
            {
                if (!Rights.May(at.By, Right.UploadDocument, at.Agreement.Terms.Parties))
                    refused = Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", at.By.Role)));
                return Results.Empty;
            });
            return refused ?? (ReferenceEquals(shown, Results.Empty) ? null : shown);
        }
    }
}

/// <summary>A document's bytes as an attachment, never sniffed, with ranges.</summary>
public sealed class DocumentContent(IDocumentStore store, DocumentFile file) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var stream = await store.Open(file.Sha256, httpContext.RequestAborted) ?? throw new StoreUnavailableException($"The bytes of {file.Sha256} are not in the store.");
        httpContext.Response.Headers.XContentTypeOptions = "nosniff";
        httpContext.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        await Results.File(stream, file.MediaType, file.Name, entityTag: new($"\"{file.Sha256}\""), enableRangeProcessing: true).ExecuteAsync(httpContext);
    }
}

/// <summary>A document that has been uploaded: its bytes are stored, its fields read.</summary>
sealed class DocumentUpload
{
    public const long MaxBytes = 100 * 1024 * 1024;

    static readonly string[] newDocumentFields = ["title", "kind", "receivedOn", "confidential", "legalGround"];

    readonly IFormCollection form;

    DocumentUpload(IFormCollection form, DocumentFile file, LocalDate? receivedOn) => (this.form, File, ReceivedOn) = (form, file, receivedOn);

    public DocumentFile File { get; }
    public LocalDate? ReceivedOn { get; }

    public string this[string field] => Optional(field) ?? "";

    public string? Optional(string field) => form[field] is [{ Length: > 0 } value] ? value : null;

    /// <summary>What makes this upload the same as another: its fields and the hash of its bytes.</summary>
    public byte[] Signature => Encoding.UTF8.GetBytes(string.Join('\n', form.Keys.Order(StringComparer.Ordinal).Select(k => $"{k}={form[k]}").Append(File.Sha256.ToString())));

    public static async Task<(DocumentUpload? Upload, IResult? Failure)> Read(HttpRequest request, IDocumentStore store, bool newDocument)
    {
        if (!request.HasFormContentType || request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) != true)
            return (null, Problem.Result(StatusCodes.Status415UnsupportedMediaType, new("multipart-expected")));
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MaxBytes + 64 * 1024;
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = MaxBytes + 64 * 1024, BufferBodyLengthLimit = MaxBytes + 64 * 1024 }, request.HttpContext.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            var large = e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } || e.Message.Contains("limit", StringComparison.OrdinalIgnoreCase);
            return (null, large
                ? Problem.Result(StatusCodes.Status413PayloadTooLarge, new("too-large", ("max", (int)MaxBytes)))
                : Problem.Result(StatusCodes.Status400BadRequest, new("bad-request")));
        }
        var allowed = newDocument ? newDocumentFields : [];
        var faults = form.Keys.Where(k => !allowed.Contains(k)).Select(k => new Fault($"/{k}", "unknown-field", ("field", k))).ToList();
        faults.AddRange(form.Where(field => !field.Value.All(text => StrictJson.IsPlain(text ?? ""))).Select(field => new Fault($"/{field.Key}", "invalid-text")));
        if (form.Files is not [{ Name: "file" }])
            faults.Add(new("/file", "required", ("field", "file")));
        LocalDate? receivedOn = null;
        if (form["receivedOn"] is [{ Length: > 0 } written])
        {
            if (LocalDatePattern.Iso.Parse(written) is { Success: true, Value: var date } && DateRange.Holds(date.Year))
                receivedOn = date;
            else
                faults.Add(new("/receivedOn", "invalid-date"));
        }
        if (form["confidential"] is [{ Length: > 0 } and not ("true" or "false")])
            faults.Add(new("/confidential", "invalid-choice", ("choices", "true, false")));
        if (faults.Count > 0)
            return (null, Problem.Result(Refused.Invalid(faults)));
        return (new(form, await Stored(form.Files[0], store, request.HttpContext.RequestAborted), receivedOn), null);
    }

    /// <summary>Stores an uploaded file's bytes and tells what they are; the event that names them comes after.</summary>
    public static async Task<DocumentFile> Stored(IFormFile file, IDocumentStore store, CancellationToken cancellation)
    {
        await using var content = file.OpenReadStream();
        var stored = await store.Put(content, MaxBytes, cancellation);
        return new(FileName(file.FileName), MediaType(file.ContentType), stored.Address, stored.Size);
    }

    // The name alone, without a path and without what no file name holds.
    static string FileName(string written)
    {
        var name = string.Concat(written.Split('/', '\\')[^1].Where(c => !char.IsControl(c) && c != '"')).Trim();
        return name.Length == 0 ? "document" : name.Length > 150 ? name[^150..] : name;
    }

    static string MediaType(string? written) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(written, out var parsed) && parsed.MediaType is { HasValue: true, Length: < 100 } type ? type.Value! : "application/octet-stream";
}

/// <summary>What is registered of a document.</summary>
/// <param name="Id">UUID of the document.</param>
/// <param name="Title">Its title.</param>
/// <param name="Kind">As in report or statement.</param>
/// <param name="Party">Key of the party whose it is.</param>
/// <param name="Sha256">Hash of the newest version that the caller sees.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="FileName">Its file name.</param>
/// <param name="MediaType">Its media type, as uploaded.</param>
/// <param name="Version">The newest version that the caller sees.</param>
/// <param name="Registered">Its number in the agreement's register and the day.</param>
/// <param name="ReceivedOn">The day it came in or was drawn up, when that is another.</param>
/// <param name="Confidential">Whether it is confidential.</param>
/// <param name="LegalGround">The section of law by which it is.</param>
/// <param name="Versions">Every version that the caller sees.</param>
public sealed record DocumentView(
    Guid Id, string Title, string Kind, string Party, Sha256 Sha256, long Size, string FileName, string MediaType, int Version, RegisteredView Registered,
    LocalDate? ReceivedOn, bool Confidential, string? LegalGround, IReadOnlyList<VersionView> Versions)
{
    internal static DocumentView Of(Document it, Viewpoint at)
    {
        var versions = Visibility.Versions(at.Dossier, it, at.By);
        var newest = versions[^1];
        return new(it.Id, it.Title, it.Kind, it.Party, newest.File.Sha256, newest.File.Size, newest.File.Name, newest.File.MediaType, newest.Number,
            new(it.Number, it.RegisteredOn), it.ReceivedOn, it.Confidential, it.LegalGround,
            [.. versions.Select(v => new VersionView(v.Number, v.File.Sha256, v.File.Size, v.File.Name, v.File.MediaType, at.Name(v.By), v.At))]);
    }
}

/// <param name="Number">Running number within the agreement.</param>
/// <param name="On">The day it was registered.</param>
public sealed record RegisteredView(int Number, LocalDate On);

/// <param name="Version">From 1.</param>
/// <param name="Sha256">Hash of the bytes.</param>
/// <param name="Size">In bytes.</param>
/// <param name="FileName">File name.</param>
/// <param name="MediaType">Media type, as uploaded.</param>
/// <param name="By">Who uploaded it.</param>
/// <param name="At">When.</param>
public sealed record VersionView(int Version, Sha256 Sha256, long Size, string FileName, string MediaType, PersonView By, Instant At);
