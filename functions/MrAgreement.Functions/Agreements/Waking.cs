using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace MrAgreement.Functions.Agreements;

/// <summary>Wakes many agreements as an orchestration, on as many instances of the app as
/// there are: after an outage each then sends the reminders that it has missed.</summary>
/// <remarks>Frozen, as <see cref="AgreementLife"/> is.</remarks>
public static class Waking
{
    public const string Name = "wake-agreements";

    // Told one after the other within a few seconds.
    const int Together = 50;

    static readonly TaskOptions patience = TaskOptions.FromRetryPolicy(new(5, TimeSpan.FromSeconds(30), 2));

    [Function(Name)]
    public static async Task<int> Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var woken = await Task.WhenAll(context.GetInput<IReadOnlyList<Guid>>()!.Chunk(Together).Select(some => Wake(context, some)));
        return woken.Sum();
    }

    // Those that can't be woken hold up nobody else; the next round tries them again.
    static async Task<int> Wake(TaskOrchestrationContext context, Guid[] some)
    {
        try
        {
            return await context.CallActivityAsync<int>(WakeSome.Name, some, patience);
        }
        catch (TaskFailedException)
        {
            return 0;
        }
    }
}

/// <summary>Tells some agreements' orchestrations to look, or begins them. Told again they only look once more.</summary>
public sealed partial class WakeSome(ILogger<WakeSome> log)
{
    public const string Name = "wake-some";

    [Function(Name)]
    public async Task<int> Run([ActivityTrigger] IReadOnlyList<Guid> agreements, [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var failed = 0;
        foreach (var agreement in agreements)
            try
            {
                await Pokes.Tell(client, new(new(agreement)), cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failed++;
                Failed(log, e, new(agreement));
            }
        return failed == 0 ? agreements.Count
            : throw new InvalidOperationException($"{failed} of {agreements.Count} agreements could not be told to look.");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The lifecycle of agreement {Agreement} could not be told; it is tried again.")]
    static partial void Failed(ILogger log, Exception e, AgreementId agreement);
}
