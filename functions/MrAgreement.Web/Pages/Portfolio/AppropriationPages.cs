using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Grants;
using MrAgreement.Overviews;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Allocations;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Portfolio;

namespace MrAgreement.Web.Pages.Portfolio;

/// <summary>Money by appropriation and year over all agreements; of one of them, by agreement; both as files.</summary>
static class AppropriationPages
{
    public const string Address = "/appropriations";
    public const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, Show);
        foreach (var format in SheetFile.Formats)
            pages.MapGet($"{Address}.{format}", async (HttpContext http, KeptOverviews overviews, PageVisitor visitor) =>
            {
                var filter = AppropriationFilter.In(http.Request.Query);
                var found = await overviews.Appropriations(filter.Query(visitor, int.MaxValue) with { Page = 1 }, http.RequestAborted);
                return SheetFile.Of(format, "appropriations.file", visitor,
                    new PortfolioSheets(visitor.Language, visitor.Actor, visitor.Today).Appropriations(found.Rows, filter.ByAgreement));
            });
    }

    static async Task<IResult> Show(HttpContext http, KeptOverviews overviews, PageVisitor visitor)
    {
        var filter = AppropriationFilter.In(http.Request.Query);
        var found = await overviews.Appropriations(filter.Query(visitor, PageSize), http.RequestAborted);
        return Rendered.Page<AppropriationsPage>(new { Filter = filter, Found = found });
    }
}

/// <summary>What somebody looks for among the appropriations; stands in the address.</summary>
/// <param name="Appropriation">With the year, of which the agreements are shown; null for those of none.</param>
/// <param name="ByAgreement">Whether each agreement stands for itself.</param>
/// <param name="Year">Null for all.</param>
public sealed record AppropriationFilter(bool ByAgreement, Appropriation? Appropriation, int? Year, int Page)
{
    /// <summary>What can't be read in the address is not looked for.</summary>
    public static AppropriationFilter In(IQueryCollection address)
    {
        var place = AppropriationChoice.Parse(address["appropriation"].ToString());
        return new(address.ContainsKey("appropriation") && (place is not null || address["appropriation"] == ""), place,
            int.TryParse(address["year"], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 0 and < 10000 ? year
                : null, PageNumber.Of(address["page"]));
    }

    internal AppropriationQuery Query(PageVisitor visitor, int limit) => new(AppropriationRows.Viewer(visitor.Actor),
        ByAgreement ? AppropriationRows.Place(Appropriation) : null, Year, ByAgreement, Page, limit);

    /// <summary>The address of this but for the page.</summary>
    public string Address
    {
        get
        {
            var address = new QueryBuilder();
            if (ByAgreement)
                address.Add("appropriation", AppropriationChoice.Value(Appropriation));
            if (Year is { } year)
                address.Add("year", year.ToString(CultureInfo.InvariantCulture));
            return $"{AppropriationPages.Address}{address}";
        }
    }
}
