namespace MrAgreement.Web.Service;

/// <summary>What of work that goes on by itself is kept: what was asked for, how far it is, what came of it.</summary>
public interface IKeptRun
{
    /// <summary>Whether nothing more will come of it.</summary>
    bool IsOver { get; }

    /// <summary>In how many parts it is done, each of which waits for its turn.</summary>
    int Parts { get; }
}

/// <summary>Work that this process is at.</summary>
/// <param name="leaving">The end of this process: whoever takes it up finds all as it is.</param>
public sealed class RunningHere<T>(T begun, CancellationToken leaving) : IDisposable where T : class, IKeptRun
{
    readonly CancellationTokenSource stop = new();
    T now = begun;

    public T Now => Volatile.Read(ref now);

    /// <summary>Somebody's wish that it ends; it is to leave nothing behind.</summary>
    public CancellationToken Stopped => stop.Token;

    public CancellationToken Leaving => leaving;

    internal Task Work { get; set; } = Task.CompletedTask;

    /// <summary>Says how far it is, or what came of it; from several threads at once, too.</summary>
    public void Tell(Func<T, T> change)
    {
        for (var before = Now; ; before = Now)
            if (Interlocked.CompareExchange(ref now, change(before), before) == before)
                return;
    }

    public void Dispose() => stop.Dispose();

    internal void Stop()
    {
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }
}
