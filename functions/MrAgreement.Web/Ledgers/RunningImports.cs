using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using MrAgreement.Parties;

namespace MrAgreement.Web.Ledgers;

/// <summary>The imports that this process is at, so that people can see how far they
/// are and stop them, and what came of those that went on by themselves.</summary>
public sealed class RunningImports(ILogger<RunningImports> log) : IAsyncDisposable
{
    // What came of the oldest makes room; by then nobody waits for it.
    const int MostEnded = 200;

    // One is read at a time; who orders more waits until some are in.
    const int MostWaiting = 100;

    readonly ConcurrentDictionary<Guid, RunningImport> running = new();
    readonly ConcurrentDictionary<Guid, LedgerRun> ended = new();
    readonly ConcurrentQueue<Guid> inOrder = new();

    public IReadOnlyList<RunningImport> Of(AgreementId agreement) =>
        [.. running.Values.Where(r => r.Agreement == agreement).OrderBy(r => r.StartedAt)];

    public RunningImport? Find(AgreementId agreement, Guid import) =>
        running.GetValueOrDefault(import) is { } it && it.Agreement == agreement ? it : null;

    /// <summary>What came of an import that went on by itself; null while it is at it, and when nobody knows any more.</summary>
    public LedgerRun? Ended(AgreementId agreement, Guid import) =>
        ended.GetValueOrDefault(import) is { } it && it.Agreement == agreement ? it : null;

    /// <summary>Notes that an import has begun, until it is disposed of.</summary>
    public RunningImport Begin(AgreementId agreement, Guid import, string file, long bytes, PersonId by, Instant now,
        CancellationToken cancellation)
    {
        var it = new RunningImport(agreement, import, file, bytes, by, now, CancellationTokenSource.CreateLinkedTokenSource(cancellation),
            () => running.TryRemove(import, out _));
        running[import] = it;
        return it;
    }

    /// <summary>Begins an import that goes on by itself, whatever becomes of the request that asked for it.</summary>
    /// <param name="typed">What somebody had filled in, to show again should the file be refused.</param>
    public void Start(AgreementId agreement, LedgerOrder order, Occasion on, IReadOnlyDictionary<string, string> typed,
        Func<RunningImport, Task<ImportEnd>> import)
    {
        if (running.Count >= MostWaiting)
            throw new StoreBusyException();
        var it = Begin(agreement, order.Import, order.File.Name, order.File.Size, on.By.Id, on.Now, CancellationToken.None);
        it.Work = Task.Run(async () =>
        {
            using (it)
            {
                // Known before it is no longer running: whoever asks always learns one of the two.
                var end = await End(it, import);
                ended[it.Import] = it.AsRun with { End = end, Typed = typed };
                inOrder.Enqueue(it.Import);
                while (inOrder.Count > MostEnded && inOrder.TryDequeue(out var oldest))
                    ended.TryRemove(oldest, out _);
            }
        });
    }

    /// <summary>Stops whatever goes on by itself; it leaves nothing behind.</summary>
    public async ValueTask DisposeAsync()
    {
        var left = running.Values.ToList();
        left.ForEach(it => it.Cancel());
        await Task.WhenAll(left.Select(it => it.Work));
    }

    async Task<ImportEnd> End(RunningImport it, Func<RunningImport, Task<ImportEnd>> import)
    {
        try
        {
            return await import(it);
        }
        catch (OperationCanceledException)
        {
            return new ImportEnd.Cancelled();
        }
        catch (Exception e)
        {
            log.LogError(e, "The import {Import} failed.", it.Import);
            return new ImportEnd.Failed();
        }
    }
}

/// <summary>An import that this process is at.</summary>
/// <param name="Bytes">Size of the file.</param>
public sealed record RunningImport(AgreementId Agreement, Guid Import, string File, long Bytes, PersonId By, Instant StartedAt,
    CancellationTokenSource Source, Action Ended) : IDisposable
{
    long read;
    int vouchers;

    public long BytesRead => Interlocked.Read(ref read);
    public int Vouchers => Volatile.Read(ref vouchers);
    public CancellationToken Cancellation => Source.Token;
    public LedgerRun AsRun => new(Agreement, Import, File, Bytes, By, StartedAt, BytesRead, Vouchers, null,
        ImmutableDictionary<string, string>.Empty);

    /// <summary>Of an import that goes on by itself: all that it does.</summary>
    public Task Work { get; internal set; } = Task.CompletedTask;

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
            Source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    public void Dispose()
    {
        Ended();
        Source.Dispose();
    }
}
