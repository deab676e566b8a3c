using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Functions.Agreements;

/// <summary>Hears that an agreement's log may have changed, and tells its
/// orchestration, or begins one. One poke too many does no harm.</summary>
public sealed partial class Pokes(ILogger<Pokes> log)
{
    // Characters of what can't be read.
    const int MostTold = 100;

    [Function("poke")]
    public Task Hear([QueueTrigger(PokeQueue.Name, Connection = "MRAGREEMENT_POKES")] string message,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        if (Poke.TryParse(message, out var poke))
            return Tell(client, poke, cancellation);
        // Tried again it would say the same.
        Unreadable(log, message[..Math.Min(message.Length, MostTold)].ReplaceLineEndings(" "));
        return Task.CompletedTask;
    }

    /// <summary>Tells an agreement's orchestration to look at the log, or begins
    /// one. Two who do so at once: one of them fails and is to try again.</summary>
    public static async Task Tell(DurableTaskClient client, Poke poke, CancellationToken cancellation)
    {
        var instance = poke.Agreement.ToString();
        if (await client.GetInstanceAsync(instance, cancellation) is { IsCompleted: false })
            await client.RaiseEventAsync(instance, AgreementLife.Changed, poke.ToString(), cancellation);
        else
            await client.ScheduleNewOrchestrationInstanceAsync(AgreementLife.Name, poke.ToString(), new StartOrchestrationOptions(instance),
                cancellation);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A poke names no agreement: {Message}")]
    static partial void Unreadable(ILogger log, string message);
}
