using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Running;
using MrAgreement.Web.Drafts;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Portfolio;

namespace MrAgreement.Web.Pages.Portfolio;

/// <summary>The first page: what waits for the person, or what has changed
/// since their last visit, and the agreements that they may see.</summary>
static class PortfolioPages
{
    public const int PageSize = 20;
    const int FirstTurns = 10;

    /// <summary>Of the files, but for how it ends.</summary>
    public const string Files = "/agreements";

    public static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var format in SheetFile.Formats)
            pages.MapGet($"{Files}.{format}", async (HttpContext http, KeptOverviews overviews, PageVisitor visitor) =>
            {
                var query = (PortfolioFilter.In(http.Request.Query) with { Page = 1 }).Query(visitor.Actor, visitor.Today, int.MaxValue);
                var found = await overviews.Portfolio(query, http.RequestAborted);
                return SheetFile.Of(format, "portfolio.file", visitor,
                    new PortfolioSheets(visitor.Language, visitor.Actor, visitor.Today).Agreements(found.Rows));
            });
        pages.MapGet("/", async Task<IResult> (HttpContext http, KeptOverviews overviews, Changes changes,
            Drafting drafting, SavedViews views, PageVisitor visitor) =>
        {
            var filter = PortfolioFilter.In(http.Request.Query);
            var actor = visitor.Actor;
            var viewer = actor.SeesEveryAgreement ? null : actor.Party;
            var lists = await overviews.Now(http.RequestAborted);
            var found = await lists.Portfolio(filter.Query(actor, visitor.Today, PageSize), http.RequestAborted);
            // One more than is shown tells whether there are more.
            var turns = actor.Acts ? await lists.WorkItems(new(actor, visitor.Today, 0, FirstTurns + 1), http.RequestAborted) : null;
            var changed = actor.SeesEveryAgreement ? await changes.Since(LastVisit.Of(http, visitor), lists, http.RequestAborted) : null;
            var parties = await lists.Parties(viewer, http.RequestAborted);
            return Rendered.Page<StartPage>(new
            {
                Found = found,
                Filter = filter,
                Parties = parties,
                Turns = turns?.Take(FirstTurns).ToList(),
                MayDraft = drafting.Writes(actor),
                HasMoreTurns = turns?.Count > FirstTurns,
                Drafts = await drafting.Waiting(actor, http.RequestAborted),
                Changed = changed,
                Views = await views.Glance(visitor.Person.Id, http.RequestAborted)
            });
        });
    }
}
