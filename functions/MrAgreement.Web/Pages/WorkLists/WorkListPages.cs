using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Overviews;
using MrAgreement.Running;
using MrAgreement.Web.Drafts;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.WorkLists;

/// <summary>Everything that waits for the person, in all agreements.</summary>
static class WorkListPages
{
    const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/turns", async Task<IResult> (HttpContext http, KeptOverviews overviews, Drafting drafting, PageVisitor visitor) =>
    {
        var page = PageNumber.Of(http.Request.Query["page"]);
        // One more than is shown tells whether there are more.
        var found = await overviews.WorkItems(new(visitor.Actor, visitor.Today, (page - 1) * PageSize, PageSize + 1), http.RequestAborted);
        return Rendered.Page<WorkListPage>(new { Rows = (IReadOnlyList<WorkItem>)[.. found.Take(PageSize)], Page = page,
            HasMore = found.Count > PageSize, Drafts = page == 1 ? await drafting.Waiting(visitor.Actor, http.RequestAborted) : [] });
    });
}
