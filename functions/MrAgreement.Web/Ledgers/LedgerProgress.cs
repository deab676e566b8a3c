using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.Importing;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Ledgers;

/// <summary>Imports that nobody waits for: begun with 202, followed at an
/// address of their own until that leads to what came of them.</summary>
static class LedgerProgress
{
    const string SoonEnough = "2";

    public static void MapLedgerProgress(this RouteGroupBuilder imports)
    {
        var progress = imports.MapGroup("/in-progress");
        progress.MapGet("", List).Answers<IReadOnlyList<RunningImportView>>()
            .Describe("Show imports in progress", "How far each has come.");
        progress.MapGet("/{importId:guid}", Show).Answers<RunningImportView>().Produces(StatusCodes.Status303SeeOther)
            .Describe("Follow an import", "How far it has come; once it is done 303 to the import, or the problem that it ended in.");
        progress.MapDelete("/{importId:guid}", Cancel).Produces(StatusCodes.Status204NoContent)
            .Describe("Cancel an import", "It leaves nothing behind.");
    }

    /// <summary>Whether a <c>Prefer</c> header (RFC 7240) asks for an answer at once.</summary>
    public static bool IsPreferred(string? prefer) =>
        prefer?.Split(',').Any(one => one.Split(';')[0].Trim().Equals("respond-async", StringComparison.OrdinalIgnoreCase)) == true;

    /// <summary>Begins an import that goes on by itself; the same idempotency key again finds it.</summary>
    public static async Task<IResult> Begin(Dossier dossier, LedgerOrder order, Desk desk, ILedgerRuns runs, bool preferred,
        HttpContext http)
    {
        var run = await runs.Find(dossier.Id, order.Import, http.RequestAborted);
        if (run is not { End: null })
        {
            await runs.Start(dossier.Id, order, desk.Occasion, ImmutableDictionary<string, string>.Empty, http.RequestAborted);
            run = LedgerRun.Begun(dossier.Id, order, desk.Occasion, ImmutableDictionary<string, string>.Empty);
        }
        if (preferred)
            http.Response.Headers["Preference-Applied"] = "respond-async";
        http.Response.Headers.RetryAfter = SoonEnough;
        http.Response.Headers.Location = $"{Imports(http, dossier.Id)}/in-progress/{order.Import}";
        return Results.Json(RunningImportView.Of(run, desk.At(dossier)), ViewJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    static async Task<IResult> List(AgreementId agreementId, Desk desk, ILedgerRuns runs, CancellationToken cancellation)
    {
        var (at, failure) = await desk.See(agreementId, null);
        if (at is null)
            return failure!;
        var running = Sight.SeesLedger(at.Dossier, at.By) ? await runs.UnderWay(agreementId, cancellation) : [];
        return Results.Json(running.Select(r => RunningImportView.Of(r, at)).ToList(), ViewJson.Options);
    }

    static async Task<IResult> Cancel(AgreementId agreementId, Guid importId, Desk desk, ILedgerRuns runs, CancellationToken cancellation)
    {
        var (at, failure) = await desk.See(agreementId, null);
        if (at is null)
            return failure!;
        if (!Rights.May(at.By, Right.PrepareMoney, at.Agreement.Terms.Parties))
            return Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", at.By.Role)));
        if (await runs.Find(agreementId, importId, cancellation) is not { End: null })
            return Problem.Result(LedgerApi.NoSuch(importId));
        await runs.Cancel(agreementId, importId, cancellation);
        return Results.NoContent();
    }

    static async Task<IResult> Show(AgreementId agreementId, Guid importId, Desk desk, ILedgerRuns runs, HttpContext http)
    {
        // Before the log is read: an import that is over by then is in it.
        var run = await runs.Find(agreementId, importId, http.RequestAborted);
        var (at, failure) = await desk.See(agreementId, null);
        if (at is null)
            return failure!;
        if (!Sight.SeesLedger(at.Dossier, at.By))
            return Problem.Result(LedgerApi.NoSuch(importId));
        switch (run?.End)
        {
            case null when run is not null:
                http.Response.Headers.RetryAfter = SoonEnough;
                return Results.Json(RunningImportView.Of(run, at), ViewJson.Options);
            case ImportEnd.Refused refused:
                return Problem.Result(refused.Why);
            case ImportEnd.Cancelled:
                return Problem.Result(new Refused("import-cancelled"));
            case ImportEnd.Failed:
                return Problem.Result(StatusCodes.Status500InternalServerError, new("internal"));
        }
        var done = (run?.End as ImportEnd.Imported)?.Import ?? importId;
        if (!at.Dossier.Grant.Ledger.Imports.Exists(import => import.Read.Import == done))
            return Problem.Result(LedgerApi.NoSuch(importId));
        http.Response.Headers.Location = $"{Imports(http, agreementId)}/{done}";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    static string Imports(HttpContext http, AgreementId agreement) =>
        $"{http.Request.Scheme}://{http.Request.Host}/api/v1/agreements/{agreement}/grant/ledger-imports";
}
