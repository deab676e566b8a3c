using System.Globalization;
using Azure.Data.Tables;

namespace MrAgreement.Storage.AzureTables;

/// <summary>The feed of moves in a table. Every append leaves a mark beside its log, in its own transaction; whoever asks first gives
/// what is marked its places, and takes the marks away.</summary>
/// <remarks>
/// A counter gives the places, and is raised by its ETag together with the moves: they become visible in their order, and none twice.
/// Up to where a log has its places stands beside it in the same transaction, so that a mark that was left behind, by a process that
/// was killed, is known for one.
/// </remarks>
public sealed class AzureChanges : IChangeFeed
{
    const string Partition = "changes";
    const string Counter = "counter";
    const int MaxTries = 50;

    // A move, how far its log has come, and the counter once.
    const int AtOnce = (AzureTable.MaxWrites - 1) / 2;

    readonly AzureTable table;
    readonly IReadOnlyList<string> shards;
    readonly IEventStore logs;
    volatile bool begun;

    internal AzureChanges(AzureTable table, IReadOnlyList<string> shards, IEventStore logs) =>
        (this.table, this.shards, this.logs) = (table, shards, logs);

    public async Task<IReadOnlyList<Move>> From(long place, int limit, CancellationToken cancellation = default)
    {
        await Announce(cancellation);
        return await table.Range(Partition, Key(place), "m~", limit, cancellation: cancellation).Select(Read).ToListAsync(cancellation);
    }

    public async Task<Move?> Last(CancellationToken cancellation = default)
    {
        await Announce(cancellation);
        return await table.Find(Partition, Counter, cancellation) is { } counter && counter.Number("Place") is > 0 and var place
            && await table.Find(Partition, Key(place), cancellation) is { } row ? Read(row) : null;
    }

    // Gives every log that has moved its place; once it is done, whatever was acknowledged before has one.
    async Task Announce(CancellationToken cancellation)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var marks = await Marks(cancellation);
            if (begun && marks.Count == 0)
                return;
            var counter = await table.Find(Partition, Counter, cancellation);
            begun = counter?.GetBoolean("Begun") == true;
            // Logs from before there was a feed.
            var earlier = begun ? [] : await logs.Tops(cancellation).Select(top => new Mark(top.Agreement, top.Sequence, top.Hash, null))
                .ToListAsync(cancellation);
            if (await Announce([.. earlier.Concat(marks).GroupBy(it => it.Agreement).Select(it => it.MaxBy(mark => mark.Sequence)!)],
                counter, cancellation))
            {
                await Unmark(marks, cancellation);
                begun = true;
                return;
            }
        }
        throw new StoreBusyException();
    }

    // False when somebody else has given places meanwhile.
    async Task<bool> Announce(IReadOnlyList<Mark> moved, TableEntity? counter, CancellationToken cancellation)
    {
        var (place, etag) = (counter?.Number("Place") ?? 0, counter?.Mark());
        foreach (var some in moved.OrderBy(it => it.Agreement.Value).Chunk(AtOnce))
        {
            List<TableTransactionAction> writes = [];
            foreach (var it in some)
                if (await FirstOf(it, cancellation) is { } first)
                {
                    writes.Add(new TableEntity(Partition, Key(++place)) { ["Agreement"] = $"{it.Agreement}", ["From"] = first,
                        ["To"] = it.Sequence, ["Hash"] = $"{it.Hash}" }.Insert());
                    writes.Add(new TableEntity(Partition, Told(it.Agreement)) { ["To"] = it.Sequence, ["Hash"] = $"{it.Hash}" }.Put());
                }
            if (writes.Count > 0 && !await Count(writes, begun))
                return false;
        }
        return begun || await Count([], isBegun: true);

        async Task<bool> Count(List<TableTransactionAction> writes, bool isBegun)
        {
            var next = new TableEntity(Partition, Counter) { ["Place"] = place, ["Begun"] = isBegun };
            var done = await table.Transact([etag is null ? next.Insert() : next.Put(etag), .. writes], cancellation);
            etag = done.ETags?[0];
            return done.ETags is not null;
        }
    }

    // The first row of a log that has no place yet; null when all have theirs.
    async Task<long?> FirstOf(Mark it, CancellationToken cancellation)
    {
        if (await table.Find(Partition, Told(it.Agreement), cancellation) is not { } told)
            return 1;
        var to = told.Number("To");
        if (to < it.Sequence)
            return to + 1;
        // A log that does not come as far as it once did, or has another row there, was set back.
        var isSetBack = to == it.Sequence ? told.GetString("Hash") != $"{it.Hash}"
            : await table.Find(Shard(it.Agreement), LogKeys.Head(it.Agreement), cancellation) is not { } head
                || LogHead.Read(head).Sequence < to;
        return isSetBack ? 1 : null;
    }

    async Task<IReadOnlyList<Mark>> Marks(CancellationToken cancellation)
    {
        var found = await Task.WhenAll(shards.Select(async shard => await table.Range(shard, LogKeys.Changes,
            LogKeys.Changes + LogKeys.End, cancellation: cancellation).ToListAsync(cancellation)));
        return [.. found.SelectMany(rows => rows).Select(row => new Mark(LogKeys.AgreementOf(row.RowKey), row.Number("Sequence"),
            Sha256.Parse(row.GetString("Hash")), row.Mark()))];
    }

    // Those whose log has not moved on since. Where something has come between, one by one.
    async Task Unmark(IReadOnlyList<Mark> marks, CancellationToken cancellation)
    {
        foreach (var of in marks.GroupBy(it => Shard(it.Agreement)))
            foreach (var some in of.Chunk(AzureTable.MaxWrites))
            {
                IReadOnlyList<TableTransactionAction> gone =
                    [.. some.Select(it => TableRows.Delete(of.Key, LogKeys.Changed(it.Agreement), it.ETag))];
                if ((await table.Transact(gone, cancellation)).ETags is null && gone.Count > 1)
                    foreach (var one in gone)
                        await table.Transact([one], cancellation);
            }
    }

    string Shard(AgreementId agreement) => LogKeys.Shard(agreement, shards.Count);

    static string Key(long place) => string.Create(CultureInfo.InvariantCulture, $"m{place:D19}");

    static string Told(AgreementId agreement) => $"t{agreement.Value:N}";

    static Move Read(TableEntity row) => new(long.Parse(row.RowKey.AsSpan(1), CultureInfo.InvariantCulture),
        AgreementId.Parse(row.GetString("Agreement"), null), row.Number("From"), row.Number("To"), Sha256.Parse(row.GetString("Hash")));

    sealed record Mark(AgreementId Agreement, long Sequence, Sha256 Hash, string? ETag);
}
