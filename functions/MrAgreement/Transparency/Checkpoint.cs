using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MrAgreement.Transparency;

/// <summary>How the tree over all logs stood once: whoever has kept one can tell whether anything before it has been changed since.
/// Its text is that of C2SP's tlog-checkpoint, unsigned.</summary>
/// <param name="Origin">Names the tree; the same in all of its checkpoints.</param>
/// <param name="Size">How many leaves there were.</param>
public sealed record Checkpoint(string Origin, long Size, Sha256 Root)
{
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.ToArray())}\n");

    /// <summary>Reads the text, and nothing that is not quite it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Checkpoint? result)
    {
        result = null;
        Span<byte> root = stackalloc byte[32];
        if (text.Split('\n') is not [{ Length: > 0 } origin, var size, { Length: 44 } written, ""]
            || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || !Convert.TryFromBase64String(written, root, out var length) || length != 32)
            return false;
        result = new(origin, count, new(root));
        return result.Text == text;
    }
}
