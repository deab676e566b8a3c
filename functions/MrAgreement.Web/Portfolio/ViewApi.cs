using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Portfolio;

/// <summary>One's saved views of the lists across agreements.</summary>
static class ViewApi
{
    public static void MapViews(this RouteGroupBuilder api)
    {
        var views = api.MapGroup("/me/views").WithTags("People");
        views.MapGet("", List).Answers<Listing<SavedViewView>>()
            .Describe("List one's saved views", "What one has saved of the lists of agreements and deadlines, by name.");
        views.MapGet("/{name}", Show).Answers<SavedViewView>().Describe("Show a saved view", "Names are told apart whatever their case.");
        views.MapPut("/{name}", Put).Answers<SavedViewView>().Answers<SavedViewView>(StatusCodes.Status201Created)
            .Describe("Save a view", "Under a name that there is not yet it is new; else it takes the place of the one that there was, under another name if one is given.");
        views.MapDelete("/{name}", Delete).Produces(StatusCodes.Status204NoContent)
            .Describe("Delete a saved view", "The list itself stays as it is.");
    }

    static async Task<IResult> List(Paging paging, Caller caller, SavedViews views, HttpRequest request) => Results.Json(
        paging.Of(request, (await views.Of(caller.Id!.Value, request.HttpContext.RequestAborted)).Select(SavedViewView.Of).ToList()),
        ViewJson.Options);

    static async Task<IResult> Show(string name, Caller caller, SavedViews views, HttpContext http) =>
        await Find(name, caller, views, http) is { } it ? Results.Json(SavedViewView.Of(it), ViewJson.Options)
            : Problem.Result(SavedViews.NoSuch);

    static async Task<IResult> Put(string name, Body<SavedViewRequest> body, Caller caller, SavedViews views, HttpContext http)
    {
        if (caller.Roles.Count == 0)
            return Problem.Result(new Refused("no-membership", RefusalKind.Forbidden));
        var it = body.Value;
        var before = await Find(name, caller, views, http);
        if (before is null && it.Name is not null && !SavedViews.Same(it.Name.Trim(), name))
            return Problem.Result(SavedViews.NoSuch);
        var view = SavedViews.Plain(it.Name ?? before?.Name ?? name, it.List, it.Query, caller.Today);
        if (SavedViews.Unread(view, it.Query) is { } fault)
            return Problem.Result(Refused.Invalid(fault));
        if (await views.Save(caller.Id!.Value, before?.Name, view, http.RequestAborted) is { } refused)
            return Problem.Result(refused);
        return Results.Json(SavedViewView.Of(view), ViewJson.Options,
            statusCode: before is null ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    static async Task<IResult> Delete(string name, Caller caller, SavedViews views, HttpContext http) =>
        await views.Delete(caller.Id!.Value, name, http.RequestAborted) is { } refused ? Problem.Result(refused) : Results.NoContent();

    static async Task<SavedView?> Find(string name, Caller caller, SavedViews views, HttpContext http) =>
        (await views.Of(caller.Id!.Value, http.RequestAborted)).FirstOrDefault(it => SavedViews.Same(it.Name, name.Trim()));
}

/// <summary>A list as somebody has saved it.</summary>
/// <param name="Name">What they call it.</param>
/// <param name="List">agreements or deadlines.</param>
/// <param name="Query">What is looked for, as in the address of the page; empty for all.</param>
/// <param name="Href">The page that shows it.</param>
public sealed record SavedViewView(string Name, ViewedList List, string Query, string Href)
{
    internal static SavedViewView Of(SavedView it) => new(it.Name, it.List, it.Query, it.Address);
}

/// <param name="List">agreements or deadlines.</param>
/// <param name="Query">What is looked for, as in the address of the page: <c>?status=active&amp;order=overdue</c>. Absent for all.</param>
/// <param name="Name">A new name for one that there is; absent to keep it.</param>
public sealed record SavedViewRequest(ViewedList List, string? Query = null, string? Name = null);
