using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using MrAgreement.Web.Webhooks;

namespace MrAgreement.Functions.Webhooks;

/// <summary>Has webhooks told: by looks at agreements that have moved, by whoever makes one, and every night.</summary>
public sealed partial class WebhookRounds(WebhookDelivery delivery, IHttpContextAccessor accessor, ILogger<WebhookRounds> log)
    : IWebhookTeller
{
    static readonly Duration soon = Duration.FromMinutes(1);

    /// <summary>Begins the orchestration of each that has something to be told, or tells those that run. Answers when to make sure that
    /// they have heard: one that is about to end hears nothing any more. Null when there is nothing to tell, or all have been begun.
    /// </summary>
    public async Task<Instant?> Tell(DurableTaskClient client, CancellationToken cancellation)
    {
        try
        {
            var isHeard = true;
            foreach (var id in await delivery.Behind(cancellation))
                isHeard &= await Begin(client, id, cancellation);
            return isHeard ? null : SystemClock.Instance.GetCurrentInstant() + soon;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // No deadline waits for other systems; they are looked for again.
            Failed(log, e);
            return SystemClock.Instance.GetCurrentInstant() + soon;
        }
    }

    public async Task Begin(Guid webhook, CancellationToken cancellation)
    {
        if (accessor.HttpContext?.Features.Get<DurableTaskClient>() is { } client)
            await Begin(client, webhook, cancellation);
    }

    // Whether one has been begun, and not only told.
    static async Task<bool> Begin(DurableTaskClient client, Guid webhook, CancellationToken cancellation)
    {
        var instance = WebhookTelling.Instance(webhook);
        if (await client.GetInstanceAsync(instance, cancellation) is { IsCompleted: false })
        {
            await client.RaiseEventAsync(instance, Rounds.Moved, true, cancellation);
            return false;
        }
        await client.ScheduleNewOrchestrationInstanceAsync(WebhookTelling.Name, $"{webhook}", new StartOrchestrationOptions(instance),
            cancellation);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The webhooks could not be begun; it is tried again.")]
    static partial void Failed(ILogger log, Exception e);
}
