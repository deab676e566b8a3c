using System.Globalization;
using System.Text;

namespace MrAgreement.Formats.Archive;

/// <summary>Gives files of a package paths that every system can hold, no two alike.</summary>
sealed class PackagePaths
{
    const int MaxBytes = 100;
    const int MaxEndingBytes = 16;

    // Windows makes no difference between upper and lower case.
    readonly HashSet<string> files = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> folders = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A safe path like the one that is wished for, and not taken.</summary>
    public string Take(string wished)
    {
        var names = wished.Split('/');
        var path = "";
        foreach (var name in names[..^1])
        {
            path = Free(path, name, files.Contains);
            folders.Add(path);
            path += "/";
        }
        path = Free(path, names[^1], candidate => files.Contains(candidate) || folders.Contains(candidate));
        files.Add(path);
        return path;
    }

    /// <summary>As a relative URL.</summary>
    public static string Href(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    static string Free(string folder, string name, Predicate<string> isTaken)
    {
        var (stem, ending) = Safe(name);
        var candidate = folder + stem + ending;
        for (var i = 2; isTaken(candidate); i++)
            candidate = string.Create(CultureInfo.InvariantCulture, $"{folder}{stem}-{i}{ending}");
        return candidate;
    }

    static (string Stem, string Ending) Safe(string name)
    {
        var safe = string.Concat(name.EnumerateRunes().Select(rune => IsSafe(rune) ? rune.ToString() : "_")).Trim(' ', '.');
        var ending = Path.GetExtension(safe);
        if (Encoding.UTF8.GetByteCount(ending) > MaxEndingBytes)
            ending = "";
        var stem = Cut(safe[..^ending.Length], MaxBytes - MaxEndingBytes).TrimEnd(' ', '.');
        return (stem.Length == 0 || IsDevice(stem) ? $"_{stem}" : stem, ending);
    }

    // What steers a terminal, turns the writing direction, cannot be seen, or means something in a path or to a shell's pattern.
    static bool IsSafe(Rune rune) =>
        rune != Rune.ReplacementChar && !"<>:\"/\\|?*".Contains((char)rune.Value, StringComparison.Ordinal)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    // Whatever follows a point, Windows takes these for devices.
    static bool IsDevice(string stem) => stem.Split('.')[0].TrimEnd().ToUpperInvariant() switch
    {
        "CON" or "PRN" or "AUX" or "NUL" => true,
        ['C', 'O', 'M', _] or ['L', 'P', 'T', _] => true,
        _ => false
    };

    static string Cut(string text, int maxBytes)
    {
        var bytes = 0;
        return string.Concat(text.EnumerateRunes().TakeWhile(rune => (bytes += rune.Utf8SequenceLength) <= maxBytes));
    }
}
