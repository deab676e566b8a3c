using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MrAgreement.Storage.Sqlite;

/// <summary>The one thread that writes: whatever is waiting shares a transaction and its wait for the disk.</summary>
sealed class SqliteWriter : IDisposable
{
    readonly string file;
    readonly SqliteLimits limits;
    readonly BlockingCollection<WriteJob> waiting;
    readonly Thread thread;
    SqliteSession? session;

    public Writability Writability { get; } = new();

    public SqliteWriter(string file, SqliteLimits limits)
    {
        (this.file, this.limits) = (file, limits);
        waiting = new(limits.Waiting);
        session = SqliteSession.ForWriting(file);
        thread = new(Work) { IsBackground = true, Name = "SQLite writer" };
        thread.Start();
    }

    /// <param name="write">Runs inside the transaction, on the writer's thread; runs again when another job spoilt the transaction.</param>
    /// <param name="cancellation">Heeded until the write begins; from then on its outcome is told.</param>
    public Task<T> Write<T>(Func<SqliteSession, T> write, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(waiting.IsAddingCompleted, this);
        var job = new WriteJob<T>(write, cancellation);
        return waiting.TryAdd(job) ? job.Outcome : Task.FromException<T>(new StoreBusyException());
    }

    /// <summary>Brings the write-ahead log into the file and empties it, after what is waiting now. Answers whether it is empty.</summary>
    public Task<bool> WriteBack(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(waiting.IsAddingCompleted, this);
        var job = new WriteBackJob();
        return waiting.TryAdd(job) ? job.Outcome : Task.FromException<bool>(new StoreBusyException());
    }

    /// <summary>Finishes what is waiting.</summary>
    public void Dispose()
    {
        waiting.CompleteAdding();
        thread.Join();
        waiting.Dispose();
        session?.Dispose();
    }

    void Work()
    {
        var batch = new List<WriteJob>(limits.Batch);
        while (waiting.TryTake(out var first, Timeout.Infinite))
        {
            batch.Add(first);
            while (!Commit(batch)) { }
            batch.Clear();
        }
    }

    /// <returns>False when one job failed by its own fault: it has its answer, and the others are to be tried again.</returns>
    bool Commit(List<WriteJob> batch)
    {
        WriteJob? running = null;
        try
        {
            session ??= SqliteSession.ForWriting(file);
            session.Execute("BEGIN IMMEDIATE");
            for (var i = 0; i < batch.Count || Drain(batch); i++)
            {
                running = batch[i];
                running.Run(session);
                running = null;
            }
            session.Execute("COMMIT");
        }
        catch (Exception e)
        {
            RollBack();
            if (running is not null && !StoreWide(e))
            {
                running.Fail(e);
                batch.Remove(running);
                return batch.Count == 0;
            }
            var failed = Writability.Failed("The database", e is SqliteException { SqliteErrorCode: raw.SQLITE_FULL }, e);
            foreach (var job in batch)
                job.Fail(failed);
            return true;
        }
        // Nobody waits for the file who has not asked for it.
        foreach (var job in batch.OrderBy(job => job is WriteBackJob))
            job.Complete();
        return true;
    }

    // Those that came while others were written join them: one more row costs far less than one more wait for the disk.
    bool Drain(List<WriteJob> batch)
    {
        if (batch.Count >= limits.Batch || !waiting.TryTake(out var next))
            return false;
        batch.Add(next);
        return true;
    }

    void RollBack()
    {
        try
        {
            if (session is { Idle: false })
                session.Execute("ROLLBACK");
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException)
        {
            // A connection that can't even roll back is of no use; closing it rolls back, and the next batch opens another.
            session?.Dispose();
            session = null;
        }
    }

    static bool StoreWide(Exception e) =>
        e is SqliteException { SqliteErrorCode: not (raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH
            or raw.SQLITE_RANGE) };

    abstract class WriteJob
    {
        public abstract void Run(SqliteSession session);
        public abstract void Complete();
        public abstract void Fail(Exception exception);
    }

    sealed class WriteBackJob : WriteJob
    {
        // Whoever reads is not waited for longer, since all writing waits with it.
        const int BusyMilliseconds = 100;

        readonly TaskCompletionSource<bool> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        SqliteSession? session;

        public Task<bool> Outcome => outcome.Task;

        public override void Run(SqliteSession session) => this.session = session;

        // After the COMMIT: a transaction can't bring its own log into the file.
        public override void Complete()
        {
            try
            {
                outcome.SetResult(session!.Emptied(BusyMilliseconds));
            }
            catch (Exception e) when (e is SqliteException or InvalidOperationException)
            {
                outcome.SetResult(false);
            }
        }

        public override void Fail(Exception exception) => outcome.SetException(exception);
    }

    sealed class WriteJob<T>(Func<SqliteSession, T> write, CancellationToken cancellation) : WriteJob
    {
        // Whoever waits goes on elsewhere: the writer's thread has the next batch to write.
        readonly TaskCompletionSource<T> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        T result = default!;
        bool cancelled;

        public Task<T> Outcome => outcome.Task;

        public override void Run(SqliteSession session)
        {
            cancelled = cancellation.IsCancellationRequested;
            if (!cancelled)
                result = write(session);
        }

        public override void Complete()
        {
            if (cancelled)
                outcome.SetCanceled(cancellation);
            else
                outcome.SetResult(result);
        }

        public override void Fail(Exception exception) => outcome.SetException(exception);
    }
}
