using MrAgreement.Running;
using MrAgreement.Web.Service;

namespace MrAgreement.Local;

/// <summary>Runs what is due by the real clock: at the start whatever an outage left, then every few seconds.</summary>
sealed partial class BackgroundClock(Clockwork clockwork, IClock clock, NearStore near, ILogger<BackgroundClock> log) : BackgroundService
{
    // An account's answer is paid for, and nobody waits for a reminder.
    readonly TimeSpan between = near.IsNear ? TimeSpan.FromSeconds(5) : TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(between);
        do
            try
            {
                await clockwork.RunDue(clock.GetCurrentInstant(), (id, e) => Failed(log, e, id), stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Unavailable(log, e);
            }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What is due in agreement {Agreement} could not be run; it is tried again.")]
    static partial void Failed(ILogger log, Exception e, EventSourcing.AgreementId agreement);

    [LoggerMessage(Level = LogLevel.Error, Message = "The wake-ups could not be read; they are tried again.")]
    static partial void Unavailable(ILogger log, Exception e);
}
