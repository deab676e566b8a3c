using System.Globalization;
using System.Text;

namespace MrAgreement.Transparency;

/// <summary>What is kept of a checkpoint: its text, an empty line, and the leaves that came with it, a line for each with agreement,
/// sequence, hash and salt.</summary>
public static class CheckpointFile
{
    public static byte[] Write(Checkpoint checkpoint, IReadOnlyList<Leaf> leaves)
    {
        var text = new StringBuilder(checkpoint.Text).Append('\n');
        foreach (var it in leaves)
            text.Append(CultureInfo.InvariantCulture, $"{it.Top.Agreement} {it.Top.Sequence} {it.Top.Hash} {it.Salt}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Null for what has not been written so.</summary>
    public static (Checkpoint Checkpoint, IReadOnlyList<Leaf> Leaves)? Read(ReadOnlySpan<byte> file)
    {
        var text = Encoding.UTF8.GetString(file);
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !Checkpoint.TryParse(text[..(end + 1)], out var checkpoint))
            return null;
        var leaves = new List<Leaf>();
        foreach (var line in text[(end + 2)..].Split('\n'))
            if (line.Split(' ') is [var agreement, var sequence, var hash, var salt] && AgreementId.TryParse(agreement, null, out var id)
                && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && Sha256.TryParse(hash, null, out var top) && Salt.TryParse(salt, null, out var drawn))
                leaves.Add(new(new(id, number, top), drawn));
            else if (line.Length > 0)
                return null;
        return file.SequenceEqual(Write(checkpoint, leaves)) ? (checkpoint, leaves) : null;
    }
}
