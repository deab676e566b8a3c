using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Transparency;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Log;

/// <summary>Checkpoints of the logs: public for whoever wants to keep them, and what they prove of an agreement.</summary>
static class CheckpointApi
{
    // One is never changed; what is listed changes every night.
    const string ForEver = "public, max-age=31536000, immutable";
    const string ForAWhile = "public, max-age=300";

    /// <summary>Outside the API, since they are for everybody, with or without this program.</summary>
    public static void MapPublicCheckpoints(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/checkpoints").AllowAnonymous().ExcludeFromDescription();
        all.MapGet("", List);
        all.MapGet("/{number:int}", Show);
        all.MapGet("/consistency", Consistency);
    }

    public static void MapCheckpoints(this RouteGroupBuilder api)
    {
        api.MapPost("/checkpoints", Make).WithTags("Log").Answers<CheckpointView>(StatusCodes.Status201Created).Answers<CheckpointView>()
            .Describe("Make a checkpoint",
            "Takes every log that has moved since the last checkpoint into the tree. 200 with the last one when none has; it lies at /checkpoints for everybody.");
        api.MapGet("/agreements/{agreementId:guid}/events/inclusion", Inclusion).WithTags("Log").Answers<InclusionView>()
            .Describe("Prove a log by a checkpoint",
            "What proves that the last checkpoint that holds the agreement's log holds it as it stood then.");
    }

    static async Task<IResult> List(Checkpoints checkpoints, HttpContext http)
    {
        var known = await checkpoints.Ask(all => all.Checkpoints.ToList(), http.RequestAborted);
        var kept = (await checkpoints.List(http.RequestAborted)).ToDictionary(it => it.Number, it => it.At);
        http.Response.Headers.CacheControl = ForAWhile;
        return Results.Json(new
        {
            origin = known.FirstOrDefault()?.Origin,
            checkpoints = known.Select((it, i) => new
            {
                number = i + 1, size = it.Size, root = it.Root, faulty = it.Faulty,
                // Those of earlier versions don't say, and their files do as long as nobody copies them.
                at = it.At ?? (kept.TryGetValue(i + 1, out var at) ? at : (Instant?)null)
            })
        }, ViewJson.Options);
    }

    static async Task<IResult> Show(int number, Checkpoints checkpoints, HttpContext http)
    {
        if (await checkpoints.Ask(all => all.Checkpoints.ElementAtOrDefault(number - 1), http.RequestAborted) is not { } it)
            return Results.NotFound();
        http.Response.Headers.CacheControl = ForEver;
        return Results.Text(it.Text, "text/plain; charset=utf-8");
    }

    static async Task<IResult> Consistency(Checkpoints checkpoints, HttpContext http, long from = 0, long to = 0)
    {
        if (await checkpoints.Ask(all => all.Between(from, to), http.RequestAborted) is not { } proof)
            return Results.NotFound();
        http.Response.Headers.CacheControl = ForEver;
        return Results.Json(proof, ViewJson.Options);
    }

    static async Task<IResult> Make(Desk desk, Checkpoints checkpoints, LogWatch watch, HttpContext http)
    {
        if (!Rights.MaySomewhere(desk.Person.Actor, Right.VerifyLog))
            return Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", desk.Person.Role)));
        // What it takes in must have been looked at: only what is younger than the last one is, at a start.
        await watch.Begin(http.RequestAborted);
        var before = await checkpoints.Ask(all => all.Checkpoints.Count, http.RequestAborted);
        try
        {
            if (await checkpoints.Make(SystemClock.Instance.GetCurrentInstant(), http.RequestAborted) is not { } made)
                return Problem.Result(new Refused("nothing-to-hold"));
            var checkpoint = await checkpoints.Ask(all => all.Checkpoints[made.Number - 1], http.RequestAborted);
            http.Response.Headers.Location = $"{http.Request.Scheme}://{http.Request.Host}/checkpoints/{made.Number}";
            return Results.Json(CheckpointView.Of(made.Number, checkpoint), ViewJson.Options,
                statusCode: made.Number > before ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        }
        catch (CheckpointsDamagedException e)
        {
            return Problem.Result(new Refused("checkpoints-damaged", ("number", e.Number)));
        }
    }

    static async Task<IResult> Inclusion(AgreementId agreementId, Desk desk, Checkpoints checkpoints, LogReading log, HttpContext http)
    {
        var (at, failure) = await desk.See(agreementId, null);
        if (at is null)
            return failure!;
        if (!Rights.May(at.By, Right.VerifyLog, at.Agreement.Terms.Parties))
            return Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", at.By.Role)));
        if (await checkpoints.Ask(all => all.LastOf(agreementId) is { } last ? all.Holding(agreementId, last.Sequence) : null,
            http.RequestAborted) is not { } it)
            return Problem.Result(new Refused("no-such-checkpoint", RefusalKind.NotFound));
        // The leaf is made of the log's hash: who may not be shown that can't be shown what proves it.
        var sight = await log.For(at.Dossier, at.By, http.RequestAborted);
        var top = it.Leaf.Top;
        return Results.Json(sight.HashAt(top.Sequence, top.Hash) is { } hash
            ? new InclusionView(it.Number, it.Checkpoint.Text, it.Index, top.Sequence, hash, it.Leaf.Salt, it.Proof)
            : new InclusionView(it.Number, it.Checkpoint.Text, it.Index, top.Sequence, null, null, null), ViewJson.Options);
    }
}

/// <summary>A checkpoint of all logs.</summary>
/// <param name="Number">From 1; where it lies at /checkpoints.</param>
/// <param name="Origin">Names the tree.</param>
/// <param name="Size">How many leaves the tree had.</param>
/// <param name="Root">The tree's root, as hexadecimal SHA-256.</param>
/// <param name="At">When it was made; null in those of earlier versions.</param>
/// <param name="Faulty">In how many logs something was known to be wrong then.</param>
public sealed record CheckpointView(int Number, string Origin, long Size, Sha256 Root, Instant? At, int Faulty)
{
    internal static CheckpointView Of(int number, Checkpoint it) => new(number, it.Origin, it.Size, it.Root, it.At, it.Faulty);
}

/// <summary>What proves that a checkpoint holds a log.</summary>
/// <param name="Checkpoint">Its number.</param>
/// <param name="Text">Its text: origin, size, and root in Base64, a line each; then when it was made, and how many logs were faulty, if
/// any.</param>
/// <param name="Index">Of the leaf, from 0.</param>
/// <param name="Sequence">Where the log ended then.</param>
/// <param name="Hash">Of its last row then; null where the caller is not shown that row's hash, as are the salt and the proof.</param>
/// <param name="Salt">Of the leaf.</param>
/// <param name="Proof">Hashes beside the leaf's way to the root, from the bottom up.</param>
public sealed record InclusionView(int Checkpoint, string Text, long Index, long Sequence, Sha256? Hash, Salt? Salt,
    IReadOnlyList<Sha256>? Proof);
