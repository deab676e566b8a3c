using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Transparency;
using MrAgreement.Web.Log;
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
        HttpContext http, Guid id, Dossiers dossiers, IEventStore store, LogReading log, LogWatch watch, LostBytes lost,
        PageVisitor visitor) =>
    {
        if (await visitor.Find(dossiers, id) is not { } dossier)
            return Failures.Page(StatusCodes.Status404NotFound);
        if (!Rights.May(visitor.Actor, Right.ReadLog, dossier.Agreement.Terms.Parties))
            return Failures.Page(StatusCodes.Status403Forbidden);
        var filter = LogFilter.In(http.Request.Query);
        var sight = await log.For(dossier, visitor.Actor, http.RequestAborted);
        var isVerified = visitor.Has(Verify) && Rights.May(visitor.Actor, Right.VerifyLog, dossier.Agreement.Terms.Parties);
        // What somebody looks for may stand anywhere.
        var all = !filter.IsForAll ? await store.ReadSince(dossier.Id, 0, http.RequestAborted) : [];
        var (rows, total, page) = filter.IsForAll
            ? await Whole(store, dossier, filter, visitor.Actor, http.RequestAborted)
            : Found(all, dossier, filter, visitor.Actor);
        var verified = isVerified
            ? new Verified((await watch.Look(dossier.Id, http.RequestAborted)).Faults,
                dossiers.Setbacks.FirstOrDefault(it => it.Agreement == dossier.Id)?.Remembered,
                await lost.Look(dossier, http.RequestAborted))
            : null;
        var shown = new { Dossier = dossier, Rows = rows, Total = total, Filter = filter with { Page = page }, Verified = verified,
            Sight = sight };
        return Rendered.Page<LogPage>(shown);
    }).LooksBack();

    // By sequence, what is left out counted: an event is found on the same page by everybody.
    static async Task<(IReadOnlyList<StoredEvent>, int, int)> Whole(IEventStore store, Dossier dossier, LogFilter filter, Actor by,
        CancellationToken cancellation)
    {
        var page = filter.Event is { } sequence && sequence <= dossier.Sequence
            ? 1 + (int)((dossier.Sequence - sequence) / PageSize)
            : filter.Page;
        var last = dossier.Sequence - (page - 1L) * PageSize;
        var first = Math.Max(0, last - PageSize);
        var rows = last < 1 ? [] : await store.ReadSince(dossier.Id, first, (int)(last - first), cancellation);
        return ([.. rows.Where(row => !Sight.Hides(dossier, by, row)).Reverse()], (int)dossier.Sequence, page);
    }

    static (IReadOnlyList<StoredEvent>, int, int) Found(IReadOnlyList<StoredEvent> log, Dossier dossier, LogFilter filter, Actor by)
    {
        var found = log.Where(row => row.Sequence <= dossier.Sequence && !Sight.Hides(dossier, by, row) && filter.Finds(row, dossier, by))
            .Reverse().ToList();
        return ([.. found.Skip((filter.Page - 1) * PageSize).Take(PageSize)], found.Count, filter.Page);
    }
}

/// <summary>What came of verifying a log.</summary>
/// <param name="Faults">What is wrong with its rows, its head, or what checkpoints hold of it.</param>
/// <param name="SetBackFrom">Sequence of the last event that was known before the log was set back; null when it was not.</param>
/// <param name="Lost">Files that it names and that are missing or damaged where they are stored.</param>
public sealed record Verified(IReadOnlyList<LogFault> Faults, long? SetBackFrom, IReadOnlyList<Lost> Lost);
