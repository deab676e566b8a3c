namespace MrAgreement.Transparency;

/// <summary>Holds what a store has of a log against itself, its head and the checkpoints. It names whatever is wrong, and fails on
/// nothing.</summary>
public static class LogVerification
{
    /// <param name="log">From the first row on, or what follows on <paramref name="since"/>.</param>
    /// <param name="leaves">Of this log.</param>
    /// <param name="since">The leaf that the rows follow on; null for all of them.</param>
    /// <param name="readsErased">As in <see cref="ErasedRows.In"/>.</param>
    public static IReadOnlyList<LogFault> Faults(AgreementId agreement, FoundLog log, IReadOnlyList<Leaf> leaves, LogTop? since = null,
        Func<StoredEvent, bool>? readsErased = null)
    {
        var faults = new List<LogFault>();
        if (log is { Head: null, Rows: [] })
            return [leaves is [.., var held] ? new("log-missing", held.Top.Sequence) : new("key-not-understood", 0)];
        InRows(log.Rows, since ?? new(agreement, 0, HashChain.Start(agreement)), readsErased, faults);
        var last = log.Rows.Count > 0 ? log.Rows.Max(row => row.Sequence) : since?.Sequence ?? 0;
        InHead(log, last, since, faults);
        InCheckpoints(log, last, leaves, since, faults);
        return faults;
    }

    static void InRows(IReadOnlyList<FoundRow> rows, LogTop since, Func<StoredEvent, bool>? readsErased, List<LogFault> faults)
    {
        // What the row before has as its hash, and what it should have: where only that is wrong, the next is not to blame.
        var (next, stored, reckoned) = (since.Sequence + 1, (Sha256?)since.Hash, (Sha256?)since.Hash);
        var erased = ErasedRows.In(rows.Select(row => row.Event).OfType<StoredEvent>(), readsErased);
        foreach (var (sequence, row) in rows)
        {
            if (sequence < next)
            {
                faults.Add(new("row-out-of-place", sequence));
                continue;
            }
            if (sequence > next)
            {
                faults.Add(new("row-missing", next, sequence - 1));
                (stored, reckoned) = (null, null);
            }
            next = sequence + 1;
            if (row is null)
            {
                faults.Add(new("row-unreadable", sequence));
                (stored, reckoned) = (null, null);
                continue;
            }
            if (row.Data is null)
                faults.Add(new("payload-missing", sequence));
            var follows = stored is not { } before || HashChain.Follows(before, row)
                || reckoned is { } right && right != before && HashChain.Follows(right, row);
            if (!follows || !erased.Holds(row))
                faults.Add(new("row-broken", sequence));
            (stored, reckoned) = (row.Hash, follows ? row.Hash : HashChain.After(stored!.Value, row));
        }
    }

    static void InHead(FoundLog log, long last, LogTop? since, List<LogFault> faults)
    {
        if (log.Head is not { } head)
        {
            faults.Add(new("head-missing", last));
            return;
        }
        if (log.Rows.Count == 0 && (since?.Sequence ?? 0) is var held && head.Sequence != held)
        {
            faults.Add(head.Sequence > held ? new("row-missing", held + 1, head.Sequence) : new("log-cut", head.Sequence + 1, held));
            return;
        }
        var hash = log.Rows is [.., var row] ? row.Event?.Hash : since?.Hash;
        if (head.Sequence != last || head.Hash is { } told && hash is { } there && told != there
            || head.LastAt is { } at && log.Rows is [.., { Event: { } end }] && end.At != at)
            faults.Add(new("head-differs", head.Sequence));
    }

    static void InCheckpoints(FoundLog log, long last, IReadOnlyList<Leaf> leaves, LogTop? since, List<LogFault> faults)
    {
        if (leaves is [.., var furthest] && furthest.Top.Sequence > last)
            faults.Add(new("log-cut", last + 1, furthest.Top.Sequence));
        if (since is not null)
            return;
        var hashes = log.Rows.Where(row => row.Event is not null).ToLookup(row => row.Sequence, row => row.Event!.Hash);
        foreach (var leaf in leaves)
            if (hashes.Contains(leaf.Top.Sequence) && !hashes[leaf.Top.Sequence].Contains(leaf.Top.Hash))
                faults.Add(new("checkpoint-differs", leaf.Top.Sequence));
    }
}

/// <summary>Something that is wrong with a log.</summary>
/// <param name="What">Stable name, as in <c>row-broken</c>.</param>
/// <param name="Sequence">Of the row that it is about.</param>
/// <param name="Until">Of the last row, where it is about several.</param>
public sealed record LogFault(string What, long Sequence, long? Until = null);
