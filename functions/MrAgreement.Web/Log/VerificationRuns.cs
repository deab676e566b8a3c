using Microsoft.Extensions.Logging;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Running;
using MrAgreement.Web.Service;

namespace MrAgreement.Web.Log;

/// <summary>Verifications that hash all bytes too: one that was begun goes on whatever becomes of the request, and is taken up by another
/// process when its own is gone.</summary>
public sealed class VerificationRuns : IAsyncDisposable
{
    const int MostWaiting = 20;

    readonly LogWatch watch;
    readonly IDocumentStore documents;
    readonly ILogger<VerificationRuns> log;
    readonly KeptRuns<VerificationRun> runs;

    public VerificationRuns(LogWatch watch, IDocumentStore documents, IKeptRecords kept, ILogger<VerificationRuns> log)
    {
        (this.watch, this.documents, this.log) = (watch, documents, log);
        runs = new(kept, "verification-", MostWaiting, Run, it => it with { Status = "failed" });
    }

    /// <summary>Begins one; by an id that is known it changes nothing, and is answered with what that stands for.</summary>
    /// <exception cref="StoreBusyException">Too many are under way.</exception>
    public Task<VerificationRun> Start(AgreementId agreement, Guid id, CancellationToken cancellation) => runs.Start(Key(agreement, id),
        new(agreement.Value, id, VerificationRun.Running, SystemClock.Instance.GetCurrentInstant().ToUnixTimeMilliseconds(), 0, 0, 0, []),
        _ => true, cancellation);

    public Task<VerificationRun?> Find(AgreementId agreement, Guid id, CancellationToken cancellation) =>
        runs.Find(Key(agreement, id), cancellation);

    /// <summary>Takes up what another process has left.</summary>
    public Task TakeUp(CancellationToken cancellation = default) => runs.TakeUp(cancellation);

    public ValueTask DisposeAsync() => runs.DisposeAsync();

    // Whoever takes it up begins anew: what was found before may be no more.
    async Task Run(RunningHere<VerificationRun> it)
    {
        try
        {
            var examined = await watch.Look(new(it.Now.Agreement), it.Leaving);
            var named = VerifiedBytes.In(examined.Found);
            it.Tell(run => run with { Files = 0, BytesHashed = 0, Bytes = named.Sum(bytes => bytes.Size),
                Faults = [.. examined.Faults.Select(LogFaultView.Of)] });
            foreach (var bytes in named)
            {
                var fault = await Amiss(bytes, it.Leaving);
                it.Tell(run => run with { Files = run.Files + 1, BytesHashed = run.BytesHashed + bytes.Size,
                    Faults = fault is null ? run.Faults : [.. run.Faults, fault] });
            }
            it.Tell(run => run with { Status = "done" });
        }
        catch (Exception) when (it.Leaving.IsCancellationRequested)
        {
            // Whoever takes it up begins anew.
        }
        catch (Exception e)
        {
            log.LogError(e, "The verification of agreement {Agreement} failed.", it.Now.Agreement);
            it.Tell(run => run with { Status = "failed" });
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

    static string Key(AgreementId agreement, Guid id) => $"{agreement}/{id}";
}

/// <summary>How far a verification has come that hashes all bytes, in the plain types that records are written in.</summary>
/// <param name="Status">running, done or failed.</param>
/// <param name="StartedAt">Milliseconds of Unix time.</param>
/// <param name="Files">How many have been hashed.</param>
/// <param name="BytesHashed">How many bytes of <paramref name="Bytes"/>.</param>
public sealed record VerificationRun(Guid Agreement, Guid Id, string Status, long StartedAt, int Files, long BytesHashed, long Bytes,
    IReadOnlyList<LogFaultView> Faults) : IKeptRun
{
    public const string Running = "running";

    public bool IsOver => Status != Running;

    public int Parts => 1;
}

/// <summary>Which stored bytes a log names, as far as its rows can be read.</summary>
static class VerifiedBytes
{
    public static IReadOnlyList<StoredBytes> In(FoundLog log)
    {
        var named = new Dictionary<Sha256, StoredBytes>();
        var erased = new HashSet<Guid>();
        // From the end, since what was erased is told after what it was.
        foreach (var row in log.Rows.Reverse())
            try
            {
                if (row.Event is { } it)
                {
                    erased.UnionWith(NamedBytes.Erased([it]));
                    foreach (var bytes in NamedBytes.In(it).Where(bytes => !erased.Contains(bytes.Of)))
                        named[bytes.Address] = bytes;
                }
            }
            catch (Exception e) when (UnreadableLogException.Is(e))
            {
                // The row is told of by itself.
            }
        return [.. named.Values.Reverse()];
    }
}
