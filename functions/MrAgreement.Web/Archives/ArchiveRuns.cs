using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MrAgreement.Web.Archives;

/// <summary>Packages that are made inside this process, for a host that is one process.</summary>
public sealed class ArchiveRuns(PackageMaker maker, ILogger<ArchiveRuns> log) : IArchiveRuns, IAsyncDisposable
{
    // Each reads and writes as fast as the disk lets it.
    const int AtOnce = 2;

    // What came of the oldest makes room; by then nobody waits for it.
    const int MostKept = 200;

    // Two full orders: who orders more waits until some are made.
    const int MostWaiting = 1000;

    int waiting;

    readonly ConcurrentDictionary<Guid, Running> known = new();
    readonly ConcurrentQueue<Guid> inOrder = new();
    readonly CancellationTokenSource stopping = new();
    readonly SemaphoreSlim turns = new(AtOnce);

    public Task<ArchiveRun> Start(ArchiveOrder order, CancellationToken cancellation = default)
    {
        var run = new Running(order);
        if (known.GetOrAdd(order.Id, run) is var earlier && earlier != run)
            return Task.FromResult(earlier.AsRun);
        if (Interlocked.Add(ref waiting, order.Packages.Count) > MostWaiting)
        {
            Interlocked.Add(ref waiting, -order.Packages.Count);
            known.TryRemove(order.Id, out _);
            throw new StoreBusyException();
        }
        inOrder.Enqueue(order.Id);
        while (inOrder.Count > MostKept && inOrder.TryDequeue(out var oldest))
            known.TryRemove(oldest, out _);
        run.Work = Task.WhenAll(order.Packages.Select(package => Task.Run(() => Make(run, package))));
        return Task.FromResult(run.AsRun);
    }

    public Task<ArchiveRun?> Find(Guid order, CancellationToken cancellation = default) =>
        Task.FromResult(known.GetValueOrDefault(order)?.AsRun);

    /// <summary>Stops whatever is being made; nothing half made is kept.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(known.Values.Select(run => run.Work));
        stopping.Dispose();
        turns.Dispose();
    }

    async Task Make(Running run, OrderedPackage package)
    {
        try
        {
            await turns.WaitAsync(stopping.Token);
            try
            {
                run.Ended(package, await maker.Make(package, run.Order.On, stopping.Token));
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
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    sealed class Running(ArchiveOrder order)
    {
        readonly ConcurrentQueue<FailedPackage> failures = new();
        int made;

        public ArchiveOrder Order => order;
        public Task Work { get; set; } = Task.CompletedTask;

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
