using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Overviews;
using MrAgreement.Web.Http;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Search;

namespace MrAgreement.Web.Pages.Search;

/// <summary>Search in all that the person sees: the first of each kind, or one kind page by page.</summary>
static class SearchPages
{
    public const string Address = "/search";

    public const int FirstOfAKind = 10;
    public const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet(Address, async Task<IResult> (HttpContext http, Searching searching) =>
    {
        var query = http.Request.Query;
        var written = query["q"].ToString();
        // What can't be read in the address is not looked for.
        var kind = Choice.Read<SearchKind>(query["kind"], out var one) ? one : null;
        var page = kind is null ? 1 : PageNumber.Of(query["page"]);
        var (words, refused) = written.Trim().Length > 0 ? Searching.Read(written) : ([], null);
        var groups = words.Count == 0 ? [] : await searching.InAll(words, kind is { } only ? [only] : Searching.Kinds, page,
            kind is null ? FirstOfAKind : PageSize, http.RequestAborted);
        return new RazorComponentResult<SearchPage>(new { Text = written, Refused = refused, Groups = groups, Kind = kind, Page = page,
            IsAsked = words.Count > 0 })
        {
            StatusCode = refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            PreventStreamingRendering = true
        };
    });

    /// <summary>The address of a search, of one kind or of all.</summary>
    public static string Of(string written, SearchKind? kind = null)
    {
        var address = new QueryBuilder { { "q", written } };
        if (kind is { } one)
            address.Add("kind", Json.NameOf(one));
        return $"{Address}{address}";
    }
}
