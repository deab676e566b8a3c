using Azure.Data.Tables;
using MrAgreement.Overviews;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.AzureTables;

/// <summary>What can be found of every agreement, as it is written: only where it has changed. Who writes knows digests alone.</summary>
sealed class SearchFeed(AzureTable table) : AgreementFeed(table, Partition)
{
    public const string Partition = "search";

    const string Digest = "Digest";

    readonly Dictionary<AgreementId, string> digests = [];

    protected override IReadOnlyList<string> Columns => ["PartitionKey", "RowKey", "Timestamp", "Epoch", "Generation", "Sequence", Digest];

    /// <summary>Forgets nothing where the rows say nothing of it.</summary>
    public Task Write(IReadOnlyList<AgreementRows> agreements, CancellationToken cancellation) =>
        agreements.Any(rows => rows.Search is not null)
            ? Write(agreements.Where(rows => rows.Search is not null).Select(rows => new FeedRow(rows.Portfolio.Agreement, rows.Sequence,
                Pack(rows.Search), new Dictionary<string, object> { [Digest] = Convert.ToHexString(SearchTable.Digest(rows.Search!)) })),
                cancellation)
            : Task.CompletedTask;

    protected override bool IsThere(FeedRow row) => digests.GetValueOrDefault(row.Agreement) == (string)row.Marks[Digest];

    protected override Task Apply(IReadOnlyList<TableEntity> news, CancellationToken cancellation)
    {
        foreach (var row in news)
            digests[LogKeys.AgreementOf(row.RowKey)] = row.TextOrNone(Digest) ?? "";
        return Task.CompletedTask;
    }

    protected override Task Forget(CancellationToken cancellation)
    {
        digests.Clear();
        return Task.CompletedTask;
    }
}

/// <summary>What can be found of every agreement, taken in when somebody searches and not before: a host that nobody searches in has no
/// need of it.</summary>
sealed class SearchReading(AzureTable table, SqliteReadModels replica) : AgreementFeed(table, SearchFeed.Partition)
{
    protected override Task Apply(IReadOnlyList<TableEntity> news, CancellationToken cancellation) => replica.WriteSearch(
        [.. news.Select(row => (LogKeys.AgreementOf(row.RowKey), TryUnpack<IReadOnlyList<SearchRow>>(row) ?? []))], cancellation);

    protected override Task Forget(CancellationToken cancellation) => replica.ClearSearch(cancellation);
}
