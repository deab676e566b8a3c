using System.Runtime.CompilerServices;
using static MrAgreement.Storage.Sqlite.SqliteValues;

namespace MrAgreement.Storage.Sqlite;

/// <summary>Agreements' logs in a SQLite file.</summary>
public sealed class SqliteEventStore(SqliteDatabase database) : IEventStore
{
    const int ListedAtOnce = 1000;

    // ?1 agreement, ?2 the sequence expected, ?3 the new one, ?4 hash, ?5 last at, ?6
    // append id, ?7 wake-up, ?8 whether lists show nothing of it, ?9 the hash expected.
    const string NextHead = """
        UPDATE heads SET sequence = ?3, hash = coalesce(?4, hash), last_at = coalesce(?5, last_at), append_id = ?6, wake_at = ?7,
            shown = CASE WHEN ?8 AND shown = sequence THEN ?3 WHEN shown > sequence THEN 0 ELSE shown END
        WHERE agreement = ?1 AND sequence = ?2 AND (?9 IS NULL OR hash = ?9)
        """;

    const string FirstHead = """
        INSERT INTO heads (agreement, sequence, hash, last_at, append_id, wake_at, shown) VALUES (?1, ?3, ?4, ?5, ?6, ?7, CASE WHEN ?8 THEN ?3 ELSE 0 END)
        ON CONFLICT (agreement) DO UPDATE SET
            sequence = excluded.sequence, hash = coalesce(excluded.hash, hash), last_at = coalesce(excluded.last_at, last_at),
            append_id = excluded.append_id, wake_at = excluded.wake_at, shown = excluded.shown
        WHERE sequence = ?2
        """;

    public Task<AppendOutcome> Append(Append append, CancellationToken cancellation = default) =>
        database.Write(session => Write(session, append), cancellation);

    public Task<IReadOnlyList<StoredEvent>> ReadSince(AgreementId agreement, long sequence, int limit,
        CancellationToken cancellation = default) => database.Read(session => Rows(session, agreement, sequence, limit), cancellation);

    public Task<IReadOnlyList<StoredEvent>?> ReadAfter(AgreementId agreement, long sequence, Sha256 hash,
        CancellationToken cancellation = default) => database.Read(session =>
    {
        var rows = Rows(session, agreement, sequence);
        // The row itself is asked for, not the head: that may have moved since the rows were read.
        var holds = sequence == 0 || (rows.Count > 0
            ? HashChain.Follows(hash, rows[0])
            : session.Scalar("SELECT 1 FROM events WHERE agreement = ?1 AND sequence = ?2 AND hash = ?3", Column(agreement), sequence,
            hash.ToArray()) is not null);
        return holds ? rows : null;
    }, cancellation);

    public Task<Answer?> FindAnswer(AgreementId agreement, PersonId person, string key, CancellationToken cancellation = default) =>
        database.Read(session =>
        {
            using var row = session.Query("""
                SELECT request_hash, status, location, etag, body FROM answers WHERE agreement = ?1 AND person = ?2 AND key = ?3
                """, Column(agreement), person.Value, key);
            return row.Read() ? new Answer(person, key, row.Hash(0), row.GetInt32(1), row.TextOrNull(2), row.TextOrNull(3),
                row.Bytes(4)) : null;
        }, cancellation);

    // Answers lie in the order in which they came: each time it is noted how far they reach, and those go that were there so long ago.
    // The last one stays, so that the next does not get its place.
    public Task SweepAnswers(Instant now, Duration age, CancellationToken cancellation = default) => database.Write(session =>
    {
        var (at, until) = (now.ToUnixTimeMilliseconds(), (now - age).ToUnixTimeMilliseconds());
        session.Execute("""
            INSERT OR REPLACE INTO kept (kind, key, data, etag)
            SELECT 'answer-marks', printf('%015d', ?1), CAST(CAST(ifnull(max(rowid), 0) AS TEXT) AS BLOB), '' FROM answers
            """, at);
        session.Execute("""
            DELETE FROM answers WHERE rowid < (SELECT max(rowid) FROM answers) AND rowid <= (
                SELECT max(CAST(CAST(data AS TEXT) AS INTEGER)) FROM kept WHERE kind = 'answer-marks' AND key <= printf('%015d', ?1))
            """, until);
        return session.Execute("DELETE FROM kept WHERE kind = 'answer-marks' AND key <= printf('%015d', ?1)", until);
    }, cancellation);

    public Task<bool> WriteBack(CancellationToken cancellation = default) => database.WriteBack(cancellation);

    public Task ForgetAnswers(AgreementId agreement, CancellationToken cancellation = default) => database.Write(session =>
    {
        session.Execute("UPDATE answers SET body = x'' WHERE agreement = ?1 AND length(body) > 0", Column(agreement));
        return true;
    }, cancellation);

    public async IAsyncEnumerable<AgreementId> ListAgreements([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        byte[] last = [];
        while (true)
        {
            var after = last;
            var page = await database.Read(session =>
            {
                var found = new List<AgreementId>();
                using var row = session.Query(
                    $"SELECT agreement FROM heads WHERE agreement > ?1 AND sequence > 0 AND {IsKey("agreement")} ORDER BY agreement LIMIT ?2",
                    after, ListedAtOnce);
                while (row.Read())
                    found.Add(row.Agreement(0));
                return found;
            }, cancellation);
            foreach (var agreement in page)
                yield return agreement;
            if (page.Count < ListedAtOnce)
                yield break;
            last = Column(page[^1]);
        }
    }

    public async IAsyncEnumerable<LogTrace> Survey([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var found = await database.Read(session =>
        {
            var traces = new List<LogTrace>();
            // A head at 0 has a wake-up only, and no log yet.
            using var row = session.Query("""
                SELECT coalesce(h.agreement, e.agreement) AS it, h.sequence, ifnull(e.rows, 0) FROM (SELECT agreement, sequence FROM heads WHERE sequence > 0) h
                FULL JOIN (SELECT agreement, count(*) AS rows FROM events GROUP BY agreement) e ON e.agreement = h.agreement ORDER BY it
                """);
            while (row.Read())
                traces.Add(new(row.Agreement(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetInt64(2)));
            return traces;
        }, cancellation);
        foreach (var trace in found)
            yield return trace;
    }

    public async IAsyncEnumerable<LogTop> Tops([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var found = await database.Read(session =>
        {
            var tops = new List<LogTop>();
            using var row = session.Query($"""
                SELECT h.agreement, h.sequence, h.hash FROM heads h JOIN events e ON e.agreement = h.agreement AND e.sequence = h.sequence
                WHERE e.hash = h.hash AND length(h.hash) = 32 AND {IsKey("h.agreement")} AND h.sequence > 0 ORDER BY h.agreement
                """);
            while (row.Read())
                tops.Add(new(row.Agreement(0), row.GetInt64(1), row.Hash(2)));
            return tops;
        }, cancellation);
        foreach (var top in found)
            yield return top;
    }

    public Task<FoundLog> Examine(AgreementId agreement, long since = 0, CancellationToken cancellation = default) =>
        database.ReadTogether(session => SqliteFoundLog.Read(session, agreement, since), cancellation);

    public Task<IReadOnlyList<WakeUp>> DueWakeUps(Instant until, int limit, CancellationToken cancellation = default) =>
        database.Read<IReadOnlyList<WakeUp>>(session =>
        {
            var due = new List<WakeUp>();
            using var row = session.Query(
                $"SELECT agreement, wake_at FROM heads WHERE wake_at <= ?1 AND {IsKey("agreement")} ORDER BY wake_at, agreement LIMIT ?2",
                until.ToUnixTimeMilliseconds(), limit);
            while (row.Read())
                due.Add(new(row.Agreement(0), row.Moment(1)));
            return due;
        }, cancellation);

    static IReadOnlyList<StoredEvent> Rows(SqliteSession session, AgreementId agreement, long sequence, int limit = int.MaxValue)
    {
        var events = new List<StoredEvent>();
        using var row = session.Query("""
            SELECT sequence, at, actor, type, data, digest, hash, salt FROM events WHERE agreement = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3
            """, Column(agreement), sequence, limit);
        while (row.Read())
            events.Add(row.Event());
        return events;
    }

    static AppendOutcome Write(SqliteSession session, Append append)
    {
        // A loser leaves before it has written anything, so that it costs the others in the transaction nothing.
        var agreement = Column(append.Agreement);
        if (append.Answer is { } used && Answered(session, agreement, used))
            return AppendOutcome.Moved;
        // A look that found nothing to do: the head says it all already, and nothing goes to the disk.
        if (append.Events.Count == 0 && append.Answer is null && Stands(session, agreement, append))
            return AppendOutcome.Appended;
        if (!MovesHead(session, agreement, append))
            return AppendOutcome.Moved;

        foreach (var e in append.Events)
        {
            session.Execute(
                "INSERT INTO events (agreement, sequence, at, actor, type, data, digest, hash, salt) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                agreement, e.Sequence, e.At.ToUnixTimeMilliseconds(), e.Actor.Value, e.Type, e.Data, e.Digest.ToArray(), e.Hash.ToArray(),
                e.Salt?.ToArray());
        }
        if (append.Erased.Count > 0)
            Erase(session, agreement, append.Erased);
        if (append.Answer is { } answer)
        {
            session.Execute("""
                INSERT INTO answers (agreement, person, key, request_hash, status, location, etag, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                """, agreement, answer.Person.Value, answer.Key, answer.RequestHash.ToArray(), answer.Status, answer.Location, answer.ETag, answer.Body);
        }
        return AppendOutcome.Appended;
    }

    static void Erase(SqliteSession session, byte[] agreement, IReadOnlyList<StoredEvent> rows)
    {
        foreach (var row in rows)
            session.Execute("UPDATE events SET data = ?3, salt = ?4 WHERE agreement = ?1 AND sequence = ?2", agreement, row.Sequence,
                row.Data, row.Salt?.ToArray());
    }

    // Only from where the decision read it; a head that is not there yet stands at 0.
    static bool MovesHead(SqliteSession session, byte[] agreement, Append append)
    {
        var last = append.Events.Count > 0 ? append.Events[^1] : null;
        return session.Execute(append.Expected == 0 ? FirstHead : NextHead,
            agreement, append.Expected, append.Expected + append.Events.Count, last?.Hash.ToArray(), last?.At.ToUnixTimeMilliseconds(),
            append.Id.ToByteArray(bigEndian: true), WakeAt(append), append.Unlisted ? 1 : 0, After(append)) == 1;
    }

    static bool Stands(SqliteSession session, byte[] agreement, Append append) =>
        session.Scalar("SELECT 1 FROM heads WHERE agreement = ?1 AND sequence = ?2 AND wake_at IS ?3 AND (?4 IS NULL OR hash = ?4)",
            agreement, append.Expected, WakeAt(append), After(append)) is not null;

    // A log without rows has no hash yet.
    static byte[]? After(Append append) => append.Expected == 0 ? null : append.After?.ToArray();

    static long? WakeAt(Append append) => append.NextWakeUp is { } at ? Milliseconds.WakeUp(at) : null;

    static bool Answered(SqliteSession session, byte[] agreement, Answer answer) =>
        session.Scalar("SELECT 1 FROM answers WHERE agreement = ?1 AND person = ?2 AND key = ?3", agreement, answer.Person.Value,
            answer.Key) is not null;
}
