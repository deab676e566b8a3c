using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MrAgreement.Documents;
using MrAgreement.Web.Http;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Documents;

public enum ScanState
{
    /// <summary>Nobody scans here.</summary>
    NotScanned,

    Clean,
    Infected,

    /// <summary>The scanner has not answered yet: the document is kept, and given to nobody.</summary>
    Waiting,

    /// <summary>Beyond what the scanner looks at: the document is kept, and given to nobody until its limit is raised.</summary>
    TooLarge
}

/// <param name="Found">What was found; null for nothing.</param>
/// <param name="At">When it was looked through; null while it waits, and where nobody scans.</param>
public sealed record Scan(ScanState State, string? Found = null, Instant? At = null);

/// <summary>Has documents looked through before anybody gets them, where
/// that is set up. What came of it is kept by the bytes' hash.</summary>
public sealed partial class Scanner(ScannerAddress address, IKeptRecords kept, IDocumentStore documents, TimeProvider time,
    ILogger<Scanner> log)
{
    const string Kind = "scans";

    // One that hangs is asked again after a while, and does not hold everybody who comes until then.
    static readonly TimeSpan rest = TimeSpan.FromSeconds(20);

    // As long as a page waits; the scanner goes on.
    static readonly TimeSpan glance = TimeSpan.FromSeconds(3);

    Silence? last;

    /// <summary>What is known of stored bytes; looked through now where that was not done yet.</summary>
    public async Task<Scan> Look(Sha256 content, CancellationToken cancellation)
    {
        if (address.Host is null)
            return new(ScanState.NotScanned);
        var now = SystemClock.Instance.GetCurrentInstant();
        if (await kept.Find(Kind, $"{content}", now, cancellation) is { } known)
            return JsonSerializer.Deserialize<Scan>(known.Data.Span, Json.Options)!;
        if (last is { } silence && time.GetElapsedTime(silence.Since) < rest)
        {
            Waits(log, silence.Why);
            return new(ScanState.Waiting);
        }
        try
        {
            await using var bytes = await documents.Open(content, cancellation);
            if (bytes is null)
                return new(ScanState.Waiting);
            var (state, found) = await Clamd.Look(address, bytes, cancellation);
            // Its limit may be another tomorrow.
            if (state == ScanState.TooLarge)
                return new(state);
            var scan = new Scan(state, found, now);
            await kept.Put(new(Kind, $"{content}", JsonSerializer.SerializeToUtf8Bytes(scan, Json.Options), null), now, cancellation);
            return scan;
        }
        catch (ScannerUnavailableException e)
        {
            // An answer that is none is about this one alone.
            if (e.IsSilent)
                last = new(time.GetTimestamp(), e.Message);
            Waits(log, e.Message);
            return new(ScanState.Waiting);
        }
    }

    /// <summary>The same for somebody who only looks: what takes long is told as waiting, and goes on.</summary>
    public async Task<Scan> Glance(Sha256 content, CancellationToken cancellation)
    {
        var look = Look(content, cancellation);
        return await Task.WhenAny(look, Task.Delay(glance, cancellation)) == look ? await look : new(ScanState.Waiting);
    }

    /// <summary>What stands against taking a file in; null for nothing, also while the scanner does not answer.</summary>
    public async Task<Fault?> Against(string pointer, DocumentFile file, CancellationToken cancellation) =>
        await Look(file.Sha256, cancellation) switch
        {
            { State: ScanState.Infected, Found: var found } => new(pointer, "file-infected", ("name", file.Name), ("found", found!)),
            { State: ScanState.TooLarge } => new(pointer, "file-beyond-scanning", ("name", file.Name)),
            _ => null
        };

    [LoggerMessage(Level = LogLevel.Warning, Message = "A document waits to be scanned: {Reason}")]
    private static partial void Waits(ILogger log, string reason);

    sealed record Silence(long Since, string Why);
}

/// <summary>A document that is given once it was looked through.</summary>
sealed class Scanned(Attachment content, DocumentFile file) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var scan = await httpContext.RequestServices.GetRequiredService<Scanner>().Look(file.Sha256, httpContext.RequestAborted);
        if (scan.State == ScanState.Waiting)
            httpContext.Response.Headers.RetryAfter = "60";
        await (scan.State switch
        {
            ScanState.Waiting => Told(httpContext, StatusCodes.Status503ServiceUnavailable, new("document-waits", ("name", file.Name))),
            ScanState.TooLarge => Told(httpContext, StatusCodes.Status409Conflict, new("document-beyond-scanning", ("name", file.Name))),
            ScanState.Infected => Told(httpContext, StatusCodes.Status409Conflict,
                new("document-infected", ("name", file.Name), ("found", scan.Found!))),
            _ => content
        }).ExecuteAsync(httpContext);
    }

    // A link on a page leads to a page.
    static IResult Told(HttpContext http, int status, Refused refused) =>
        http.Request.Path.StartsWithSegments("/api") ? Problem.Result(status, refused) : Failures.Page(status, refused);
}
