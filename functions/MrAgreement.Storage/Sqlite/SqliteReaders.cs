using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MrAgreement.Storage.Sqlite;

/// <summary>Connections for reading, kept open with their prepared statements; reading waits for nobody who writes.</summary>
sealed class SqliteReaders(string file, int count) : IDisposable
{
    readonly SemaphoreSlim free = new(count);
    readonly ConcurrentBag<SqliteSession> idle = [];
    volatile bool closed;

    public async Task<T> Read<T>(Func<SqliteSession, T> read, CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);
        SqliteSession? session = null;
        try
        {
            ObjectDisposedException.ThrowIf(closed, this);
            if (!idle.TryTake(out session))
                session = SqliteSession.ForReading(file);
            var result = read(session);
            idle.Add(session);
            session = null;
            return result;
        }
        catch (Exception e) when (UnreadableRowException.Is(e) || IsTooMuch(e))
        {
            throw new UnreadableRowException($"A row of the database can't be read: {e.Message}", e);
        }
        catch (SqliteException e)
        {
            throw new StoreUnavailableException($"The database could not be read: {e.Message}", e);
        }
        finally
        {
            session?.Dispose();
            free.Release();
        }
    }

    // A sum over what no program has written.
    static bool IsTooMuch(Exception e) => e is SqliteException { SqliteErrorCode: raw.SQLITE_ERROR }
        && e.Message.Contains("integer overflow", StringComparison.Ordinal);

    /// <summary>Several queries that see the same moment.</summary>
    public Task<T> ReadTogether<T>(Func<SqliteSession, T> read, CancellationToken cancellation) => Read(session =>
    {
        session.Execute("BEGIN");
        var result = read(session);
        session.Execute("COMMIT");
        return result;
    }, cancellation);

    /// <summary>Waits for the reads under way; those that come later are refused.</summary>
    public void Dispose()
    {
        closed = true;
        for (var i = 0; i < count; i++)
            free.Wait();
        while (idle.TryTake(out var session))
            session.Dispose();
        free.Release(count);
    }
}
