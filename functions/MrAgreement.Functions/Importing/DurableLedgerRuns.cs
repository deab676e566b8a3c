using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using MrAgreement.Parties;
using MrAgreement.Web.Importing;

namespace MrAgreement.Functions.Importing;

/// <summary>Imports that go on as orchestrations: begun by one instance of the app, seen and stopped by any.</summary>
/// <param name="accessor">The request's context, in which the function has put its client.</param>
/// <param name="here">What requests to this instance wait for.</param>
public sealed class DurableLedgerRuns(IHttpContextAccessor accessor, AwaitedImports here) : DurableRuns(accessor), ILedgerRuns
{
    // A request ends after 230 seconds. So much is taken in within a few, on a slow instance too.
    const long Awaited = 32 * 1024 * 1024;

    // As long as a process tells of its own.
    static readonly Duration told = Duration.FromDays(30);

    public long MostAwaited => Awaited;

    public Task Start(AgreementId agreement, LedgerOrder order, Occasion on, IReadOnlyDictionary<string, string> typed,
        CancellationToken cancellation = default) =>
        Begin(LedgerImporting.Name, LedgerImporting.Instance(agreement, order.Import), OrderedImport.Of(agreement, order, on, typed),
            it => !it.IsCompleted, cancellation);

    public async Task<IReadOnlyList<LedgerRun>> UnderWay(AgreementId agreement, CancellationToken cancellation = default)
    {
        var runs = here.Of(agreement).ToList();
        var query = new OrchestrationQuery(
            InstanceIdPrefix: LedgerImporting.Prefix(agreement),
            Statuses: [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending], FetchInputsAndOutputs: true);
        runs.AddRange((await Told(Client.GetAllInstancesAsync(query).ToListAsync(cancellation).AsTask())).Select(Run));
        return [.. runs.OrderBy(run => run.StartedAt)];
    }

    public async Task<LedgerRun?> Latest(AgreementId agreement, CancellationToken cancellation = default)
    {
        var query = new OrchestrationQuery(CreatedFrom: (SystemClock.Instance.GetCurrentInstant() - told).ToDateTimeOffset(),
            InstanceIdPrefix: LedgerImporting.Prefix(agreement), FetchInputsAndOutputs: true);
        return (await Told(Client.GetAllInstancesAsync(query).ToListAsync(cancellation).AsTask())).Select(Run)
            .Concat(here.Of(agreement)).OrderBy(run => run.StartedAt).ThenBy(run => run.Import).LastOrDefault();
    }

    public async Task<LedgerRun?> Find(AgreementId agreement, Guid import, CancellationToken cancellation = default) =>
        here.Find(agreement, import)?.AsRun
        ?? (await Find(LedgerImporting.Instance(agreement, import), cancellation) is { } instance ? Run(instance) : null);

    public async Task Cancel(AgreementId agreement, Guid import, CancellationToken cancellation = default)
    {
        if (here.Find(agreement, import) is { } awaited)
            awaited.Cancel();
        else
            await Told(Client.RaiseEventAsync(LedgerImporting.Instance(agreement, import), LedgerImporting.Stop, true, cancellation));
    }

    static LedgerRun Run(OrchestrationMetadata instance)
    {
        var progress = instance.SerializedCustomStatus is null ? null : instance.ReadCustomStatusAs<ImportProgress>();
        return instance.ReadInputAs<OrderedImport>()!.Run(progress ?? new(0, 0, false), instance.RuntimeStatus switch
        {
            OrchestrationRuntimeStatus.Completed => instance.ReadOutputAs<ImportOutcome>()!.End(),
            OrchestrationRuntimeStatus.Failed => new ImportEnd.Failed(),
            OrchestrationRuntimeStatus.Terminated => new ImportEnd.Cancelled(),
            _ => null
        });
    }
}
