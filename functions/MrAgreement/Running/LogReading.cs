using System.Collections.Concurrent;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Parties;

namespace MrAgreement.Running;

/// <summary>Reads of a log what is shown of it: a page, and whatever has come since it was last looked into.</summary>
public sealed class LogReading(IEventStore store)
{
    const int MaxKept = 500;

    // Only a start, as the dossiers that are kept: what the log has had since is read.
    readonly ConcurrentDictionary<AgreementId, LogIndex> kept = new();
    readonly ConcurrentDictionary<AgreementId, (Sha256 Hash, IReadOnlyList<(long From, IReadOnlyList<Party> Parties)> Over)>
        parties = new();

    /// <summary>What a person is shown of a dossier's log.</summary>
    public async Task<LogSight> For(Dossier dossier, Actor by, CancellationToken cancellation = default) =>
        LogSight.Of(dossier, by, await Index(dossier, cancellation));

    /// <summary>Rows of a dossier's log that a person sees, oldest first, and how many there are in all.</summary>
    /// <param name="skip">How many of the first to pass over.</param>
    public async Task<(IReadOnlyList<StoredEvent> Rows, int Total)> Page(
        Dossier dossier, Actor by, long skip, int take, CancellationToken cancellation = default)
    {
        var hidden = (await Index(dossier, cancellation)).Hidden(dossier, by);
        var total = dossier.Sequence - hidden.Count;
        if (skip >= total)
            return ([], (int)total);
        var (first, last) = (Sequence(skip), Sequence(Math.Min(skip + take, total) - 1));
        var rows = await store.ReadSince(dossier.Id, first - 1, (int)(last - first + 1), cancellation);
        return ([.. rows.Where(row => !hidden.Contains(row.Sequence))], (int)total);

        // Of the row that so many seen ones stand before.
        long Sequence(long before)
        {
            var sequence = before + 1;
            foreach (var passed in hidden)
                if (passed <= sequence)
                    sequence++;
            return sequence;
        }
    }

    /// <summary>At most so many rows of a dossier's log that a person sees, from one of them to another.</summary>
    public async Task<IReadOnlyList<StoredEvent>> Between(
        Dossier dossier, Actor by, long first, long last, int most, CancellationToken cancellation = default)
    {
        var (hidden, seen) = ((await Index(dossier, cancellation)).Hidden(dossier, by).ToHashSet(), new List<StoredEvent>());
        for (last = Math.Min(last, dossier.Sequence); first <= last && seen.Count < most;)
        {
            var rows = await store.ReadSince(dossier.Id, first - 1, (int)Math.Min(last - first + 1, most), cancellation);
            if (rows.Count == 0)
                break;
            seen.AddRange(rows.Where(row => !hidden.Contains(row.Sequence)).Take(most - seen.Count));
            first = rows[^1].Sequence + 1;
        }
        return seen;
    }

    /// <summary>Whether a person came to see a dossier's log by a row that is neither its first nor outside of these.</summary>
    public async Task<bool> BeganToSee(Dossier dossier, Actor by, long first, long last, CancellationToken cancellation = default)
    {
        // Only amendments let parties in.
        if (!dossier.Agreement.Amendments.Exists(it => it.Proposed.Changes.Any(change => AmendmentParties.Key(change) is not null)))
            return false;
        var over = await PartiesOver(dossier, cancellation);
        return over.Zip(over.Skip(1)).Any(then => first <= then.Second.From && then.Second.From <= last
            && Sight.SeesLog(then.Second.Parties, by) && !Sight.SeesLog(then.First.Parties, by));
    }

    // From which row on which the parties were.
    async Task<IReadOnlyList<(long From, IReadOnlyList<Party> Parties)>> PartiesOver(Dossier dossier, CancellationToken cancellation)
    {
        if (parties.TryGetValue(dossier.Id, out var known) && known.Hash == dossier.Hash)
            return known.Over;
        var (it, over) = (new Dossier(dossier.Id), new List<(long From, IReadOnlyList<Party> Parties)>());
        foreach (var row in (await store.ReadSince(dossier.Id, 0, cancellation)).Where(row => row.Sequence <= dossier.Sequence))
            if ((it = it.With(row)).Exists && !(over is [.., var last] && ReferenceEquals(last.Parties, it.Agreement.Terms.Parties)))
                over.Add((row.Sequence, it.Agreement.Terms.Parties));
        if (parties.Count >= MaxKept)
            parties.Clear();
        return (parties[dossier.Id] = (dossier.Hash, over)).Over;
    }

    async Task<LogIndex> Index(Dossier dossier, CancellationToken cancellation)
    {
        var known = kept.GetValueOrDefault(dossier.Id) ?? LogIndex.Of(dossier.Id, []);
        if (known.Sequence == dossier.Sequence && known.Hash == dossier.Hash)
            return known;
        var index = await store.ReadAfter(dossier.Id, known.Sequence, known.Hash, cancellation) is { } news
            && (known.Sequence == 0 || !news.Any(row => row.Type == ErasedRows.Type))
            ? known.With(news)
            : LogIndex.Of(dossier.Id, await store.ReadSince(dossier.Id, 0, cancellation));
        if (!kept.ContainsKey(dossier.Id) && kept.Count >= MaxKept)
            kept.Clear();
        return kept[dossier.Id] = index;
    }
}
