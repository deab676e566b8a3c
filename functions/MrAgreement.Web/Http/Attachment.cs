using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using MrAgreement.Documents;

namespace MrAgreement.Web.Http;

/// <summary>Bytes as an attachment, with ranges: never sniffed, and never shown as a page of ours, whoever wrote them.
/// The same bytes have the same ETag.</summary>
sealed class Attachment : IResult
{
    const string Sandbox = "default-src 'none'; sandbox";

    readonly Func<CancellationToken, Task<Stream>> open;
    readonly (Sha256 Address, string MediaType, string Name) file;

    Attachment(Func<CancellationToken, Task<Stream>> open, Sha256 address, string mediaType, string name) =>
        (this.open, file) = (open, (address, mediaType, name));

    /// <summary>What has just been written.</summary>
    public static Attachment Of(byte[] bytes, string mediaType, string name) =>
        new(_ => Task.FromResult<Stream>(new MemoryStream(bytes)), Sha256.Of(bytes), mediaType, name);

    /// <summary>What has been opened already.</summary>
    public static Attachment Of(Stream content, Sha256 address, string mediaType, string name) =>
        new(_ => Task.FromResult(content), address, mediaType, name);

    /// <summary>A stored document.</summary>
    public static Attachment Of(IDocumentStore store, DocumentFile it) =>
        new(cancellation => Opened(store, it, cancellation), it.Sha256, it.MediaType, it.Name);

    /// <summary>A file's name of these parts: whatever is neither letter nor digit becomes a hyphen.</summary>
    public static string Name(params IEnumerable<object> parts) =>
        string.Concat(string.Join('-', parts).Select(c => char.IsLetterOrDigit(c) ? c : '-'));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var content = await open(httpContext.RequestAborted);
        httpContext.Response.Headers.XContentTypeOptions = "nosniff";
        httpContext.Response.Headers.ContentSecurityPolicy = Sandbox;
        var mediaType = MediaTypeHeaderValue.TryParse(file.MediaType, out _) ? file.MediaType : "application/octet-stream";
        await Results.File(content, mediaType, file.Name, entityTag: new($"\"{file.Address}\""), enableRangeProcessing: true)
            .ExecuteAsync(httpContext);
    }

    static async Task<Stream> Opened(IDocumentStore store, DocumentFile it, CancellationToken cancellation)
    {
        try
        {
            return await store.Open(it.Sha256, cancellation) ?? throw new DocumentDamagedException(it.Sha256, gone: true);
        }
        catch (DocumentDamagedException e)
        {
            e.Name = it.Name;
            throw;
        }
    }
}
