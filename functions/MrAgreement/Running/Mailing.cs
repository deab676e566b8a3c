using System.Collections.Concurrent;
using System.Threading.Channels;

namespace MrAgreement.Running;

/// <summary>Sees to it that whatever a log gives to tell is told: at once, again when a server puts it off, and after a start what was
/// left. Several agreements at a time, each in order.</summary>
public sealed class Mailing(Postman postman, IClock machine)
{
    // So many connections a server is troubled with.
    const int AtOnce = 8;

    readonly Channel<AgreementId> waiting = Channel.CreateUnbounded<AgreementId>();
    readonly ConcurrentDictionary<AgreementId, bool> queued = new();
    readonly ConcurrentDictionary<AgreementId, bool> busy = new();
    readonly ConcurrentDictionary<AgreementId, Instant> later = new();

    /// <summary>An agreement's log has moved, or may have.</summary>
    public void Moved(AgreementId id)
    {
        if (queued.TryAdd(id, true))
            waiting.Writer.TryWrite(id);
    }

    /// <summary>Looks which logs have moved that nobody told of: at the start, and every now and then.</summary>
    /// <param name="now">By the domain's clock; null takes up those too that wait for a morning to come.</param>
    public async Task LookAll(Instant? now, CancellationToken cancellation)
    {
        foreach (var id in await postman.Behind(now, cancellation))
            Moved(id);
    }

    /// <summary>Takes up what is to be tried again by now.</summary>
    public void TakeUp()
    {
        var now = machine.GetCurrentInstant();
        foreach (var (id, at) in later)
            if (at <= now && later.TryRemove(new(id, at)))
                Moved(id);
    }

    /// <summary>Delivers until it is stopped.</summary>
    /// <param name="now">The domain's time.</param>
    /// <param name="failed">Told of an agreement of which nothing could be told; it is tried again.</param>
    public Task Run(Func<Instant> now, Action<AgreementId, Exception> failed, CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Deliver(now, failed, stopping)));

    async Task Deliver(Func<Instant> now, Action<AgreementId, Exception> failed, CancellationToken stopping)
    {
        await foreach (var id in waiting.Reader.ReadAllAsync(stopping))
        {
            // What moves from here on is looked at anew; two at a time on one agreement would do what one does.
            queued.TryRemove(id, out _);
            if (!busy.TryAdd(id, true))
            {
                Later(id, machine.GetCurrentInstant());
                continue;
            }
            try
            {
                if (await postman.Deliver(id, now(), stopping) is { } again)
                    Later(id, again);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failed(id, e);
                Later(id, machine.GetCurrentInstant() + Duration.FromMinutes(1));
            }
            finally
            {
                busy.TryRemove(id, out _);
            }
        }
    }

    void Later(AgreementId id, Instant at) => later.AddOrUpdate(id, at, (_, known) => Instant.Min(known, at));
}
