using MrAgreement.Money;

namespace MrAgreement.Formats.Ledgers;

/// <summary>Fields as values, read from their bytes.</summary>
static class SieValues
{
    /// <summary>A point before at most two decimals, a minus sign at most. Source: SIE 4B, 5.</summary>
    /// <param name="öre">More than <see cref="Kronor.Max"/> for anything larger than it.</param>
    public static bool TryAmount(ReadOnlySpan<byte> field, out long öre)
    {
        öre = 0;
        var isNegative = field is [(byte)'-', ..];
        var i = isNegative ? 1 : 0;
        var first = i;
        for (; i < field.Length && (uint)(field[i] - '0') <= 9; i++)
            öre = Math.Min((öre * 10) + (field[i] - '0'), Kronor.Max.Öre);
        if (i == first)
            return false;
        öre *= 100;
        switch (field[i..])
        {
            case []:
                break;
            case [(byte)'.', >= (byte)'0' and <= (byte)'9' and var tenths]:
                öre += (tenths - '0') * 10;
                break;
            case [(byte)'.', >= (byte)'0' and <= (byte)'9' and var tenths, >= (byte)'0' and <= (byte)'9' and var hundredths]:
                öre += ((tenths - '0') * 10) + hundredths - '0';
                break;
            default:
                return false;
        }
        if (isNegative)
            öre = -öre;
        return true;
    }

    /// <summary>A day of the calendar as <c>YYYYMMDD</c>.</summary>
    public static bool TryDate(ReadOnlySpan<byte> field, out LocalDate date)
    {
        date = default;
        if (field.Length != 8 || !TryDigits(field, out var digits))
            return false;
        var (year, month, day) = (digits / 10000, digits / 100 % 100, digits % 100);
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
            return false;
        date = new(year, month, day);
        return true;
    }

    /// <summary>Digits only. Source: SIE 4B, #KONTO.</summary>
    public static bool IsAccount(ReadOnlySpan<byte> field) =>
        field.Length is > 0 and <= 32 && !field.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <summary>A number of at most nine digits, without a sign.</summary>
    public static bool TryDigits(ReadOnlySpan<byte> field, out int number)
    {
        number = 0;
        if (field.Length is 0 or > 9)
            return false;
        foreach (var b in field)
        {
            if ((uint)(b - '0') > 9)
                return false;
            number = (number * 10) + (b - '0');
        }
        return true;
    }
}
