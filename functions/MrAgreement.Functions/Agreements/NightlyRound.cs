using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using NodaTime;

namespace MrAgreement.Functions.Agreements;

/// <summary>Mends every night what should never be missing, and clears away what is over.</summary>
public sealed partial class NightlyRound(IEventStore store, Overviews overviews, IClock clock, ILogger<NightlyRound> log)
{
    // Long enough to look into what failed.
    static readonly Duration kept = Duration.FromDays(30);

    [Function("nightly-round")]
    public async Task Run([TimerTrigger("0 15 2 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        await overviews.CatchUp(cancellation);
        var now = clock.GetCurrentInstant();
        var alive = new HashSet<string>();
        await foreach (var instance in client.GetAllInstancesAsync(new(Statuses: [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended])).WithCancellation(cancellation))
            alive.Add(instance.InstanceId);
        foreach (var wakeUp in await store.DueWakeUps(Instant.MaxValue, int.MaxValue, cancellation))
            if (!alive.Contains(wakeUp.Agreement.ToString()) || wakeUp.At < now)
                await Mend(client, wakeUp.Agreement, cancellation);
        // Without a beginning, earlier versions of the durable extension fail.
        await client.PurgeAllInstancesAsync(
            new(DateTimeOffset.UnixEpoch, (now - kept).ToDateTimeOffset(), [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated]), cancellation);
    }

    async Task Mend(DurableTaskClient client, AgreementId agreement, CancellationToken cancellation)
    {
        Missing(log, agreement);
        try
        {
            await Pokes.Tell(client, new(agreement), cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One that can't be begun holds up nobody else.
            Failed(log, e, agreement);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lifecycle of agreement {Agreement} was missing or late; it is told to look.")]
    static partial void Missing(ILogger log, AgreementId agreement);

    [LoggerMessage(Level = LogLevel.Error, Message = "The lifecycle of agreement {Agreement} could not be told; the next round tries again.")]
    static partial void Failed(ILogger log, Exception e, AgreementId agreement);
}
