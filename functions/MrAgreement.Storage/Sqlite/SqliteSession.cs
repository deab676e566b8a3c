using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MrAgreement.Storage.Sqlite;

/// <summary>One open connection and its prepared statements, used by one thread at a time.</summary>
sealed class SqliteSession : IDisposable
{
    const int BusySeconds = 5;

    readonly SqliteConnection connection;
    readonly Dictionary<string, SqliteCommand> prepared = [];

    SqliteSession(string source, SqliteOpenMode mode)
    {
        connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusySeconds
        }.ToString());
        try
        {
            connection.Open();
            Execute($"PRAGMA busy_timeout = {BusySeconds * 1000}");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static SqliteSession ForCreating(string file) => new(file, SqliteOpenMode.ReadWriteCreate);

    /// <summary>Opens a file without writing to its folder: right only while nobody
    /// else has it open and no log of unwritten pages lies beside it.</summary>
    public static SqliteSession ForLookingOnly(string file) => new(new Uri(file).AbsoluteUri + "?immutable=1", SqliteOpenMode.ReadOnly);

    public static SqliteSession ForReading(string file) => new(file, SqliteOpenMode.ReadOnly);

    public static SqliteSession ForWriting(string file)
    {
        var session = new SqliteSession(file, SqliteOpenMode.ReadWrite);
        try
        {
            // FULL: COMMIT comes back when the write-ahead log is on the disk.
            session.Execute("PRAGMA synchronous = FULL");
            // What is erased is zeros in the file too.
            session.Execute("PRAGMA secure_delete = ON");
            session.Execute("PRAGMA journal_size_limit = 67108864");
            // Appends go to pages all over the file: kept at hand they are not read
            // again, and in a longer log they are written back once instead of often.
            session.Execute("PRAGMA cache_size = -16384");
            session.Execute("PRAGMA wal_autocheckpoint = 16000");
            session.Execute("PRAGMA foreign_keys = ON");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>False after BEGIN, until COMMIT, ROLLBACK or an error for which SQLite itself rolls back.</summary>
    public bool Idle => raw.sqlite3_get_autocommit(connection.Handle) != 0;

    /// <param name="values">For ?1, ?2 and so on; null for NULL.</param>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <returns>The first column of the first row; null when there is no row or it is NULL.</returns>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values) =>
        Bind(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>Brings the write-ahead log into the file and empties it; false while somebody reads what was there before.</summary>
    public bool Emptied(int busyMilliseconds)
    {
        Execute($"PRAGMA busy_timeout = {busyMilliseconds}");
        try
        {
            return Scalar("PRAGMA wal_checkpoint(TRUNCATE)") is 0L;
        }
        finally
        {
            Execute($"PRAGMA busy_timeout = {BusySeconds * 1000}");
        }
    }

    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteReader();

    /// <summary>Copies the database as it is at this moment into a new file, which no writer waits for.</summary>
    public void CopyTo(string file)
    {
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.BackupDatabase(copy);
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values)
            command.Dispose();
        connection.Dispose();
    }

    SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
            prepared.Add(sql, command);
        }
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
