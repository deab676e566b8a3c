using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Azure.Data.Tables;
using MrAgreement.Overviews;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.AzureTables;

/// <summary>Every agreement's rows in the lists, each under the generation in which they were last written: whoever has seen one
/// generation asks for those after it. What can be found of it stands in a row beside them, written in the same transaction, and only
/// where it has changed; a digest of it goes with the rows.</summary>
/// <remarks>
/// A counter stands after the rows, so that one range answers both. Whoever writes
/// raises it by its ETag: generations become visible in their order, and a writer
/// knows which rows it replaces.
/// </remarks>
sealed class OverviewFeed(AzureTable table, SqliteReadModels replica) : IDisposable
{
    public const string Partition = "overview", FoundDigest = "Found";

    const string Counter = "z", Packed = "Rows";
    const int MaxTries = 50;

    // An agreement's new row, what goes with it, and its former row, which is deleted.
    const int WritesEach = 3;

    const int AppliedAtOnce = 100;

    // What surrounds a row in a transaction, at most.
    const int Envelope = 2048;

    readonly SemaphoreSlim turn = new(1);
    readonly Dictionary<AgreementId, (string Key, long Sequence)> known = [];
    readonly ConcurrentDictionary<AgreementId, bool> outdated = new();
    readonly ConcurrentDictionary<AgreementId, string> found = new();
    long generation;
    // Of the counter when it was last read; null while there is none.
    string? etag;
    // Another one means that everything was forgotten meanwhile.
    Guid epoch;

    /// <summary>Whether it was followed since the process began.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>Agreements whose rows an older version of the program has written, without all that this one shows.</summary>
    public ICollection<AgreementId> Outdated => outdated.Keys;

    /// <summary>Of each agreement, the digest of what can be found of it; empty where nothing was told of that.</summary>
    public IReadOnlyDictionary<AgreementId, string> Found => found;

    /// <summary>The key of what can be found of an agreement: before the rows of all generations, so that following them passes it over.
    /// </summary>
    public static string KeyOfFound(AgreementId agreement) => $"f{agreement.Value:N}";

    /// <summary>Brings what came of it up to what was written before the call.</summary>
    public async Task Follow(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            await CatchUp(cancellation);
            IsBegun = true;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Forgets every row.</summary>
    public async Task Clear(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            for (var tries = 0; ; tries++)
            {
                if (tries == MaxTries)
                    throw new StoreBusyException();
                await CatchUp(cancellation);
                if ((await table.Transact([Count(generation + 1, Guid.NewGuid())], cancellation)).ETags is not null)
                    break;
            }
            await CatchUp(cancellation);
            // What a crash leaves of them is passed over, and goes with the next clearing.
            var left = await table.Range(Partition, "g", Counter, cancellation: cancellation).ToListAsync(cancellation);
            foreach (var some in left.Where(row => row.RowKey != Counter && EpochOf(row) != epoch)
                .Chunk(AzureTable.MaxWrites))
                await table.Transact([.. some.Select(row => TableRows.Delete(Partition, row.RowKey))], cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    public async Task Write(IReadOnlyList<AgreementRows> agreements, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var left = new Queue<Row>(agreements.Select(Row.Of));
            for (var tries = 0; left.Count > 0; tries++)
            {
                if (tries == MaxTries)
                    throw new StoreBusyException();
                await CatchUp(cancellation);
                var written = await WriteSome(left, cancellation);
                if (written == 0)
                    continue;
                for (; written > 0; written--)
                    left.Dequeue();
                tries = 0;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    static byte[] Pack<T>(T rows)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
            JsonSerializer.Serialize(brotli, rows, Json.Options);
        return packed.ToArray();
    }

    /// <summary>Null for what no program has packed.</summary>
    public static T? TryUnpack<T>(TableEntity row) where T : class
    {
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(row.Bytes(Packed)!), CompressionMode.Decompress);
            return JsonSerializer.Deserialize<T>(brotli, Json.Options);
        }
        catch (Exception e) when (UnreadableRowException.Is(e) || e is InvalidDataException)
        {
            return null;
        }
    }

    static Guid? EpochOf(TableEntity row) => Guid.TryParse(row.TextOrNone("Epoch"), out var epoch) ? epoch : null;

    // As many as fit into one transaction; none when somebody else has written meanwhile.
    async Task<int> WriteSome(IEnumerable<Row> left, CancellationToken cancellation)
    {
        var next = generation + 1;
        var (some, bytes) = (0, Envelope);
        List<TableTransactionAction> writes = [Count(next, epoch)];
        foreach (var row in left)
        {
            var size = (row.Lists.Length + (row.Found?.Length ?? 0)) / 3 * 4 + WritesEach * Envelope;
            if (writes.Count + WritesEach > AzureTable.MaxWrites || some > 0 && bytes + size > AzureTable.MaxBytes)
                break;
            some++;
            var former = known.GetValueOrDefault(row.Agreement);
            // Somebody has shown more of the log already.
            if (former.Sequence > row.Sequence)
                continue;
            bytes += size;
            var stands = found.GetValueOrDefault(row.Agreement);
            writes.Add(new TableEntity(Partition, Key(next, row.Agreement))
            {
                ["Epoch"] = $"{epoch}", ["Sequence"] = row.Sequence, [FoundDigest] = row.Digest ?? stands ?? ""
            }.With(Packed, row.Lists).Insert());
            if (row.Found is { } told && row.Digest != stands)
                writes.Add(new TableEntity(Partition, KeyOfFound(row.Agreement)) { [FoundDigest] = row.Digest }.With(Packed, told).Put());
            if (former.Key is not null)
                writes.Add(TableRows.Delete(Partition, former.Key));
        }
        return writes.Count == 1 || (await table.Transact(writes, cancellation)).ETags is not null ? some : 0;
    }

    async Task CatchUp(CancellationToken cancellation)
    {
        var rows = await table.Range(Partition, $"g{generation + 1:D19}", Counter, cancellation: cancellation)
            .ToListAsync(cancellation);
        // The account was set back, or emptied: it has not come as far as this process.
        if (etag is not null && (rows is not [.., { RowKey: Counter } found] || found.Number("Generation") is var reached
            && (reached < generation || reached == generation && found.Mark() != etag)))
        {
            await Forget(cancellation);
            (generation, epoch, etag) = (0, Guid.Empty, null);
            await CatchUp(cancellation);
            return;
        }
        if (rows is not [.., { RowKey: Counter } counter] || counter.Mark() == etag)
            return;
        var current = Guid.Parse(counter.GetString("Epoch"));
        if (current != epoch)
            await Forget(cancellation);
        // Rows that no program has written are passed over.
        var news = rows[..^1].Where(row => EpochOf(row) == current && LogKeys.AgreementIn(row.RowKey) is not null
            && row.NumberOrNone("Sequence") is not null).ToList();
        foreach (var some in news.Chunk(AppliedAtOnce))
            await Apply(some, cancellation);
        foreach (var row in news)
            known[LogKeys.AgreementOf(row.RowKey)] = (row.RowKey, row.Number("Sequence"));
        // Last: what has not come this far is read again.
        (generation, epoch, etag) = (counter.Number("Generation"), current, counter.Mark());
    }

    async Task Apply(IReadOnlyList<TableEntity> news, CancellationToken cancellation)
    {
        var unpacked = news.Select(row => (Row: row, Rows: Lists(row))).ToList();
        await replica.Write([.. unpacked.Select(it => it.Rows).OfType<AgreementRows>()], cancellation);
        foreach (var (row, rows) in unpacked)
        {
            var (id, digest) = (LogKeys.AgreementOf(row.RowKey), row.TextOrNone(FoundDigest));
            if (digest is not null)
                found[id] = digest;
            // What no program has packed is written anew from the log.
            if (rows?.Money is null || rows.Appropriations is null || rows.Published is null || digest is null)
                outdated[id] = true;
            else
                outdated.TryRemove(id, out _);
        }
    }

    static AgreementRows? Lists(TableEntity row) =>
        TryUnpack<AgreementRows>(row) is { Portfolio: { Summary: not null } portfolio, Due: not null, WorkItems: not null } it
            && portfolio.Agreement == LogKeys.AgreementOf(row.RowKey) ? it : null;

    async Task Forget(CancellationToken cancellation)
    {
        await replica.ClearLists(cancellation);
        known.Clear();
        outdated.Clear();
        found.Clear();
    }

    TableTransactionAction Count(long next, Guid current)
    {
        var counter = new TableEntity(Partition, Counter) { ["Generation"] = next, ["Epoch"] = $"{current}" };
        return etag is null ? counter.Insert() : counter.Put(etag);
    }

    static string Key(long generation, AgreementId agreement) =>
        string.Create(CultureInfo.InvariantCulture, $"g{generation:D19}-{agreement.Value:N}");

    /// <summary>What is to be written of an agreement.</summary>
    /// <param name="Sequence">The last event of its log that it shows.</param>
    /// <param name="Found">What can be found of it; null for what is not told, and stays.</param>
    sealed record Row(AgreementId Agreement, long Sequence, byte[] Lists, byte[]? Found, string? Digest)
    {
        public static Row Of(AgreementRows rows) => new(rows.Portfolio.Agreement, rows.Sequence, Pack(rows with { Search = null }),
            rows.Search is { } found ? Pack(found) : null,
            rows.Search is { } told ? Convert.ToHexString(SearchTable.Digest(told)) : null);
    }
}
