using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.EventSourcing;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using NodaTime;

namespace MrAgreement.Web.Log;

/// <summary>The log of an agreement, and the proof that it is whole.</summary>
static class LogApi
{
    public static void MapLog(this RouteGroupBuilder api)
    {
        var events = api.MapGroup("/agreements/{agreementId:guid}/events").WithTags("Log");
        events.MapGet("", List).Answers<Listing<EventView>>().Describe("List events", "The log, oldest first. Data is null for what is another party's draft, or erased; what another party keeps to itself is left out.");
        events.MapGet("/verification", Verify).Answers<VerificationView>().Describe("Verify the log", "Recomputes the hash chain from the first event on, and tells whether events were known that the log does not hold any more.");
    }

    static async Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, IEventStore store, HttpContext http, DateParameter? asOf = null)
    {
        var (at, failure) = await desk.See(agreementId, asOf);
        if (at is null)
            return failure!;
        if (!Rights.May(at.By, Right.ReadLog, at.Agreement.Terms.Parties))
            return Forbidden(at);
        var log = await store.ReadSince(agreementId, 0, http.RequestAborted);
        var until = asOf?.Date is { } day ? StockholmTime.EndOfDay(day) : Instant.MaxValue;
        var items = log.TakeWhile(row => row.At < until).Where(row => !Drafts.Hides(at.Dossier, at.By, row)).ToList();
        var page = items.Skip((paging.Page - 1) * paging.Limit).Take(paging.Limit).Select(row => EventView.Of(row, at)).ToList();
        return Results.Json(paging.Of<EventView>(http.Request, page, items.Count), ViewJson.Options);
    }

    static async Task<IResult> Verify(AgreementId agreementId, Desk desk, IEventStore store, Dossiers dossiers, HttpContext http)
    {
        var (at, failure) = await desk.See(agreementId, null);
        if (at is null)
            return failure!;
        if (!Rights.May(at.By, Right.VerifyLog, at.Agreement.Terms.Parties))
            return Forbidden(at);
        var log = await store.ReadSince(agreementId, 0, http.RequestAborted);
        var broken = HashChain.FirstBreak(agreementId, log);
        var setBack = dossiers.Setbacks.FirstOrDefault(it => it.Agreement == agreementId)?.Remembered;
        return Results.Json(new VerificationView(broken is null && setBack is null, log.Count, log.Count == 0 ? null : log[^1].Hash, broken, setBack), ViewJson.Options);
    }

    static IResult Forbidden(Viewpoint at) => Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", at.By.Role)));
}

/// <summary>One row of the log.</summary>
/// <param name="Sequence">Place in the log, from 1; what is left out for the caller leaves a gap.</param>
/// <param name="At">Recorded time.</param>
/// <param name="Actor">Who did it; system for a timer.</param>
/// <param name="Type">Stored name of the event.</param>
/// <param name="Data">The event; null for what is another party's draft, or erased.</param>
/// <param name="Hash">The chain so far, as hexadecimal SHA-256.</param>
public sealed record EventView(long Sequence, Instant At, PersonView Actor, string Type, JsonElement? Data, Sha256 Hash)
{
    internal static EventView Of(StoredEvent row, Viewpoint at) =>
        new(row.Sequence, row.At, at.Name(row.Actor), row.Type, row.Data is { } data && Drafts.Sees(at.Dossier, at.By, EventJson.Read(row.Type, data)) ? JsonElement.Parse(data) : null, row.Hash);
}

/// <param name="Valid">Whether every row follows from the one before, and all that was known is there.</param>
/// <param name="Count">Rows in the log.</param>
/// <param name="Head">Hash of the last row.</param>
/// <param name="FirstBreak">Sequence of the first row that does not follow; null when all do.</param>
/// <param name="SetBackFrom">Sequence of the last event that was known before the log was found to hold less, or something else: its store was set back. Null when that has not happened since the answering process began.</param>
public sealed record VerificationView(bool Valid, int Count, Sha256? Head, long? FirstBreak, long? SetBackFrom);
