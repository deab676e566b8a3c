using Azure;
using Azure.Storage.Queues;

namespace MrAgreement.Storage.Azure;

/// <summary>The queue on which an agreement's lifecycle hears that its log is about to
/// change: a message for every append, which is a <see cref="Azure.Poke"/> as text.</summary>
public sealed class PokeQueue(QueueServiceClient queues)
{
    public const string Name = "pokes";

    // It waits for its reader as long as it takes.
    static readonly TimeSpan forEver = TimeSpan.FromSeconds(-1);

    readonly QueueClient queue = queues.GetQueueClient(Name);

    /// <summary>Sends a poke that is not seen before some time has passed.</summary>
    /// <exception cref="StoreBusyException">The account is throttled.</exception>
    /// <exception cref="StoreUnavailableException">The account refuses it or does not answer.</exception>
    public async Task Poke(AgreementId agreement, TimeSpan hidden, CancellationToken cancellation = default)
    {
        var poke = Azure.Poke.Now(agreement);
        if (await Sent(poke, hidden, cancellation))
            return;
        // Somebody else may just have made it; or it is being deleted, as the second try tells.
        await queue.CreateIfNotExistsAsync(cancellationToken: cancellation).Told(queue.Uri, cancellation);
        if (!await Sent(poke, hidden, cancellation))
            throw new StoreUnavailableException($"The queue {Name} at {queue.Uri.Authority} is being deleted.");
    }

    async Task<bool> Sent(Poke poke, TimeSpan hidden, CancellationToken cancellation)
    {
        try
        {
            await queue.SendMessageAsync($"{poke}", hidden, forEver, cancellation).Told(queue.Uri, cancellation, 404);
            return true;
        }
        catch (RequestFailedException)
        {
            return false;
        }
    }
}
