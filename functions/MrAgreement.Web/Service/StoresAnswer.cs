using MrAgreement.Documents;

namespace MrAgreement.Web.Service;

/// <summary>How a host finds out whether its stores answer.</summary>
/// <param name="Ask">Fails with what failed: they are unavailable, or too busy.</param>
public sealed record StoresAnswer(Func<CancellationToken, Task> Ask)
{
    static readonly Sha256 nothing = Sha256.Of([]);

    /// <summary>Where asking costs nothing: whether what is asked for is there does not matter, but that both answer.</summary>
    public static StoresAnswer Both(IEventStore logs, IDocumentStore documents) => new(cancellation =>
        Task.WhenAll(logs.DueWakeUps(Instant.MinValue, 1, cancellation), documents.Exists(nothing, cancellation)));
}
