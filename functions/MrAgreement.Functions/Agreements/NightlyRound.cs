using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using MrAgreement.Functions.Webhooks;
using MrAgreement.Running;
using MrAgreement.Web.Messages;

namespace MrAgreement.Functions.Agreements;

/// <summary>Mends every night what should never be missing, and clears away what is over.</summary>
/// <param name="postman">Null where no mail is sent.</param>
/// <param name="watch">Null likewise.</param>
/// <param name="webhooks">Null where no other system is told.</param>
public sealed partial class NightlyRound(IEventStore store, KeptOverviews overviews, IClock clock, ILogger<NightlyRound> log,
    Postman? postman = null, MailWatch? watch = null, WebhookRounds? webhooks = null)
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
            Missing(log, missing.Count, missing[0]);
        var untold = await Untold(cancellation);
        if (untold.Count > 0)
            Behind(log, untold.Count, untold[0]);
        // A look begins the mail too.
        if (missing.Union(untold).ToList() is { Count: > 0 } woken)
            await client.ScheduleNewOrchestrationInstanceAsync(Waking.Name, woken, cancellation: cancellation);
        if (webhooks is not null)
            await webhooks.Tell(client, cancellation);
        // Without a beginning, earlier versions of the durable extension fail.
        await client.PurgeAllInstancesAsync(
            new(DateTimeOffset.UnixEpoch, (now - kept).ToDateTimeOffset(),
                [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated]),
                cancellation);
        if (watch is not null)
            await watch.Look(cancellation);
    }

    async Task<IReadOnlyList<Guid>> Untold(CancellationToken cancellation)
    {
        if (postman is null)
            return [];
        await postman.BeginWithWhatIsThere(cancellation);
        return [.. (await postman.Behind(clock.GetCurrentInstant(), cancellation)).Select(it => it.Value)];
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The lifecycles of {Count} agreements were missing or late, {First} the first; they are told to look.")]
    static partial void Missing(ILogger log, int count, Guid first);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The logs of {Count} agreements had rows that were not told by mail, {First} the first; they are told to look.")]
    static partial void Behind(ILogger log, int count, Guid first);
}
