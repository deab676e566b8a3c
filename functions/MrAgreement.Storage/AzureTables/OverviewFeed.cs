using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Azure.Data.Tables;
using MrAgreement.Overviews;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.AzureTables;

/// <summary>Every agreement's rows, each under the generation in which they were
/// last written: whoever has seen one generation asks for those after it.</summary>
/// <remarks>
/// A counter stands after the rows, so that one range answers both. Whoever writes
/// raises it by its ETag: generations become visible in their order, and a writer
/// knows which rows it replaces.
/// </remarks>
sealed class OverviewFeed(AzureTable table, SqliteReadModels replica) : IDisposable
{
    const string Partition = "overview";
    const string Counter = "z";
    const int MaxTries = 50;

    // Beside each agreement's new row its former one is deleted, and the counter is raised.
    const int WrittenAtOnce = (AzureTable.MaxWrites - 1) / 2;

    const int AppliedAtOnce = 100;

    // What surrounds a row in a transaction, at most.
    const int Envelope = 2048;

    readonly SemaphoreSlim turn = new(1);
    readonly Dictionary<AgreementId, (string Key, long Sequence)> known = [];
    readonly ConcurrentDictionary<AgreementId, bool> outdated = new();
    long generation;
    // Of the counter when it was last read; null while there is none.
    string? etag;
    // Another one means that everything was forgotten meanwhile.
    Guid epoch;

    /// <summary>Agreements whose rows an older version of the program has written, without all that this one shows.</summary>
    public ICollection<AgreementId> Outdated => outdated.Keys;

    /// <summary>Whether it was followed since the process began.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>Brings the replica up to what was written before the call.</summary>
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

    public async Task Write(IReadOnlyList<AgreementRows> agreements, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var left = new Queue<(AgreementRows Rows, byte[] Packed)>(agreements.Select(rows => (rows, Pack(rows))));
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

    // As many as fit into one transaction; none when somebody else has written meanwhile.
    async Task<int> WriteSome(IEnumerable<(AgreementRows Rows, byte[] Packed)> left, CancellationToken cancellation)
    {
        var next = generation + 1;
        var (some, bytes) = (0, Envelope);
        List<TableTransactionAction> writes = [Count(next, epoch)];
        foreach (var (rows, packed) in left)
        {
            var size = packed.Length / 3 * 4 + 2 * Envelope;
            if (some == WrittenAtOnce || some > 0 && bytes + size > AzureTable.MaxBytes)
                break;
            (some, bytes) = (some + 1, bytes + size);
            var agreement = rows.Portfolio.Agreement;
            var former = known.GetValueOrDefault(agreement);
            // Somebody has shown more of the log already.
            if (former.Sequence > rows.Sequence)
                continue;
            writes.Add(new TableEntity(Partition, Key(next, agreement)) { ["Epoch"] = $"{epoch}", ["Sequence"] = rows.Sequence }
                .With("Rows", packed).Insert());
            if (former.Key is not null)
                writes.Add(TableRows.Delete(Partition, former.Key));
        }
        return writes.Count == 1 || (await table.Transact(writes, cancellation)).ETags is not null ? some : 0;
    }

    async Task CatchUp(CancellationToken cancellation)
    {
        var rows = await table.Range(Partition, $"g{generation + 1:D19}", Counter, cancellation: cancellation).ToListAsync(cancellation);
        // The account was set back, or emptied: it has not come as far as this process.
        if (etag is not null && (rows is not [.., { RowKey: Counter } found] || found.Number("Generation") is var reached
            && (reached < generation || reached == generation && found.Mark() != etag)))
        {
            await replica.Clear(cancellation);
            known.Clear();
            outdated.Clear();
            (generation, epoch, etag) = (0, Guid.Empty, null);
            await CatchUp(cancellation);
            return;
        }
        if (rows is not [.., { RowKey: Counter } counter] || counter.Mark() == etag)
            return;
        var current = Guid.Parse(counter.GetString("Epoch"));
        if (current != epoch)
        {
            await replica.Clear(cancellation);
            known.Clear();
            outdated.Clear();
        }
        var news = rows[..^1].Where(row => EpochOf(row) == current && LogKeys.AgreementIn(row.RowKey) is not null
            && row.NumberOrNone("Sequence") is not null).ToList();
        foreach (var some in news.Chunk(AppliedAtOnce))
        {
            var unpacked = new List<AgreementRows>(some.Length);
            foreach (var row in some)
                if (TryUnpack(row) is { } one)
                    unpacked.Add(one);
                // What no program has packed is written anew from the log.
                else
                    outdated[LogKeys.AgreementOf(row.RowKey)] = true;
            await replica.Write(unpacked, cancellation);
            foreach (var one in unpacked)
                if (one.Money is null || one.Appropriations is null)
                    outdated[one.Portfolio.Agreement] = true;
                else
                    outdated.TryRemove(one.Portfolio.Agreement, out _);
        }
        foreach (var row in news)
            known[LogKeys.AgreementOf(row.RowKey)] = (row.RowKey, row.Number("Sequence"));
        // Last: what has not come this far is read again.
        (generation, epoch, etag) = (counter.Number("Generation"), current, counter.Mark());
    }

    TableTransactionAction Count(long next, Guid current)
    {
        var counter = new TableEntity(Partition, Counter) { ["Generation"] = next, ["Epoch"] = $"{current}" };
        return etag is null ? counter.Insert() : counter.Put(etag);
    }

    static string Key(long generation, AgreementId agreement) =>
        string.Create(CultureInfo.InvariantCulture, $"g{generation:D19}-{agreement.Value:N}");

    static byte[] Pack(AgreementRows rows)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
            JsonSerializer.Serialize(brotli, rows, Json.Options);
        return packed.ToArray();
    }

    static Guid? EpochOf(TableEntity row) => Guid.TryParse(row.TextOrNone("Epoch"), out var epoch) ? epoch : null;

    static AgreementRows? TryUnpack(TableEntity row)
    {
        try
        {
            var it = Unpack(row.Bytes("Rows")!);
            return it is { Portfolio: { Summary: not null } portfolio, Due: not null, WorkItems: not null }
                && portfolio.Agreement == LogKeys.AgreementOf(row.RowKey) ? it : null;
        }
        catch (Exception e) when (UnreadableRowException.Is(e) || e is InvalidDataException)
        {
            return null;
        }
    }

    static AgreementRows Unpack(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<AgreementRows>(brotli, Json.Options)!;
    }
}
