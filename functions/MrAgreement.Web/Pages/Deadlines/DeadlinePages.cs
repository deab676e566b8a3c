using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Deadlines;

/// <summary>Dated obligations across agreements: what is overdue first, then what comes; or what somebody filters for.</summary>
static class DeadlinePages
{
    public const int PageSize = 50;
    const int MostParties = 100;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/deadlines", async (HttpContext http, Overviews overviews, PageVisitor visitor) =>
    {
        var query = http.Request.Query;
        var wanted = new DeadlineWish(
            DeadlineWish.Statuses.Contains(query["status"].ToString()) ? query["status"].ToString() : null,
            query["party"].ToString() is { Length: > 0 and <= 40 } party ? party : null,
            PageNumber.Of(query["page"]));
        var viewer = visitor.Actor.SeesEveryAgreement ? null : visitor.Actor.Party;
        var isUpcoming = wanted.Status is null;
        var overdue = isUpcoming
            ? await overviews.Deadlines(new(visitor.Today, viewer, null, null, wanted.Party, DeadlineWish.Overdue, null, 1, PageSize), http.RequestAborted)
            : new([], 0);
        var found = await overviews.Deadlines(
            new(visitor.Today, viewer, isUpcoming ? visitor.Today : null, null, wanted.Party, wanted.Status, null, wanted.Page, PageSize), http.RequestAborted);
        var portfolio = await overviews.Portfolio(new(visitor.Today, viewer, false, null, null, null, 1, MostParties), http.RequestAborted);
        var parties = portfolio.Rows.SelectMany(item => Projection.Summary(item.Row).Parties).DistinctBy(p => p.Key).OrderBy(p => p.Key, StringComparer.Ordinal).ToList();
        return new RazorComponentResult<DeadlinesPage>(new { Overdue = overdue, Found = found, Wanted = wanted, Parties = (IReadOnlyList<Party>)parties })
        {
            PreventStreamingRendering = true
        };
    });
}

/// <summary>What somebody looks for among the deadlines; stands in the address.</summary>
/// <param name="Status">A status of obligations or <c>overdue</c>; null for what is overdue and what comes.</param>
public sealed record DeadlineWish(string? Status, string? Party, int Page)
{
    public const string Overdue = "overdue";

    public static readonly IReadOnlyList<string> Statuses = [Overdue, "open", "waiting", "submitted", "returned", "done", "waived"];
}
