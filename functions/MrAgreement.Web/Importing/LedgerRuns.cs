using Microsoft.Extensions.Logging;
using MrAgreement.Parties;
using MrAgreement.Web.Service;

namespace MrAgreement.Web.Importing;

/// <summary>Imports that go on inside a process, and are taken up by another of the same stores when that is gone.</summary>
public sealed class LedgerRuns : ILedgerRuns, IAsyncDisposable
{
    // One is read at a time; who orders more waits until some are in.
    const int MostWaiting = 100;

    /// <summary>What the keys of its records begin with.</summary>
    internal const string Family = "import-";

    readonly AwaitedImports awaited;
    readonly LedgerImporter importer;
    readonly ILogger<LedgerRuns> log;
    readonly KeptRuns<KeptImport> runs;

    public LedgerRuns(LedgerImporter importer, AwaitedImports awaited, IKeptRecords kept, ILogger<LedgerRuns> log)
    {
        (this.importer, this.awaited, this.log) = (importer, awaited, log);
        runs = new(kept, Family, MostWaiting, Run, it => it.Ended(new ImportEnd.Failed()));
    }

    public long MostAwaited => long.MaxValue;

    public Task Start(AgreementId agreement, LedgerOrder order, Occasion on, IReadOnlyDictionary<string, string> typed,
        CancellationToken cancellation = default) =>
        runs.Start(Key(agreement, order.Import), KeptImport.Begun(OrderedImport.Of(agreement, order, on, typed)), it => !it.IsOver,
            cancellation);

    public async Task<IReadOnlyList<LedgerRun>> UnderWay(AgreementId agreement, CancellationToken cancellation = default) =>
        [.. (await runs.Range($"{agreement}-", cancellation)).Where(it => !it.IsOver).Select(it => it.AsRun())
            .Concat(awaited.Of(agreement)).OrderBy(run => run.StartedAt)];

    public async Task<LedgerRun?> Latest(AgreementId agreement, CancellationToken cancellation = default) =>
        (await runs.Range($"{agreement}-", cancellation)).Select(it => it.AsRun()).Concat(awaited.Of(agreement))
            .OrderBy(run => run.StartedAt).ThenBy(run => run.Import).LastOrDefault();

    public async Task<LedgerRun?> Find(AgreementId agreement, Guid import, CancellationToken cancellation = default) =>
        awaited.Find(agreement, import)?.AsRun ?? (await runs.Find(Key(agreement, import), cancellation))?.AsRun();

    public Task Cancel(AgreementId agreement, Guid import, CancellationToken cancellation = default)
    {
        if (awaited.Find(agreement, import) is not { } here)
            return runs.Stop(Key(agreement, import), cancellation);
        here.Cancel();
        return Task.CompletedTask;
    }

    /// <summary>Takes up what another process has left.</summary>
    public Task TakeUp(CancellationToken cancellation = default) => runs.TakeUp(cancellation);

    /// <summary>Leaves whatever goes on to the next process.</summary>
    public ValueTask DisposeAsync() => runs.DisposeAsync();

    static string Key(AgreementId agreement, Guid import) => $"{agreement}-{import:D}";

    async Task Run(RunningHere<KeptImport> it)
    {
        var ordered = it.Now.Ordered;
        ImportEnd end;
        try
        {
            end = await importer.Run(new(ordered.Agreement), ordered.Order(), ordered.On(),
                (bytes, vouchers) => it.Tell(run => run with { BytesRead = bytes, Vouchers = vouchers }), it.Stopped, it.Leaving);
        }
        catch (Exception) when (it.Leaving.IsCancellationRequested && !it.Stopped.IsCancellationRequested)
        {
            return;
        }
        catch (OperationCanceledException) when (it.Stopped.IsCancellationRequested)
        {
            end = new ImportEnd.Cancelled();
        }
        catch (Exception e)
        {
            log.LogError(e, "The import {Import} failed.", ordered.Import);
            end = new ImportEnd.Failed();
        }
        it.Tell(run => run.Ended(end));
    }
}
