using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MrAgreement.Documents;

/// <summary>
/// The number under which an authority registers a matter, kept as written.
/// The ministries' form (<c>S2013/8812/FST</c>) is recognised and compared
/// by prefix, year and serial, so that <c>S2013/08812</c> is the same; other bodies' numbers are text, compared letter by letter.
/// </summary>
public readonly partial record struct DiaryNumber : IParsable<DiaryNumber>
{
    public const int MaxLength = 100;

    // Ministries come, go and are renamed: a prefix that is not listed deserves a warning, never a refusal.
    static readonly FrozenSet<string> Known = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "SB", "Ju", "UD", "UF", "Fö", "S", "Fi", "U", "M", "N", "Ku", "A", "FA", "I", "KN", "LI", "KLI");

    readonly string? text;

    DiaryNumber(string text)
    {
        this.text = text;
        if (MinistryForm().Match(text) is not { Success: true } match)
            return;
        Prefix = match.Groups["prefix"].Value;
        Year = int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture);
        Serial = int.Parse(match.Groups["serial"].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>The ministry's letters as written; null, as are year and serial, when the number is not of the ministries' form.</summary>
    public string? Prefix { get; }

    public int? Year { get; }
    public int? Serial { get; }

    /// <summary>False for a prefix that no ministry in the list has, and for numbers that are not of the ministries' form.</summary>
    public bool HasKnownPrefix => Prefix is not null && Known.Contains(Prefix);

    public bool Equals(DiaryNumber other) =>
        Prefix is null || other.Prefix is null
            ? text == other.text
            : Prefix.Equals(other.Prefix, StringComparison.OrdinalIgnoreCase) && (Year, Serial) == (other.Year, other.Serial);

    public override int GetHashCode() =>
        Prefix is null ? HashCode.Combine(text) : HashCode.Combine(Prefix.GetHashCode(StringComparison.OrdinalIgnoreCase), Year, Serial);

    /// <summary>As written.</summary>
    public override string ToString() => text ?? "";

    /// <exception cref="FormatException">Empty, longer than <see cref="MaxLength"/>, or with control characters.</exception>
    public static DiaryNumber Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var result)
            ? result
            : throw new FormatException($"A diary number is 1–{MaxLength} characters, none of them a control character.");

    /// <summary>Takes any text of at most <see cref="MaxLength"/> characters that is not
    /// blank and has no control characters; white space around it is dropped.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DiaryNumber result)
    {
        result = default;
        var written = s?.Trim() ?? "";
        // Half a surrogate pair reads as the replacement character; it can't be stored as UTF-8.
        if (s is null || written.Length is 0 or > MaxLength || s.Any(char.IsControl)
            || written.EnumerateRunes().Contains(Rune.ReplacementChar))
            return false;
        result = new(written);
        return true;
    }

    [GeneratedRegex(@"^(?<prefix>[A-Za-zÅÄÖåäö]{1,4})(?<year>[0-9]{4})/(?<serial>[0-9]{1,5})(/[A-ZÅÄÖ][A-Za-zÅÄÖåäö0-9]{0,9})?( \(delvis\))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex MinistryForm();
}
