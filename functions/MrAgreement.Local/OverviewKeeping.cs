using MrAgreement.Running;
using MrAgreement.Web.Service;

namespace MrAgreement.Local;

/// <summary>Brings the overviews up to date every now and then, so that whoever asks next has little to wait for.</summary>
sealed partial class OverviewKeeping(KeptOverviews overviews, NearStore near, ILogger<OverviewKeeping> log) : BackgroundService
{
    // Rows of an agreement at which much is done are written over again before anybody
    // reads them: more often costs the commands more than it saves whoever asks. An account's answer is paid for, too.
    readonly TimeSpan between = near.IsNear ? TimeSpan.FromSeconds(10) : TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not at the start, which others wait for: whoever asks first does not wait for the timer.
        using var timer = new PeriodicTimer(between);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                await overviews.CatchUp(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Behind(log, e);
            }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The portfolio and the due index could not be brought up to date; it is tried again.")]
    static partial void Behind(ILogger log, Exception e);
}
