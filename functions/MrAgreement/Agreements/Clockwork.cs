using MrAgreement.EventSourcing;
using NodaTime;

namespace MrAgreement.Agreements;

/// <summary>Runs what agreements do of themselves when their wake-ups come.</summary>
public sealed class Clockwork(IEventStore store, Dossiers dossiers)
{
    /// <summary>The soonest wake-up that is due, but for agreements to pass over, or null.</summary>
    public async Task<WakeUp?> Soonest(Instant until, IReadOnlyCollection<AgreementId> but, CancellationToken cancellation = default)
    {
        foreach (var wakeUp in await store.DueWakeUps(until, 1 + but.Count, cancellation))
            if (!but.Contains(wakeUp.Agreement))
                return wakeUp;
        return null;
    }

    /// <summary>Advances every agreement that is due now, the soonest first. One that fails is reported, keeps its wake-up, and holds up nobody else.</summary>
    public async Task RunDue(Instant now, Action<AgreementId, Exception> failed, CancellationToken cancellation = default)
    {
        var broken = new HashSet<AgreementId>();
        while (true)
        {
            var due = (await store.DueWakeUps(now, 100 + broken.Count, cancellation)).Where(w => !broken.Contains(w.Agreement)).ToList();
            if (due.Count == 0)
                return;
            foreach (var wakeUp in due)
                try
                {
                    await dossiers.Advance(wakeUp.Agreement, now, cancellation);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    broken.Add(wakeUp.Agreement);
                    failed(wakeUp.Agreement, e);
                }
        }
    }
}
