using Microsoft.Data.Sqlite;

namespace MrAgreement.Storage.Sqlite;

/// <summary>Kept records in the database.</summary>
public sealed class SqliteKeptRecords(SqliteDatabase database) : IKeptRecords
{
    const string Columns = "kind, key, data, etag, expires";
    const string IsThere = "(expires IS NULL OR expires > ?3)";

    public Task<KeptRecord?> Find(string kind, string key, Instant now, CancellationToken cancellation = default) =>
        database.Read(session =>
    {
        using var row = session.Query($"SELECT {Columns} FROM kept WHERE kind = ?1 AND key = ?2 AND {IsThere}", kind, key,
            now.ToUnixTimeMilliseconds());
        return row.Read() ? Read(row) : null;
    }, cancellation);

    public Task<IReadOnlyList<KeptRecord>> Range(string kind, string prefix, Instant now, CancellationToken cancellation = default) =>
        database.Read<IReadOnlyList<KeptRecord>>(session =>
    {
        var found = new List<KeptRecord>();
        // No key has the last of all characters.
        using var row = session.Query($"SELECT {Columns} FROM kept WHERE kind = ?1 AND key >= ?2 AND key < ?4 AND {IsThere} ORDER BY key",
            kind, prefix, now.ToUnixTimeMilliseconds(), prefix + "\U0010FFFF");
        while (row.Read())
            found.Add(Read(row));
        return found;
    }, cancellation);

    public Task<string?> Put(KeptRecord record, Instant now, CancellationToken cancellation = default)
    {
        record.Checked();
        return database.Write(session =>
        {
            using (var row = session.Query($"SELECT etag, {IsThere} FROM kept WHERE kind = ?1 AND key = ?2", record.Kind, record.Key,
                now.ToUnixTimeMilliseconds()))
                if (record.ETag is { } meant && !(row.Read()
                    ? meant == row.GetString(0) || meant == KeptRecord.New && !row.GetBoolean(1)
                    : meant == KeptRecord.New))
                    return null;
            var etag = $"{Guid.NewGuid():N}";
            session.Execute($"INSERT OR REPLACE INTO kept ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5)", record.Kind, record.Key,
                record.Data.ToArray(), etag, record.Expires?.ToUnixTimeMilliseconds());
            return etag;
        }, cancellation);
    }

    public Task<bool> Delete(string kind, string key, string? etag = null, CancellationToken cancellation = default) =>
        database.Write(session =>
        session.Execute("DELETE FROM kept WHERE kind = ?1 AND key = ?2 AND (?3 IS NULL OR etag = ?3)", kind, key, etag) > 0
        || session.Scalar("SELECT 1 FROM kept WHERE kind = ?1 AND key = ?2", kind, key) is null, cancellation);

    public Task<int> Sweep(string kind, Instant now, CancellationToken cancellation = default) =>
        database.Write(session => session.Execute("DELETE FROM kept WHERE kind = ?1 AND expires <= ?2", kind, now.ToUnixTimeMilliseconds()),
            cancellation);

    static KeptRecord Read(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.Bytes(2), row.GetString(3), row.IsDBNull(4) ? null : row.Moment(4));
}
