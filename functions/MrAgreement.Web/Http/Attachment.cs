using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using MrAgreement.Documents;
using MrAgreement.Parties;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Http;

/// <summary>Bytes as an attachment, with ranges: never sniffed, and never shown as a page of ours, whoever wrote them.
/// The same bytes have the same ETag.</summary>
sealed class Attachment : IResult
{
    const string Sandbox = "default-src 'none'; sandbox";

    readonly Func<CancellationToken, Task<Stream>> open;
    readonly (Sha256 Address, string MediaType, string Name) file;

    // What is told of it in the log of security events, whoever it goes to; null for what only some are told of.
    SecurityEvent? told;

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
        new(cancellation => Opened(store, it, cancellation), it.Sha256, it.MediaType, FileFormat.NameGiven(it));

    /// <summary>A file's name of these parts: whatever is neither letter nor digit becomes a hyphen.</summary>
    public static string Name(params IEnumerable<object> parts) =>
        string.Concat(string.Join('-', parts).Select(c => char.IsLetterOrDigit(c) ? c : '-'));

    /// <summary>The same, told of in the log of security events whoever it goes to.</summary>
    public Attachment Telling(SecurityEvent happened)
    {
        told = happened;
        return this;
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var content = await open(httpContext.RequestAborted);
        await Tell(httpContext);
        httpContext.Response.Headers.XContentTypeOptions = "nosniff";
        httpContext.Response.Headers.ContentSecurityPolicy = Sandbox;
        var mediaType = MediaTypeHeaderValue.TryParse(file.MediaType, out _) ? file.MediaType : "application/octet-stream";
        await Results.File(content, mediaType, file.Name, entityTag: new($"\"{file.Address}\""), enableRangeProcessing: true)
            .ExecuteAsync(httpContext);
    }

    // Before it leaves: what can't be told of is not handed out. It is told apart from the agreement's log, which all parties read.
    async Task Tell(HttpContext http)
    {
        var by = http.RequestServices.GetRequiredService<Caller>().Known;
        if ((told ?? (by?.Role is Role.Auditor or Role.Admin ? SecurityEvent.FileTaken : null)) is { } happened)
            await http.RequestServices.GetRequiredService<SecurityLog>().Write(happened, by?.Id,
                $"{http.Request.Path}{http.Request.QueryString}", http.Connection.RemoteIpAddress?.ToString(),
                by is null ? null : Caller.Name(by),
                http.RequestAborted);
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
