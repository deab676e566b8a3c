using MrAgreement.Documents;
using MrAgreement.EventSourcing;
using NodaTime;

namespace MrAgreement.Web.Archives;

/// <summary>Where packages wait to be fetched. They are copies: after a month they go, and can be made again.</summary>
/// <param name="Store">Apart from the documents, which must be kept.</param>
public sealed record PackageShelf(IDocumentStore Store)
{
    /// <summary>How long a package is there to be fetched, by the store's own clock.</summary>
    public static readonly Duration Kept = Duration.FromDays(30);

    /// <summary>More than all documents of an agreement have come to; a bound all the same.</summary>
    const long MaxBytes = 100L * 1024 * 1024 * 1024;

    public Task<StoredDocument> Put(Stream content, CancellationToken cancellation) => Store.Put(content, MaxBytes, cancellation);

    public Task<Stream?> Open(Sha256 package, CancellationToken cancellation) => Store.Open(package, cancellation);

    public Task<bool> Has(Sha256 package, CancellationToken cancellation) => Store.Exists(package, cancellation);

    /// <summary>Takes away what has been there for longer than <see cref="Kept"/>.</summary>
    public async Task Clear(Instant now, CancellationToken cancellation)
    {
        await foreach (var package in Store.List(cancellation))
            if (package.StoredAt < now - Kept)
                await Store.Delete(package.Address, now - Kept, cancellation);
    }
}
