using Microsoft.Azure.Functions.Worker;
using MrAgreement.Web.Webhooks;

namespace MrAgreement.Functions.Webhooks;

/// <summary>Tells a webhook what is to be told, and answers when to go on.</summary>
public sealed class DeliverWebhook(WebhookDelivery delivery)
{
    public const string Name = "deliver-webhook";

    // Against a clock that is behind the timers', as in an agreement's life.
    static readonly Duration shortest = Duration.FromSeconds(5);

    [Function(Name)]
    public async Task<Round> Run([ActivityTrigger] string webhook, CancellationToken cancellation)
    {
        var again = await delivery.Deliver(Guid.Parse(webhook), cancellation);
        return new(again is { } at ? Instant.Max(at, SystemClock.Instance.GetCurrentInstant() + shortest).ToDateTimeUtc() : null);
    }
}
