using System.Buffers.Text;
using System.Text;

namespace MrAgreement.Formats.Ledgers;

/// <summary>What came of the checksum that a file can carry.</summary>
public enum SieChecksumState
{
    /// <summary>The file has none.</summary>
    Absent,

    /// <summary>It is right: the file is whole and unchanged.</summary>
    Verified,

    /// <summary>It could not be checked: the text has been turned into another
    /// character set since, or its beginning was not marked.</summary>
    Unchecked,

    /// <summary>It is wrong, or something stands after it.</summary>
    Wrong
}

/// <summary>
/// #KSUMMA: the first says that a checksum begins, the last what it is. CRC-32 over the bytes of the labels and fields in between,
/// without what stands between and around them. Source: SIE 4B, #KSUMMA.
/// </summary>
sealed class SieChecksum(SieReading reading, SieCharacterSet characters)
{
    static readonly uint[] table = [.. Enumerable.Range(0, 256).Select(Remainder)];

    uint sum = uint.MaxValue;

    public SieChecksumState State { get; private set; }

    /// <summary>It has begun and not ended.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Takes what the record says.</summary>
    /// <param name="value">Empty in the first.</param>
    public void Take(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty && !IsRunning && State == SieChecksumState.Absent)
            IsRunning = true;
        else if (IsRunning && Utf8Parser.TryParse(value, out uint written, out var read) && read == value.Length && written == ~sum)
            End(SieChecksumState.Verified);
        else if (IsRunning ? !characters.IsDeclared : State == SieChecksumState.Absent)
        {
            End(SieChecksumState.Unchecked);
            reading.Warn("ledger-checksum-unchecked");
        }
        else
            Fail();
    }

    /// <param name="line">One record, or a brace alone.</param>
    public void Add(ReadOnlySpan<byte> line)
    {
        if (State == SieChecksumState.Absent && !IsRunning)
            return;
        if (line.Length >= "#KSUMMA"u8.Length && Ascii.EqualsIgnoreCase(line[.."#KSUMMA"u8.Length], "#KSUMMA"u8))
            return;
        if (IsRunning)
            sum = Sum(sum, line);
        else if (State == SieChecksumState.Verified)
            Fail();
    }

    void End(SieChecksumState state) => (State, IsRunning) = (state, false);

    void Fail()
    {
        if (State != SieChecksumState.Wrong)
            reading.Error("ledger-checksum-wrong");
        End(SieChecksumState.Wrong);
    }

    

    static uint Sum(uint sum, ReadOnlySpan<byte> line)
    {
        var (isQuoted, isInList, isAtStart) = (false, false, true);
        for (var i = 0; i < line.Length; i++)
        {
            var b = line[i];
            if (isQuoted)
            {
                if (b == '"')
                {
                    (isQuoted, isAtStart) = (false, true);
                    continue;
                }
                // Of an escaped quote the quote counts, but not the backslash.
                if (b == '\\' && i + 1 < line.Length && line[i + 1] == '"')
                    b = line[++i];
            }
            else if (b is (byte)' ' or (byte)'\t')
            {
                isAtStart = true;
                continue;
            }
            else if (isInList ? b == '}' : isAtStart && b is (byte)'{' or (byte)'}')
            {
                (isInList, isAtStart) = (b == '{', true);
                continue;
            }
            else if (isAtStart && b == '"')
            {
                isQuoted = true;
                continue;
            }
            isAtStart = false;
            sum = table[(byte)(sum ^ b)] ^ (sum >> 8);
        }
        return sum;
    }

    static uint Remainder(int b)
    {
        var remainder = (uint)b;
        for (var bit = 0; bit < 8; bit++)
            remainder = (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ 0xEDB88320;
        return remainder;
    }
}
