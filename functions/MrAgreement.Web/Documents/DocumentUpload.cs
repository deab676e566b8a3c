using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.EventSourcing;
using MrAgreement.Web.Http;
using NodaTime;
using NodaTime.Text;

namespace MrAgreement.Web.Documents;

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
