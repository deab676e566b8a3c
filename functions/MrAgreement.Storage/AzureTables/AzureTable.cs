using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Storage.AzureTables;

/// <summary>What became of an entity-group transaction.</summary>
/// <param name="ETags">Of the rows in the order of the writes (empty for
/// a deleted one); null when the transaction did not take effect.</param>
/// <param name="SentAgain">The answer is that to a repeated request: what was sent before may be what stands in its way.</param>
readonly record struct TableOutcome(IReadOnlyList<string>? ETags, bool SentAgain);

/// <summary>One table: rows by partition and key, queried by range, written in one entity-group transaction.</summary>
sealed class AzureTable(TableServiceClient service, string name)
{
    /// <summary>The most rows of one answer.</summary>
    public const int PageSize = 1000;

    /// <summary>The most writes of one transaction.</summary>
    public const int MaxWrites = 100;

    /// <summary>The most bytes of one transaction, with all that surrounds the rows.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    readonly TableClient table = service.GetTableClient(name);

    public string Name => name;

    /// <summary>Makes the table unless it is there.</summary>
    public Task Create(CancellationToken cancellation = default) =>
        table.CreateIfNotExistsAsync(cancellation).Told(table.Uri, cancellation);

    /// <summary>A row, or null.</summary>
    public Task<TableEntity?> Find(string partition, string key, CancellationToken cancellation = default) =>
        Find(partition, key, made: true, cancellation);

    /// <param name="made">Whether the table was made before: then it is a failure that it is not there.</param>
    public async Task<TableEntity?> Find(string partition, string key, bool made, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellation)
            .Told(table.Uri, cancellation);
        return found.HasValue ? found.Value
            : made && new RequestFailedException(found.GetRawResponse()) is var missing && AzureFailure.IsGone(missing)
                ? throw AzureFailure.Of(table.Uri, missing)
                : null;
    }

    /// <summary>The rows from one key to another, both inclusive, in order.</summary>
    /// <param name="limit">Ends after so many.</param>
    public async IAsyncEnumerable<TableEntity> Range(string partition, string from, string to, int limit = int.MaxValue,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var asked = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey le {to}"),
            limit < PageSize ? limit : null, cancellationToken: cancellation);
        var left = limit;
        await foreach (var page in asked.AsPages().Told(table.Uri, cancellation))
            foreach (var row in page.Values)
            {
                yield return row;
                if (--left == 0)
                    yield break;
            }
    }

    /// <summary>The keys of rows that have a whole number by that name and were written last before that.</summary>
    public async IAsyncEnumerable<TableEntity> Older(string partition, string property, Instant before,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var asked = table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and Timestamp lt {before.ToDateTimeOffset()}") + $" and {property} ge 0", null, ["RowKey"],
            cancellation);
        await foreach (var page in asked.AsPages().Told(table.Uri, cancellation))
            foreach (var row in page.Values)
                yield return row;
    }

    /// <summary>All of the writes or none, within one partition.</summary>
    /// <exception cref="StoreBusyException">The account is throttled.</exception>
    /// <exception cref="StoreUnavailableException">No answer came; it may have taken effect.</exception>
    public async Task<TableOutcome> Transact(IReadOnlyList<TableTransactionAction> writes, CancellationToken cancellation = default)
    {
        var sent = new StrongBox<int>();
        try
        {
            using var counted = Sendings.Counted(sent);
            var answers = await table.SubmitTransactionAsync(writes, cancellation).Told(table.Uri, cancellation, 404, 409, 412);
            return answers.Value.Count == writes.Count
                ? new([.. answers.Value.Select(each => each.Headers.ETag?.ToString() ?? "")], sent.Value > 1)
                // Of an answer that was cut short nobody knows what the rest would have said.
                : throw AzureFailure.NoAnswer(table.Uri, "its answer is incomplete.");
        }
        catch (RequestFailedException)
        {
            return new(null, sent.Value > 1);
        }
    }
}
