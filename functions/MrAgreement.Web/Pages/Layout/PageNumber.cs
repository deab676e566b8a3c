using System.Globalization;

namespace MrAgreement.Web.Pages.Layout;

/// <summary>The number of a page of a list, as it stands in the address.</summary>
static class PageNumber
{
    // Beyond what anybody turns to; keeps the store from being asked for absurd places.
    const int Last = 100_000;

    public static int Of(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, Last) : 1;
}
