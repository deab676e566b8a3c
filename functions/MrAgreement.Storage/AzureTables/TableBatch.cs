using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Azure;
using Azure.Core;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Storage.AzureTables;

/// <summary>What became of an entity-group transaction.</summary>
/// <param name="ETags">Of the rows in the order of the writes (empty for
/// a deleted one); null when the transaction did not take effect.</param>
/// <param name="SentAgain">The answer is that to a repeated request: what was sent before may be what stands in its way.</param>
readonly record struct TableOutcome(IReadOnlyList<string>? ETags, bool SentAgain);

/// <summary>The multipart body of an entity-group transaction, and that of its answer.</summary>
static partial class TableBatch
{
    /// <summary>The most writes of one transaction.</summary>
    public const int MaxWrites = 100;

    /// <summary>The most bytes of one transaction, with all that surrounds the rows.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    public static string Boundary(string id) => $"batch_{id}";

    public static byte[] Write(string batch, IReadOnlyList<TableWrite> writes, Func<TableWrite, Uri> address)
    {
        var changes = batch.Replace("batch", "changes", StringComparison.Ordinal);
        using var body = new MemoryStream();
        Text($"--{batch}\r\nContent-Type: multipart/mixed; boundary={changes}\r\n\r\n");
        foreach (var write in writes)
        {
            Text($"--{changes}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n{write.Method} {address(write).AbsoluteUri} HTTP/1.1\r\n");
            Text("Accept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\nPrefer: return-no-content\r\n");
            if (write.ETag is { } etag)
                Text($"If-Match: {etag}\r\n");
            Text(write.Method == RequestMethod.Delete ? "\r\n" : "Content-Type: application/json\r\n\r\n");
            body.Write(write.Json);
            Text("\r\n");
        }
        Text($"--{changes}--\r\n--{batch}--\r\n");
        return body.ToArray();

        void Text(string text) => body.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Reads the answer: one part for every write, or one that says why nothing was done.</summary>
    public static TableOutcome Read(Uri endpoint, Response response, int writes, bool sentAgain)
    {
        if (response.Status is 404 or 409 or 412)
            return new(null, sentAgain);
        var etags = new List<string>();
        var body = response.Content.ToString();
        foreach (var part in Part().Split(body)[1..])
        {
            var status = int.Parse(part.AsSpan(0, 3), CultureInfo.InvariantCulture);
            if (status is 404 or 409 or 412)
                return new(null, sentAgain);
            if (status >= 300)
                throw AzureFailure.Of(endpoint, status,
                    Code().Match(part) is { Success: true } code ? code.Groups[1].Value : part[..Math.Min(part.Length, 80)]);
            etags.Add(ETag().Match(part) is { Success: true } etag ? etag.Groups[1].Value : "");
        }
        // Of an answer that was cut short nobody knows what the rest would have said.
        return etags.Count == writes ? new(etags, sentAgain)
            : throw AzureFailure.NoAnswer(endpoint, new IOException("Its answer is incomplete."));
    }

    [GeneratedRegex("HTTP/1.1 (?=[0-9]{3} )")]
    private static partial Regex Part();

    [GeneratedRegex("(?i)^ETag: *(.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex ETag();

    [GeneratedRegex("\"code\"\\s*:\\s*\"(\\w+)\"")]
    private static partial Regex Code();
}
