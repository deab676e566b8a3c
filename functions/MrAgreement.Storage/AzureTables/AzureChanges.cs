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

    // The last moves may be none that a program has written.
    const int LookedBack = 100;

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
        return await table.Range(Partition, Key(place), "m~", cancellation: cancellation).Select(Read).OfType<Move>().Take(limit)
            .ToListAsync(cancellation);
    }

    public async Task<Move?> Last(CancellationToken cancellation = default)
    {
        await Announce(cancellation);
        return await table.Find(Partition, Counter, cancellation) is { } counter && await Placed(counter, cancellation) is > 0 and var place
            ? await table.Range(Partition, Key(Math.Max(1, place - LookedBack)), Key(place), cancellation: cancellation).Select(Read)
                .OfType<Move>().LastOrDefaultAsync(cancellation)
            : null;
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
            begun = counter is not null && counter.TryGetValue("Begun", out var told) && told is true;
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

    // Of a counter that somebody has written over nothing is known but which places were given.
    async Task<long> Placed(TableEntity counter, CancellationToken cancellation) => counter.NumberOrNone("Place")
        ?? await table.Range(Partition, Key(0), "m~", cancellation: cancellation).Select(PlaceOf)
            .MaxAsync(cancellationToken: cancellation) ?? 0;

    // False when somebody else has given places meanwhile.
    async Task<bool> Announce(IReadOnlyList<Mark> moved, TableEntity? counter, CancellationToken cancellation)
    {
        var (place, etag) = (counter is null ? 0 : await Placed(counter, cancellation), counter?.Mark());
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
        // Told in a way that nobody can read, it is told again.
        if (told.NumberOrNone("To") is not { } to)
            return 1;
        if (to < it.Sequence)
            return to + 1;
        // A log that does not come as far as it once did, or has another row there, was set back.
        var isSetBack = to == it.Sequence ? told.HashOrNone("Hash") != it.Hash
            : await table.Find(Shard(it.Agreement), LogKeys.Head(it.Agreement), cancellation) is not { } head
                || LogHead.Find(head).Sequence < to;
        return isSetBack ? 1 : null;
    }

    async Task<IReadOnlyList<Mark>> Marks(CancellationToken cancellation)
    {
        var found = await Task.WhenAll(shards.Select(async shard => await table.Range(shard, LogKeys.Changes,
            LogKeys.Changes + LogKeys.End, cancellation: cancellation).ToListAsync(cancellation)));
        // What is no mark is told by whoever looks through all that is stored.
        return [.. from row in found.SelectMany(rows => rows)
            where LogKeys.BesideOf(row.RowKey) is { } it && Shard(it) == row.PartitionKey
                && row.NumberOrNone("Sequence") is not null && row.HashOrNone("Hash") is not null
            select new Mark(LogKeys.BesideOf(row.RowKey)!.Value, row.Number("Sequence"), row.HashOrNone("Hash")!.Value, row.Mark())];
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

    static long? PlaceOf(TableEntity row) =>
        long.TryParse(row.RowKey.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null;

    // Null for what no program has written.
    static Move? Read(TableEntity row) => PlaceOf(row) is { } place
        && AgreementId.TryParse(row.TextOrNone("Agreement"), null, out var agreement)
        && row.NumberOrNone("From") is { } from && row.NumberOrNone("To") is { } to && row.HashOrNone("Hash") is { } hash
            ? new(place, agreement, from, to, hash)
            : null;

    sealed record Mark(AgreementId Agreement, long Sequence, Sha256 Hash, string? ETag);
}
