using System.Collections.Concurrent;
using MrAgreement.Agreements;

namespace MrAgreement.Running;

/// <summary>Dossiers that were folded once. Only a start: every use reads what the log has had since.</summary>
/// <param name="setBack">Told of a log that does not hold what was remembered of it.</param>
sealed class DossierMemory(IEventStore store, Action<Setback>? setBack)
{
    const int MaxKept = 500;
    const int MaxPast = 50;

    readonly ConcurrentDictionary<AgreementId, Dossier> kept = new();

    // As they stood on days that somebody looks back to.
    readonly ConcurrentDictionary<(AgreementId, Instant), Dossier> past = new();
    readonly ConcurrentDictionary<AgreementId, Setback> setbacks = new();

    /// <summary>The last setback of every log that was set back since this process began.</summary>
    public IReadOnlyCollection<Setback> Setbacks => [.. setbacks.Values];

    /// <summary>As it was when it was last folded, whatever the log has had since; null where it is not remembered.</summary>
    public Dossier? Known(AgreementId id) => kept.GetValueOrDefault(id);

    /// <summary>The dossier as the log stood at an instant (inclusive), or null when there was none then.</summary>
    public async Task<Dossier?> At(AgreementId id, Instant at, CancellationToken cancellation)
    {
        var latest = await Latest(id, cancellation);
        if (latest.LastAt <= at || !latest.Exists)
            return latest.Exists ? latest : null;
        // What comes now is recorded later: an earlier day stays as it was, and is folded once.
        if (!past.TryGetValue((id, at), out var dossier))
        {
            dossier = new Dossier(id).With((await store.ReadSince(id, 0, cancellation)).TakeWhile(row => row.At <= at));
            if (past.Count >= MaxPast)
                past.Clear();
            past[(id, at)] = dossier;
        }
        return dossier.Exists ? dossier : null;
    }

    public void Forget(AgreementId id)
    {
        kept.TryRemove(id, out _);
        foreach (var day in past.Keys.Where(key => key.Item1 == id))
            past.TryRemove(day, out _);
    }

    /// <summary>The dossier as the log stands now; empty when there is none.</summary>
    public async Task<Dossier> Latest(AgreementId id, CancellationToken cancellation)
    {
        var known = kept.GetValueOrDefault(id) ?? new Dossier(id);
        if (await store.ReadAfter(id, known.Sequence, known.Hash, cancellation) is not { } news)
            return await Anew(known, cancellation);
        if (known.Sequence > 0 && news.Any(row => row.Type == ErasedRows.Type))
        {
            Forget(id);
            (known, news) = (new(id), await store.ReadSince(id, 0, cancellation));
        }
        var latest = known.With(news);
        if (news.Count > 0)
            Keep(latest);
        return latest;
    }

    // The store was set back behind what is remembered. The log is the truth; that it was another one must be known.
    async Task<Dossier> Anew(Dossier remembered, CancellationToken cancellation)
    {
        kept.TryRemove(new(remembered.Id, remembered));
        past.Clear();
        var latest = new Dossier(remembered.Id).With(await store.ReadSince(remembered.Id, 0, cancellation));
        if (latest.Exists)
            Keep(latest);
        var setback = new Setback(remembered.Id, remembered.Sequence, latest.Sequence);
        setbacks[remembered.Id] = setback;
        setBack?.Invoke(setback);
        return latest;
    }

    public void Keep(Dossier dossier)
    {
        if (!kept.ContainsKey(dossier.Id) && kept.Count >= MaxKept)
        {
            // What is not known any more can't tell whether its store was set back.
            kept.Clear();
            past.Clear();
        }
        kept[dossier.Id] = dossier;
    }
}
