using System.Text;
using System.Text.Unicode;

namespace MrAgreement.Formats.Ledgers;

/// <summary>
/// How the bytes of a file are text. SIE says code page 437 and nothing else,
/// but many programs write UTF-8 or a character set of Windows under that name,
/// so it is guessed from the whole file.
/// </summary>
public sealed class SieCharacterSet
{
    const int Chunk = 128 * 1024;

    static readonly Encoding cp437 = CodePagesEncodingProvider.Instance.GetEncoding(437)!;
    static readonly Encoding windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    readonly Encoding encoding;

    SieCharacterSet(string name, Encoding encoding, bool hasByteOrderMark, bool hasLostCharacters)
    {
        (Name, this.encoding) = (name, encoding);
        (HasByteOrderMark, HasLostCharacters) = (hasByteOrderMark, hasLostCharacters);
    }

    /// <summary><c>cp437</c>, also for a file of nothing but ASCII, <c>utf-8</c>,
    /// <c>latin-1</c>, or <c>windows-1252</c> where it has what only that has.</summary>
    public string Name { get; }

    /// <summary>The file holds replacement characters: letters were lost before it came here, and nothing can bring them back.</summary>
    public bool HasLostCharacters { get; }

    internal bool HasByteOrderMark { get; }

    internal bool IsDeclared => encoding == cp437;

    internal string Text(ReadOnlySpan<byte> bytes) => Ascii.IsValid(bytes) ? Encoding.ASCII.GetString(bytes) : encoding.GetString(bytes);

    /// <summary>Reads <paramref name="file"/> from where it stands to its end.</summary>
    /// <param name="known">What it was read by before; what is then guessed is only whether it is marked.</param>
    internal static SieCharacterSet Guess(Stream file, string? known, CancellationToken cancellation)
    {
        var buffer = new byte[Chunk];
        var letters = new SieLetters();
        var (carried, isFirst, hasMark, isUtf8, hasHigh, isLost) = (0, true, false, true, false, false);
        for (int read; (read = file.ReadAtLeast(buffer.AsSpan(carried), 4, throwOnEndOfStream: false)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            var chunk = buffer.AsSpan(0, carried + read);
            hasMark |= isFirst && chunk.StartsWith("\uFEFF"u8);
            (carried, isFirst) = (0, false);
            if (Ascii.IsValid(chunk))
            {
                letters.Take(chunk);
                continue;
            }
            hasHigh = true;
            carried = CutShort(chunk);
            var whole = chunk[..^carried];
            isUtf8 = isUtf8 && Utf8.IsValid(whole);
            isLost |= isUtf8 && whole.IndexOf("\uFFFD"u8) >= 0;
            letters.Take(whole);
            chunk[^carried..].CopyTo(buffer);
        }
        letters.Take(buffer.AsSpan(0, carried));
        letters.Take("\n"u8);
        isUtf8 &= carried == 0;
        return known switch
        {
            "latin-1" => new(known, Encoding.Latin1, false, false),
            "windows-1252" => new(known, windows1252, false, false),
            "cp437" => new(known, cp437, false, false),
            _ => hasMark || (hasHigh && isUtf8) ? new("utf-8", Encoding.UTF8, hasMark, isLost || !isUtf8)
                : !letters.AreOfWindows ? new("cp437", cp437, false, false)
                : letters.HasSigns ? new("windows-1252", windows1252, false, false)
                : new("latin-1", Encoding.Latin1, false, false)
        };
    }

    /// <returns>How many bytes at the end begin a UTF-8 character that goes on in the next chunk.</returns>
    static int CutShort(ReadOnlySpan<byte> chunk)
    {
        for (var back = 1; back <= Math.Min(3, chunk.Length); back++)
        {
            var b = chunk[^back];
            if (b < 0x80)
                return 0;
            if (b >= 0xC0)
                return back < (b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2) ? back : 0;
        }
        return 0;
    }
}
