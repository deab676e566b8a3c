using Azure.Data.Tables;
using MrAgreement.Overviews;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.AzureTables;

/// <summary>What can be found of every agreement, taken in when somebody searches and not before: a host that nobody searches in has no
/// need of it.</summary>
/// <param name="feed">Tells of which agreements it is another than was taken in.</param>
sealed class SearchReading(AzureTable table, SqliteReadModels replica, OverviewFeed feed) : IDisposable
{
    // More than these are read in one range.
    const int ReadAlone = 10;

    const int TakenAtOnce = 100;

    readonly SemaphoreSlim turn = new(1);
    readonly Dictionary<AgreementId, string> taken = [];

    /// <summary>Brings the replica up to what the feed has told of.</summary>
    public async Task Follow(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var wanted = feed.Found.Where(it => it.Value.Length > 0).ToDictionary();
            await Take([.. taken.Keys.Where(id => !wanted.ContainsKey(id)).Select(id => (id, (TableEntity?)null))], cancellation);
            var news = wanted.Where(it => taken.GetValueOrDefault(it.Key) != it.Value).Select(it => it.Key).ToHashSet();
            if (news.Count > ReadAlone)
                await foreach (var some in table.Range(OverviewFeed.Partition, "f", "f" + LogKeys.End, cancellation: cancellation)
                    .Where(row => LogKeys.AgreementIn(row.RowKey) is { } id && news.Contains(id))
                    .Select(row => (LogKeys.AgreementOf(row.RowKey), (TableEntity?)row)).Chunk(TakenAtOnce).WithCancellation(cancellation))
                    await Take(some, cancellation);
            else
                foreach (var id in news)
                    await Take([(id, await table.Find(OverviewFeed.Partition, OverviewFeed.KeyOfFound(id), cancellation))], cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    async Task Take(IReadOnlyList<(AgreementId Agreement, TableEntity? Row)> some, CancellationToken cancellation)
    {
        if (some.Count == 0)
            return;
        await replica.WriteSearch([.. some.Select(it => (it.Agreement,
            it.Row is null ? [] : OverviewFeed.TryUnpack<IReadOnlyList<SearchRow>>(it.Row) ?? []))], cancellation);
        foreach (var (agreement, row) in some)
            if (row?.TextOrNone(OverviewFeed.FoundDigest) is { } digest)
                taken[agreement] = digest;
            else
                taken.Remove(agreement);
    }
}
