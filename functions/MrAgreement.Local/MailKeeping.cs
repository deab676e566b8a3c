using MrAgreement.Messages;
using MrAgreement.Running;
using MrAgreement.Web.Messages;

namespace MrAgreement.Local;

/// <summary>Has mail sent: what the logs give to tell as they move, again what a server put off, and now and then what nobody told of.
/// </summary>
/// <param name="bounces">Null where nobody reads what came back.</param>
/// <param name="mailbox">Null likewise.</param>
sealed partial class MailKeeping(Postman postman, Mailing mailing, MailWatch watch, IClock clock, ILogger<MailKeeping> log,
    Bounces? bounces = null, IBounceMailbox? mailbox = null) : BackgroundService
{
    static readonly TimeSpan between = TimeSpan.FromSeconds(1);

    // Another host on the same store may have left something.
    const int LooksAllEvery = 3600;
    static readonly TimeSpan betweenBounces = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The start waits for nobody's mail.
        await Task.Yield();
        while (!await Try(postman.BeginWithWhatIsThere, stoppingToken))
            await Task.Delay(between, stoppingToken);
        await Task.WhenAll(mailing.Run(clock.GetCurrentInstant, (id, e) => Failed(log, e, id), stoppingToken), Look(stoppingToken),
            ReadBounces(stoppingToken));
    }

    async Task ReadBounces(CancellationToken stopping)
    {
        while (bounces is not null && mailbox is not null)
        {
            await Try(async stopped =>
            {
                if (await bounces.Read(mailbox, clock.GetCurrentInstant, stopped) is { } fault)
                    Unread(log, fault);
            }, stopping);
            await Task.Delay(betweenBounces, stopping);
        }
    }

    async Task Look(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(between);
        for (var looks = 0; ; looks++)
        {
            if (looks % LooksAllEvery == 0)
                await Try(async stopped =>
                {
                    // What waits for a morning is looked at too, so that this process knows when to go on.
                    await mailing.LookAll(null, stopped);
                    await watch.LookWhenDue(stopped);
                }, stopping);
            mailing.TakeUp();
            await timer.WaitForNextTickAsync(stopping);
        }
    }

    async Task<bool> Try(Func<CancellationToken, Task> what, CancellationToken stopping)
    {
        try
        {
            await what(stopping);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Unavailable(log, e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The messages of agreement {Agreement} could not be sent; it is tried again.")]
    static partial void Failed(ILogger log, Exception e, EventSourcing.AgreementId agreement);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The mailbox for what did not arrive could not be read as it should: {Fault}. It is read again.")]
    static partial void Unread(ILogger log, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "What is to be told could not be looked for; it is tried again.")]
    static partial void Unavailable(ILogger log, Exception e);
}
