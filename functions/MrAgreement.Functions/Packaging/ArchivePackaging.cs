using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using MrAgreement.Web.Packaging;
using MrAgreement.Web.Service;

namespace MrAgreement.Functions.Packaging;

/// <summary>An order of packages as an orchestration: an activity for each,
/// a few at once on as many instances of the app as there are.</summary>
/// <remarks>Frozen, as <see cref="Agreements.AgreementLife"/> is: a deployment may come in the middle of one.</remarks>
public static class ArchivePackaging
{
    public const string Name = "archive-packages";

    // More would only wait for the same storage account.
    const int AtOnce = 4;

    // An outage of ours; what a package can't be made for is no failure.
    static readonly TaskOptions patience = TaskOptions.FromRetryPolicy(new(3, TimeSpan.FromSeconds(5), 4));

    public static string Instance(Guid order) => $"{Name}-{order:D}";

    [Function(Name)]
    public static async Task<IReadOnlyList<PackageOutcome>> Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var order = context.GetInput<OrderedArchive>()!;
        var (waiting, making, ended) = (new Queue<PlainPackage>(order.Packages), new List<Task<PackageOutcome>>(),
            new List<PackageOutcome>());
        while (waiting.Count + making.Count > 0)
        {
            while (making.Count < AtOnce && waiting.TryDequeue(out var next))
                making.Add(Make(context, order, next));
            var first = await Task.WhenAny(making);
            making.Remove(first);
            ended.Add(await first);
            var made = ended.Count(outcome => outcome.IsMade);
            context.SetCustomStatus(new ArchiveProgress(made, ended.Count - made));
        }
        return ended;
    }

    // One that fails holds up nobody else.
    static async Task<PackageOutcome> Make(TaskOrchestrationContext context, OrderedArchive order, PlainPackage package)
    {
        try
        {
            return await context.CallActivityAsync<PackageOutcome>(MakeArchivePackage.Name, order.Only(package), patience);
        }
        catch (TaskFailedException)
        {
            return new(package.Package, null, Failed: true);
        }
    }
}

/// <summary>Makes one package. Begun again it finds what was made, or makes the same anew.</summary>
public sealed class MakeArchivePackage(PackageMaker maker)
{
    public const string Name = "make-archive-package";

    [Function(Name)]
    public async Task<PackageOutcome> Run([ActivityTrigger] OrderedArchive ordered, CancellationToken cancellation)
    {
        var order = ordered.AsOrder();
        var refused = await maker.Make(order.Packages[0], order.On, cancellation);
        return new(order.Packages[0].Package, refused is null ? null : StoredRefusal.Of(refused), Failed: false);
    }
}
