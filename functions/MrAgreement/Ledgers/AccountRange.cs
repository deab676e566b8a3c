using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MrAgreement.Ledgers;

/// <summary>Accounts of a chart of accounts: one, or from the first to the last, both included.</summary>
public readonly record struct AccountRange(int First, int Last) : IParsable<AccountRange>
{
    const int LongestNumber = 8;

    public bool Holds(string account) => int.TryParse(account, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= First && number <= Last;

    /// <summary>As in <c>5010</c> or <c>7000-7699</c>.</summary>
    public override string ToString() => First == Last
        ? string.Create(CultureInfo.InvariantCulture, $"{First}")
        : string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");

    /// <exception cref="FormatException">Neither an account nor a range of accounts.</exception>
    public static AccountRange Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException($"'{s}' is neither an account nor a range of accounts.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AccountRange result)
    {
        var (first, last) = s?.Split('-') switch
        {
            [var one] => (one, one),
            [var from, var to] => (from, to),
            _ => ("", "")
        };
        result = default;
        if (!IsAccount(first, out var least) || !IsAccount(last, out var most) || least > most || first.Length != last.Length)
            return false;
        result = new(least, most);
        return true;
    }

    static bool IsAccount(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && text.Length <= LongestNumber && number > 0
            && text[0] != '0';
}
