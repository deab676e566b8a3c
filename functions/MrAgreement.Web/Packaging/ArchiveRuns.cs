using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MrAgreement.Web.Service;

namespace MrAgreement.Web.Packaging;

/// <summary>Packages that are made inside this process, for a host that is one process.</summary>
public sealed class ArchiveRuns(PackageMaker maker, ILogger<ArchiveRuns> log) : IArchiveRuns, IAsyncDisposable
{
    // Each reads and writes as fast as the disk lets it.
    const int AtOnce = 2;

    // Two full orders: who orders more waits until some are made.
    const int MostWaiting = 1000;

    readonly BackgroundWork<Running> work = new(MostWaiting);
    readonly SemaphoreSlim turns = new(AtOnce);

    public Task<ArchiveRun> Start(ArchiveOrder order, CancellationToken cancellation = default)
    {
        var run = new Running(order);
        return Task.FromResult(work.Start(order.Id, run, _ => true,
            [.. order.Packages.Select(package => (Func<CancellationToken, Task>)(stopping => Make(run, package, stopping)))]).AsRun);
    }

    public Task<ArchiveRun?> Find(Guid order, CancellationToken cancellation = default) => Task.FromResult(work.Find(order)?.AsRun);

    /// <summary>Stops whatever is being made; nothing half made is kept.</summary>
    public async ValueTask DisposeAsync()
    {
        await work.DisposeAsync();
        turns.Dispose();
    }

    async Task Make(Running run, OrderedPackage package, CancellationToken stopping)
    {
        try
        {
            await turns.WaitAsync(stopping);
            try
            {
                run.Ended(package, await maker.Make(package, run.Order.On, stopping));
            }
            finally
            {
                turns.Release();
            }
        }
        catch (Exception e)
        {
            if (e is not OperationCanceledException)
                log.LogError(e, "The package {Package} of agreement {Agreement} could not be made.", package.Package, package.Agreement);
            run.Failed(new(package, null));
        }
    }

    sealed class Running(ArchiveOrder order)
    {
        readonly ConcurrentQueue<FailedPackage> failures = new();
        int made;

        public ArchiveOrder Order => order;

        public ArchiveRun AsRun
        {
            get
            {
                var failed = failures.ToArray();
                return new(order, Volatile.Read(ref made), failed.Length, failed);
            }
        }

        public void Ended(OrderedPackage package, Refused? why)
        {
            if (why is null)
                Interlocked.Increment(ref made);
            else
                Failed(new(package, why));
        }

        public void Failed(FailedPackage package) => failures.Enqueue(package);
    }
}
