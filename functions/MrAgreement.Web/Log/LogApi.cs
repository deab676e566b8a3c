using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Transparency;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Log;

/// <summary>The log of an agreement, and the proof that it is whole.</summary>
static class LogApi
{
    const string SoonEnough = "2";

    public static void MapLog(this RouteGroupBuilder api)
    {
        var events = api.MapGroup("/agreements/{agreementId:guid}/events").WithTags("Log");
        events.MapGet("", List).Answers<Listing<EventView>>().Describe("List events", 
            "The log, oldest first. Data is null for what is another party's draft; texts that were erased read raderat, and digest is that of what stood there; what another party keeps to itself is left out. "
            + "Salt is given wherever the whole of data is; hash is null from the first such row on that has no salt, since what is not shown could be guessed from it.");
        events.MapGet("/verification", Verify).Answers<VerificationView>().Describe("Verify the log",
            "Holds every row against the chain, the head and the checkpoints, and looks for the bytes of every document and imported file that the log names. "
            + "Tells too whether events were known that the log does not hold any more. It answers whatever has become of the log, also of one that is gone and that a checkpoint holds.");
        events.MapPost("/verification", Begin).Answers<VerificationRunView>(StatusCodes.Status202Accepted)
            .Describe("Verify the log and all bytes",
            "The same, and every byte that the log names is read and hashed. It goes on by itself; Location is where to follow it.");
        events.MapGet("/verification/{runId:guid}", Follow).Answers<VerificationRunView>()
            .Describe("Follow a verification", "How far it has come, and what it has found so far.");
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

    static async Task<IResult> Verify(AgreementId agreementId, Desk desk, Verifying verifying, HttpContext http)
    {
        var (at, failure) = await verifying.MayVerify(agreementId, desk, http.RequestAborted);
        return failure ?? Results.Json(await verifying.Verify(agreementId, at, http.RequestAborted), ViewJson.Options);
    }

    static async Task<IResult> Begin(AgreementId agreementId, Desk desk, Verifying verifying, VerificationRuns runs, HttpContext http)
    {
        var (_, failure) = await verifying.MayVerify(agreementId, desk, http.RequestAborted);
        if (failure is not null)
            return failure;
        var run = await runs.Start(agreementId, desk.NewId(), http.RequestAborted);
        http.Response.Headers.RetryAfter = SoonEnough;
        http.Response.Headers.Location = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path.Value!.TrimEnd('/')}/{run.Id}";
        return Results.Json(VerificationRunView.Of(run), ViewJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    static async Task<IResult> Follow(AgreementId agreementId, Guid runId, Desk desk, Verifying verifying, VerificationRuns runs,
        HttpContext http)
    {
        var (_, failure) = await verifying.MayVerify(agreementId, desk, http.RequestAborted);
        if (failure is not null)
            return failure;
        if (await runs.Find(agreementId, runId, http.RequestAborted) is not { } run)
            return Problem.Result(new Refused("no-such-verification", RefusalKind.NotFound));
        if (run.Status == "running")
            http.Response.Headers.RetryAfter = SoonEnough;
        return Results.Json(VerificationRunView.Of(run), ViewJson.Options);
    }

    static IResult Forbidden(Viewpoint at) => Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", at.By.Role)));
}

/// <summary>One row of the log.</summary>
/// <param name="Sequence">Place in the log, from 1; what is left out for the caller leaves a gap.</param>
/// <param name="At">Recorded time.</param>
/// <param name="Actor">Who did it; system for a timer.</param>
/// <param name="Type">Stored name of the event.</param>
/// <param name="Data">The event; null for what is another party's draft, or erased.</param>
/// <param name="Hash">The chain so far, as hexadecimal SHA-256; null from the first row without a salt on that the caller does not
/// see whole.</param>
/// <param name="Salt">128 bits, as hexadecimal digits, that the event's digest begins with; null where the caller does not see all of the
/// event, and in rows from before there were salts.</param>
/// <param name="Digest">Digest of what stood there first, where content was erased; null for all others, whose digest is reckoned from
/// salt and data.</param>
public sealed record EventView(long Sequence, Instant At, PersonView Actor, string Type, JsonElement? Data, Sha256? Hash, Salt? Salt,
    Sha256? Digest = null)
{
    internal static EventView Of(StoredEvent row, Viewpoint at, LogSight sight) =>
        new(row.Sequence, row.At, at.Name(row.Actor), row.Type,
            sight.DataOf(row) is { } data ? JsonElement.Parse(data) : null, sight.HashOf(row), sight.SaltOf(row),
            HashChain.HoldsItsPayload(row) ? null : sight.DigestOf(row));
}

/// <param name="Valid">Whether there are no faults.</param>
/// <param name="Count">Rows in the log.</param>
/// <param name="Head">Hash of the last row; null for whoever does not see every row whole that has no salt, and for a log that can't be
/// read.</param>
/// <param name="FirstBreak">Sequence of the first row that does not follow; null when all do.</param>
/// <param name="Faults">What is amiss: with rows, head and checkpoints, and documents and imported files that are missing or known to be
/// damaged.</param>
/// <param name="Checkpoints">Those that hold the log, in order.</param>
public sealed record VerificationView(bool Valid, int Count, Sha256? Head, long? FirstBreak, IReadOnlyList<LogFaultView> Faults,
    IReadOnlyList<HoldingView> Checkpoints);

/// <param name="Number">Of the checkpoint.</param>
/// <param name="Size">How many leaves its tree had.</param>
/// <param name="Sequence">Where the log ended then.</param>
public sealed record HoldingView(int Number, long Size, long Sequence);

/// <param name="What">row-broken, row-missing, row-unreadable, row-not-understood, row-out-of-place, payload-missing, log-not-folded,
/// head-differs, head-missing, log-cut, log-missing, checkpoint-differs, checkpoint-lost, bytes-missing, bytes-damaged; or set-back: the
/// answering process has known the log up to an event that it does not hold any more, since its store was set back.</param>
/// <param name="Detail">Which: the row's sequence, or the first and the last of several; the number of the checkpoint; or the document or
/// the import whose bytes they are, by its id.</param>
/// <param name="Sequence">Of the row; null where it is not about one.</param>
public sealed record LogFaultView(string What, string Detail, long? Sequence = null)
{
    internal static LogFaultView Of(LogFault it) =>
        new(it.What, it.Until is { } until && until != it.Sequence ? $"{it.Sequence}–{until}" : $"{it.Sequence}", it.Sequence);

    internal static LogFaultView Of(StoredBytes it, string what) => new(what, $"{Json.NameOf(it.Kind)} {it.Of}");
}

/// <summary>How far a verification has come that hashes all bytes.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">running, done or failed.</param>
/// <param name="StartedAt">When it was begun.</param>
/// <param name="Files">How many files have been hashed.</param>
/// <param name="BytesHashed">How many bytes have been hashed.</param>
/// <param name="Bytes">How many there are in all.</param>
/// <param name="Valid">Whether there are no faults; null until it is done.</param>
/// <param name="Faults">What has been found amiss so far.</param>
public sealed record VerificationRunView(Guid Id, string Status, Instant StartedAt, int Files, long BytesHashed, long Bytes, bool? Valid,
    IReadOnlyList<LogFaultView> Faults)
{
    internal static VerificationRunView Of(VerificationRun it) =>
        new(it.Id, it.Status, Instant.FromUnixTimeMilliseconds(it.StartedAt), it.Files, it.BytesHashed, it.Bytes,
        it.Status == "done" ? it.Faults.Count == 0 : null, it.Faults);
}
