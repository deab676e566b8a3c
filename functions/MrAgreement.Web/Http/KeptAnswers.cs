using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Http;

/// <summary>The answers to requests with an <c>Idempotency-Key</c> that write no agreement's log, where the others' are kept.</summary>
sealed class KeptAnswers(IKeptRecords kept, IDataProtectionProvider protection, IClock machine)
{
    const string Kind = "answers";

    const int MostLooks = 50;

    static readonly TimeSpan between = TimeSpan.FromMilliseconds(100);

    static readonly Duration age = Duration.FromDays(30);

    // Whoever was cut off in the middle may try again then.
    static readonly Duration longest = Duration.FromMinutes(1);

    // An invitation's link is told in one: nobody who reads what is kept can follow it.
    readonly IDataProtector protector = protection.CreateProtector("MrAgreement.KeptAnswers");

    /// <summary>Answers as it did before; or takes the key, so that nobody else does.</summary>
    /// <returns>The earlier answer, or why there is none yet; null when the request is to be carried out.</returns>
    public async Task<IResult?> Before(string key, Sha256 request, Func<IResult> reused, CancellationToken cancellation)
    {
        var now = machine.GetCurrentInstant();
        var begun = new KeptRecord(Kind, key, Written(new(request, 0, null, null, null)), KeptRecord.New, now + longest);
        if (await kept.Find(Kind, key, now, cancellation) is not { } found)
        {
            await kept.Sweep(Kind, now, cancellation);
            if (await kept.Put(begun, now, cancellation) is not null)
                return null;
            found = await kept.Find(Kind, key, now, cancellation) ?? begun;
        }
        // Sent twice at once, both get the one answer.
        for (var looks = 0; ; looks++)
        {
            var earlier = JsonSerializer.Deserialize<Kept>(protector.Unprotect(found.Data.ToArray()), Json.Options)!;
            if (earlier.Request != request)
                return reused();
            if (earlier.Body is { } body)
                return new Sent(earlier.Status, earlier.Location, earlier.ETag, Convert.FromBase64String(body));
            if (looks == MostLooks)
                return Problem.Result(new Refused("being-answered"));
            await Task.Delay(between, cancellation);
            if (await kept.Find(Kind, key, machine.GetCurrentInstant(), cancellation) is not { } latest)
                return Problem.Result(new Refused("being-answered"));
            found = latest;
        }
    }

    /// <summary>Keeps what was answered. Whoever asked may be gone by now; it was done all the same.</summary>
    public Task Keep(string key, Sha256 request, HttpResponse response, byte[] body) => kept.Put(new(Kind, key,
        Written(new(request, response.StatusCode, response.Headers.Location, response.Headers.ETag, Convert.ToBase64String(body))), null,
        machine.GetCurrentInstant() + age), machine.GetCurrentInstant(), CancellationToken.None);

    /// <summary>The key of what was refused, or failed, is free again.</summary>
    public Task Release(string key) => kept.Delete(Kind, key);

    byte[] Written(Kept answer) => protector.Protect(JsonSerializer.SerializeToUtf8Bytes(answer, Json.Options));

    sealed record Kept(Sha256 Request, int Status, string? Location, string? ETag, string? Body);
}

static class KeptAnswersFilter
{
    /// <summary>The same key with the same request gets the same answer.</summary>
    public static RouteHandlerBuilder KeepsAnswers(this RouteHandlerBuilder post) => post.AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        var desk = http.RequestServices.GetRequiredService<Desk>();
        if (desk.Against((string?)null) is { } malformed)
            return malformed;
        if (http.Request.Headers["Idempotency-Key"] is not [{ } given])
            return await next(context);
        var answers = http.RequestServices.GetRequiredService<KeptAnswers>();
        var key = Sha256.Of(Encoding.UTF8.GetBytes($"{desk.Person.Id}\n{Caller.Name(desk.Person)}\n{given}")).ToString();
        var body = context.Arguments.OfType<IHasBytes>().Select(read => read.Bytes).FirstOrDefault() ?? [];
        var request = Sha256.Of([.. Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}\n"), .. body]);
        if (await answers.Before(key, request, desk.KeyReused, http.RequestAborted) is { } earlier)
            return earlier;
        var wire = http.Response.Body;
        using var written = new MemoryStream();
        var isDone = false;
        try
        {
            http.Response.Body = written;
            await ((IResult)(await next(context))!).ExecuteAsync(http);
            isDone = http.Response.StatusCode is >= 200 and < 300;
        }
        finally
        {
            http.Response.Body = wire;
            await (isDone ? answers.Keep(key, request, http.Response, written.ToArray()) : answers.Release(key));
        }
        await wire.WriteAsync(written.ToArray(), http.RequestAborted);
        return Results.Empty;
    });
}
