using MrAgreement.Documents;

namespace MrAgreement.Web.Packaging;

/// <summary>
/// Where packages wait to be fetched, and files of refused forms to be
/// sent again. After a month they go: packages are copies, and can be made
/// again, and nobody has sent the forms again.
/// </summary>
/// <param name="store">Apart from the documents, which must be kept.</param>
public sealed class PackageShelf(IDocumentStore store)
{
    /// <summary>How long a package is there to be fetched, by the store's own clock.</summary>
    public static readonly Duration Kept = Duration.FromDays(30);

    /// <summary>More than all documents of an agreement have come to; a bound all the same.</summary>
    const long MaxBytes = 100L * 1024 * 1024 * 1024;

    static readonly Duration between = Duration.FromDays(1);

    long cleared = long.MinValue;

    public Task<StoredDocument> Put(Stream content, CancellationToken cancellation) => store.Put(content, MaxBytes, cancellation);

    public Task<Stream?> Open(Sha256 package, CancellationToken cancellation) => store.Open(package, cancellation);

    public Task<bool> Has(Sha256 package, CancellationToken cancellation) => store.Exists(package, cancellation);

    /// <summary>Takes a package away: what is in it was erased.</summary>
    public Task Remove(Sha256 package, CancellationToken cancellation) =>
        store.Delete(package, SystemClock.Instance.GetCurrentInstant() + Kept, cancellation);

    /// <summary>Takes away what has been there for longer than <see cref="Kept"/>.</summary>
    public async Task Clear(Instant now, CancellationToken cancellation)
    {
        await foreach (var package in store.List(cancellation))
            if (package.StoredAt < now - Kept)
                await store.Delete(package.Address, now - Kept, cancellation);
    }

    /// <summary>The same once a day at most, however often it is asked for.</summary>
    public async Task ClearNowAndThen(Instant now, CancellationToken cancellation = default)
    {
        var last = Interlocked.Read(ref cleared);
        var isTime = last == long.MinValue || now - Instant.FromUnixTimeTicks(last) >= between;
        if (isTime && Interlocked.CompareExchange(ref cleared, now.ToUnixTimeTicks(), last) == last)
            await Clear(now, cancellation);
    }
}
