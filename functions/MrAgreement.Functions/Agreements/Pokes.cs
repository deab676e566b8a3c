using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using MrAgreement.EventSourcing;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Functions.Agreements;

/// <summary>Hears that an agreement's log may have changed, and tells its orchestration, or begins one. One poke too many does no harm.</summary>
public sealed partial class Pokes(ILogger<Pokes> log)
{
    [Function("poke")]
    public Task Hear([QueueTrigger(PokeQueue.Name, Connection = "MRAGREEMENT_POKES")] string poke, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        if (AgreementId.TryParse(poke, null, out var agreement))
            return Tell(client, agreement, cancellation);
        // Tried again it would say the same.
        Unreadable(log, poke);
        return Task.CompletedTask;
    }

    /// <summary>Tells an agreement's orchestration to look at the log, or begins one. Two who do so at once: one of them fails and is to try again.</summary>
    public static async Task Tell(DurableTaskClient client, AgreementId agreement, CancellationToken cancellation)
    {
        var instance = agreement.ToString();
        if (await client.GetInstanceAsync(instance, cancellation) is { IsCompleted: false })
            await client.RaiseEventAsync(instance, AgreementLife.Changed, true, cancellation);
        else
            await client.ScheduleNewOrchestrationInstanceAsync(AgreementLife.Name, null, new StartOrchestrationOptions(instance), cancellation);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A poke names no agreement: {Poke}")]
    static partial void Unreadable(ILogger log, string poke);
}
