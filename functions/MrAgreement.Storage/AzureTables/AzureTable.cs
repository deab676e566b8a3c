using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Core;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Storage.AzureTables;

/// <summary>One table: rows by partition and key, queried by range, written singly or in one entity-group transaction.</summary>
sealed class AzureTable(AzureService service, string name)
{
    /// <summary>The most rows of one answer.</summary>
    public const int PageSize = 1000;

    public string Name => name;

    const string Json = "application/json;odata=minimalmetadata";

    /// <summary>Makes the table unless it is there.</summary>
    public async Task Create(CancellationToken cancellation = default)
    {
        using var message = Message(RequestMethod.Post, "Tables");
        message.Request.Headers.SetValue("Content-Type", "application/json");
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        message.Request.Content = RequestContent.Create(
            JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["TableName"] = name }));
        await service.Send(message, [409], cancellation);
    }

    /// <summary>A row, or null.</summary>
    public async Task<TableRow?> Find(string partition, string key, CancellationToken cancellation = default)
    {
        using var message = Message(RequestMethod.Get, Path(partition, key));
        var response = await service.Send(message, [404], cancellation);
        return response.Status == 404 ? null : TableRow.Read(JsonElement.Parse(response.Content));
    }

    /// <summary>The rows from one key to another, both inclusive, in order.</summary>
    /// <param name="limit">Ends after so many.</param>
    public async IAsyncEnumerable<TableRow> Range(string partition, string from, string to, int limit = int.MaxValue,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var filter = Uri.EscapeDataString($"PartitionKey eq '{partition}' and RowKey ge '{from}' and RowKey le '{to}'");
        var next = "";
        for (var left = limit; left > 0;)
        {
            using var message = Message(RequestMethod.Get, $"{name}()?$filter={filter}{(left < PageSize ? $"&$top={left}" : "")}{next}");
            var response = await service.Send(message, [], cancellation);
            var page = JsonElement.Parse(response.Content).GetProperty("value");
            foreach (var row in page.EnumerateArray())
            {
                yield return TableRow.Read(row);
                left--;
            }
            if (!response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var nextPartition))
                yield break;
            response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var nextKey);
            next = $"&NextPartitionKey={Uri.EscapeDataString(nextPartition)}{(nextKey is null ? "" : $"&NextRowKey={Uri.EscapeDataString(nextKey)}")}";
        }
    }

    /// <summary>Puts a row, whatever was there.</summary>
    public async Task Put(TableWrite write, CancellationToken cancellation = default)
    {
        using var message = Message(write.Method, Path(write.Partition, write.Key));
        message.Request.Headers.SetValue("Content-Type", "application/json");
        message.Request.Content = RequestContent.Create(write.Json);
        await service.Send(message, [], cancellation);
    }

    /// <summary>Deletes a row if there is one.</summary>
    public async Task Delete(string partition, string key, CancellationToken cancellation = default)
    {
        using var message = Message(RequestMethod.Delete, Path(partition, key));
        message.Request.Headers.SetValue("If-Match", "*");
        await service.Send(message, [404], cancellation);
    }

    /// <summary>All of the writes or none, within one partition.</summary>
    /// <exception cref="StoreBusyException">The account is throttled.</exception>
    /// <exception cref="StoreUnavailableException">No answer came; it may have taken effect.</exception>
    public async Task<TableOutcome> Transact(IReadOnlyList<TableWrite> writes, CancellationToken cancellation = default)
    {
        using var message = Message(RequestMethod.Post, "$batch");
        var boundary = TableBatch.Boundary(message.Request.ClientRequestId);
        message.Request.Headers.SetValue("Content-Type", $"multipart/mixed; boundary={boundary}");
        message.Request.Content = RequestContent.Create(TableBatch.Write(boundary, writes,
            write => new Uri(service.Endpoint.AbsoluteUri.TrimEnd('/') + "/" + (write.Inserts ? name : Path(write.Partition, write.Key)))));
        var response = await service.Send(message, [404, 409, 412], cancellation);
        return TableBatch.Read(service.Endpoint, response, writes.Count, sentAgain: message.ProcessingContext.RetryNumber > 0);
    }

    HttpMessage Message(RequestMethod method, string path)
    {
        var message = service.Message(method, path);
        message.Request.Headers.SetValue("Accept", Json);
        message.Request.Headers.SetValue("DataServiceVersion", "3.0");
        return message;
    }

    // Our keys hold letters, digits and hyphens only.
    string Path(string partition, string key) => $"{name}(PartitionKey='{partition}',RowKey='{key}')";
}
