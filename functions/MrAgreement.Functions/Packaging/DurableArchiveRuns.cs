using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using MrAgreement.Web.Packaging;

namespace MrAgreement.Functions.Packaging;

/// <summary>Packages that are made by orchestrations: ordered of one instance of the app, seen by any.</summary>
/// <param name="accessor">The request's context, in which the function has put its client.</param>
public sealed class DurableArchiveRuns(IHttpContextAccessor accessor) : DurableRuns(accessor), IArchiveRuns
{
    public async Task<ArchiveRun> Start(ArchiveOrder order, CancellationToken cancellation = default)
    {
        if (await Find(order.Id, cancellation) is { } known)
            return known;
        return await Begin(ArchivePackaging.Name, ArchivePackaging.Instance(order.Id), OrderedArchive.Of(order), _ => true, cancellation)
            is { } other ? Run(other) : new(order, 0, 0, []);
    }

    public async Task<ArchiveRun?> Find(Guid order, CancellationToken cancellation = default) =>
        await Find(ArchivePackaging.Instance(order), cancellation) is { } instance ? Run(instance) : null;

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
