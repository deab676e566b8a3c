using MrAgreement.EventSourcing;
using NodaTime;

namespace MrAgreement.Documents;

/// <summary>Where documents' bytes rest, addressed by their SHA-256: the same bytes are stored once.</summary>
public interface IDocumentStore
{
    /// <summary>Stores the bytes durably and answers their address; storing the same bytes again only renews <see cref="StoredDocument.StoredAt"/>.</summary>
    /// <param name="limit">The most bytes that are taken.</param>
    /// <exception cref="DocumentTooLargeException">The content is longer than <paramref name="limit"/>; nothing was kept.</exception>
    /// <exception cref="StoreUnavailableException">The store could not write (a full disk, say); nothing was kept.</exception>
    Task<StoredDocument> Put(Stream content, long limit, CancellationToken cancellation = default);

    /// <summary>A seekable stream of the bytes, or null when there are none by that address.</summary>
    Task<Stream?> Open(Sha256 address, CancellationToken cancellation = default);

    Task<bool> Exists(Sha256 address, CancellationToken cancellation = default);

    /// <summary>Everything stored, in no particular order.</summary>
    IAsyncEnumerable<StoredDocument> List(CancellationToken cancellation = default);

    /// <summary>Forgets bytes that no event names (an upload that was cut off before its event). Answers whether they are gone: false when they are too new, or must be kept.</summary>
    /// <param name="storedBefore">Bytes that were put, or put again, at or after this instant stay: an event may be about to name them.</param>
    Task<bool> Delete(Sha256 address, Instant storedBefore, CancellationToken cancellation = default);
}

/// <param name="Size">In bytes.</param>
/// <param name="StoredAt">When the bytes were last put; only for finding orphans.</param>
public sealed record StoredDocument(Sha256 Address, long Size, Instant StoredAt);

public sealed class DocumentTooLargeException(long limit) : Exception($"The document is larger than {limit} bytes.")
{
    public long Limit { get; } = limit;
}
