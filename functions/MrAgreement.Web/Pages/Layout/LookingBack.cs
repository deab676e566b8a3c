using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MrAgreement.Calendars;
using NodaTime.Text;

namespace MrAgreement.Web.Pages.Layout;

/// <summary>On a page that can be shown as things stood at the end of a day: the day is in the address.</summary>
sealed record LookingBack
{
    public const string Parameter = "asOf";

    /// <summary>Whether the page that was asked for can look back.</summary>
    public static bool IsPossible(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<LookingBack>() is not null;

    /// <summary>The day that is asked for; null for none, and for one that is no day or has not been.</summary>
    public static LocalDate? Day(HttpContext http, LocalDate today) =>
        IsPossible(http) && LocalDatePattern.Iso.Parse(http.Request.Query[Parameter].ToString()) is { Success: true, Value: var day }
            && DateRange.Holds(day.Year) && day < today ? day : null;
}

static class LookingBackPages
{
    public static void LooksBack(this IEndpointConventionBuilder page) => page.WithMetadata(new LookingBack());
}
