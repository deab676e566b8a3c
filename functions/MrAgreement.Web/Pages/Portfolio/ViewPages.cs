using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Portfolio;

namespace MrAgreement.Web.Pages.Portfolio;

/// <summary>The views that one has saved: to save one, to give it another name, and to delete it.</summary>
static class ViewPages
{
    public const string Address = "/views";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, (HttpContext http, SavedViews views, PageVisitor visitor) => Page(http, views, visitor));
        pages.MapPost(Address, async (HttpContext http, SavedViews views, PageVisitor visitor) =>
        {
            var it = new Filled(http.Request.Form, http.Request.RouteValues);
            var (name, list, query) = (it.Text("name"), it.Choice<ViewedList>("list"), it.Optional("query"));
            var view = SavedViews.Plain(name, list, query, visitor.Today);
            if (SavedViews.Unread(view, query) is { } unread)
                it.Note(unread);
            return await Done(http, views, visitor, it, () => views.Save(visitor.Person.Id, null, view, http.RequestAborted));
        });
        pages.MapPost($"{Address}/{{key}}/name", (string key, HttpContext http, SavedViews views, PageVisitor visitor) =>
            On(key, http, views, visitor, (it, view) => Done(http, views, visitor, it, () => views.Save(visitor.Person.Id, view.Name,
                view with { Name = it.Text("name") }, http.RequestAborted))));
        pages.MapPost($"{Address}/{{key}}/removal", (string key, HttpContext http, SavedViews views, PageVisitor visitor) =>
            On(key, http, views, visitor, (it, view) => Done(http, views, visitor, it,
                () => views.Delete(visitor.Person.Id, view.Name, http.RequestAborted))));
    }

    static async Task<IResult> On(string key, HttpContext http, SavedViews views, PageVisitor visitor,
        Func<Filled, SavedView, Task<IResult>> act) =>
        (await views.Of(visitor.Person.Id, http.RequestAborted)).FirstOrDefault(it => it.Key == key) is { } view
            ? await act(new(http.Request.Form, http.Request.RouteValues), view)
            : Failures.Page(StatusCodes.Status404NotFound);

    static async Task<IResult> Done(HttpContext http, SavedViews views, PageVisitor visitor, Filled filled, Func<Task<Refused?>> act)
    {
        var refused = filled.Faults.Count > 0 ? Refused.Invalid(filled.Faults) : await act();
        if (refused is null)
            return FormPost.Go(http, $"{Address}?{FormPost.Saved}");
        var all = await views.Of(visitor.Person.Id, http.RequestAborted);
        return new ShownAgain(Attempt.Of(http.Request.Path, filled, refused, visitor.Language), it => Page(all, it));
    }

    static async Task<IResult> Page(HttpContext http, SavedViews views, PageVisitor visitor) =>
        Page(await views.Of(visitor.Person.Id, http.RequestAborted));

    static IResult Page(IReadOnlyList<SavedView> views, Attempt? attempt = null) =>
        Rendered.Page<ViewsPage>(new { Views = views, Attempt = attempt }, attempt);
}
