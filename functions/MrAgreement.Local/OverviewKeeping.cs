using MrAgreement.Agreements;

namespace MrAgreement.Local;

/// <summary>Brings the overviews up to date every ten seconds, so that whoever asks next has little to wait for: at the start whatever a crash left behind.</summary>
sealed partial class OverviewKeeping(Overviews overviews, ILogger<OverviewKeeping> log) : BackgroundService
{
    // Rows of an agreement at which much is done are written over again before anybody reads them: more often costs the commands more than it saves whoever asks.
    static readonly TimeSpan between = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(between);
        do
            try
            {
                await overviews.CatchUp(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Behind(log, e);
            }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The portfolio and the due index could not be brought up to date; it is tried again.")]
    static partial void Behind(ILogger log, Exception e);
}
