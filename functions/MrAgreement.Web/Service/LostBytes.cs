using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Running;

namespace MrAgreement.Web.Service;

/// <summary>Registered bytes that are found to be gone or damaged: told to whoever runs the service, until they are mended.</summary>
/// <param name="near">Whether the store is so near that asking for every
/// document costs next to nothing: then readiness looks for itself.</param>
public sealed class LostBytes(IEventStore store, Dossiers dossiers, IDocumentStore documents, NearStore near, ILogger<LostBytes> log)
    : IDisposable
{
    static readonly TimeSpan between = TimeSpan.FromSeconds(10);
    static readonly TimeSpan patience = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<(AgreementId, Sha256), Lost> known = new();
    readonly ConcurrentDictionary<AgreementId, (long Sequence, IReadOnlyList<StoredBytes> Named)> seen = new();
    readonly SemaphoreSlim looking = new(1);
    long last = long.MinValue;
    TimeSpan took;

    /// <summary>What is known to be lost; found anew where that is cheap, and waited for a moment only.</summary>
    public async Task<IReadOnlyList<Lost>> Known(CancellationToken cancellation)
    {
        if (near.IsNear)
            await Task.WhenAny(LookAgain(), Task.Delay(patience, cancellation));
        return [.. known.Values.OrderBy(it => it.Agreement.Value).ThenBy(it => it.Bytes.Of)];
    }

    /// <summary>Looks for all that an agreement's log names, and answers what of it is lost.</summary>
    public Task<IReadOnlyList<Lost>> Look(Dossier dossier, CancellationToken cancellation) =>
        Look(dossier.Id, [.. dossier.Bytes.Values], cancellation);

    /// <summary>The same for a log of which there may be no dossier.</summary>
    public async Task<IReadOnlyList<Lost>> Look(AgreementId agreement, IReadOnlyList<StoredBytes> named, CancellationToken cancellation)
    {
        await LookFor(agreement, named, cancellation);
        return [.. known.Values.Where(it => it.Agreement == agreement).OrderBy(it => it.Bytes.Of)];
    }

    /// <summary>Bytes that somebody asked for could not be given.</summary>
    public async Task Found(AgreementId agreement, DocumentDamagedException damaged)
    {
        log.LogError("{What} Agreement {Agreement}.", damaged.Message, agreement);
        if ((await dossiers.Read(agreement))?.Bytes.GetValueOrDefault(damaged.Address) is { } bytes)
            known[(agreement, damaged.Address)] = new(agreement, bytes, damaged.Gone);
    }

    public void Dispose() => looking.Dispose();

    // Not more often than that a twentieth of the time goes to it.
    async Task LookAgain()
    {
        if (last != long.MinValue && Stopwatch.GetElapsedTime(last) < TimeSpan.FromTicks(Math.Max(between.Ticks, took.Ticks * 20)))
            return;
        await looking.WaitAsync();
        try
        {
            if (last != long.MinValue && Stopwatch.GetElapsedTime(last) < between)
                return;
            var began = Stopwatch.GetTimestamp();
            await foreach (var id in store.ListAgreements())
            {
                var (sequence, named) = seen.GetValueOrDefault(id, (0, []));
                var news = await store.ReadSince(id, sequence);
                if (news.Count > 0)
                {
                    var erased = NamedBytes.Erased(news);
                    seen[id] = (news[^1].Sequence, named = [.. named.Concat(NamedBytes.In(news)).Where(it => !erased.Contains(it.Of))]);
                }
                await LookFor(id, named, CancellationToken.None);
            }
            (took, last) = (Stopwatch.GetElapsedTime(began), Stopwatch.GetTimestamp());
        }
        catch (Exception e)
        {
            // Nobody waits for it to the end; a log that can't be read is looked at again no sooner than any other.
            last = Stopwatch.GetTimestamp();
            log.LogError(e, "What the logs name could not be looked for; it is tried again.");
        }
        finally
        {
            looking.Release();
        }
    }

    async Task LookFor(AgreementId agreement, IEnumerable<StoredBytes> named, CancellationToken cancellation)
    {
        var there = named.ToList();
        foreach (var gone in known.Keys.Where(it => it.Item1 == agreement && !there.Exists(bytes => bytes.Address == it.Item2)))
            known.TryRemove(gone, out _);
        foreach (var bytes in there)
        {
            var key = (agreement, bytes.Address);
            var before = known.GetValueOrDefault(key);
            if (await IsLost(bytes, before, cancellation) is not { } gone)
                known.TryRemove(key, out _);
            else if (before?.IsGone != gone)
            {
                known[key] = new(agreement, bytes, gone);
                log.LogError("{What} Agreement {Agreement}.", new DocumentDamagedException(bytes.Address, gone).Message, agreement);
            }
        }
    }

    // What has been found damaged is looked through again; everything else is only looked for.
    async Task<bool?> IsLost(StoredBytes bytes, Lost? before, CancellationToken cancellation)
    {
        if (before is not { IsGone: false } && await documents.Exists(bytes.Address, cancellation))
            return null;
        try
        {
            await using var content = await documents.Open(bytes.Address, cancellation);
            return content is null ? true : null;
        }
        catch (DocumentDamagedException)
        {
            return false;
        }
    }
}

/// <summary>Bytes that a log names and that can't be given.</summary>
/// <param name="IsGone">Whether there are none at all, rather than others.</param>
public sealed record Lost(AgreementId Agreement, StoredBytes Bytes, bool IsGone);

/// <param name="IsNear">Whether the documents lie on a disk of this machine.</param>
public sealed record NearStore(bool IsNear);
