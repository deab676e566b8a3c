using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Web.Pages.Forms;

namespace MrAgreement.Web.Pages.Grants;

/// <summary>Which accounts belong to which cost category.</summary>
static class CategoryPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        GrantPages.Page(pages, "categories", Show);
        pages.MapPost($"{GrantPages.Route}/categories", (HttpContext http, Guid id, FormPost post, PageVisitor visitor) =>
        {
            // A category of one's own goes when its accounts are taken away; those of the terms stay.
            var form = FormRows.Compacted(http.Request.Form, "lines",
                field => field("accounts").Length > 0 || field("stated").Length > 0
                || (field("category").Length > 0 && field("known").Length == 0));
            return post.Answer(
                http, new(id), new(form, http.Request.RouteValues), Fill, dossier => dossier.Grant.Touched,
                (dossier, refused) => Show(http, dossier, visitor, refused) ?? GrantPages.Nowhere, $"{http.Request.Path}?{FormPost.Saved}");
        });
    }

    static IResult? Show(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused) =>
        GrantPages.SeesMoney(dossier, visitor.Actor)
            ? GrantPages.Result<CategoriesPage>(refused, new { Dossier = dossier, Attempt = refused })
            : null;

    static MapCategories Fill(Filled filled) =>
        new([.. Enumerable.Range(0, FormRows.Count(filled.Form, "lines")).Select(i => Line(filled, $"lines/{i}"))]);

    // A new one is written by its name, which makes its key.
    static CategoryAccounts Line(Filled filled, string row)
    {
        var (key, accounts) = (filled.Text($"{row}/category"), Accounts(filled, $"{row}/accounts"));
        if (accounts.Count == 0 && !filled.Ticked($"{row}/known") && filled.Faults.All(fault => fault.Pointer != $"/{row}/accounts"))
            filled.Note(new($"/{row}/accounts", "category-without-accounts"));
        return filled.Ticked($"{row}/known")
            ? new(key, accounts, filled.Optional($"{row}/title"))
            : new(CategoryMap.KeyFor(key), accounts, CategoryMap.KeyFor(key) == key ? null : key);
    }

    static IReadOnlyList<AccountRange> Accounts(Filled filled, string field)
    {
        var ranges = new List<AccountRange>();
        foreach (var text in filled.Text(field)
            .Split([',', '\n', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (AccountRange.TryParse(text, null, out var range))
                ranges.Add(range);
            else
                filled.Note(new Fault($"/{field}", "account-range", ("accounts", text)));
        return ranges;
    }
}
