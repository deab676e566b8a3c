using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Parties;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Portfolio;

/// <summary>The first page: the agreements that the person may see.</summary>
static class PortfolioPages
{
    public const int PageSize = 20;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/", async (HttpContext http, Overviews overviews, PageVisitor visitor) =>
    {
        var wanted = new PortfolioWish(http.Request.Query["q"].ToString().Trim(), Status(http.Request.Query["status"]), PageNumber.Of(http.Request.Query["page"]));
        var actor = visitor.Actor;
        var found = await overviews.Portfolio(
            new(visitor.Today, actor.SeesEveryAgreement ? null : actor.Party, actor.Role != Role.Reader, wanted.Status, null,
                wanted.Search.Length == 0 ? null : Projection.Folded(wanted.Search), wanted.Page, PageSize),
            http.RequestAborted);
        return new RazorComponentResult<PortfolioPage>(new { Found = found, Wanted = wanted }) { PreventStreamingRendering = true };
    });

    static string? Status(string? wanted) => PortfolioWish.Statuses.Contains(wanted) ? wanted : null;
}

/// <summary>What somebody looks for in the portfolio; stands in the address.</summary>
public sealed record PortfolioWish(string Search, string? Status, int Page)
{
    public static readonly IReadOnlyList<string> Statuses = ["draft", "active", "terminated", "closed"];

    public bool IsForAll => Search.Length == 0 && Status is null;
}
