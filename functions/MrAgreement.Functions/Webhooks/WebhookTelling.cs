using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace MrAgreement.Functions.Webhooks;

/// <summary>
/// A webhook as an orchestration whose instance id is <c>webhook:</c> and its own: tells what is to be told, sleeps until a receiver is to
/// be tried again or something has moved, and begins anew. It ends when nothing is left.
/// </summary>
/// <remarks>Frozen, as <see cref="Agreements.AgreementLife"/> is. What may change lies in <see cref="DeliverWebhook"/>.</remarks>
public static class WebhookTelling
{
    public const string Name = "webhook-telling";

    public static string Instance(Guid webhook) => $"webhook:{webhook}";

    [Function(Name)]
    public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context) => Rounds.Run(context, DeliverWebhook.Name);
}
