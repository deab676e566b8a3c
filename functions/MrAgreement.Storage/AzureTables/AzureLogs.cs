using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace MrAgreement.Storage.AzureTables;

/// <summary>All logs of a table: which there are, where each ends, what is due, and what no program has written.</summary>
sealed class AzureLogs(AzureTable table, IReadOnlyList<string> shards)
{
    // Heads that are read at the same time.
    const int AtOnce = 16;

    public async IAsyncEnumerable<AgreementId> Agreements([EnumeratorCancellation] CancellationToken cancellation)
    {
        // Where its log does not lie, none is listed by a program.
        var listed = await Across(shard => table.Range(shard, "l", "l" + LogKeys.End, cancellation: cancellation)
            .Where(row => LogKeys.LogOf(row.RowKey) is { } it && Shard(it) == shard), cancellation);
        foreach (var key in listed.Select(row => row.RowKey).Order(StringComparer.Ordinal))
            yield return LogKeys.LogOf(key)!.Value;
    }

    public async IAsyncEnumerable<LogTrace> Survey([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var shard in shards)
        {
            var found = new SortedDictionary<string, LogTrace>(StringComparer.Ordinal);
            // Every row of the shard: those of the logs, and by which each is listed.
            await foreach (var row in table.Range(shard, "", LogKeys.End, cancellation: cancellation))
                if (IsStrange(row, shard))
                    found[row.RowKey] = new(StrangeKey.Of($"{shard}/{row.RowKey}"), null, 1);
                else if (LogKeys.LogOf(row.RowKey) is { } agreement)
                {
                    var known = found.GetValueOrDefault($"{agreement}", new(agreement, null, 0));
                    found[$"{agreement}"] = row.RowKey == LogKeys.Head(agreement) ? known with { Head = LogHead.Find(row).Sequence }
                        : LogKeys.IsEvent(row.RowKey, agreement) ? known with { Rows = known.Rows + 1 }
                        : known;
                }
            // A head at 0 bars a log that was never written, or has a wake-up only.
            foreach (var trace in found.Values.Where(trace => trace is not { Head: 0, Rows: 0 }))
                yield return trace;
        }
    }

    public async IAsyncEnumerable<LogTop> Tops([EnumeratorCancellation] CancellationToken cancellation)
    {
        var tops = new ConcurrentBag<LogTop>();
        await Parallel.ForEachAsync(Agreements(cancellation), new ParallelOptions { MaxDegreeOfParallelism = AtOnce,
            CancellationToken = cancellation }, async (agreement, stopped) =>
        {
            // One that can't be read ends nowhere: its verification tells that, and the others' go on.
            if (await table.Find(Shard(agreement), LogKeys.Head(agreement), stopped) is { } row
                && LogHead.TryRead(row) is { Sequence: > 0 } head
                && (head.Hash ?? await HashOf(agreement, head.Sequence, stopped)) is { } hash)
                tops.Add(new(agreement, head.Sequence, hash));
        });
        foreach (var top in tops.OrderBy(top => top.Agreement.Value))
            yield return top;
    }

    public async Task<FoundLog> Examine(AgreementId agreement, long since, CancellationToken cancellation)
    {
        var rows = await table.Range(Shard(agreement), LogKeys.Event(agreement, since + 1), LogKeys.Head(agreement),
            cancellation: cancellation).ToListAsync(cancellation);
        FoundHead? head = rows is [.., var last] && last.RowKey == LogKeys.Head(agreement) ? LogHead.Find(last) : null;
        return new(head is { Sequence: 0, Hash: null } ? null : head,
            [.. rows.Where(row => LogKeys.SequenceOf(row.RowKey, agreement) is not null)
            .GroupBy(row => LogKeys.SequenceOf(row.RowKey, agreement)!.Value)
            .Select(of => LogRows.Find(agreement, of.Key, of))]);
    }

    public async Task<IReadOnlyList<WakeUp>> DueWakeUps(Instant until, int limit, CancellationToken cancellation)
    {
        var last = LogKeys.WakeUps(until.ToUnixTimeMilliseconds()) + LogKeys.End;
        // What is no wake-up takes nobody's place.
        var due = await Across(shard => table.Range(shard, "w", last, cancellation: cancellation)
            .Where(row => LogKeys.WakeUpOf(row.RowKey) is { } it && Shard(it.Agreement) == shard).Take(limit), cancellation);
        return [.. due.Select(row => row.RowKey).Order(StringComparer.Ordinal).Take(limit).Select(key => LogKeys.WakeUpOf(key)!.Value)];
    }

    /// <summary>The hash of a row; null where there is none.</summary>
    public async Task<Sha256?> HashOf(AgreementId agreement, long sequence, CancellationToken cancellation) =>
        await table.Find(Shard(agreement), LogKeys.Event(agreement, sequence), cancellation) is { } row
            ? row.HashOrNone("Hash")
            : null;

    // What no program has written beside the logs, or where it does not belong.
    bool IsStrange(TableEntity row, string shard) => row.RowKey.FirstOrDefault() switch
    {
        'l' => !(LogKeys.LogOf(row.RowKey) is { } it && Shard(it) == shard),
        'm' => !(LogKeys.BesideOf(row.RowKey) is { } it && Shard(it) == shard) || row.NumberOrNone("Sequence") is null,
        'n' => !(LogKeys.BesideOf(row.RowKey) is { } it && Shard(it) == shard) || row.NumberOrNone("Sequence") is null
            || row.HashOrNone("Hash") is null,
        'w' => !(LogKeys.WakeUpOf(row.RowKey) is { } it && Shard(it.Agreement) == shard),
        _ => LogKeys.LogOf(row.RowKey) is { } it ? Shard(it) != shard : row.RowKey.Length < 34 || row.RowKey[33] != 'a'
    };

    string Shard(AgreementId agreement) => LogKeys.Shard(agreement, shards.Count);

    async Task<IReadOnlyList<TableEntity>> Across(Func<string, IAsyncEnumerable<TableEntity>> rows, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(shards.Select(async shard => await rows(shard).ToListAsync(cancellation)));
        return [.. found.SelectMany(each => each)];
    }
}
