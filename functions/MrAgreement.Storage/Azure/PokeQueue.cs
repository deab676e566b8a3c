using System.Globalization;
using Azure.Core;

namespace MrAgreement.Storage.Azure;

/// <summary>The queue on which an agreement's lifecycle hears that its log is about to
/// change: a message for every append, which is a <see cref="Azure.Poke"/> as text.</summary>
public sealed class PokeQueue(AzureService queues)
{
    public const string Name = "pokes";

    /// <summary>Sends a poke that is not seen before some time has passed.</summary>
    /// <exception cref="StoreBusyException">The account is throttled.</exception>
    /// <exception cref="StoreUnavailableException">The account refuses it or does not answer.</exception>
    public async Task Poke(AgreementId agreement, TimeSpan hidden, CancellationToken cancellation = default)
    {
        var poke = Azure.Poke.Now(agreement);
        if (await Sent(poke, hidden, cancellation))
            return;
        using var create = queues.Message(RequestMethod.Put, Name);
        // 409: somebody else has just made it, or it is being deleted; the second try tells.
        await queues.Send(create, [409], cancellation);
        if (!await Sent(poke, hidden, cancellation))
            throw new StoreUnavailableException($"The queue {Name} at {queues.Endpoint.Authority} is being deleted.");
    }

    async Task<bool> Sent(Poke poke, TimeSpan hidden, CancellationToken cancellation)
    {
        // It waits for its reader as long as it takes.
        using var message = queues.Message(RequestMethod.Post,
            string.Create(CultureInfo.InvariantCulture, $"{Name}/messages?visibilitytimeout={hidden.TotalSeconds:0}&messagettl=-1"));
        message.Request.Headers.SetValue("Content-Type", "application/xml");
        message.Request.Content = RequestContent.Create(
            BinaryData.FromString($"<QueueMessage><MessageText>{poke}</MessageText></QueueMessage>"));
        return (await queues.Send(message, [404], cancellation)).Status != 404;
    }
}
