using MrAgreement.Documents;

namespace MrAgreement.Storage.AzureBlobs;

/// <summary>A blob read in parts, from any place, as it was when it was opened: one that is changed meanwhile is read no further.</summary>
sealed class BlobStream : Stream
{
    readonly BlobContainer container;
    readonly Sha256 address;
    readonly string etag;
    ReadOnlyMemory<byte> part;
    long number;

    public BlobStream(BlobContainer container, Sha256 address, BlobPart first) =>
        (this.container, this.address, part, Length, etag) = (container, address, first.Bytes, first.Length, first.ETag);

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
        var got = await container.Get($"{address}", wanted * AzureDocumentStore.BlockSize, AzureDocumentStore.BlockSize, etag, cancellation)
            ?? throw new StoreUnavailableException($"The document {address} was removed while it was read.");
        if (got.Length != Length || got.Bytes.Length != Math.Min(AzureDocumentStore.BlockSize,
            Length - wanted * AzureDocumentStore.BlockSize))
            throw new DocumentDamagedException(address, gone: false);
        (part, number) = (got.Bytes, wanted);
    }
}
