using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace MrAgreement.Functions.Messages;

/// <summary>
/// The mail of an agreement as an orchestration whose instance id is the agreement's with <c>:mail</c>: delivers what is to be told,
/// sleeps until a server is to be asked again or the log has moved, and begins anew. It ends when nothing is left.
/// </summary>
/// <remarks>Frozen, as <see cref="Agreements.AgreementLife"/> is. What may change lies in <see cref="DeliverMail"/>.</remarks>
public static class MailDelivery
{
    public const string Name = "agreement-mail";
    public const string Moved = "moved";

    // As long as an agreement's life is patient; then the nightly round begins it anew.
    static readonly TaskOptions patience = TaskOptions.FromRetryPolicy(new(12, TimeSpan.FromSeconds(5), 2, TimeSpan.FromMinutes(30)));

    public static string Instance(AgreementId agreement) => $"{agreement}:mail";

    [Function(Name)]
    public static async Task Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var agreement = context.GetInput<string>()!;
        var round = await context.CallActivityAsync<MailRound>(DeliverMail.Name, agreement, patience);
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
        context.ContinueAsNew(agreement, preserveUnprocessedEvents: true);
    }
}

/// <summary>What a round has left.</summary>
/// <param name="Until">When to go on, UTC; null when nothing is left.</param>
public sealed record MailRound(DateTime? Until);
