using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MrAgreement.Money;

/// <summary>An exact amount in Swedish kronor, counted in öre; never a floating-point number.</summary>
public readonly record struct Kronor : IComparable<Kronor>, IParsable<Kronor>
{
    /// <summary>The largest amount that can be written: one thousand billion kronor.</summary>
    public static readonly Kronor Max = new(1_000_000_000_000_00);

    public static readonly Kronor Zero;

    /// <summary>One öre: less can't be asked for.</summary>
    public static readonly Kronor Smallest = new(1);

    Kronor(long öre) => Öre = öre;

    /// <summary>The whole amount in öre (1/100 krona); negative for a debt.</summary>
    public long Öre { get; }

    public bool IsZero => Öre == 0;
    public bool IsPositive => Öre > 0;
    public bool IsNegative => Öre < 0;

    public static Kronor FromÖre(long öre) => new(öre);

    /// <summary>Whole kronor.</summary>
    public static Kronor Of(long kronor) => new(checked(kronor * 100));

    public static Kronor operator +(Kronor a, Kronor b) => new(checked(a.Öre + b.Öre));
    public static Kronor operator -(Kronor a, Kronor b) => new(checked(a.Öre - b.Öre));
    public static Kronor operator -(Kronor a) => new(checked(-a.Öre));
    public static bool operator <(Kronor a, Kronor b) => a.Öre < b.Öre;
    public static bool operator >(Kronor a, Kronor b) => a.Öre > b.Öre;
    public static bool operator <=(Kronor a, Kronor b) => a.Öre <= b.Öre;
    public static bool operator >=(Kronor a, Kronor b) => a.Öre >= b.Öre;

    public static Kronor Least(Kronor a, Kronor b) => a < b ? a : b;
    public static Kronor Greatest(Kronor a, Kronor b) => a > b ? a : b;

    public Kronor Absolute => new(Math.Abs(Öre));

    public int CompareTo(Kronor other) => Öre.CompareTo(other.Öre);

    /// <summary>Rounded to whole kronor: 1–49 öre down, 50–99 up, the same
    /// way on both sides of zero. Source: lag (1970:1029) 2 §.</summary>
    public Kronor ToWholeKronor() => new((Öre + (Öre < 0 ? -50 : 50)) / 100 * 100);

    /// <summary>Plain decimal notation as in JSON, without trailing zeros: <c>4000000</c>, <c>312450.5</c>, <c>-0.05</c>.</summary>
    public override string ToString()
    {
        var (whole, part) = Math.DivRem(Math.Abs(Öre), 100);
        var sign = Öre < 0 ? "-" : "";
        var decimals = part == 0 ? "" : part % 10 == 0 ? $".{part / 10}" : string.Create(CultureInfo.InvariantCulture, $".{part:00}");
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}{decimals}");
    }

    /// <summary>Reads plain decimal notation with at most two decimals; no sign but
    /// <c>-</c>, no exponent, no separators, at most <see cref="Max"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Kronor amount) => TryParse(text, Max, out amount);

    /// <summary>Reads what <see cref="ToString"/> has written of any sum; sums of amounts may be larger than <see cref="Max"/>.</summary>
    public static bool TryParseSum(ReadOnlySpan<char> text, out Kronor sum) => TryParse(text, new(long.MaxValue), out sum);

    static bool TryParse(ReadOnlySpan<char> text, Kronor most, out Kronor amount)
    {
        amount = default;
        var negative = text is ['-', ..];
        if (negative)
            text = text[1..];
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var decimals = point < 0 ? [] : text[(point + 1)..];
        if (whole.Length is 0 or > 17 || decimals.Length > 2 || (point >= 0 && decimals.IsEmpty)
            || whole.ContainsAnyExceptInRange('0', '9') || decimals.ContainsAnyExceptInRange('0', '9'))
            return false;
        var öre = (Int128)long.Parse(whole, CultureInfo.InvariantCulture) * 100;
        if (decimals.Length > 0)
            öre += int.Parse(decimals, CultureInfo.InvariantCulture) * (decimals.Length == 1 ? 10 : 1);
        if (öre > most.Öre)
            return false;
        amount = new((long)(negative ? -öre : öre));
        return true;
    }

    public static Kronor Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s.AsSpan(), out var amount)
            ? amount
            : throw new FormatException($"'{s}' is not an amount in kronor with at most two decimals.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Kronor result) =>
        TryParse(s.AsSpan(), out result);
}

/// <summary>Sums of amounts.</summary>
public static class KronorSums
{
    public static Kronor Sum(this IEnumerable<Kronor> amounts) => amounts.Aggregate(Kronor.Zero, (sum, amount) => sum + amount);

    public static Kronor Sum<T>(this IEnumerable<T> items, Func<T, Kronor> amount) => items.Select(amount).Sum();
}
