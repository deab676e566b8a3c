using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MrAgreement.Web.Log;

/// <summary>Has the logs looked after: at the start what is younger than the last checkpoint, and every night the night's part.</summary>
/// <param name="hasNights">Whether it sees to the nights too: under a simulated clock there are none, and in Azure a timer does.</param>
public sealed partial class LogKeeping(LogWatch watch, bool hasNights, ILogger<LogKeeping> log) : BackgroundService
{
    static readonly TimeSpan between = TimeSpan.FromMinutes(1);

    /// <summary>Whoever asks first must not read what was erased: that is waited for.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Try(watch.EraseAgain, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Nobody who waits for the start waits for this.
        await Task.Yield();
        await Try(watch.Begin, stoppingToken);
        if (!hasNights)
            return;
        using var timer = new PeriodicTimer(between);
        do
            await Try(async stopped =>
            {
                if (await watch.IsDue(stopped))
                    await watch.Night(stopped);
                else if (watch.HasBrokenOff)
                    await watch.Begin(stopped);
            }, stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task Try(Func<CancellationToken, Task> look, CancellationToken stopped)
    {
        try
        {
            await look(stopped);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(log, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The logs could not be looked through; it is tried again.")]
    static partial void Failed(ILogger log, Exception e);
}
