using System.Text.Json;
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
    public const string Moved = "moved";

    static readonly TaskOptions patience = TaskOptions.FromRetryPolicy(new(12, TimeSpan.FromSeconds(5), 2, TimeSpan.FromMinutes(30)));

    public static string Instance(Guid webhook) => $"webhook:{webhook}";

    [Function(Name)]
    public static async Task Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var webhook = context.GetInput<string>()!;
        var round = await context.CallActivityAsync<WebhookRound>(DeliverWebhook.Name, webhook, patience);
        context.SetCustomStatus(round);
        // A move that came meanwhile is here at once: it may have been too late for that round.
        var moved = context.WaitForExternalEvent<JsonElement>(Moved);
        if (!moved.IsCompleted)
        {
            if (round.Until is not { } again)
                return;
            using var overtaken = new CancellationTokenSource();
            var timer = context.CreateTimer(again, overtaken.Token);
            if (await Task.WhenAny(moved, timer) == moved)
                overtaken.Cancel();
        }
        // One round serves all moves so far.
        while (moved.IsCompleted)
        {
            await moved;
            moved = context.WaitForExternalEvent<JsonElement>(Moved);
        }
        context.ContinueAsNew(webhook, preserveUnprocessedEvents: true);
    }
}

/// <summary>What a round has left.</summary>
/// <param name="Until">When to go on, UTC; null when nothing is left.</param>
public sealed record WebhookRound(DateTime? Until);
