using Azure.Data.Tables;
using MrAgreement.Overviews;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.AzureTables;

/// <summary>The portfolio and the due index: rows travel from whoever projects them to every
/// process by a feed in the table, and are answered from a replica in SQLite.</summary>
public sealed class AzureReadModels : IReadModels, IDisposable
{
    readonly AzureTable table;
    readonly IReadOnlyList<string> shards;
    readonly OverviewFeed feed;
    readonly SearchReading found;
    readonly SqliteReadModels replica;
    // The markers as they were when somebody asked what is behind.
    readonly Dictionary<AgreementId, TableEntity> markers = [];
    readonly Lock marking = new();

    internal AzureReadModels(AzureTable table, IReadOnlyList<string> shards, SqliteReadModels replica)
    {
        (this.table, this.shards, this.replica, feed) = (table, shards, replica, new(table, replica));
        found = new(table, replica, feed);
    }

    public async Task<RowPage<PortfolioItem>> Portfolio(PortfolioQuery query, CancellationToken cancellation = default)
    {
        await feed.Follow(cancellation);
        return await replica.Portfolio(query, cancellation);
    }

    public async Task<RowPage<DueRow>> Deadlines(DeadlineQuery query, CancellationToken cancellation = default)
    {
        await feed.Follow(cancellation);
        return await replica.Deadlines(query, cancellation);
    }

    public async Task<IReadOnlyList<WorkItem>> WorkItems(WorkItemQuery query, CancellationToken cancellation = default)
    {
        await feed.Follow(cancellation);
        return await replica.WorkItems(query, cancellation);
    }

    public async Task<MoneyList> Money(MoneyQuery query, CancellationToken cancellation = default)
    {
        await feed.Follow(cancellation);
        return await replica.Money(query, cancellation);
    }

    public async Task<AppropriationList> Appropriations(AppropriationQuery query, CancellationToken cancellation = default)
    {
        await feed.Follow(cancellation);
        return await replica.Appropriations(query, cancellation);
    }

    public async Task<RowPage<PublishedRow>> Published(PublishedQuery query, CancellationToken cancellation = default)
    {
        await feed.Follow(cancellation);
        return await replica.Published(query, cancellation);
    }

    public async Task<IReadOnlyList<SearchGroup>> Search(SearchQuery query, CancellationToken cancellation = default)
    {
        await feed.Follow(cancellation);
        await found.Follow(cancellation);
        return await replica.Search(query, cancellation);
    }

    public async Task<IReadOnlyList<string>> Parties(string? viewer, CancellationToken cancellation = default)
    {
        await feed.Follow(cancellation);
        return await replica.Parties(viewer, cancellation);
    }

    public async Task<ILists> Latest(CancellationToken cancellation = default)
    {
        await feed.Follow(cancellation);
        return replica;
    }

    public async Task<IReadOnlyList<AgreementId>> Behind(CancellationToken cancellation = default)
    {
        // Once: later on every list follows it.
        if (!feed.IsBegun)
            await feed.Follow(cancellation);
        var found = await Task.WhenAll(shards.Select(async shard =>
            await table.Range(shard, "m", "m" + LogKeys.End, cancellation: cancellation).ToListAsync(cancellation)));
        lock (marking)
        {
            markers.Clear();
            foreach (var row in found.SelectMany(rows => rows))
                if (LogKeys.BesideOf(row.RowKey) is { } it && LogKeys.Shard(it, shards.Count) == row.PartitionKey)
                    markers[it] = row;
            return [.. markers.Keys.Union(feed.Outdated)];
        }
    }

    public async Task<bool> IsBehind(AgreementId agreement, CancellationToken cancellation = default)
    {
        if (await table.Find(LogKeys.Shard(agreement, shards.Count), LogKeys.Moved(agreement), cancellation) is not { } marker)
            return feed.Outdated.Contains(agreement);
        lock (marking)
            markers[agreement] = marker;
        return true;
    }

    public async Task Write(IReadOnlyList<AgreementRows> agreements, CancellationToken cancellation = default)
    {
        await feed.Write(agreements, cancellation);
        foreach (var shown in agreements.GroupBy(rows => LogKeys.Shard(rows.Portfolio.Agreement, shards.Count)))
            await Unmark(shown.Key, [.. shown], cancellation);
    }

    public async Task Clear(CancellationToken cancellation = default)
    {
        foreach (var shard in shards)
        {
            var logs = await table.Range(shard, "l", "l" + LogKeys.End, cancellation: cancellation)
                .Where(row => LogKeys.LogOf(row.RowKey) is { } it && LogKeys.Shard(it, shards.Count) == shard).ToListAsync(cancellation);
            foreach (var some in logs.Chunk(AzureTable.MaxWrites))
                await table.Transact([.. some.Select(row => LogKeys.LogOf(row.RowKey)!.Value)
                    .Select(id => new TableEntity(shard, LogKeys.Moved(id)) { ["Sequence"] = 0L }.Put())],
                    cancellation);
        }
        await feed.Clear(cancellation);
    }

    /// <summary>A hash of all that the lists hold of each agreement, as the feed has it now.</summary>
    public async Task<IReadOnlyDictionary<AgreementId, Sha256>> Digests(CancellationToken cancellation = default)
    {
        await feed.Follow(cancellation);
        await found.Follow(cancellation);
        return await replica.Digests(cancellation);
    }

    public void Dispose()
    {
        feed.Dispose();
        found.Dispose();
    }

    // Those whose log has not moved on since. Where something has come between, one by one: each marker for itself.
    async Task Unmark(string shard, IReadOnlyList<AgreementRows> shown, CancellationToken cancellation)
    {
        List<TableTransactionAction> gone = [];
        foreach (var rows in shown)
            if (await Marker(shard, rows.Portfolio.Agreement, cancellation) is { } marker
                && !(marker.NumberOrNone("Sequence") > rows.Sequence))
                gone.Add(TableRows.Delete(shard, marker.RowKey, marker.Mark()));
        if (gone.Count == 0 || (await table.Transact(gone, cancellation)).ETags is not null || gone.Count == 1)
            return;
        foreach (var one in gone)
            await table.Transact([one], cancellation);
    }

    async Task<TableEntity?> Marker(string shard, AgreementId agreement, CancellationToken cancellation)
    {
        lock (marking)
            if (markers.Remove(agreement, out var known))
                return known;
        return await table.Find(shard, LogKeys.Moved(agreement), cancellation);
    }
}
