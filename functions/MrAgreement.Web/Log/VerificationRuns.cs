using System.Text.Json;
using Microsoft.Extensions.Logging;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Web.Service;

namespace MrAgreement.Web.Log;

/// <summary>Verifications that hash all bytes too, which goes on by itself; how far one has come is a kept record, so that any process
/// can tell.</summary>
public sealed class VerificationRuns(LogWatch watch, IDocumentStore documents, IKeptRecords kept, ILogger<VerificationRuns> log)
    : IAsyncDisposable
{
    const string Kind = "verification-runs";
    const int MostWaiting = 20;

    static readonly Duration remembered = Duration.FromDays(30);

    // A process that is at it tells so more often; of one that does not it is known that it ended before it was done.
    static readonly Duration patience = Duration.FromMinutes(10);

    readonly BackgroundWork<VerificationRun> work = new(MostWaiting);

    /// <summary>Begins one; by an id that is known it changes nothing, and is answered with what that stands for.</summary>
    /// <exception cref="StoreBusyException">Too many are under way.</exception>
    public async Task<VerificationRun> Start(AgreementId agreement, Guid id, CancellationToken cancellation)
    {
        if (await Find(agreement, id, cancellation) is { } earlier)
            return earlier;
        var run = new VerificationRun(agreement, id, "running", Now(), Now(), 0, 0, 0, []);
        await Keep(run);
        work.Start(id, run, _ => true, stopping => Run(run, stopping));
        return run;
    }

    public async Task<VerificationRun?> Find(AgreementId agreement, Guid id, CancellationToken cancellation) =>
        await kept.Find(Kind, Key(agreement, id), Now(), cancellation) is { } it
            && JsonSerializer.Deserialize<VerificationRun>(it.Data.Span, Json.Stored) is { } run
                ? run.Status == "running" && run.ToldAt < Now() - patience ? run with { Status = "interrupted" } : run
                : null;

    public ValueTask DisposeAsync() => work.DisposeAsync();

    async Task Run(VerificationRun run, CancellationToken stopping)
    {
        try
        {
            var examined = await watch.Look(run.Agreement, stopping);
            var named = VerifiedBytes.In(examined.Found);
            run = run with { Bytes = named.Sum(it => it.Size), Faults = [.. examined.Faults.Select(LogFaultView.Of)] };
            foreach (var it in named)
            {
                if (await Amiss(it, stopping) is { } fault)
                    run = run with { Faults = [.. run.Faults, fault] };
                run = run with { Files = run.Files + 1, BytesHashed = run.BytesHashed + it.Size, ToldAt = Now() };
                await Keep(run);
            }
            await Keep(run with { Status = "done", ToldAt = Now() });
        }
        catch (OperationCanceledException)
        {
            await Keep(run with { Status = "interrupted", ToldAt = Now() });
        }
        catch (Exception e)
        {
            log.LogError(e, "The verification of agreement {Agreement} failed.", run.Agreement);
            await Keep(run with { Status = "failed", ToldAt = Now() });
        }
    }

    // Read to the end by ourselves: what was looked through before may have been remembered.
    async Task<LogFaultView?> Amiss(StoredBytes it, CancellationToken stopping)
    {
        try
        {
            await using var content = await documents.Open(it.Address, stopping);
            return content is null ? LogFaultView.Of(it, "bytes-missing")
                : new Sha256(await System.Security.Cryptography.SHA256.HashDataAsync(content, stopping)) == it.Address ? null
                : LogFaultView.Of(it, "bytes-damaged");
        }
        catch (DocumentDamagedException e)
        {
            return LogFaultView.Of(it, e.Gone ? "bytes-missing" : "bytes-damaged");
        }
    }

    Task Keep(VerificationRun run) => kept.Put(new(Kind, Key(run.Agreement, run.Id), JsonSerializer.SerializeToUtf8Bytes(run, Json.Stored),
        Expires: run.StartedAt + remembered), Now());

    static string Key(AgreementId agreement, Guid id) => $"{agreement}/{id}";

    static Instant Now() => SystemClock.Instance.GetCurrentInstant();
}

/// <summary>How far a verification has come that hashes all bytes.</summary>
/// <param name="Status">running, done, failed or interrupted.</param>
/// <param name="ToldAt">When it was last told how far it has come.</param>
/// <param name="Files">How many have been hashed.</param>
/// <param name="BytesHashed">How many bytes of <paramref name="Bytes"/>.</param>
public sealed record VerificationRun(AgreementId Agreement, Guid Id, string Status, Instant StartedAt, Instant ToldAt, int Files,
    long BytesHashed, long Bytes, IReadOnlyList<LogFaultView> Faults);

/// <summary>Which stored bytes a log names, as far as its rows can be read.</summary>
static class VerifiedBytes
{
    public static IReadOnlyList<StoredBytes> In(FoundLog log)
    {
        var named = new Dictionary<Sha256, StoredBytes>();
        foreach (var row in log.Rows)
            try
            {
                if (row.Event is { } it)
                    foreach (var bytes in NamedBytes.In(it))
                        named.TryAdd(bytes.Address, bytes);
            }
            catch (Exception e) when (e is UnknownEventException or JsonException or NotSupportedException or InvalidOperationException
                or ArgumentException)
            {
                // The row is told of by itself.
            }
        return [.. named.Values];
    }
}
