using System.Security.Cryptography;
using MrAgreement.EventSourcing;

namespace MrAgreement.Storage.AzureBlobs;

/// <summary>A blob read in parts, from any place. Read from the first byte to the last, it is checked against its name.</summary>
sealed class BlobStream : Stream
{
    readonly BlobContainer container;
    readonly Sha256 address;
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    ReadOnlyMemory<byte> part;
    long number;
    long hashed;

    /// <exception cref="StoreUnavailableException">The first part is all there is, and does not match the name.</exception>
    public BlobStream(BlobContainer container, Sha256 address, BlobPart first)
    {
        (this.container, this.address, part, Length) = (container, address, first.Bytes, first.Length);
        Check();
    }

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

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Readers of archives know no other way.
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset
    };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        hash.Dispose();
        base.Dispose(disposing);
    }

    async Task Fetch(long wanted, CancellationToken cancellation)
    {
        var got = await container.Get($"{address}", wanted * AzureDocumentStore.BlockSize, AzureDocumentStore.BlockSize, cancellation)
            ?? throw new StoreUnavailableException($"The document {address} was removed while it was read.");
        if (got.Length != Length || got.Bytes.Length != Math.Min(AzureDocumentStore.BlockSize, Length - wanted * AzureDocumentStore.BlockSize))
            throw container.Damaged($"{address}");
        (part, number) = (got.Bytes, wanted);
        Check();
    }

    // What is skipped can't be checked.
    void Check()
    {
        if (number * AzureDocumentStore.BlockSize != hashed)
            return;
        hash.AppendData(part.Span);
        hashed += part.Length;
        if (hashed == Length && new Sha256(hash.GetCurrentHash()) != address)
            throw container.Damaged($"{address}");
    }
}
