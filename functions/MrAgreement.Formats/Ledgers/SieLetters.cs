namespace MrAgreement.Formats.Ledgers;

/// <summary>
/// Whether the letters beyond ASCII in a file are those of DOS (code page
/// 437) or of Windows (1252, and Latin-1 within it): each byte counts for
/// the set in which it is a letter that fits its place. What is a letter in
/// DOS may be a quote or a dash in Windows: a letter stands within words,
/// a quote at their ends.
/// </summary>
struct SieLetters
{
    // Of the part before this one.
    byte beforeLast, last;
    long dos, windows, opened, closed;

    /// <summary>There are more of Windows' letters than of DOS's; where there
    /// is neither, quotes that are opened and closed say the same.</summary>
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
            // å and Ö, which in Windows are signs that stand before no letter; Å, É and ü are nothing in it.
            case 0x86 or 0x99:
                dos += isBeforeLetter ? 1 : 0;
                break;
            case 0x8F or 0x90 or 0x81:
                dos++;
                break;
            // é and ë, which end words too: a low quote opens, and ‰ follows a figure.
            case 0x82 or 0x89:
                dos += isAfterLetter ? 1 : 0;
                break;
            // Ä or Ž: beside a vowel there is hardly an Ä.
            case 0x8E:
                Count(isOfWindows: IsVowel(after) || (!isBeforeLetter && IsVowel(before)),
                    isOfDos: IsConsonant(after) || (!isBeforeLetter && IsConsonant(before)));
                break;
            // Š or è, Œ or î: the former begin words or stand among capitals.
            case 0x8A or 0x8C:
                Count(isOfWindows: IsLower(after) ? !isAfterLetter : IsUpper(before) || (!isAfterLetter && isBeforeLetter),
                    isOfDos: IsLower(before) || (IsUpper(before) && IsLower(after)));
                break;
            // š or Ü: no capital stands within a word of small letters.
            case 0x9A:
                Count(isOfWindows: IsLower(before) || (IsUpper(before) && IsLower(after)),
                    isOfDos: (!isAfterLetter && isBeforeLetter) || (IsUpper(before) && IsUpper(after)));
                break;
            // ž, œ and Ÿ, which in DOS are signs of money.
            case 0x9C or 0x9E or 0x9F:
                windows += isAfterLetter || IsLower(after) ? 1 : 0;
                break;
            // Other letters of DOS, which in Windows are signs: no sign but a dash or an apostrophe stands within a word.
            case 0x80 or 0x83 or 0x87 or 0x88 or 0x8B or 0x98 or (>= 0xA1 and <= 0xA5):
                dos += isAfterLetter && isBeforeLetter ? 1 : 0;
                break;
            // åäö of Windows.
            case 0xE5 or 0xE4 or 0xF6:
                windows++;
                break;
            // ÅÄÖ of Windows. In DOS they draw frames, with many of the same.
            case 0xC5 or 0xC4 or 0xD6:
                windows += at != before && at != after ? 1 : 0;
                break;
            // ß or á.
            case 0xE1:
                break;
            // é, ü and others that end and begin words, in DOS Greek. A micro sign stands before its unit.
            case (>= 0xE0 and <= 0xEE and not 0xE6) or 0xFC:
                windows += IsAscii(before) || IsAscii(after) ? 1 : 0;
                break;
            // Other letters of Windows: in DOS they draw frames, or are signs.
            case >= 0xC0 and not 0xD7 and not 0xF7:
                windows += IsAscii(after) && (IsAscii(before) || (at < 0xE0 && !isAfterLetter)) ? 1 : 0;
                break;
        }
    }

    void Count(bool isOfWindows, bool isOfDos)
    {
        windows += isOfWindows ? 1 : 0;
        dos += isOfDos ? 1 : 0;
    }

    static bool IsLetter(byte b) => b >= 0x80 || IsAscii(b);

    static bool IsAscii(byte b) => IsLower((byte)(b | 0x20));

    static bool IsLower(byte b) => (byte)(b - 'a') < 26;

    static bool IsUpper(byte b) => (byte)(b - 'A') < 26;

    static bool IsVowel(byte b) => (b | 0x20) is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    static bool IsConsonant(byte b) => IsAscii(b) && !IsVowel(b);
}
