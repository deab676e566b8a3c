using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using MrAgreement.Agreements;
using NodaTime.Text;

namespace MrAgreement.Functions.Agreements;

/// <summary>
/// An agreement's life as an orchestration whose instance id is the agreement's: runs what
/// is due, sleeps until the next wake-up or until the log has changed, and begins anew.
/// It ends when the agreement is closed.
/// </summary>
/// <remarks>
/// Frozen: one that sleeps is replayed by whatever version of the program wakes it, and must
/// come to the same calls in the same order. Another body needs another <see cref="Name"/>.
/// What may change lies in <see cref="AgreementAdvance"/>.
/// </remarks>
public static class AgreementLife
{
    public const string Name = "agreement-life";
    public const string Changed = "changed";

    // Tried for some two hours; after that it has failed, which is an alert, and the nightly round begins it anew.
    static readonly TaskOptions patience = TaskOptions.FromRetryPolicy(new(12, TimeSpan.FromSeconds(5), 2, TimeSpan.FromMinutes(30)));

    [Function(Name)]
    public static async Task Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        // What led to this look, as its poke tells; the instance's id where a timer did.
        var sleep = await context.CallActivityAsync<Sleep>(AgreementAdvance.Name, context.GetInput<string>() ?? context.InstanceId,
            patience);
        context.SetCustomStatus(sleep);
        if (sleep.Ended)
            return;
        var poke = await WakeUpOrChange(context, sleep.Until);
        // Whatever comes in between the two generations is handed on, and leads to one look too many at most.
        context.ContinueAsNew(poke, preserveUnprocessedEvents: true);
    }

    // The last poke that was heard, if any.
    static async Task<string?> WakeUpOrChange(TaskOrchestrationContext context, DateTime? until)
    {
        // A change that came while the agreement was advanced is here at once: it may have been too late for that.
        var changed = context.WaitForExternalEvent<JsonElement>(Changed);
        if (until is not { } wakeUp)
            await changed;
        else if (!changed.IsCompleted)
        {
            using var overtaken = new CancellationTokenSource();
            // The engine itself divides a sleep that is longer than its timers.
            var timer = context.CreateTimer(wakeUp, overtaken.Token);
            if (await Task.WhenAny(changed, timer) == changed)
                overtaken.Cancel();
        }
        // All changes so far are served by one look at the log.
        string? poke = null;
        while (changed.IsCompleted)
        {
            // An earlier version raised no more than true.
            poke = await changed is { ValueKind: JsonValueKind.String } told ? told.GetString() : null;
            changed = context.WaitForExternalEvent<JsonElement>(Changed);
        }
        return poke;
    }
}

/// <summary>What an agreement's orchestration sleeps on, and shows as its status.</summary>
/// <param name="State">draft, active, closed or terminated; none when there is no such agreement.</param>
/// <param name="Until">Its next wake-up, UTC; null for none: only a change wakes it.</param>
/// <param name="Ended">Whether nothing can become due of itself any more.</param>
public sealed record Sleep(string State, DateTime? Until, bool Ended)
{
    /// <summary>What the wake-up is for; null where there is none, and in histories from before it was told.</summary>
    public IReadOnlyList<SleptFor>? For { get; init; }
}

/// <summary>What a wake-up is for, in the plain types that histories are written in.</summary>
/// <param name="Kind">reminder, overdue-notice, amendment or termination.</param>
/// <param name="On">The effective due date, or the day on which something takes effect, ISO 8601.</param>
/// <param name="Obligation">Key of what is due.</param>
/// <param name="Rung">Signed days from the due date.</param>
/// <param name="Amendment">Number of the amendment.</param>
public sealed record SleptFor(string Kind, string On, string? Obligation, int? Rung, int? Amendment)
{
    // The backend takes 16 KB of status; a page shows all.
    const int Most = 20;

    public static IReadOnlyList<SleptFor> Of(Agreement it, Instant wakeUp) =>
    [
        .. WaitedFor.At(it, wakeUp).Take(Most)
            .Select(w => new SleptFor(Json.NameOf(w.Kind), LocalDatePattern.Iso.Format(w.On), w.Obligation, w.Rung, w.Amendment))
    ];
}
