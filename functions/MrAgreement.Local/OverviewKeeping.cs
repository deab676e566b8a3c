using MrAgreement.Agreements;

namespace MrAgreement.Local;

/// <summary>Brings the overviews up to date every two seconds, so that whoever asks next has little to wait for: at the start whatever a crash left behind.</summary>
sealed partial class OverviewKeeping(Overviews overviews, ILogger<OverviewKeeping> log) : BackgroundService
{
    static readonly TimeSpan between = TimeSpan.FromSeconds(2);

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
