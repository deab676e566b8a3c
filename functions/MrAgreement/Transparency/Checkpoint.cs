using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime.Text;

namespace MrAgreement.Transparency;

/// <summary>How the tree over all logs stood once: whoever has kept one can tell whether anything before it has been changed since.
/// Its text is that of C2SP's tlog-checkpoint, unsigned; what is said beyond the root stands in extension lines, which the root does not
/// cover.</summary>
/// <param name="Origin">Names the tree; the same in all of its checkpoints.</param>
/// <param name="Size">How many leaves there were.</param>
public sealed record Checkpoint(string Origin, long Size, Sha256 Root)
{
    const string AtLine = "at ";
    const string FaultyLine = "faulty ";

    /// <summary>When it was made; null in those of earlier versions.</summary>
    public Instant? At { get; init; }

    /// <summary>In how many logs something was known to be wrong then.</summary>
    public int Faulty { get; init; }

    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.ToArray())}\n")
        + (At is { } at ? $"{AtLine}{InstantPattern.ExtendedIso.Format(at)}\n" : "")
        + (Faulty > 0 ? string.Create(CultureInfo.InvariantCulture, $"{FaultyLine}{Faulty}\n") : "");

    /// <summary>Whether the two are of the same tree as it stood once.</summary>
    public bool IsOf(Checkpoint other) => (Origin, Size, Root) == (other.Origin, other.Size, other.Root);

    /// <summary>Reads the text, and nothing that is not quite it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Checkpoint? result)
    {
        result = null;
        Span<byte> root = stackalloc byte[32];
        if (text.Split('\n') is not [{ Length: > 0 } origin, var size, { Length: 44 } written, .. var more, ""]
            || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || !Convert.TryFromBase64String(written, root, out var length) || length != 32)
            return false;
        result = new(origin, count, new(root))
        {
            At = Said(AtLine) is { } at && InstantPattern.ExtendedIso.Parse(at) is { Success: true } time ? time.Value : null,
            Faulty = int.TryParse(Said(FaultyLine), NumberStyles.None, CultureInfo.InvariantCulture, out var faulty) ? faulty : 0
        };
        return result.Text == text;

        string? Said(string line) => Array.Find(more, it => it.StartsWith(line, StringComparison.Ordinal))?[line.Length..];
    }
}
