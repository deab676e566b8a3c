using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>A plusgiro number, to which a grant is paid: two to eight digits, the last a check digit.</summary>
public readonly record struct Plusgiro : IParsable<Plusgiro>
{
    readonly int number;

    Plusgiro(int number) => this.number = number;

    /// <summary>With a hyphen before the check digit and no spaces: <c>123456-6</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{number / 10}-{number % 10}");

    /// <exception cref="FormatException">Not a plusgiro number.</exception>
    public static Plusgiro Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException($"'{s}' is not a plusgiro number.");

    /// <summary>Reads <c>12 34 56-6</c>, with or without the hyphen and the spaces between; no leading zeros.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Plusgiro result)
    {
        result = default;
        var digits = s is [.., '-', _] ? s.Remove(s.Length - 2, 1) : s ?? "";
        if (digits is [' ', ..] or [.., ' '])
            return false;
        digits = digits.Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length is < 2 or > 8 || digits[0] == '0' || !Luhn.Holds(digits))
            return false;
        result = new(int.Parse(digits, CultureInfo.InvariantCulture));
        return true;
    }
}
