using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace MrAgreement.Storage.Azure;

/// <summary>An account's key, which signs requests to Azurite and to accounts that still allow it.</summary>
sealed class SharedKey(string account, byte[] key)
{
    public string Account => account;

    public string Sign(string text) => Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    public static string Now() => DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>Signs requests to tables: date and path.</summary>
sealed class SharedKeyLitePolicy(SharedKey key) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        var date = SharedKey.Now();
        var address = request.Uri.ToUri();
        // Of the query only a comp is signed, and we send none.
        request.Headers.SetValue("x-ms-date", date);
        request.Headers.SetValue("Authorization",
            $"SharedKeyLite {key.Account}:{key.Sign($"{date}\n/{key.Account}{address.AbsolutePath}")}");
    }
}

/// <summary>Signs requests to blobs and queues: method, headers, path and query.</summary>
sealed class SharedKeyPolicy(SharedKey key) : HttpPipelineSynchronousPolicy
{
    static readonly string[] signed =
        ["Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date", "If-Modified-Since", "If-Match",
            "If-None-Match", "If-Unmodified-Since", "Range"];

    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        request.Headers.SetValue("x-ms-date", SharedKey.Now());
        request.Headers.SetValue("Authorization", $"SharedKey {key.Account}:{key.Sign(ToSign(request))}");
    }

    string ToSign(Request request)
    {
        var text = new StringBuilder(request.Method.Method).Append('\n');
        foreach (var name in signed)
            text.Append(name == "Content-Length" ? Length(request) : request.Headers.TryGetValue(name, out var value) ? value : "")
                .Append('\n');
        foreach (var header in request.Headers.Where(h => h.Name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
            .OrderBy(h => h.Name.ToLowerInvariant(), StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{header.Name.ToLowerInvariant()}:{header.Value.Trim()}\n");
        var address = request.Uri.ToUri();
        text.Append('/').Append(key.Account).Append(address.AbsolutePath);
        foreach (var parameter in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split('=', 2)).OrderBy(p => p[0], StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture,
                $"\n{parameter[0].ToLowerInvariant()}:{Uri.UnescapeDataString(parameter.ElementAtOrDefault(1) ?? "")}");
        return text.ToString();
    }

    static string Length(Request request) =>
        request.Content is { } content && content.TryComputeLength(out var length) && length > 0
            ? length.ToString(CultureInfo.InvariantCulture)
            : "";
}
