using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Overviews;
using MrAgreement.Running;

namespace MrAgreement.Web.Pages.Deadlines;

/// <summary>Dated obligations across agreements: as a list of what is overdue
/// and what comes, or of what somebody filters for; or as a month.</summary>
static class DeadlinePages
{
    public const int PageSize = 50;

    /// <summary>As many as a month shows.</summary>
    public const int MostInMonth = 150;

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/deadlines", async Task<IResult> (HttpContext http, KeptOverviews overviews, PageVisitor visitor) =>
    {
        var filter = DeadlineFilter.In(http.Request.Query, visitor.Today);
        var viewer = visitor.Actor.SeesEveryAgreement ? null : visitor.Actor.Party;
        var query = new DeadlineQuery(visitor.Today, viewer, null, null, filter.Party, filter.Status, filter.Agreement, filter.Page,
            PageSize);
        var lists = await overviews.Now(http.RequestAborted);
        var overdue = filter.IsUpcoming
            ? await lists.Deadlines(query with { Status = DeadlineFilter.Overdue, Page = 1 }, http.RequestAborted) : new([], 0);
        var found = await lists.Deadlines(filter switch
        {
            { Month: { } month } => query with { From = month.OnDayOfMonth(1), To = month.ToDateInterval().End, Page = 1,
                Limit = MostInMonth },
            { IsUpcoming: true } => query with { From = visitor.Today, OutstandingOnly = true },
            _ => query
        }, http.RequestAborted);
        var parties = await lists.Parties(viewer, http.RequestAborted);
        return new RazorComponentResult<DeadlinesPage>(new { Overdue = overdue, Found = found, Filter = filter,
            Parties = parties }) { PreventStreamingRendering = true };
    });
}
