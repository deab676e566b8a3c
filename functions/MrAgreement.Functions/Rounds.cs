using System.Text.Json;
using Microsoft.DurableTask;

namespace MrAgreement.Functions;

/// <summary>
/// What is done in rounds: an activity does what there is, then the orchestration sleeps until something is to be done again or something
/// has moved, and begins anew. It ends when nothing is left.
/// </summary>
/// <remarks>Frozen, as <see cref="Agreements.AgreementLife"/> is. What may change lies in the activities.</remarks>
public static class Rounds
{
    public const string Moved = "moved";

    // As long as an agreement's life is patient; then the nightly round begins it anew.
    static readonly TaskOptions patience = TaskOptions.FromRetryPolicy(new(12, TimeSpan.FromSeconds(5), 2, TimeSpan.FromMinutes(30)));

    public static async Task Run(TaskOrchestrationContext context, string activity)
    {
        var of = context.GetInput<string>()!;
        var round = await context.CallActivityAsync<Round>(activity, of, patience);
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
        context.ContinueAsNew(of, preserveUnprocessedEvents: true);
    }
}

/// <summary>What a round has left.</summary>
/// <param name="Until">When to go on, UTC; null when nothing is left.</param>
public sealed record Round(DateTime? Until);
