using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using MrAgreement.Agreements;
using MrAgreement.Web.Agreements;

namespace MrAgreement.Functions.Agreements;

/// <summary>Looks at agreements as their orchestrations tell them: one is over when it falls asleep.</summary>
/// <param name="accessor">The request's context, in which the function has put its client.</param>
public sealed partial class DurableLooks(IHttpContextAccessor accessor, ILogger<DurableLooks> log) : ILooks
{
    // It is told beside what is known anyway: nobody waits for it.
    static readonly TimeSpan patience = TimeSpan.FromSeconds(2);

    public async Task<Look?> Last(Dossier it, CancellationToken cancellation = default)
    {
        using var patient = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patient.CancelAfter(patience);
        try
        {
            if (accessor.HttpContext?.Features.Get<DurableTaskClient>() is not { } client
                || await client.GetInstanceAsync($"{it.Id}", patient.Token) is not { } life)
                return null;
            var at = Instant.FromDateTimeOffset(life.LastUpdatedAt);
            return new(at, it.LastAt > at);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // What is due is known all the same.
            Unknown(log, e, it.Id);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "When agreement {Agreement} was last looked at could not be asked.")]
    static partial void Unknown(ILogger log, Exception e, AgreementId agreement);
}
