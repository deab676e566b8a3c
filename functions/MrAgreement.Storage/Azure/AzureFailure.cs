using System.Globalization;
using System.Text.RegularExpressions;
using Azure;

namespace MrAgreement.Storage.Azure;

/// <summary>What an account's refusal means to whoever runs the program, in one line.</summary>
static partial class AzureFailure
{
    // The service refuses requests whose date is further from its own.
    static readonly TimeSpan skewAllowed = TimeSpan.FromMinutes(15);

    public static StoreUnavailableException NoAnswer(Uri endpoint, Exception e)
    {
        var cause = e is AggregateException { InnerExceptions: [.., var last] } ? last : e;
        return new($"The storage account at {endpoint.Authority} does not answer: {cause.Message.ReplaceLineEndings(" ")}", e);
    }

    public static Exception Of(Uri endpoint, Response response) => response.Status is 401 or 403 && Skew(response) is { } skew
        ? new StoreUnavailableException(
            string.Create(CultureInfo.InvariantCulture,
                $"The storage account at {endpoint.Authority} refuses us: this machine's clock differs from its own by {skew.TotalMinutes:0} minutes; set the clock."))
        : Of(endpoint, response.Status, Code(response));

    public static Exception Of(Uri endpoint, int status, string code) => status switch
    {
        429 or 503 => new StoreBusyException(),
        401 or 403 => new StoreUnavailableException(
            $"The storage account at {endpoint.Authority} refuses us ({code}): check the key, or the rights of the identity that the program runs as."),
        _ => new StoreUnavailableException($"The storage account at {endpoint.Authority} answers {status} ({code}).")
    };

    /// <summary>The service's own name of the error, from the header or the body; the reason phrase when it has none.</summary>
    public static string Code(Response response)
    {
        if (response.Headers.TryGetValue("x-ms-error-code", out var named) && named is { Length: > 0 })
            return named;
        var body = response.ContentStream is { CanSeek: true } ? response.Content.ToString() : "";
        return ErrorCode().Match(body) is { Success: true } found ? found.Groups["code"].Value : response.ReasonPhrase;
    }

    static TimeSpan? Skew(Response response) =>
        response.Headers.Date is { } theirs && (DateTimeOffset.UtcNow - theirs).Duration() is var skew && skew > skewAllowed ? skew : null;

    // {"odata.error":{"code":"…" of tables, <Error><Code>…</Code> of blobs and queues.
    [GeneratedRegex("""("code"\s*:\s*"|<Code>)(?<code>\w+)""")]
    private static partial Regex ErrorCode();
}
