using System.Text;
using Azure.Data.Tables;

namespace MrAgreement.Storage.AzureTables;

/// <summary>Kept records in the table: a partition for each kind, keys in hexadecimal,
/// since they may hold what the key of a row can't, and in their own order.</summary>
public sealed class AzureKeptRecords : IKeptRecords
{
    // Where earlier versions kept settings: by the hash of their names.
    const string FormerSettings = "settings";

    readonly AzureTable table;

    internal AzureKeptRecords(AzureTable table) => this.table = table;

    public async Task<KeptRecord?> Find(string kind, string key, Instant now, CancellationToken cancellation = default)
    {
        if (await table.Find(Partition(kind), Key(key), cancellation) is { } row)
            return Read(kind, row) is var record && record.IsThere(now) ? record : null;
        return kind == KeptSettings.Kind && await table.Find(FormerSettings, Former(key), cancellation) is { } former
            ? new(kind, key, Encoding.UTF8.GetBytes(former.TextOrNone("Value") ?? ""))
            : null;
    }

    public async Task<IReadOnlyList<KeptRecord>> Range(string kind, string prefix, Instant now, CancellationToken cancellation = default)
    {
        var found = new List<KeptRecord>();
        await foreach (var row in table.Range(Partition(kind), Key(prefix), Key(prefix) + LogKeys.End, cancellation: cancellation))
            if (Read(kind, row) is var record && record.IsThere(now))
                found.Add(record);
        return found;
    }

    public async Task<string?> Put(KeptRecord record, Instant now, CancellationToken cancellation = default)
    {
        record.Checked();
        var (partition, key, id) = (Partition(record.Kind), Key(record.Key), $"{Guid.NewGuid():N}");
        var put = new TableEntity(partition, key) { ["Key"] = record.Key, ["Write"] = id }.With("Data", record.Data.Span);
        if (record.Expires is { } expires)
            put["Expires"] = expires.ToUnixTimeMilliseconds();
        // One that has expired is none, but its row may still be there.
        for (var etag = record.ETag; ;)
        {
            var written = await table.Transact([etag == KeptRecord.New ? put.Insert() : put.Put(etag)], cancellation);
            if (written.ETags is [var fresh])
                return fresh;
            if (await table.Find(partition, key, cancellation) is not { } row)
                return null;
            // What stands in the way may be what we have written ourselves, and lost the answer of.
            if (row.TextOrNone("Write") == id)
                return row.Mark();
            if (etag != KeptRecord.New || Read(record.Kind, row).IsThere(now))
                return null;
            etag = row.Mark();
        }
    }

    public async Task<bool> Delete(string kind, string key, string? etag = null, CancellationToken cancellation = default)
    {
        if (kind == KeptSettings.Kind)
            await table.Transact([TableRows.Delete(FormerSettings, Former(key))], cancellation);
        var deleted = await table.Transact([TableRows.Delete(Partition(kind), Key(key), etag)], cancellation);
        return deleted.ETags is not null || await table.Find(Partition(kind), Key(key), cancellation) is null;
    }

    public async Task<int> Sweep(string kind, Instant now, CancellationToken cancellation = default)
    {
        var swept = 0;
        await foreach (var row in table.Range(Partition(kind), "", LogKeys.End, cancellation: cancellation))
            if (Read(kind, row) is var record && !record.IsThere(now) && await Delete(kind, record.Key, record.ETag, cancellation))
                swept++;
        return swept;
    }

    // Of what no program has written, one without data: whoever reads it finds that it is not what was kept.
    static KeptRecord Read(string kind, TableEntity row) => new(
        kind, row.TextOrNone("Key") ?? Key(row), Data(row), row.Mark(),
        row.NumberOrNone("Expires") is { } at ? Milliseconds.Read(at) : null);

    static byte[] Data(TableEntity row)
    {
        try
        {
            return row.Bytes("Data") ?? [];
        }
        catch (Exception e) when (UnreadableRowException.Is(e))
        {
            return [];
        }
    }

    static string Key(TableEntity row)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromHexString(row.RowKey.AsSpan(1)));
        }
        catch (FormatException)
        {
            return row.RowKey;
        }
    }

    static string Partition(string kind) => $"kept-{kind}";

    // The letter before it gives the empty key a row too.
    static string Key(string key) => $"k{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(key))}";

    static string Former(string name) => Sha256.Of(Encoding.UTF8.GetBytes(name)).ToString();
}
