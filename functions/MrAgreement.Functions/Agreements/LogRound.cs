using Microsoft.Azure.Functions.Worker;
using MrAgreement.Web.Log;

namespace MrAgreement.Functions.Agreements;

/// <summary>Has the logs looked through every night, after what should not be missing has been mended, and makes a checkpoint.</summary>
public sealed class LogRound(LogWatch watch)
{
    [Function("log-round")]
    public Task Run([TimerTrigger("0 45 2 * * *")] TimerInfo timer, CancellationToken cancellation) => watch.Night(cancellation);
}
