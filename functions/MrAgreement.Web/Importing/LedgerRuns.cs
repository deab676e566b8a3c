using Microsoft.Extensions.Logging;
using MrAgreement.Parties;
using MrAgreement.Web.Service;

namespace MrAgreement.Web.Importing;

/// <summary>Imports that go on inside this process: by themselves, for a host that is one process, or within a request.</summary>
public sealed class LedgerRuns(LedgerImporter importer, ILogger<LedgerRuns> log) : ILedgerRuns, IAsyncDisposable
{
    // One is read at a time; who orders more waits until some are in.
    const int MostWaiting = 100;

    // As long as a page may be kept waiting for an import to stop.
    static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    readonly BackgroundWork<RunningImport> work = new(MostWaiting);

    public long MostAwaited => long.MaxValue;

    /// <summary>Shows an import that a request waits for, until it is disposed of.</summary>
    public RunningImport Begin(LedgerRun run, CancellationToken cancellation)
    {
        var it = new RunningImport(run, cancellation);
        it.Shown = work.Show(run.Import, it);
        return it;
    }

    public Task Start(AgreementId agreement, LedgerOrder order, Occasion on, IReadOnlyDictionary<string, string> typed,
        CancellationToken cancellation = default)
    {
        var it = new RunningImport(LedgerRun.Begun(agreement, order, on, typed), CancellationToken.None);
        work.Start(order.Import, it, earlier => earlier.AsRun.End is null, stopping => Run(it, order, on, stopping));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<LedgerRun>> UnderWay(AgreementId agreement, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<LedgerRun>>([.. work.All.Select(it => it.AsRun)
            .Where(run => run.Agreement == agreement && run.End is null).OrderBy(run => run.StartedAt)]);

    public Task<LedgerRun?> Find(AgreementId agreement, Guid import, CancellationToken cancellation = default) =>
        Task.FromResult(work.Find(import)?.AsRun is { } run && run.Agreement == agreement ? run : null);

    public Task Cancel(AgreementId agreement, Guid import, CancellationToken cancellation = default)
    {
        if (work.Find(import) is not { AsRun.End: null } it || it.AsRun.Agreement != agreement)
            return Task.CompletedTask;
        it.Cancel();
        return Task.WhenAny(work.End(import), Task.Delay(patience, cancellation));
    }

    /// <summary>Stops whatever goes on; it leaves nothing behind.</summary>
    public ValueTask DisposeAsync()
    {
        foreach (var it in work.All)
            it.Cancel();
        return work.DisposeAsync();
    }

    async Task Run(RunningImport it, LedgerOrder order, Occasion on, CancellationToken stopping)
    {
        using (it)
        using (stopping.Register(it.Cancel))
            it.End = await End(it, order, on);
    }

    async Task<ImportEnd> End(RunningImport it, LedgerOrder order, Occasion on)
    {
        try
        {
            return await importer.Run(it.AsRun.Agreement, order, on, it.Note, it.Cancellation);
        }
        catch (OperationCanceledException)
        {
            return new ImportEnd.Cancelled();
        }
        catch (Exception e)
        {
            log.LogError(e, "The import {Import} failed.", order.Import);
            return new ImportEnd.Failed();
        }
    }
}

/// <summary>An import that this process is at.</summary>
public sealed class RunningImport(LedgerRun begun, CancellationToken cancellation) : IDisposable
{
    readonly CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    long read;
    int vouchers;
    volatile ImportEnd? end;

    public CancellationToken Cancellation => source.Token;
    public LedgerRun AsRun =>
        begun with { BytesRead = Interlocked.Read(ref read), Vouchers = Volatile.Read(ref vouchers), End = end };

    internal ImportEnd End { set => end = value; }
    internal IDisposable? Shown { get; set; }

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
        Shown?.Dispose();
        source.Dispose();
    }
}
