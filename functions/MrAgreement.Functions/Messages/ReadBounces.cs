using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using MrAgreement.Messages;
using MrAgreement.Running;

namespace MrAgreement.Functions.Messages;

/// <summary>Reads what did not arrive, every ten minutes.</summary>
/// <param name="bounces">Null where there is no mailbox for it.</param>
/// <param name="mailbox">Null likewise.</param>
public sealed partial class ReadBounces(IClock clock, ILogger<ReadBounces> log, Bounces? bounces = null, IBounceMailbox? mailbox = null)
{
    [Function("read-bounces")]
    public async Task Run([TimerTrigger("0 5/10 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        if (bounces is not null && mailbox is not null
            && await bounces.Read(mailbox, clock.GetCurrentInstant, cancellation) is { } fault)
            Unread(log, fault);
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The mailbox for what did not arrive could not be read as it should: {Fault}. It is read again.")]
    static partial void Unread(ILogger log, string fault);
}
