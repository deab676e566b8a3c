using System.Collections.Concurrent;
using MrAgreement.EventSourcing;
using NodaTime;

namespace MrAgreement.Web.Ledgers;

/// <summary>The imports that this process is at, so that people can see how far they are and stop them.</summary>
public sealed class RunningImports
{
    readonly ConcurrentDictionary<Guid, RunningImport> running = new();

    public IReadOnlyList<RunningImport> Of(AgreementId agreement) => [.. running.Values.Where(r => r.Agreement == agreement).OrderBy(r => r.StartedAt)];

    public RunningImport? Find(AgreementId agreement, Guid import) => running.GetValueOrDefault(import) is { } it && it.Agreement == agreement ? it : null;

    /// <summary>Notes that an import has begun, until it is disposed of.</summary>
    public RunningImport Begin(AgreementId agreement, Guid import, string file, long bytes, PersonId by, Instant now, CancellationToken cancellation)
    {
        var it = new RunningImport(agreement, import, file, bytes, by, now, CancellationTokenSource.CreateLinkedTokenSource(cancellation), () => running.TryRemove(import, out _));
        running[import] = it;
        return it;
    }
}

/// <summary>How far an import has come.</summary>
/// <param name="Bytes">Size of the file.</param>
public sealed record RunningImport(AgreementId Agreement, Guid Import, string File, long Bytes, PersonId By, Instant StartedAt, CancellationTokenSource Source, Action Ended) : IDisposable
{
    long read;
    int vouchers;

    public long BytesRead => Interlocked.Read(ref read);
    public int Vouchers => Volatile.Read(ref vouchers);
    public CancellationToken Cancellation => Source.Token;

    public void Note(long bytes, int count)
    {
        Interlocked.Exchange(ref read, bytes);
        Volatile.Write(ref vouchers, count);
    }

    /// <summary>Asks it to stop; it leaves nothing behind.</summary>
    public void Cancel() => Source.Cancel();

    public void Dispose()
    {
        Ended();
        Source.Dispose();
    }
}
