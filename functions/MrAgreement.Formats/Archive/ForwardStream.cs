using System.Buffers;

namespace MrAgreement.Formats.Archive;

/// <summary>Passes on what is written, in order and asynchronously only. What is written
/// synchronously (a ZIP entry's end is) waits until something else comes, or a flush.</summary>
sealed class ForwardStream(Stream to) : Stream
{
    const int Limit = 1 << 16;

    readonly ArrayBufferWriter<byte> waiting = new(Limit);

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer) => waiting.Write(buffer);
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    public override void Flush() { }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        if (waiting.WrittenCount >= Limit)
            await FlushAsync(cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await to.WriteAsync(waiting.WrittenMemory, cancellationToken);
        waiting.ResetWrittenCount();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
