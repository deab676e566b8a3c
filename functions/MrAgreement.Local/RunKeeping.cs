using MrAgreement.Web.Importing;
using MrAgreement.Web.Log;
using MrAgreement.Web.Packaging;

namespace MrAgreement.Local;

/// <summary>Takes up every few minutes what a process that is gone has left of imports and packages:
/// whoever asks for one has it taken up at once, and nobody may ask.</summary>
sealed partial class RunKeeping(IServiceProvider services, ILogger<RunKeeping> log) : BackgroundService
{
    static readonly TimeSpan between = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(between);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                // Not before: at the start nothing need wait for what imports and packages are made of.
                await services.GetRequiredService<LedgerRuns>().TakeUp(stoppingToken);
                await services.GetRequiredService<ArchiveRuns>().TakeUp(stoppingToken);
                await services.GetRequiredService<VerificationRuns>().TakeUp(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Left(log, e);
            }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What another process has left could not be taken up; it is tried again.")]
    static partial void Left(ILogger log, Exception e);
}
