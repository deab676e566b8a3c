using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using MrAgreement.Parties;
using MrAgreement.Web.Ledgers;

namespace MrAgreement.Functions.Ledgers;

/// <summary>Imports that go on as orchestrations: begun by one instance of the app, seen and stopped by any.</summary>
/// <param name="accessor">The request's context, in which the function has put its client.</param>
/// <param name="here">What this instance imports within a request.</param>
public sealed class DurableLedgerRuns(IHttpContextAccessor accessor, RunningImports here) : ILedgerRuns
{
    // A request ends after 230 seconds. So much is taken in within a few, on a slow instance too.
    const long Awaited = 32 * 1024 * 1024;

    DurableTaskClient Client => accessor.HttpContext?.Features.Get<DurableTaskClient>()
        ?? throw new InvalidOperationException("Imports are asked for within a request.");

    public long MostAwaited => Awaited;

    public async Task Start(AgreementId agreement, LedgerOrder order, Occasion on, IReadOnlyDictionary<string, string> typed,
        CancellationToken cancellation = default)
    {
        var instance = LedgerImporting.Instance(agreement, order.Import);
        try
        {
            await Client.ScheduleNewOrchestrationInstanceAsync(LedgerImporting.Name, OrderedImport.Of(agreement, order, on, typed),
                new StartOrchestrationOptions(instance), cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The same request twice at the same time: one of them has begun it, which is what the other asked for.
            if (await Client.GetInstanceAsync(instance, cancellation) is not { IsCompleted: false })
                throw;
        }
    }

    public async Task<IReadOnlyList<LedgerRun>> UnderWay(AgreementId agreement, CancellationToken cancellation = default)
    {
        var runs = here.Of(agreement).Select(it => it.AsRun).ToList();
        var query = new OrchestrationQuery(
            InstanceIdPrefix: LedgerImporting.Prefix(agreement),
            Statuses: [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending], FetchInputsAndOutputs: true);
        await foreach (var instance in Client.GetAllInstancesAsync(query).WithCancellation(cancellation))
            runs.Add(Run(instance));
        return [.. runs.OrderBy(run => run.StartedAt)];
    }

    public async Task<LedgerRun?> Find(AgreementId agreement, Guid import, CancellationToken cancellation = default) =>
        here.Find(agreement, import)?.AsRun
        ?? (await Client.GetInstanceAsync(LedgerImporting.Instance(agreement, import), getInputsAndOutputs: true,
        cancellation) is { } instance ? Run(instance) : null);

    public Task Cancel(AgreementId agreement, Guid import, CancellationToken cancellation = default)
    {
        if (here.Find(agreement, import) is not { } it)
            return Client.RaiseEventAsync(LedgerImporting.Instance(agreement, import), LedgerImporting.Stop, true, cancellation);
        it.Cancel();
        return Task.CompletedTask;
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
