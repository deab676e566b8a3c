using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Parties;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Log;

/// <summary>An agreement's log, newest first.</summary>
static class LogPages
{
    public const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/agreements/{id:guid}/log", async (
        HttpContext http, Guid id, Dossiers dossiers, IEventStore store, PageVisitor visitor) =>
    {
        if (await dossiers.Read(new(id), http.RequestAborted) is not { } dossier || !Rights.Sees(visitor.Actor, dossier.Agreement))
            return Failures.Page(StatusCodes.Status404NotFound);
        if (!Rights.May(visitor.Actor, Right.ReadLog, dossier.Agreement.Terms.Parties))
            return Failures.Page(StatusCodes.Status403Forbidden);
        var page = PageNumber.Of(http.Request.Query["page"]);
        // Only the rows from the page on are read, not the whole log.
        var last = dossier.Sequence - (page - 1L) * PageSize;
        var rows = last < 1 ? [] : await store.ReadSince(new(id), Math.Max(0, last - PageSize), http.RequestAborted);
        IReadOnlyList<StoredEvent> shown = [.. rows.Where(row => row.Sequence <= last && !Drafts.Hides(dossier, visitor.Actor, row)).Reverse()];
        return new RazorComponentResult<LogPage>(new { Dossier = dossier, Rows = shown, Page = page }) { PreventStreamingRendering = true };
    });
}
