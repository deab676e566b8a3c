using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using MrAgreement.Running;

namespace MrAgreement.Functions.Agreements;

/// <summary>Mends every night what should never be missing, and clears away what is over.</summary>
public sealed partial class NightlyRound(IEventStore store, KeptOverviews overviews, IClock clock, ILogger<NightlyRound> log)
{
    // Long enough to look into what failed.
    static readonly Duration kept = Duration.FromDays(30);

    [Function("nightly-round")]
    public async Task Run([TimerTrigger("0 15 2 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        await overviews.CatchUp(cancellation);
        var now = clock.GetCurrentInstant();
        var alive = new HashSet<string>();
        await foreach (var instance in client.GetAllInstancesAsync(
            new(Statuses: [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended]))
            .WithCancellation(cancellation))
            alive.Add(instance.InstanceId);
        var missing = (await store.DueWakeUps(Instant.MaxValue, int.MaxValue, cancellation))
            .Where(wakeUp => !alive.Contains(wakeUp.Agreement.ToString()) || wakeUp.At < now).Select(wakeUp => wakeUp.Agreement.Value)
            .ToList();
        if (missing.Count > 0)
        {
            Missing(log, missing.Count, missing[0]);
            await client.ScheduleNewOrchestrationInstanceAsync(Waking.Name, missing, cancellation: cancellation);
        }
        // Without a beginning, earlier versions of the durable extension fail.
        await client.PurgeAllInstancesAsync(
            new(DateTimeOffset.UnixEpoch, (now - kept).ToDateTimeOffset(),
                [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated]),
                cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The lifecycles of {Count} agreements were missing or late, {First} the first; they are told to look.")]
    static partial void Missing(ILogger log, int count, Guid first);
}
