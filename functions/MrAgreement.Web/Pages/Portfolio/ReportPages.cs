using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Calendars;
using MrAgreement.Overviews;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Portfolio;

namespace MrAgreement.Web.Pages.Portfolio;

/// <summary>A party's reports of months and quarters, as PDF.</summary>
static class ReportPages
{
    public const string Address = "/reports";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, Show);
        pages.MapGet($"{Address}/{{period}}", async (string period, HttpContext http, SpanReports reports, PageVisitor visitor) =>
            !SpanReports.IsFor(visitor.Actor) ? Failures.Page(StatusCodes.Status403Forbidden)
            : ReportSpan.Parse(period) is { } span && span.From <= visitor.Present
                ? await reports.File(span, visitor.Actor, visitor.Present, visitor.Language, http.RequestAborted)
            : Failures.Page(StatusCodes.Status404NotFound));
    }

    static IResult Show(HttpContext http, PageVisitor visitor) => !SpanReports.IsFor(visitor.Actor)
        ? Failures.Page(StatusCodes.Status403Forbidden)
        : Rendered.Page<ReportsPage>(new { Year = Year(http, visitor) });

    static int Year(HttpContext http, PageVisitor visitor) => int.TryParse(http.Request.Query["year"], NumberStyles.None,
        CultureInfo.InvariantCulture, out var year) && DateRange.Holds(year) && year <= visitor.Present.Year ? year : visitor.Present.Year;
}
