using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Parties;

namespace MrAgreement.Running;

/// <summary>What has happened in all agreements, as one person sees it: the rows of the logs that they would be shown there, and nothing
/// of any other.</summary>
/// <param name="failed">Told of a log that can't be read; it is passed over, and holds up nobody else.</param>
public sealed class ChangeReading(IChangeFeed feed, Dossiers dossiers, LogReading log, Action<AgreementId, Exception> failed)
{
    // What one asker may cost: moves looked at, and logs looked into.
    const int MostMoves = 1000;
    const int MostLogs = 200;

    /// <summary>Where the feed ends now.</summary>
    public async Task<ChangePlace> End(CancellationToken cancellation = default) =>
        await feed.Last(cancellation) is { } last ? ChangePlace.After(last) : ChangePlace.Start;

    /// <summary>At most so many rows after a place, oldest first. From a place that the feed does not have, as in a store that was put
    /// back from a copy, it begins anew: nothing is lost, and something comes twice. An agreement whose log the person came to see by a
    /// row after the place is given from its beginning (docs/decisions/0089).</summary>
    public async Task<ChangePage> Since(ChangePlace since, Actor by, int limit, CancellationToken cancellation = default)
    {
        var moves = await feed.From(since.Place, MostMoves, cancellation);
        if (since.Place > 0 && !(moves is [var known, ..] && (known.Place, known.Hash) == (since.Place, since.Hash)))
            (since, moves) = (ChangePlace.Start, await feed.From(0, MostMoves, cancellation));
        var (found, next, logs) = (new List<Change>(), since, new HashSet<AgreementId>());
        for (var at = 0; at < moves.Count;)
        {
            // Moves of one log after another are read at once.
            var run = moves.Skip(at).TakeWhile((move, i) => move.Agreement == moves[at].Agreement
                && (i == 0 || move.From == moves[at + i - 1].To + 1)).ToList();
            at += run.Count;
            var (first, last) = (run[0].Place == since.Place ? since.To + 1 : run[0].From, run[^1]);
            if (first <= last.To)
            {
                if (found.Count == limit || logs.Add(last.Agreement) && logs.Count > MostLogs)
                    return new(found, next, true);
                var began = await Began(by, [.. run.Where(move => move.Place > since.Place)], cancellation);
                var seen = await Seen(last.Agreement, by, began is null ? first : 1, last.To, limit - found.Count, cancellation);
                // A place before the move's own rows is on the way to it from the beginning.
                found.AddRange(seen.Rows.Select(row => new Change(seen.Dossier!, row, ChangePlace.In(
                    row.Sequence < began?.From ? began : run.First(move => row.Sequence <= move.To), row.Sequence))));
                if (found.Count == limit && found[^1].Row.Sequence < last.To)
                    return new(found, found[^1].Place, true);
            }
            next = ChangePlace.After(last);
        }
        return new(found, next, moves.Count == MostMoves);
    }

    /// <summary>The newest rows of what is wanted, newest first, as far as they are among the last moves.</summary>
    /// <param name="wanted">By the stored name of the event.</param>
    public async Task<IReadOnlyList<Change>> Newest(Actor by, int limit, Func<string, bool> wanted,
        CancellationToken cancellation = default)
    {
        if (await feed.Last(cancellation) is not { } end)
            return [];
        var moves = await feed.From(Math.Max(1, end.Place - MostMoves + 1), MostMoves, cancellation);
        var (found, logs) = (new List<Change>(), new HashSet<AgreementId>());
        foreach (var move in moves.Reverse())
        {
            if (found.Count >= limit || logs.Add(move.Agreement) && logs.Count > MostLogs)
                break;
            var seen = await Seen(move.Agreement, by, Math.Max(move.From, move.To - 2 * limit), move.To, int.MaxValue, cancellation);
            found.AddRange(seen.Rows.Where(row => wanted(row.Type)).Reverse().Take(limit - found.Count)
                .Select(row => new Change(seen.Dossier!, row, ChangePlace.In(move, row.Sequence))));
        }
        return found;
    }

    // The last of these moves by which the person came to see the log; null for none. Whoever is past it is not led back.
    async Task<Move?> Began(Actor by, IReadOnlyList<Move> news, CancellationToken cancellation)
    {
        try
        {
            if (news is [var any, ..] && await dossiers.Read(any.Agreement, cancellation) is { } dossier
                && Sight.SeesLog(dossier.Agreement.Terms.Parties, by))
                foreach (var move in news.Reverse())
                    if (await log.BeganToSee(dossier, by, move.From, move.To, cancellation))
                        return move;
        }
        catch (Exception e) when (e is not (StoreBusyException or StoreUnavailableException or OperationCanceledException))
        {
            // It is passed over, and told of, when its rows are read.
        }
        return null;
    }

    async Task<(Dossier? Dossier, IReadOnlyList<StoredEvent> Rows)> Seen(
        AgreementId id, Actor by, long first, long last, int most, CancellationToken cancellation)
    {
        try
        {
            var dossier = await dossiers.Read(id, cancellation);
            return dossier is null || !Sight.SeesLog(dossier.Agreement.Terms.Parties, by)
                ? (null, [])
                : (dossier, await log.Between(dossier, by, first, last, most, cancellation));
        }
        catch (Exception e) when (e is not (StoreBusyException or StoreUnavailableException or OperationCanceledException))
        {
            failed(id, e);
            return (null, []);
        }
    }
}

/// <summary>A row of an agreement's log.</summary>
/// <param name="Place">Right after it.</param>
public sealed record Change(Dossier Dossier, StoredEvent Row, ChangePlace Place);

/// <param name="Next">From where to go on.</param>
/// <param name="More">Whether there may be more already.</param>
public sealed record ChangePage(IReadOnlyList<Change> Changes, ChangePlace Next, bool More);
