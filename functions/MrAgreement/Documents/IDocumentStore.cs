namespace MrAgreement.Documents;

/// <summary>Where documents' bytes rest, addressed by their SHA-256: the same bytes are stored once.</summary>
public interface IDocumentStore
{
    /// <summary>
    /// Stores the bytes durably and answers their address; storing the same bytes again renews <see cref="StoredDocument.StoredAt"/>,
    /// and mends them where what lies at that address is something else.
    /// </summary>
    /// <param name="limit">The most bytes that are taken.</param>
    /// <exception cref="DocumentTooLargeException">The content is longer than <paramref name="limit"/>; nothing was kept.</exception>
    /// <exception cref="StoreUnavailableException">The store could not write (a full disk, say); nothing was kept.</exception>
    Task<StoredDocument> Put(Stream content, long limit, CancellationToken cancellation = default);

    /// <summary>A seekable stream of the bytes, or null when there are none by that
    /// address. They have been looked through: they are those that were stored.</summary>
    /// <exception cref="DocumentDamagedException">What lies there is something else; nothing of it is given.</exception>
    Task<Stream?> Open(Sha256 address, CancellationToken cancellation = default);

    Task<bool> Exists(Sha256 address, CancellationToken cancellation = default);

    /// <summary>Everything stored, in no particular order.</summary>
    IAsyncEnumerable<StoredDocument> List(CancellationToken cancellation = default);

    /// <summary>Takes back what came with a request that was refused: bytes that this very <see cref="Put"/>
    /// brought, and that nobody has put again since. Answers whether they are gone.</summary>
    Task<bool> Withdraw(StoredDocument put, CancellationToken cancellation = default);

    /// <summary>Forgets bytes that no event names. Answers whether they are gone: false when they are too new, or must be kept.</summary>
    /// <param name="storedBefore">Bytes that were put, or put again, at or
    /// after this instant stay: an event may be about to name them.</param>
    Task<bool> Delete(Sha256 address, Instant storedBefore, CancellationToken cancellation = default);
}

/// <param name="Size">In bytes.</param>
/// <param name="StoredAt">When the bytes were last put; only for finding orphans.</param>
public sealed record StoredDocument(Sha256 Address, long Size, Instant StoredAt)
{
    /// <summary>The mark of the one <see cref="IDocumentStore.Put"/> that brought the bytes,
    /// until they are put again; null when they were there before, and from a list.</summary>
    public string? New { get; init; }
}

public sealed class DocumentTooLargeException(long limit) : Exception($"The document is larger than {limit} bytes.")
{
    public long Limit { get; } = limit;
}

/// <summary>Bytes that are registered are gone, or are not those that were
/// stored. They are mended by storing the right ones again.</summary>
public sealed class DocumentDamagedException(Sha256 address, bool gone)
    : StoreUnavailableException($"The bytes of {address} {(gone ? "are not in the store" : "are not those that were stored")}; put the right file back from a backup, or upload it again.")
{
    public Sha256 Address { get; } = address;

    /// <summary>Whether there are no bytes at all, rather than others.</summary>
    public bool Gone { get; } = gone;

    /// <summary>What people call the file; its address until somebody says so.</summary>
    public string Name { get; set; } = $"{address}";

    /// <summary>What callers and people are told it is.</summary>
    public string Slug => Gone ? "document-gone" : "document-damaged";
}
