using System.Collections.Concurrent;

namespace MrAgreement.Running;

/// <summary>Runs what agreements do of themselves when their wake-ups come.</summary>
public sealed class Clockwork(IEventStore store, Dossiers dossiers)
{
    // So many share the store's wait for the disk.
    const int AtOnce = 16;

    long lastLook = long.MinValue;

    /// <summary>When it last looked for what is due, by the domain's clock; null for not yet.</summary>
    public Instant? LastLook => Interlocked.Read(ref lastLook) is > long.MinValue and var ticks ? Instant.FromUnixTimeTicks(ticks) : null;

    /// <summary>The soonest wake-up that is due, but for agreements to pass over, or null.</summary>
    public async Task<WakeUp?> Soonest(Instant until, IReadOnlyCollection<AgreementId> but, CancellationToken cancellation = default)
    {
        foreach (var wakeUp in await store.DueWakeUps(until, 1 + but.Count, cancellation))
            if (!but.Contains(wakeUp.Agreement))
                return wakeUp;
        return null;
    }

    /// <summary>Advances every agreement that is due now, the soonest first and several at
    /// once. One that fails is reported, keeps its wake-up, and holds up nobody else.</summary>
    public async Task RunDue(Instant now, Action<AgreementId, Exception> failed, CancellationToken cancellation = default)
    {
        var broken = new ConcurrentDictionary<AgreementId, bool>();
        var seen = new HashSet<WakeUp>();
        while (true)
        {
            var due = (await store.DueWakeUps(now, 100 + broken.Count, cancellation)).Where(w => !broken.ContainsKey(w.Agreement)).ToList();
            if (due.Count == 0)
            {
                Looked(now);
                return;
            }
            // One that stays as it was, whatever was done, would be looked at for ever.
            foreach (var stays in due.Where(wakeUp => !seen.Add(wakeUp)))
            {
                broken[stays.Agreement] = true;
                failed(stays.Agreement, new InvalidOperationException($"It was woken at {stays.At}, and its wake-up stands there still."));
            }
            await Parallel.ForEachAsync(due.Where(wakeUp => !broken.ContainsKey(wakeUp.Agreement)),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
                async (wakeUp, stopped) =>
            {
                try
                {
                    if ((await dossiers.Advance(wakeUp.Agreement, now, stopped)).Dossier is null)
                        throw new WakeUpWithoutLogException(wakeUp);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    broken[wakeUp.Agreement] = true;
                    failed(wakeUp.Agreement, e);
                }
            });
        }
    }

    /// <summary>Notes that nothing is left that was due by then.</summary>
    public void Looked(Instant now) => Interlocked.Exchange(ref lastLook, now.ToUnixTimeTicks());
}

/// <summary>Something is to be woken that has no log: no program has written that.</summary>
public sealed class WakeUpWithoutLogException(WakeUp it)
    : Exception($"The agreement {it.Agreement} is to be woken at {it.At}, and has no log; let an auditor verify it.");
