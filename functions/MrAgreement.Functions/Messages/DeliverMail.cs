using Microsoft.Azure.Functions.Worker;
using MrAgreement.Running;

namespace MrAgreement.Functions.Messages;

/// <summary>Hands over what an agreement's log gives to tell, and answers when to go on.</summary>
/// <param name="postman">Null where no mail is sent any more: then nothing is left.</param>
public sealed class DeliverMail(IClock clock, Postman? postman = null)
{
    public const string Name = "deliver-mail";

    // Against a clock that is behind the timers', as in an agreement's life.
    static readonly Duration shortest = Duration.FromSeconds(5);

    [Function(Name)]
    public async Task<Round> Run([ActivityTrigger] string agreement, CancellationToken cancellation)
    {
        if (postman is null)
            return new(Until: null);
        var again = await postman.Deliver(AgreementId.Parse(agreement, null), clock.GetCurrentInstant(), cancellation);
        return new(again is { } at ? Instant.Max(at, clock.GetCurrentInstant() + shortest).ToDateTimeUtc() : null);
    }
}
