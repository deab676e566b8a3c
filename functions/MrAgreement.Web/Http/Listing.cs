using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace MrAgreement.Web.Http;

/// <summary>One page of a list.</summary>
/// <param name="Items">The page's items.</param>
/// <param name="Meta">Which page it is, of how many.</param>
/// <param name="Links">Addresses of this page and its neighbours.</param>
/// <param name="Unread">Of what is read out of many agreements: diary numbers of those whose logs can't be read, and of which nothing is
/// on the list. Absent elsewhere.</param>
public sealed record Listing<T>(IReadOnlyList<T> Items, [property: JsonPropertyName("_meta")] PageMeta Meta,
    [property: JsonPropertyName("_links")] PageLinks Links,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Unread = null);

/// <param name="Page">From 1.</param>
/// <param name="Limit">The most items on a page.</param>
/// <param name="Count">Items on this page.</param>
/// <param name="TotalRecords">Items in all.</param>
/// <param name="TotalPages">Pages in all.</param>
public sealed record PageMeta(int Page, int Limit, int Count, int TotalRecords, int TotalPages);

/// <param name="Self">This page.</param>
/// <param name="Next">The next page, or null on the last.</param>
/// <param name="Previous">The page before, or null on the first.</param>
public sealed record PageLinks(string Self, string? Next, string? Previous);

/// <summary>Which page of a list is asked for.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Limit">1 to 100.</param>
public sealed record Paging(int Page, int Limit) : IReadFromRequest
{
    /// <summary>The most items on a page.</summary>
    public const int MaxLimit = 100;

    /// <summary>Items on a page when nobody says.</summary>
    public const int Usual = 20;

    string? Faulty { get; init; }

    (int Status, Refused Refused)? IReadFromRequest.Failure =>
        Faulty is { } name ? (StatusCodes.Status400BadRequest, new("malformed-parameter", ("name", name))) : null;

    public static ValueTask<Paging?> BindAsync(HttpContext context)
    {
        var (page, limit) = (Number(context, "page", 1, int.MaxValue / MaxLimit), Number(context, "limit", Usual, MaxLimit));
        return ValueTask.FromResult<Paging?>(new Paging(page ?? 1, limit ?? 1) { Faulty = page is null ? "page" : limit is null ? "limit"
            : null });
    }

    public Listing<T> Of<T>(HttpRequest request, IReadOnlyList<T> items, int total)
    {
        var pages = (total + Limit - 1) / Limit;
        return new(items, new(Page, Limit, items.Count, total, pages),
            new(To(request, Page), Page < pages ? To(request, Page + 1) : null, Page > 1 ? To(request, Page - 1) : null));
    }

    /// <summary>This page of a list that is already whole.</summary>
    public Listing<T> Of<T>(HttpRequest request, IReadOnlyCollection<T> all) =>
        Of<T>(request, [.. all.Skip((Page - 1) * Limit).Take(Limit)], all.Count);

    static string To(HttpRequest request, int page)
    {
        var query = QueryHelpers.ParseQuery(request.QueryString.Value);
        query["page"] = page.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, request.Path, QueryString.Create(query));
    }

    static int? Number(HttpContext context, string name, int otherwise, int most) =>
        context.Request.Query[name] is not [{ } written]
            ? otherwise
            : int.TryParse(written, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
            out var number) && number >= 1 && number <= most ? number : null;
}
