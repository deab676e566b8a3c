using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Service;

namespace MrAgreement.Web.Pages.Log;

/// <summary>An agreement's log, newest first: all of it, or what somebody looks for.</summary>
static class LogPages
{
    public const int PageSize = 50;

    /// <summary>In the address: that the log's chain is to be proved.</summary>
    public const string Verify = "verify";

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/agreements/{id:guid}/log", async Task<IResult> (
        HttpContext http, Guid id, Dossiers dossiers, IEventStore store, LostBytes lost, PageVisitor visitor) =>
    {
        if (await visitor.Find(dossiers, id) is not { } dossier)
            return Failures.Page(StatusCodes.Status404NotFound);
        if (!Rights.May(visitor.Actor, Right.ReadLog, dossier.Agreement.Terms.Parties))
            return Failures.Page(StatusCodes.Status403Forbidden);
        var wish = LogWish.In(http.Request.Query);
        // All of it, whatever is shown: which hashes are shown follows from every row before them.
        var log = await store.ReadSince(dossier.Id, 0, http.RequestAborted);
        var sight = LogSight.Of(dossier, visitor.Actor, log);
        var (rows, total, page) = wish.IsForAll ? Whole(log, dossier, wish, visitor.Actor) : Found(log, dossier, wish, visitor.Actor);
        var verified = visitor.Has(Verify) && Rights.May(visitor.Actor, Right.VerifyLog, dossier.Agreement.Terms.Parties)
            ? new Verified(HashChain.FirstBreak(dossier.Id, log),
            dossiers.Setbacks.FirstOrDefault(it => it.Agreement == dossier.Id)?.Remembered,
                await lost.Look(dossier, http.RequestAborted)) : null;
        var shown = new { Dossier = dossier, Rows = rows, Total = total, Wish = wish with { Page = page }, Verified = verified,
            Sight = sight };
        return new RazorComponentResult<LogPage>(shown) { PreventStreamingRendering = true };
    }).LooksBack();

    static (IReadOnlyList<StoredEvent>, int, int) Whole(IReadOnlyList<StoredEvent> log, Dossier dossier, LogWish wish, Actor by)
    {
        var page = wish.Event is { } sequence && sequence <= dossier.Sequence
            ? 1 + (int)((dossier.Sequence - sequence) / PageSize)
            : wish.Page;
        var last = dossier.Sequence - (page - 1L) * PageSize;
        var rows = log.Where(row => row.Sequence > last - PageSize && row.Sequence <= last && !Drafts.Hides(dossier, by, row)).Reverse();
        return ([.. rows], (int)dossier.Sequence, page);
    }

    static (IReadOnlyList<StoredEvent>, int, int) Found(IReadOnlyList<StoredEvent> log, Dossier dossier, LogWish wish, Actor by)
    {
        var found = log.Where(row => row.Sequence <= dossier.Sequence && !Drafts.Hides(dossier, by, row) && wish.Finds(row, dossier, by))
            .Reverse().ToList();
        return ([.. found.Skip((wish.Page - 1) * PageSize).Take(PageSize)], found.Count, wish.Page);
    }
}

/// <summary>What came of proving a log's chain.</summary>
/// <param name="Break">Sequence of the first row that does not follow from the one before; null when all do.</param>
/// <param name="SetBackFrom">Sequence of the last event that was known before the log was set back; null when it was not.</param>
/// <param name="Lost">Files that it names and that are missing or damaged where they are stored.</param>
public sealed record Verified(long? Break, long? SetBackFrom, IReadOnlyList<Lost> Lost);
