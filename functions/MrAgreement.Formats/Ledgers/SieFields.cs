namespace MrAgreement.Formats.Ledgers;

/// <summary>The fields of one line, from the first to the last. Source: SIE 4B, 5.</summary>
ref struct SieFields(ReadOnlySpan<byte> line)
{
    ReadOnlySpan<byte> rest = line;

    /// <summary>A quote was opened and not closed.</summary>
    public bool IsUnclosed { get; private set; }

    /// <summary>A closing quote was followed by something else than a blank.</summary>
    public bool IsAbutting { get; private set; }

    public bool IsAtEnd
    {
        get
        {
            SkipBlanks();
            return rest.IsEmpty;
        }
    }

    /// <summary>A list between braces is next, closed or not.</summary>
    public bool IsAtList => !IsAtEnd && rest[0] == '{';

    /// <returns>The next field without its quotes; empty also after the last.</returns>
    public ReadOnlySpan<byte> Next()
    {
        if (IsAtEnd)
            return [];
        if (rest[0] == '"')
            return Quoted();
        var end = 1;
        while (end < rest.Length && rest[end] is not ((byte)' ' or (byte)'\t'))
            end++;
        return Take(end);
    }

    /// <summary>What stands between braces. Quotes go first: a brace inside them is text.</summary>
    public bool TryList(out ReadOnlySpan<byte> inside)
    {
        inside = [];
        if (IsAtEnd || rest[0] != '{')
            return false;
        var isQuoted = false;
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '"' && !(isQuoted && rest[i - 1] == '\\'))
                isQuoted = !isQuoted;
            else if (rest[i] == '}' && !isQuoted)
            {
                inside = rest[1..i];
                rest = rest[(i + 1)..];
                return true;
            }
        }
        return false;
    }

    /// <summary>Goes past the fields that nobody asks for, to see that their quotes are closed.</summary>
    public void SkipToEnd()
    {
        if (rest.Contains((byte)'"'))
            while (!IsAtEnd)
                Next();
    }

    ReadOnlySpan<byte> Quoted()
    {
        var hasEscapes = false;
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] != '"')
                continue;
            if (i > 1 && rest[i - 1] == '\\')
            {
                hasEscapes = true;
                continue;
            }
            IsAbutting |= i + 1 < rest.Length && rest[i + 1] is not ((byte)' ' or (byte)'\t');
            var field = Take(i + 1)[1..^1];
            return hasEscapes ? Unescaped(field) : field;
        }
        IsUnclosed = true;
        return Take(rest.Length)[1..];
    }

    // The quote is the only character that a backslash escapes; elsewhere a backslash is itself.
    static ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> field)
    {
        var text = new byte[field.Length];
        var length = 0;
        for (var i = 0; i < field.Length; i++)
            if (field[i] != '\\' || i + 1 == field.Length || field[i + 1] != '"')
                text[length++] = field[i];
        return text.AsSpan(0, length);
    }

    ReadOnlySpan<byte> Take(int bytes)
    {
        var taken = rest[..bytes];
        rest = rest[bytes..];
        return taken;
    }

    void SkipBlanks()
    {
        var blanks = 0;
        while (blanks < rest.Length && rest[blanks] is (byte)' ' or (byte)'\t')
            blanks++;
        rest = rest[blanks..];
    }
}
