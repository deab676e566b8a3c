namespace MrAgreement.Formats.Ledgers;

/// <summary>
/// Whether the letters beyond ASCII in a file are those of DOS (code page 437) or of Windows (1252, and Latin-1 within it). In Swedish text å, ä and ö are frequent in
/// one of the two. What is a letter in DOS may be a quote or a dash in Windows: a letter stands within words, a quote at their ends.
/// </summary>
struct SieLetters
{
    // Of the part before this one.
    byte beforeLast, last;
    long dos, windows, opened, closed;

    /// <summary>There are more of Windows' letters than of DOS's; where there is neither, quotes that are opened and closed say the same.</summary>
    public readonly bool AreOfWindows => windows > dos || (windows == dos && dos == 0 && opened > 0 && opened == closed);

    /// <summary>There are signs that Windows has and Latin-1 has not: quotes, dashes.</summary>
    public bool HasSigns { get; private set; }

    public void Take(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        if (last >= 0x80)
            Look(beforeLast, last, bytes[0]);
        for (var i = Next(bytes, 0); i < bytes.Length - 1; i = Next(bytes, i + 1))
            Look(i > 0 ? bytes[i - 1] : last, bytes[i], bytes[i + 1]);
        (beforeLast, last) = (bytes.Length > 1 ? bytes[^2] : last, bytes[^1]);
    }

    static int Next(ReadOnlySpan<byte> bytes, int from) =>
        bytes[from..].IndexOfAnyInRange((byte)0x80, (byte)0xFF) is >= 0 and var found ? from + found : bytes.Length;

    void Look(byte before, byte at, byte after)
    {
        var (isAfterLetter, isBeforeLetter) = (IsLetter(before), IsLetter(after));
        HasSigns |= at < 0xA0;
        switch (at)
        {
            // äö, and a quote of Windows: what stands at an end of a word may be either.
            case 0x84 or 0x94:
                dos += isAfterLetter && isBeforeLetter ? 1 : 0;
                closed += at == 0x94 && isAfterLetter && !isBeforeLetter ? 1 : 0;
                break;
            case 0x93:
                opened += !isAfterLetter && isBeforeLetter ? 1 : 0;
                break;
            // å and ÄÅÖ: what Windows has there stands before no letter, and Å is nothing in it.
            case 0x86 or 0x8E or 0x8F or 0x99:
                dos += isBeforeLetter || at == 0x8F ? 1 : 0;
                break;
            // åäöÅÄÖ of Windows. In DOS they draw frames, with many of the same.
            case 0xE5 or 0xE4 or 0xF6 or 0xC5 or 0xC4 or 0xD6:
                windows += at != before && at != after ? 1 : 0;
                break;
        }
    }

    static bool IsLetter(byte b) => b >= 0x80 || (byte)((b | 0x20) - 'a') < 26;
}
