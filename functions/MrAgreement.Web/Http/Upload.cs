using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Agreements;
using MrAgreement.Documents;

namespace MrAgreement.Web.Http;

/// <summary>A file that has come in as <c>multipart/form-data</c>, with the fields beside it.</summary>
sealed class Upload
{
    readonly IFormCollection form;

    Upload(IFormCollection form) => this.form = form;

    /// <summary>A form that has been read already, and holds one file.</summary>
    public static Upload Of(IFormCollection form) => new(form);

    public bool HasFile => form.Files is [{ Name: "file" }];

    public IFormFile File => form.Files[0];

    public string this[string field] => Optional(field) ?? "";

    public string? Optional(string field) => form[field] is [{ Length: > 0 } value] ? value : null;

    /// <summary>What makes this upload the same as another: its fields and the hash of its bytes.</summary>
    public byte[] Signature(Sha256 content) =>
        Encoding.UTF8.GetBytes(string.Join('\n',
            form.Keys.Order(StringComparer.Ordinal).Select(k => $"{k}={form[k]}").Append(content.ToString())));

    // Beside a file stand a title, a date, a project: a few short fields.
    const int MostFields = 64, LongestField = 64 * 1024;

    /// <summary>Reads the form, or says why not.</summary>
    /// <param name="maxBytes">The most that the file may hold.</param>
    /// <param name="fields">The fields that may stand beside <c>file</c>.</param>
    /// <param name="more">Faults in the fields' values.</param>
    public static async Task<(Upload? Upload, IResult? Failure)> Read(HttpRequest request, long maxBytes, IReadOnlyList<string> fields,
        Func<Upload, IEnumerable<Fault>> more)
    {
        const int overhead = 64 * 1024;
        if (!request.HasFormContentType
            || request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) != true)
            return (null, Problem.Result(StatusCodes.Status415UnsupportedMediaType, new("multipart-expected")));
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = maxBytes + overhead;
        request.HttpContext.RequestServices.GetRequiredService<Bounds>().Take(request.HttpContext);
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(new FormOptions
            {
                MultipartBodyLengthLimit = maxBytes + overhead, BufferBodyLengthLimit = maxBytes + overhead,
                ValueCountLimit = MostFields, ValueLengthLimit = LongestField, KeyLengthLimit = LongestField
            }, request.HttpContext.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            var large = e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
                || e.Message.Contains("limit", StringComparison.OrdinalIgnoreCase);
            return (null, large
                ? Problem.Result(StatusCodes.Status413PayloadTooLarge, new("too-large", ("max", (int)maxBytes)))
                : Problem.Result(StatusCodes.Status400BadRequest, new("bad-request")));
        }
        var faults = form.Keys.Where(k => !fields.Contains(k)).Select(k => new Fault($"/{k}", "unknown-field", ("field", k))).ToList();
        faults.AddRange(form.Where(field => !field.Value.All(text => StrictJson.IsPlain(text ?? "")))
            .Select(field => new Fault($"/{field.Key}", "invalid-text")));
        var upload = new Upload(form);
        if (!upload.HasFile)
            faults.Add(new("/file", "required", ("field", "file")));
        faults.AddRange(more(upload));
        return faults.Count > 0 ? (null, Problem.Result(Refused.Invalid(faults))) : (upload, null);
    }

    /// <summary>Stores the file's bytes and tells what they are; the event that names them comes after.</summary>
    public static async Task<(DocumentFile File, StoredDocument Put)> Stored(IFormFile file, IDocumentStore store, long maxBytes,
        CancellationToken cancellation)
    {
        await using var content = file.OpenReadStream();
        var stored = await store.Put(content, maxBytes, cancellation);
        var name = FileFormat.NameOf(file.FileName);
        return (new(name, FileFormat.MediaTypeOf(name) ?? MediaType(file.ContentType), stored.Address,
            stored.Size), stored);
    }

    /// <summary>Stores the file's bytes for an act that brings them; refused, it leaves none (docs/decisions/0030).</summary>
    /// <param name="dossier">As it stood before: bytes that it names already are mended by whoever sends them again.</param>
    public static async Task<IResult> Bringing(
        IFormFile file, IDocumentStore store, long maxBytes, Dossier dossier, Func<DocumentFile, StoredDocument, Task<IResult>> act,
        CancellationToken cancellation)
    {
        var (named, put) = await Stored(file, store, maxBytes, cancellation);
        IResult result;
        try
        {
            result = await act(named, put);
        }
        // Nothing was written, and whoever comes again brings the file.
        catch (StoreBusyException) when (!dossier.Bytes.ContainsKey(put.Address))
        {
            await store.Withdraw(put, CancellationToken.None);
            throw;
        }
        // Only after a refusal: what failed in another way may have been recorded all the same.
        if (result is IRefusal && !dossier.Bytes.ContainsKey(put.Address))
            await store.Withdraw(put, CancellationToken.None);
        return result;
    }

    /// <summary>What is at fault in a file that is to be a document, before its bytes are stored; null for nothing.</summary>
    public static Fault? Against(IFormFile file)
    {
        var name = FileFormat.NameOf(file.FileName);
        if (FileFormat.MediaTypeOf(name) is null)
            return new($"/{file.Name}", "file-format", ("name", name), ("formats", FileFormat.Endings));
        if (file.Length == 0)
            return null;
        using var content = file.OpenReadStream();
        var head = new byte[Math.Min(file.Length, FileFormat.HeadBytes)];
        content.ReadExactly(head);
        return FileFormat.Begins(name, head) ? null
            : new($"/{file.Name}", "file-content", ("name", name), ("ending", Path.GetExtension(name).ToLowerInvariant()));
    }

    static string MediaType(string? written) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(written, out var parsed)
            && parsed.MediaType is { HasValue: true, Length: < 100 } type ? type.Value! : "application/octet-stream";
}

/// <summary>An answer that says that nothing was done, because of a rule.</summary>
interface IRefusal;
