using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using MrAgreement.Web.Archives;

namespace MrAgreement.Functions.Archives;

/// <summary>Packages that are made by orchestrations: ordered of one instance of the app, seen by any.</summary>
/// <param name="accessor">The request's context, in which the function has put its client.</param>
public sealed class DurableArchiveRuns(IHttpContextAccessor accessor) : IArchiveRuns
{
    DurableTaskClient Client => accessor.HttpContext?.Features.Get<DurableTaskClient>()
        ?? throw new InvalidOperationException("Packages are asked for within a request.");

    public async Task<ArchiveRun> Start(ArchiveOrder order, CancellationToken cancellation = default)
    {
        if (await Find(order.Id, cancellation) is { } known)
            return known;
        try
        {
            await Client.ScheduleNewOrchestrationInstanceAsync(ArchivePackaging.Name, OrderedArchive.Of(order),
                new StartOrchestrationOptions(ArchivePackaging.Instance(order.Id)), cancellation);
            return new(order, 0, 0, []);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The same request twice at the same time: one of them has begun it, which is what the other asked for.
            return await Find(order.Id, cancellation) ?? throw new InvalidOperationException("The order could not be begun.", e);
        }
    }

    public async Task<ArchiveRun?> Find(Guid order, CancellationToken cancellation = default) =>
        await Client.GetInstanceAsync(ArchivePackaging.Instance(order), getInputsAndOutputs: true, cancellation) is { } instance
            ? Run(instance)
            : null;

    static ArchiveRun Run(OrchestrationMetadata instance)
    {
        var order = instance.ReadInputAs<OrderedArchive>()!.AsOrder();
        if (!instance.IsCompleted)
            return instance.SerializedCustomStatus is null || instance.ReadCustomStatusAs<ArchiveProgress>() is not { } progress
                ? new(order, 0, 0, [])
                : new(order, progress.Made, progress.Failed, []);
        var outcomes = instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed
            ? instance.ReadOutputAs<IReadOnlyList<PackageOutcome>>()!
            : [];
        // What one that was ended from outside says nothing of has failed.
        var failed = order.Packages.Select(package =>
            (Package: package, Outcome: outcomes.FirstOrDefault(o => o.Package == package.Package))).Where(it => it.Outcome?.IsMade != true)
            .Select(it => new FailedPackage(it.Package, it.Outcome?.Refused?.Refused())).ToList();
        return new(order, order.Packages.Count - failed.Count, failed.Count, failed);
    }
}
