using System.Globalization;

namespace MrAgreement.Local;

/// <summary>So many of something, in words.</summary>
static class Counted
{
    /// <param name="one">What one is called.</param>
    public static string Of(long count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");
}
