using System.Globalization;
using MrAgreement.Money;

namespace MrAgreement.Web.Texts;

/// <summary>Numbers as people write them, the same on every machine whatever
/// its locale. Source: Myndigheternas skrivregler (Ds 2009:38).</summary>
public static class Numbers
{
    const string NoBreakSpace = "\u00A0";
    const string Minus = "\u2212";

    public static string SwedishKronor(Kronor amount) =>
        $"{Sign(amount)}{Whole(amount, NoBreakSpace)}{Decimals(amount, ",")}{NoBreakSpace}kr";

    public static string EnglishKronor(Kronor amount) => $"{Sign(amount)}SEK{NoBreakSpace}{Whole(amount, ",")}{Decimals(amount, ".")}";

    /// <summary>Without unit and with both decimals, to stand in a column.</summary>
    public static string SwedishFigure(Kronor amount) => $"{Sign(amount)}{Whole(amount, NoBreakSpace)}{Öre(amount, ",")}";

    public static string EnglishFigure(Kronor amount) => $"{Sign(amount)}{Whole(amount, ",")}{Öre(amount, ".")}";

    /// <summary>A whole number in groups of three: <c>4 000</c>, <c>10 000</c>.</summary>
    public static string Grouped(long number) => Groups(number, NoBreakSpace);

    public static string EnglishGrouped(long number) => Groups(number, ",");

    /// <summary>Of plain decimal notation, with as many decimals as it has; anything else stays as it is.</summary>
    public static string SwedishDecimal(string plain) => Decimal(plain, NoBreakSpace, ",");

    public static string EnglishDecimal(string plain) => Decimal(plain, ",", ".");

    static string Decimal(string plain, string separator, string point) =>
        decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number)
            ? (number < 0 ? Minus : "") + Groups(Math.Truncate(Math.Abs(number)), separator)
            + (plain.IndexOf('.') is >= 0 and var at ? point + plain[(at + 1)..] : "")
            : plain;

    static string Sign(Kronor amount) => amount.IsNegative ? Minus : "";

    static string Whole(Kronor amount, string separator) => Groups(Math.Abs(amount.Öre) / 100, separator);

    // Öre are written when there are any.
    static string Decimals(Kronor amount, string point) =>
        amount.Öre % 100 == 0 ? "" : Öre(amount, point);

    static string Öre(Kronor amount, string point) =>
        string.Create(CultureInfo.InvariantCulture, $"{point}{Math.Abs(amount.Öre) % 100:00}");

    static string Groups(decimal number, string separator) =>
        number.ToString("#,0", CultureInfo.InvariantCulture).Replace(",", separator, StringComparison.Ordinal);
}
