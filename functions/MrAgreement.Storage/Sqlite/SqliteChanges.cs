namespace MrAgreement.Storage.Sqlite;

/// <summary>The order of the rows in the database's file: one writer puts them there, one after the other, and nothing of them is ever
/// taken away, so that their row numbers are it.</summary>
public sealed class SqliteChanges(SqliteDatabase database) : IChangeFeed
{
    const string Columns = "SELECT rowid, agreement, sequence, hash FROM events";

    public Task<IReadOnlyList<Move>> From(long place, int limit, CancellationToken cancellation = default) =>
        database.Read<IReadOnlyList<Move>>(session =>
        {
            var moves = new List<Move>();
            using var row = session.Query($"{Columns} WHERE rowid >= ?1 AND {SqliteValues.IsKey("agreement")} ORDER BY rowid LIMIT ?2", place, limit);
            while (row.Read())
                moves.Add(Read(row));
            return moves;
        }, cancellation);

    public Task<Move?> Last(CancellationToken cancellation = default) => database.Read(session =>
    {
        using var row = session.Query($"{Columns} WHERE {SqliteValues.IsKey("agreement")} ORDER BY rowid DESC LIMIT 1");
        return row.Read() ? Read(row) : null;
    }, cancellation);

    static Move Read(Microsoft.Data.Sqlite.SqliteDataReader row) =>
        new(row.GetInt64(0), row.Agreement(1), row.GetInt64(2), row.GetInt64(2), row.HashOrNone(3));
}
