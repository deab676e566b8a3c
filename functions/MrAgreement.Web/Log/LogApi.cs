using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.Service;

namespace MrAgreement.Web.Log;

/// <summary>The log of an agreement, and the proof that it is whole.</summary>
static class LogApi
{
    public static void MapLog(this RouteGroupBuilder api)
    {
        var events = api.MapGroup("/agreements/{agreementId:guid}/events").WithTags("Log");
        events.MapGet("", List).Answers<Listing<EventView>>().Describe("List events", 
            "The log, oldest first. Data is null for what is another party's draft, or erased; what another party keeps to itself is left out. "
            + "Hash is null from the first such row on, since what is not shown could be guessed from it.");
        events.MapGet("/verification", Verify).Answers<VerificationView>().Describe("Verify the log",
            "Recomputes the hash chain from the first event on, and looks for the bytes of every document and imported file that the log names. "
            + "Tells too whether events were known that the log does not hold any more.");
    }

    static async Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, LogReading log, HttpContext http,
        DateParameter? asOf = null)
    {
        var (at, failure) = await desk.See(agreementId, asOf);
        if (at is null)
            return failure!;
        if (!Rights.May(at.By, Right.ReadLog, at.Agreement.Terms.Parties))
            return Forbidden(at);
        var (rows, total) = await log.Page(at.Dossier, at.By, (paging.Page - 1L) * paging.Limit, paging.Limit, http.RequestAborted);
        var sight = await log.For(at.Dossier, at.By, http.RequestAborted);
        return Results.Json(paging.Of<EventView>(http.Request, [.. rows.Select(row => EventView.Of(row, at, sight))], total),
            ViewJson.Options);
    }

    static async Task<IResult> Verify(AgreementId agreementId, Desk desk, IEventStore store, Dossiers dossiers, LostBytes lost,
        HttpContext http)
    {
        var (at, failure) = await desk.See(agreementId, null);
        if (at is null)
            return failure!;
        if (!Rights.May(at.By, Right.VerifyLog, at.Agreement.Terms.Parties))
            return Forbidden(at);
        var log = await store.ReadSince(agreementId, 0, http.RequestAborted);
        var broken = HashChain.FirstBreak(agreementId, log);
        var head = log.Count == 0 ? null : LogSight.Of(at.Dossier, at.By, LogIndex.Of(agreementId, log)).HashOf(log[^1]);
        List<LogFaultView> faults =
        [
            .. dossiers.Setbacks.Where(it => it.Agreement == agreementId)
            .Select(it => new LogFaultView("set-back", $"{it.Remembered}", it.Remembered)),
            .. broken is { } row ? [new LogFaultView("row-broken", $"{row}", row)] : Array.Empty<LogFaultView>(),
            .. (await lost.Look(at.Dossier, http.RequestAborted))
            .Select(it => new LogFaultView(it.IsGone ? "bytes-missing" : "bytes-damaged", Named(it.Bytes)))
        ];
        return Results.Json(new VerificationView(faults.Count == 0, log.Count, head, broken, faults), ViewJson.Options);
    }

    static string Named(StoredBytes bytes) => $"{Json.NameOf(bytes.Kind)} {bytes.Of}";

    static IResult Forbidden(Viewpoint at) => Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", at.By.Role)));
}

/// <summary>One row of the log.</summary>
/// <param name="Sequence">Place in the log, from 1; what is left out for the caller leaves a gap.</param>
/// <param name="At">Recorded time.</param>
/// <param name="Actor">Who did it; system for a timer.</param>
/// <param name="Type">Stored name of the event.</param>
/// <param name="Data">The event; null for what is another party's draft, or erased.</param>
/// <param name="Hash">The chain so far, as hexadecimal SHA-256; null from the first row on that the caller does not see whole.</param>
public sealed record EventView(long Sequence, Instant At, PersonView Actor, string Type, JsonElement? Data, Sha256? Hash)
{
    internal static EventView Of(StoredEvent row, Viewpoint at, LogSight sight) =>
        new(row.Sequence, row.At, at.Name(row.Actor), row.Type,
            sight.DataOf(row) is { } data ? JsonElement.Parse(data) : null, sight.HashOf(row));
}

/// <param name="Valid">Whether there are no faults.</param>
/// <param name="Count">Rows in the log.</param>
/// <param name="Head">Hash of the last row; null for whoever does not see every row whole.</param>
/// <param name="FirstBreak">Sequence of the first row that does not follow; null when all do.</param>
/// <param name="Faults">What is amiss: rows that do not follow, and documents
/// and imported files that are missing or known to be damaged.</param>
public sealed record VerificationView(bool Valid, int Count, Sha256? Head, long? FirstBreak, IReadOnlyList<LogFaultView> Faults);

/// <param name="What">row-broken, bytes-missing, bytes-damaged; or set-back: the answering process has
/// known the log up to an event that it does not hold any more, since its store was set back.</param>
/// <param name="Detail">Which: the row's sequence, that of the last event that was
/// known, or the document or the import whose bytes they are, by its id.</param>
/// <param name="Sequence">Of the row; null where it is not about one.</param>
public sealed record LogFaultView(string What, string Detail, long? Sequence = null);
