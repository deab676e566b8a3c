using Microsoft.Data.Sqlite;
using SQLitePCL;
using static MrAgreement.Storage.Sqlite.SqliteValues;

namespace MrAgreement.Storage.Sqlite;

/// <summary>Reads what the file holds of a log, whatever somebody has made of it.</summary>
static class SqliteFoundLog
{
    public static FoundLog Read(SqliteSession session, AgreementId agreement, long since)
    {
        var rows = new List<FoundRow>();
        try
        {
            using var row = session.Query("""
                SELECT sequence, at, actor, type, data, digest, hash, salt FROM events
                WHERE agreement = ?1 AND sequence > ?2 ORDER BY sequence
                """, Column(agreement), since == 0 ? long.MinValue : since);
            while (row.Read())
                rows.Add(new(row.GetInt64(0), Or(() => row.Event())));
            return new(Head(session, agreement), rows);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_CORRUPT)
        {
            return new(null, [.. rows, new((rows.Count > 0 ? rows[^1].Sequence : since) + 1, null)]);
        }
    }

    static FoundHead? Head(SqliteSession session, AgreementId agreement)
    {
        using var row = session.Query(
            "SELECT sequence, hash, last_at, wake_at FROM heads WHERE agreement = ?1 AND (sequence > 0 OR hash IS NOT NULL)", Column(agreement));
        // A hash, or a moment, that is none is not the last row's either.
        return row.Read()
            ? new(row.GetInt64(0), Or(() => (Sha256?)row.Hash(1)) ?? default(Sha256),
                IsMoment(row, 3) ? Or(() => (Instant?)row.Moment(2)) ?? Instant.MaxValue : Instant.MaxValue)
            : null;
    }

    // A wake-up at no moment at all was written by no program: the head is not the last row's.
    static bool IsMoment(SqliteDataReader row, int column) =>
        row.IsDBNull(column) || Milliseconds.Holds(row.GetInt64(column));

    static T? Or<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is ArgumentException or InvalidCastException or InvalidOperationException or FormatException)
        {
            return default;
        }
    }
}
