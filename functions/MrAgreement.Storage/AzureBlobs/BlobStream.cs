using System.Net.Http.Headers;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using MrAgreement.Documents;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Storage.AzureBlobs;

/// <summary>A blob read in parts, from any place, as it was when it was opened: one that is changed meanwhile is read no further.</summary>
sealed class BlobStream : Stream
{
    readonly BlockBlobClient blob;
    readonly Sha256 address;
    ReadOnlyMemory<byte> part;
    long number;

    BlobStream(BlockBlobClient blob, Sha256 address, BlobPart first) =>
        (this.blob, this.address, part, Length, ETag) = (blob, address, first.Bytes, first.Length, first.ETag);

    /// <summary>Opens a document's blob; null when there is none.</summary>
    public static async Task<BlobStream?> Open(BlockBlobClient blob, Sha256 address, CancellationToken cancellation) =>
        await Get(blob, 0, null, cancellation) is { } first ? new(blob, address, first) : null;

    /// <summary>Another one whenever the blob is written or renewed.</summary>
    public string ETag { get; }

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length { get; }
    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= Length)
            return 0;
        if (Position / AzureDocumentStore.BlockSize != number)
            await Fetch(Position / AzureDocumentStore.BlockSize, cancellationToken);
        var rest = part[(int)(Position % AzureDocumentStore.BlockSize)..];
        var read = Math.Min(buffer.Length, rest.Length);
        rest[..read].CopyTo(buffer);
        Position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Readers of archives know no other way.
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset
    };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    async Task Fetch(long wanted, CancellationToken cancellation)
    {
        var got = await Get(blob, wanted * AzureDocumentStore.BlockSize, ETag, cancellation)
            ?? throw new StoreUnavailableException($"The document {address} was removed while it was read.");
        if (got.Length != Length || got.Bytes.Length != Math.Min(AzureDocumentStore.BlockSize,
            Length - wanted * AzureDocumentStore.BlockSize))
            throw new DocumentDamagedException(address, gone: false);
        (part, number) = (got.Bytes, wanted);
    }

    // Null when there is no such blob.
    static async Task<BlobPart?> Get(BlockBlobClient blob, long from, string? etag, CancellationToken cancellation)
    {
        try
        {
            return await Download(blob, from, etag, cancellation)
                .Told(blob.GetParentBlobContainerClient().Uri, cancellation, 404, 412, 416);
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            throw new StoreUnavailableException($"The blob {blob.BlobContainerName}/{blob.Name} was changed while it was read; try again.");
        }
        catch (RequestFailedException e) when (e.Status == 416)
        {
            // Nothing lies there: the blob is empty.
            return new(ReadOnlyMemory<byte>.Empty, 0, "");
        }
        catch (RequestFailedException)
        {
            return null;
        }
    }

    static async Task<BlobPart> Download(BlockBlobClient blob, long from, string? etag, CancellationToken cancellation)
    {
        using var got = (await blob.DownloadStreamingAsync(new BlobDownloadOptions
        {
            Range = new(from, AzureDocumentStore.BlockSize),
            Conditions = etag is null ? null : new() { IfMatch = new(etag) }
        }, cancellation)).Value;
        var bytes = new byte[got.Details.ContentLength];
        await got.Content.ReadExactlyAsync(bytes, cancellation);
        var length = ContentRangeHeaderValue.TryParse(got.Details.ContentRange, out var range) ? range.Length : null;
        return new(bytes, length ?? bytes.Length, got.Details.ETag.ToString());
    }

    /// <summary>Some bytes of a blob, and how many there are in all.</summary>
    readonly record struct BlobPart(ReadOnlyMemory<byte> Bytes, long Length, string ETag);
}
