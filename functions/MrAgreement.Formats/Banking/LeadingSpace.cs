namespace MrAgreement.Formats.Banking;

/// <summary>Leaves out the white space and byte order marks that a file
/// begins with: XML may not, and files that were cut and pasted do.</summary>
sealed class LeadingSpace(Stream inner) : Stream
{
    // As much of the beginning as is looked at for what stands before the XML.
    const int MostLooked = 4096;

    ReadOnlyMemory<byte> beginning;
    bool isLooked;

    /// <summary>Line breaks left out.</summary>
    public int Lines { get; private set; }

    /// <summary>Whether some other text stands before the XML.</summary>
    public bool IsText { get; private set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (!isLooked)
            Look();
        if (beginning.IsEmpty)
            return inner.Read(buffer);
        var count = Math.Min(buffer.Length, beginning.Length);
        beginning.Span[..count].CopyTo(buffer);
        beginning = beginning[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    void Look()
    {
        isLooked = true;
        int space;
        byte[] bytes;
        do
        {
            bytes = new byte[MostLooked];
            var read = 0;
            while (read < bytes.Length && inner.Read(bytes.AsSpan(read)) is > 0 and var more)
                read += more;
            bytes = bytes[..read];
            space = SpaceOf(bytes);
            Lines += bytes.AsSpan(0, space).Count((byte)'\n');
        }
        while (bytes.Length > 0 && space == bytes.Length);
        beginning = bytes.AsMemory(space);
        var text = beginning.Span;
        IsText = text is [not (byte)'<', ..] && (text.IndexOf("<?xml"u8) > 0 || text.IndexOf("<Document"u8) > 0);
    }

    static int SpaceOf(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
            if (bytes[at..].StartsWith("\uFEFF"u8))
                at += 3;
            else if (bytes[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                at++;
            else
                break;
        return at;
    }
}
