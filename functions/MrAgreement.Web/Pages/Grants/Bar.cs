using MrAgreement.Money;

namespace MrAgreement.Web.Pages.Grants;

/// <summary>Amounts as lengths of a bar.</summary>
static class Bar
{
    /// <summary>Units of a drawing from one side to the other.</summary>
    public const int Width = 1000;

    // What there is can be seen.
    const int Least = 4;

    public static int At(Kronor amount, Kronor whole) =>
        whole.IsZero ? 0 : (int)Math.Clamp(amount.Öre * (decimal)Width / whole.Öre, 0, Width);

    public static (int From, int Length) Part(Kronor from, Kronor amount, Kronor whole)
    {
        // It ends where its sum ends, so that parts that make another amount end where that does; one too short to be seen begins earlier.
        var end = Math.Max(Least, At(from + amount, whole));
        var start = Math.Min(At(from, whole), end - Least);
        return (start, end - start);
    }

    /// <summary>Whole percent, towards zero.</summary>
    public static int Percent(Kronor amount, Kronor whole) => whole.IsZero ? 0 : (int)(amount.Öre * 100m / whole.Öre);
}
