using Microsoft.Extensions.Logging;
using MrAgreement.Web.Service;

namespace MrAgreement.Web.Packaging;

/// <summary>Packages that are made inside a process, and taken up by another of the same stores when that is gone.</summary>
public sealed class ArchiveRuns : IArchiveRuns, IAsyncDisposable
{
    // Each reads and writes as fast as the disk lets it.
    const int AtOnce = 2;

    // Two full orders: who orders more waits until some are made.
    const int MostWaiting = 1000;

    /// <summary>What the keys of its records begin with.</summary>
    internal const string Family = "archive-";

    readonly PackageMaker maker;
    readonly ILogger<ArchiveRuns> log;
    readonly KeptRuns<KeptArchive> runs;
    readonly SemaphoreSlim turns = new(AtOnce);

    public ArchiveRuns(PackageMaker maker, IKeptRecords kept, ILogger<ArchiveRuns> log)
    {
        (this.maker, this.log) = (maker, log);
        runs = new(kept, Family, MostWaiting, Make, it => it.With(it.Waiting().Select(package =>
            new PackageOutcome(package.Package, null, Failed: true))));
    }

    public async Task<ArchiveRun> Start(ArchiveOrder order, CancellationToken cancellation = default) =>
        (await runs.Start($"{order.Id:D}", new(OrderedArchive.Of(order), []), _ => true, cancellation)).AsRun();

    public async Task<ArchiveRun?> Find(Guid order, CancellationToken cancellation = default) =>
        (await runs.Find($"{order:D}", cancellation))?.AsRun();

    /// <summary>Takes up what another process has left.</summary>
    public Task TakeUp(CancellationToken cancellation = default) => runs.TakeUp(cancellation);

    /// <summary>Leaves whatever is being made to the next process; nothing half made is kept.</summary>
    public async ValueTask DisposeAsync()
    {
        await runs.DisposeAsync();
        turns.Dispose();
    }

    Task Make(RunningHere<KeptArchive> it) => Task.WhenAll(it.Now.Waiting().Select(package => Make(it, package)));

    async Task Make(RunningHere<KeptArchive> it, PlainPackage package)
    {
        try
        {
            await turns.WaitAsync(it.Leaving);
            try
            {
                var refused = await maker.Make(package.AsOrdered(), it.Now.Ordered.AsOrder().On, it.Leaving);
                var outcome = new PackageOutcome(package.Package, refused is null ? null : StoredRefusal.Of(refused), Failed: false);
                it.Tell(run => run.With(outcome));
            }
            finally
            {
                turns.Release();
            }
        }
        catch (Exception) when (it.Leaving.IsCancellationRequested)
        {
            // What it was made with may be gone with the process. Whoever takes the order up makes it.
        }
        catch (Exception e)
        {
            log.LogError(e, "The package {Package} of agreement {Agreement} could not be made.", package.Package, package.Agreement);
            it.Tell(run => run.With(new PackageOutcome(package.Package, null, Failed: true)));
        }
    }
}
