namespace MrAgreement.Formats.Ledgers;

/// <summary>The lines of a file as bytes, in a buffer of fixed size.</summary>
sealed class SieLines(Stream file)
{
    /// <summary>Bytes on a line, its end included. Real lines are below a thousand.</summary>
    public const int MaxLine = 64 * 1024;

    readonly byte[] buffer = new byte[2 * MaxLine];
    int from, to;
    bool isAtEnd;

    /// <summary>Of the line read last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The line read last was longer than <see cref="MaxLine"/>; what is given of it is nothing.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Of the file, up to the end of the line read last.</summary>
    public long Bytes { get; private set; }

    /// <param name="line">Without its line feed; valid until the next call.</param>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        IsTooLong = false;
        while (true)
        {
            var length = buffer.AsSpan(from, to - from).IndexOf((byte)'\n');
            if (length < 0 && to - from >= MaxLine)
            {
                IsTooLong = true;
                Take(to - from);
            }
            else if (length >= 0 || isAtEnd)
            {
                line = length >= 0 ? buffer.AsSpan(from, length) : buffer.AsSpan(from, to - from);
                if (length < 0 && line.IsEmpty && !IsTooLong)
                    return false;
                Take(length >= 0 ? length + 1 : line.Length);
                Number++;
                IsTooLong |= length > MaxLine;
                if (IsTooLong)
                    line = [];
                return true;
            }
            else
                Fill();
        }
    }

    void Take(int bytes)
    {
        from += bytes;
        Bytes += bytes;
    }

    void Fill()
    {
        buffer.AsSpan(from, to - from).CopyTo(buffer);
        (from, to) = (0, to - from);
        var read = file.Read(buffer.AsSpan(to));
        to += read;
        isAtEnd = read == 0;
    }
}
