using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Overviews;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.Pages.Allocations;

namespace MrAgreement.Web.Portfolio;

/// <summary>Money by appropriation and year, over all agreements.</summary>
static class AppropriationApi
{
    public static void MapAppropriations(this RouteGroupBuilder api)
    {
        var appropriations = api.MapGroup("/appropriations").WithTags("Money");
        appropriations.MapGet("", (Paging paging, Desk desk, KeptOverviews overviews, HttpRequest request,
                [Description("As in 1/6:1/14: expenditure area, appropriation and item; empty for money of none. Absent for all.")] string? appropriation = null,
                [Description("The year that the instalments are for; absent for all.")] int? year = null) =>
                List(false, paging, desk, overviews, request, appropriation, year))
            .Answers<Listing<AppropriationSumView>>().Describe("Sum money by appropriation and year",
            "What is decided, requisitioned, paid, used, returned and remaining in all of the caller's agreements. The year is the one that the instalment is for; costs and repayments carry none, and are counted on the oldest first.");
        appropriations.MapGet("/agreements", (Paging paging, Desk desk, KeptOverviews overviews, HttpRequest request,
                [Description("As in 1/6:1/14: expenditure area, appropriation and item; empty for money of none. Absent for all.")] string? appropriation = null,
                [Description("The year that the instalments are for; absent for all.")] int? year = null) =>
                List(true, paging, desk, overviews, request, appropriation, year))
            .Answers<Listing<AppropriationSumView>>().Describe("List money by appropriation, year and agreement",
            "The same, each agreement for itself.");
    }

    static async Task<IResult> List(bool byAgreement, Paging paging, Desk desk, KeptOverviews overviews, HttpRequest request,
        string? appropriation, int? year)
    {
        var place = appropriation is { Length: > 0 } ? AppropriationChoice.Parse(appropriation) : null;
        if (appropriation is { Length: > 0 } && place is null)
            return Problem.Malformed("appropriation");
        var found = await overviews.Appropriations(new(AppropriationRows.Viewer(desk.Person.Actor),
            appropriation is null ? null : AppropriationRows.Place(place), year, byAgreement, paging.Page, paging.Limit),
            request.HttpContext.RequestAborted);
        return Results.Json(paging.Of<AppropriationSumView>(request, [.. found.Rows.Select(AppropriationSumView.Of)], found.Total),
            ViewJson.Options);
    }
}

/// <summary>Money of one appropriation and year.</summary>
/// <param name="Appropriation">Where in the state budget it comes from; null where none is given.</param>
/// <param name="Year">The year that the instalments are for.</param>
/// <param name="Agreements">How many agreements it is of.</param>
/// <param name="Agreement">UUID of the agreement, where each is told for itself; else null.</param>
/// <param name="DiaryNumber">Its diary number; null likewise.</param>
/// <param name="Title">Its title; null likewise.</param>
/// <param name="Decided">Instalments decided or released.</param>
/// <param name="Conditional">Instalments that wait for their condition.</param>
/// <param name="Requisitioned">Dispatched to the payer and not refused; of what was ended, what was paid.</param>
/// <param name="Paid">Paid to the recipient, or charged to the appropriation under a right to charge it.</param>
/// <param name="Used">Of that, as far as the caller may know; null where in one of them it is their own share alone.</param>
/// <param name="Returned">Paid back, rounding included; null likewise.</param>
/// <param name="Remaining">Paid, and neither used nor returned; null likewise.</param>
public sealed record AppropriationSumView(Appropriation? Appropriation, int Year, int Agreements, AgreementId? Agreement,
    string? DiaryNumber, string? Title, Kronor Decided, Kronor Conditional, Kronor Requisitioned, Kronor Paid, Kronor? Used,
    Kronor? Returned, Kronor? Remaining)
{
    internal static AppropriationSumView Of(AppropriationSum it) => new(it.Appropriation, it.Year, it.Agreements, it.Of?.Agreement,
        it.Of?.DiaryNumber, it.Of?.Title, it.Sums.Decided, it.Sums.Conditional, it.Sums.Requisitioned, it.Sums.Paid,
        it.Partial > 0 ? null : it.Sums.Used, it.Partial > 0 ? null : it.Sums.Returned, it.Partial > 0 ? null : it.Sums.Remaining);
}
