using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>A bankgiro number, to which a grant is paid: seven or eight digits, the last a check digit.</summary>
public readonly record struct Bankgiro : IParsable<Bankgiro>
{
    readonly int number;

    Bankgiro(int number) => this.number = number;

    /// <summary>With its hyphen: <c>160-9908</c>, <c>5050-1055</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{number / 10000}-{number % 10000:0000}");

    /// <exception cref="FormatException">Not a bankgiro number.</exception>
    public static Bankgiro Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException($"'{s}' is not a bankgiro number.");

    /// <summary>Reads <c>NNN-NNNN</c> or <c>NNNN-NNNN</c>, with or without the hyphen; no leading zeros.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Bankgiro result)
    {
        result = default;
        var digits = s is [.., '-', _, _, _, _] ? s.Remove(s.Length - 5, 1) : s ?? "";
        if (digits.Length is not (7 or 8) || digits[0] == '0' || !Luhn.Holds(digits))
            return false;
        result = new(int.Parse(digits, CultureInfo.InvariantCulture));
        return true;
    }
}
