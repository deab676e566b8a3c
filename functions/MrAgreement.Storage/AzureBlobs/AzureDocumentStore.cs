using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using MrAgreement.Documents;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Storage.AzureBlobs;

/// <summary>Documents as blobs named by their SHA-256, written once and never overwritten.</summary>
public sealed class AzureDocumentStore : IDocumentStore
{
    /// <summary>Longer content is uploaded and read in parts of this size.</summary>
    internal const int BlockSize = 4 * 1024 * 1024;

    // The most that the service gives.
    const int ListedAtOnce = 5000;

    readonly BlobContainerClient container;
    readonly LookedThrough<string> whole = new();

    internal AzureDocumentStore(BlobContainerClient container) => this.container = container;

    /// <summary>The store in a container, which is made unless it is there.</summary>
    internal static async Task<AzureDocumentStore> In(BlobContainerClient container, CancellationToken cancellation)
    {
        await container.CreateIfNotExistsAsync(cancellationToken: cancellation).Told(container.Uri, cancellation);
        return new(container);
    }

    public async Task<StoredDocument> Put(Stream content, long limit, CancellationToken cancellation = default)
    {
        var buffer = new byte[BlockSize];
        var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        if (length > limit)
            throw new DocumentTooLargeException(limit);
        if (length == buffer.Length)
            return await PutLarge(buffer, content, limit, cancellation);
        var address = Sha256.Of(buffer.AsSpan(0, length));
        if (await Write(address, new MemoryStream(buffer, 0, length), null, cancellation) is { } written)
            return New(address, length, written);
        if (await Damaged(address, cancellation) is { } damaged)
            await Write(address, new MemoryStream(buffer, 0, length), damaged, cancellation);
        return new(address, length, Moment(await Renewed(address, cancellation)));
    }

    public async Task<Stream?> Open(Sha256 address, CancellationToken cancellation = default)
    {
        if (await BlobStream.Open(Blob(address), address, cancellation) is not { } stream)
            return null;
        try
        {
            await LookThrough(stream, address, cancellation);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public Task<bool> Withdraw(StoredDocument put, CancellationToken cancellation = default) =>
        put.New is { } etag ? Remove(put.Address, new() { IfMatch = new(etag) }, cancellation) : Task.FromResult(false);

    public async Task<bool> Exists(Sha256 address, CancellationToken cancellation = default) =>
        await Find(address, cancellation) is not null;

    public IAsyncEnumerable<StoredDocument> List(CancellationToken cancellation = default) => List(container, ListedAtOnce, cancellation);

    internal static async IAsyncEnumerable<StoredDocument> List(BlobContainerClient container, int atOnce,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var page in container.GetBlobsAsync(cancellationToken: cancellation).AsPages(null, atOnce)
            .Told(container.Uri, cancellation))
            foreach (var blob in page.Values)
                if (Sha256.TryParse(blob.Name, null, out var address))
                    yield return new(address, blob.Properties.ContentLength!.Value, Moment(blob.Properties.LastModified!.Value));
    }

    // Blobs tell the second only: one that was stored within it may have been stored later in it.
    public Task<bool> Delete(Sha256 address, Instant storedBefore, CancellationToken cancellation = default) =>
        Remove(address, new() { IfUnmodifiedSince = DateTimeOffset.FromUnixTimeSeconds(storedBefore.ToUnixTimeSeconds() - 1) },
            cancellation);

    // A blob has its name from the first part on, and the name is known after the last: the bytes wait on the disk.
    async Task<StoredDocument> PutLarge(byte[] buffer, Stream content, long limit, CancellationToken cancellation)
    {
        await using var spool = Spool();
        var (address, size) = await Take(buffer, content, spool, limit, cancellation);
        var isThere = await Find(address, cancellation) is not null;
        var damaged = isThere ? await Damaged(address, cancellation) : null;
        if (isThere && damaged is null)
            return new(address, size, Moment(await Renewed(address, cancellation)));
        spool.Position = 0;
        return await Write(address, spool, damaged, cancellation) is { } written && damaged is null
            ? New(address, size, written)
            : new(address, size, Moment(await Renewed(address, cancellation)));
    }

    // At once or in parts. Whoever uploads the same bytes at the same time sends the same parts
    // by the same names. Null when it is there already; over what has that ETag, or over nothing.
    async Task<BlobContentInfo?> Write(Sha256 address, Stream content, string? over, CancellationToken cancellation)
    {
        try
        {
            return await Blob(address).UploadAsync(content, new BlobUploadOptions
            {
                Conditions = over is null ? new() { IfNoneMatch = ETag.All } : new() { IfMatch = new(over) },
                TransferOptions = new() { InitialTransferSize = BlockSize, MaximumTransferSize = BlockSize, MaximumConcurrency = 1 }
            }, cancellation).Told(container.Uri, cancellation, 409, 412);
        }
        catch (RequestFailedException)
        {
            return null;
        }
    }

    async Task<BlobProperties?> Find(Sha256 address, CancellationToken cancellation)
    {
        try
        {
            return await Blob(address).GetPropertiesAsync(cancellationToken: cancellation).Told(container.Uri, cancellation, 404);
        }
        catch (RequestFailedException)
        {
            return null;
        }
    }

    // False when it stays: it has been changed since, or a retention policy or a legal hold keeps it.
    async Task<bool> Remove(Sha256 address, BlobRequestConditions conditions, CancellationToken cancellation)
    {
        try
        {
            await Blob(address).DeleteAsync(conditions: conditions, cancellationToken: cancellation)
                .Told(container.Uri, cancellation, 404, 409, 412);
            return true;
        }
        catch (RequestFailedException e)
        {
            return e.Status == 404;
        }
    }

    // Before the first byte is given away: what is longer than its first part is
    // read once more than it would be. What is as it was then need not be again.
    async Task LookThrough(BlobStream stream, Sha256 address, CancellationToken cancellation)
    {
        if (whole.Holds(address, stream.ETag))
            return;
        if (new Sha256(await SHA256.HashDataAsync(stream, cancellation)) != address)
            throw new DocumentDamagedException(address, gone: false);
        stream.Position = 0;
        whole.Keep(address, stream.ETag);
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
            return (await Find(address, cancellation))?.ETag.ToString();
        }
    }

    static StoredDocument New(Sha256 address, long size, BlobContentInfo written) =>
        new(address, size, Moment(written.LastModified)) { New = written.ETag.ToString() };

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

    // As new as if it had been written now; where it may not be touched, as old as it is: it is in no danger then.
    async Task<DateTimeOffset> Renewed(Sha256 address, CancellationToken cancellation)
    {
        try
        {
            return (await Blob(address).SetMetadataAsync(new Dictionary<string, string>(), cancellationToken: cancellation)
                .Told(container.Uri, cancellation, 404, 409)).Value.LastModified;
        }
        catch (RequestFailedException e)
        {
            return (e.Status == 409 ? await Find(address, cancellation) : null)?.LastModified
                ?? throw new StoreUnavailableException($"The document {address} was removed while it was stored again; try again.");
        }
    }

    BlockBlobClient Blob(Sha256 address) => container.GetBlockBlobClient($"{address}");

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
