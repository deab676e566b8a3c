using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MrAgreement.Agreements;
using MrAgreement.Running;

namespace MrAgreement.Functions.Messages;

/// <summary>Has an agreement's mail delivered where its log has rows that were not told.</summary>
public sealed partial class MailRounds(Postman postman, IClock clock, ILogger<MailRounds> log)
{
    static readonly Duration soonest = Duration.FromMinutes(1);
    static readonly Duration latest = Duration.FromHours(1);

    /// <summary>Begins the agreement's orchestration of mail, or tells the one that runs. Answers when to make sure that it has heard:
    /// one that is about to end hears nothing any more. Null when there is nothing to tell, or one has been begun.</summary>
    public async Task<Instant?> Tell(DurableTaskClient client, Dossier it, CancellationToken cancellation)
    {
        try
        {
            // What waits for somebody's morning has a timer already.
            if (!(await postman.ToldOf(it.Id, cancellation)).LeavesSomethingOf(it.Sequence, clock.GetCurrentInstant()))
                return null;
            var instance = MailDelivery.Instance(it.Id);
            if (await client.GetInstanceAsync(instance, cancellation) is not { IsCompleted: false })
            {
                await client.ScheduleNewOrchestrationInstanceAsync(MailDelivery.Name, $"{it.Id}", new StartOrchestrationOptions(instance),
                    cancellation);
                return null;
            }
            await client.RaiseEventAsync(instance, Rounds.Moved, true, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // No deadline waits for mail; it is looked for again.
            Failed(log, e, it.Id);
        }
        var now = clock.GetCurrentInstant();
        // What a server puts off for long is looked for ever more seldom.
        return now + Duration.Max(soonest, Duration.Min(latest, now - it.LastAt));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail of agreement {Agreement} could not be begun; it is tried again.")]
    static partial void Failed(ILogger log, Exception e, AgreementId agreement);
}

/// <summary>Before anything is asked of the app: what is in the logs when mail is switched on is told to nobody.</summary>
public sealed class MailBeginning(Postman postman) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => postman.BeginWithWhatIsThere(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
