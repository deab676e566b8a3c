using System.Collections.Concurrent;

namespace MrAgreement.Web.Importing;

/// <summary>Imports that requests to this process wait for: shown, and stopped, until they are answered.</summary>
public sealed class AwaitedImports
{
    readonly ConcurrentDictionary<Guid, AwaitedImport> shown = new();

    /// <summary>Shows an import until it is disposed of.</summary>
    public AwaitedImport Begin(LedgerRun run, CancellationToken cancellation)
    {
        var it = new AwaitedImport(run, ended => shown.TryRemove(new(run.Import, ended)), cancellation);
        shown[run.Import] = it;
        return it;
    }

    public IEnumerable<LedgerRun> Of(AgreementId agreement) => shown.Values.Select(it => it.AsRun).Where(run => run.Agreement == agreement);

    public AwaitedImport? Find(AgreementId agreement, Guid import) =>
        shown.GetValueOrDefault(import) is { } it && it.AsRun.Agreement == agreement ? it : null;
}

/// <summary>An import that a request waits for.</summary>
public sealed class AwaitedImport(LedgerRun begun, Action<AwaitedImport> over, CancellationToken cancellation) : IDisposable
{
    readonly CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    long read;
    int vouchers;

    public CancellationToken Cancellation => source.Token;

    public LedgerRun AsRun => begun with { BytesRead = Interlocked.Read(ref read), Vouchers = Volatile.Read(ref vouchers) };

    public void Note(long bytes, int count)
    {
        Interlocked.Exchange(ref read, bytes);
        Volatile.Write(ref vouchers, count);
    }

    /// <summary>Asks it to stop; it leaves nothing behind.</summary>
    public void Cancel()
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    public void Dispose()
    {
        over(this);
        source.Dispose();
    }
}
