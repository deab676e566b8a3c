using System.Security.Cryptography;
using MrAgreement.Documents;

namespace MrAgreement.Storage.AzureBlobs;

/// <summary>Documents as blobs named by their SHA-256.</summary>
public sealed class AzureDocumentStore : IDocumentStore
{
    /// <summary>Longer content is uploaded and read in parts of this size.</summary>
    internal const int BlockSize = 4 * 1024 * 1024;

    // The most that the service gives.
    const int ListedAtOnce = 5000;

    readonly BlobContainer container;
    readonly LookedThrough<string> whole = new();

    internal AzureDocumentStore(BlobContainer container) => this.container = container;

    public async Task<StoredDocument> Put(Stream content, long limit, CancellationToken cancellation = default)
    {
        var buffer = new byte[BlockSize];
        var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        if (length > limit)
            throw new DocumentTooLargeException(limit);
        if (length == buffer.Length)
            return await PutLarge(buffer, content, limit, cancellation);
        var address = Sha256.Of(buffer.AsSpan(0, length));
        if (await container.Put($"{address}", buffer.AsMemory(0, length), null, cancellation) is { } written)
            return New(address, length, written);
        if (await Damaged(address, cancellation) is { } damaged)
            await container.Put($"{address}", buffer.AsMemory(0, length), damaged, cancellation);
        return new(address, length, Moment(await Renewed(address, cancellation)));
    }

    public async Task<Stream?> Open(Sha256 address, CancellationToken cancellation = default)
    {
        if (await container.Get($"{address}", 0, BlockSize, null, cancellation) is not { } first)
            return null;
        var stream = new BlobStream(container, address, first);
        try
        {
            await LookThrough(stream, address, first.ETag, cancellation);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public Task<bool> Withdraw(StoredDocument put, CancellationToken cancellation = default) =>
        put.New is { } etag ? container.Withdraw($"{put.Address}", etag, cancellation) : Task.FromResult(false);

    public async Task<bool> Exists(Sha256 address, CancellationToken cancellation = default) =>
        await container.Find($"{address}", cancellation) is not null;

    public async IAsyncEnumerable<StoredDocument> List(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var (name, size, modified) in container.List(ListedAtOnce, cancellation))
            if (Sha256.TryParse(name, null, out var address))
                yield return new(address, size, Moment(modified));
    }

    // Blobs tell the second only: one that was stored within it may have been stored later in it.
    public Task<bool> Delete(Sha256 address, Instant storedBefore, CancellationToken cancellation = default) =>
        container.Delete($"{address}", Instant.FromUnixTimeSeconds(storedBefore.ToUnixTimeSeconds() - 1).ToDateTimeOffset(), cancellation);

    // A blob has its name from the first part on, and the name is known after the last: the bytes wait on the disk.
    async Task<StoredDocument> PutLarge(byte[] buffer, Stream content, long limit, CancellationToken cancellation)
    {
        await using var spool = Spool();
        var (address, size) = await Take(buffer, content, spool, limit, cancellation);
        var isThere = await container.Find($"{address}", cancellation) is not null;
        var damaged = isThere ? await Damaged(address, cancellation) : null;
        if (isThere && damaged is null)
            return new(address, size, Moment(await Renewed(address, cancellation)));
        spool.Position = 0;
        var blocks = 0;
        // Whoever uploads the same bytes at the same time sends the same parts by the same names.
        while (await spool.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation) is var read and > 0)
            await container.PutBlock($"{address}", blocks++, buffer.AsMemory(0, read), cancellation);
        return await container.Commit($"{address}", blocks, damaged, cancellation) is { } written && damaged is null
            ? New(address, size, written)
            : new(address, size, Moment(await Renewed(address, cancellation)));
    }

    // Before the first byte is given away: what is longer than its first part is
    // read once more than it would be. What is as it was then need not be again.
    async Task LookThrough(BlobStream stream, Sha256 address, string etag, CancellationToken cancellation)
    {
        if (whole.Holds(address, etag))
            return;
        if (new Sha256(await SHA256.HashDataAsync(stream, cancellation)) != address)
            throw new DocumentDamagedException(address, gone: false);
        stream.Position = 0;
        whole.Keep(address, etag);
    }

    // The ETag of what lies there, when it is not what its name says.
    async Task<string?> Damaged(Sha256 address, CancellationToken cancellation)
    {
        try
        {
            await using var content = await Open(address, cancellation);
            return null;
        }
        catch (DocumentDamagedException)
        {
            return (await container.Find($"{address}", cancellation))?.ETag;
        }
    }

    static StoredDocument New(Sha256 address, long size, WrittenBlob written) =>
        new(address, size, Moment(written.Modified)) { New = written.ETag };

    static async Task<(Sha256 Address, long Size)> Take(byte[] buffer, Stream content, FileStream spool, long limit,
        CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var size = 0L;
        for (var read = buffer.Length; read > 0; read = await content.ReadAsync(buffer, cancellation))
        {
            size += read;
            if (size > limit)
                throw new DocumentTooLargeException(limit);
            hash.AppendData(buffer, 0, read);
            Write(spool, buffer.AsSpan(0, read));
        }
        return (new(hash.GetHashAndReset()), size);
    }

    async Task<DateTimeOffset> Renewed(Sha256 address, CancellationToken cancellation) =>
        await container.Renew($"{address}", cancellation)
            ?? throw new StoreUnavailableException($"The document {address} was removed while it was stored again; try again.");

    // Where files can be open without a name it has none from the start, and leaves nothing when the process is killed.
    static FileStream Spool()
    {
        var spool = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None,
            bufferSize: 0, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
            File.Delete(spool.Name);
        return spool;
    }

    // Only what concerns our own file: an upload that breaks off is not the store's failure.
    static void Write(FileStream spool, ReadOnlySpan<byte> bytes)
    {
        try
        {
            spool.Write(bytes);
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException($"The document could not be written: {e.Message}", e);
        }
    }

    static Instant Moment(DateTimeOffset at) => Instant.FromDateTimeOffset(at);
}
