using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MrAgreement.Parties;

/// <summary>Identifies a legal person in Sweden: ten digits, the third
/// at least 2, the last a check digit. Source: lag (1974:174).</summary>
public readonly record struct OrganisationNumber : IParsable<OrganisationNumber>
{
    readonly long number;

    OrganisationNumber(long number) => this.number = number;

    /// <summary>With its hyphen: <c>202100-0829</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{number / 10000:000000}-{number % 10000:0000}");

    /// <exception cref="FormatException">Not an organisation number; a personal identity number is not one.</exception>
    public static OrganisationNumber Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException($"'{s}' is not an organisation number.");

    /// <summary>Reads it as programs and people write it: with blanks, too, and whatever dash.</summary>
    public static bool TryRead(string written, out OrganisationNumber result) =>
        TryParse(string.Concat(written.Where(c => !char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != UnicodeCategory.DashPunctuation)),
            null, out result);

    /// <summary>Reads <c>NNNNNN-NNNN</c>, with or without the hyphen and the prefix <c>16</c> of the twelve-digit form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out OrganisationNumber result)
    {
        result = default;
        var digits = s is [.., '-', _, _, _, _] ? s.Remove(s.Length - 5, 1) : s ?? "";
        if (digits is ['1', '6', .. { Length: 10 } rest])
            digits = rest;
        // The third digit tells it from a personal identity number, where it begins the month.
        if (digits.Length != 10 || digits[2] < '2' || !Luhn.Holds(digits))
            return false;
        result = new(long.Parse(digits, CultureInfo.InvariantCulture));
        return true;
    }
}
