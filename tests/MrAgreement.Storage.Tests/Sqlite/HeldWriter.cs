using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.Tests.Sqlite;

/// <summary>A database whose writer is kept busy, so that what is written meanwhile comes into one batch.</summary>
sealed class HeldWriter(SemaphoreSlim gate) : IAsyncDisposable
{
    Task finished = Task.CompletedTask;

    public static async Task<HeldWriter> Of(SqliteDatabase database)
    {
        var (gate, reached) = (new SemaphoreSlim(0), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var held = new HeldWriter(gate);
        held.finished = database.Write(_ =>
        {
            if (reached.TrySetResult())
                gate.Wait();
            return true;
        }, CancellationToken.None);
        await reached.Task;
        return held;
    }

    public void LetGo() => gate.Release();

    /// <summary>Does not wait for the outcome: the batch may be meant to fail.</summary>
    public async ValueTask DisposeAsync()
    {
        gate.Release();
        await finished.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
