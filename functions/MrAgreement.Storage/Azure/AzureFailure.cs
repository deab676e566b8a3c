using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;

namespace MrAgreement.Storage.Azure;

/// <summary>What an account's refusal means to whoever runs the program, in one line.</summary>
static class AzureFailure
{
    // The service refuses requests whose date is further from its own.
    static readonly TimeSpan skewAllowed = TimeSpan.FromMinutes(15);

    /// <summary>What was answered, with failures in our own words; cancelled when the caller cancels.</summary>
    /// <param name="at">What was asked: a service, or a table or container of it.</param>
    /// <param name="expected">Statuses that the caller knows how to read: these
    /// are thrown as they come, unless the table or container is gone.</param>
    /// <exception cref="StoreBusyException">The account is throttled.</exception>
    /// <exception cref="StoreUnavailableException">The account does not answer,
    /// or does not let us in. What was sent may have taken effect.</exception>
    public static async Task<T> Told<T>(this Task<T> asked, Uri at, CancellationToken cancellation, params int[] expected)
    {
        try
        {
            return await asked;
        }
        catch (Exception e) when (e is not RequestFailedException failed || !expected.Contains(failed.Status) || IsGone(failed))
        {
            cancellation.ThrowIfCancellationRequested();
            throw Of(at, e);
        }
    }

    /// <summary>The pages of a listing, each asked for when it is reached; failures told likewise.</summary>
    public static async IAsyncEnumerable<Page<T>> Told<T>(this IAsyncEnumerable<Page<T>> asked, Uri at,
        [EnumeratorCancellation] CancellationToken cancellation)
        where T : notnull
    {
        await using var pages = asked.GetAsyncEnumerator(cancellation);
        while (await pages.MoveNextAsync().AsTask().Told(at, cancellation))
            yield return pages.Current;
    }

    /// <summary>A table or a container that is gone holds nothing: it must not look as if nothing had been stored.</summary>
    public static bool IsGone(RequestFailedException e) => e is { Status: 404, ErrorCode: "TableNotFound" or "ContainerNotFound" };

    public static Exception Of(Uri at, Exception e) => e switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Of(at, last),
        RequestFailedException { Status: > 0 } failed => Of(at, failed),
        OperationCanceledException => NoAnswer(at, "nothing came in time.", e),
        _ => NoAnswer(at, e.Message.ReplaceLineEndings(" "), e)
    };

    public static StoreUnavailableException NoAnswer(Uri at, string why, Exception? e = null) =>
        new($"The storage account at {at.Authority} does not answer: {why}", e);

    static Exception Of(Uri at, RequestFailedException e) => (e.Status, Code(e)) switch
    {
        (429 or 503, _) => new StoreBusyException(),
        _ when IsGone(e) => new StoreUnavailableException(
            $"The storage account at {at.Authority} has no {(e.ErrorCode == "TableNotFound" ? "table" : "container")} {at.Segments[^1]} any more; restore it from a backup."),
        // What we send are no other headers than the SDKs'; but not every emulator knows the version that they name.
        (400, "InvalidHeaderValue") => new StoreUnavailableException(
            $"The storage account at {at.Authority} is older than this program and does not know what it is asked; use a newer one."),
        (401 or 403, _) when Skew(e) is { } skew => new StoreUnavailableException(string.Create(CultureInfo.InvariantCulture,
            $"The storage account at {at.Authority} refuses us: this machine's clock differs from its own by {skew.TotalMinutes:0} minutes; set the clock.")),
        (401 or 403, var code) => new StoreUnavailableException(
            $"The storage account at {at.Authority} refuses us ({code}): check the key, or the rights of the identity that the program runs as."),
        (var status, var code) => new StoreUnavailableException($"The storage account at {at.Authority} answers {status} ({code}).", e)
    };

    // The service's own name of the error; the reason phrase when it has none.
    static string Code(RequestFailedException e) => e.ErrorCode is { Length: > 0 } code ? code
        : e.GetRawResponse() is not { } response ? ""
        : response.Headers.TryGetValue("x-ms-error-code", out var named) ? named
        : response.ReasonPhrase;

    static TimeSpan? Skew(RequestFailedException e) =>
        e.GetRawResponse()?.Headers.Date is { } theirs && (DateTimeOffset.UtcNow - theirs).Duration() is var skew && skew > skewAllowed
            ? skew
            : null;
}
