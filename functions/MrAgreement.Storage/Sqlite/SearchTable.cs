using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using MrAgreement.Overviews;
using SQLitePCL;

namespace MrAgreement.Storage.Sqlite;

/// <summary>What can be found: rows, and for each kind of them an index by the beginnings of words (FTS5).</summary>
/// <remarks>
/// Words come folded, and all that is no ASCII is of a word. An index knows which words each row has, and none of their order; the words
/// with the same two first letters stand together too, since they are many. Whose
/// people may find a row stands among its words, as such that nobody can type: what somebody may not see is neither found nor counted.
/// What is deleted is taken out of the index at once and not when it is next merged, as what was erased must be.
/// </remarks>
static class SearchTable
{
    // Of no text: people type letters and digits.
    const char MarksAudience = '\uE000', MarksRole = '\uE001';

    static readonly IReadOnlyDictionary<SearchKind, string> indices =
        Enum.GetValues<SearchKind>().ToDictionary(kind => kind, kind => $"found_{Json.NameOf(kind)}");

    /// <summary>What can be found, of which state of each agreement that is, and an index for each kind.</summary>
    public static string Create => Rows + string.Concat(indices.Values.Select(index => $"""
        CREATE VIRTUAL TABLE {index} USING fts5 (words, seen_by, content = 'found', content_rowid = 'id', detail = none, columnsize = 0,
            prefix = '2', tokenize = 'ascii');
        INSERT INTO {index} ({index}, rank) VALUES ('secure-delete', 1);

        """));

    const string Rows = """
        CREATE TABLE found (
            id INTEGER NOT NULL PRIMARY KEY,
            agreement BLOB NOT NULL,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            words TEXT NOT NULL,
            seen_by TEXT NOT NULL
        ) STRICT;
        CREATE INDEX found_by_agreement ON found (agreement);
        CREATE TABLE found_of (agreement BLOB NOT NULL PRIMARY KEY, digest BLOB NOT NULL) STRICT, WITHOUT ROWID;

        """;

    /// <summary>Takes it all away. A damaged index can't even be dropped as one: what it is made of is.</summary>
    public static string Drop => $"""
        PRAGMA writable_schema = ON;
        DELETE FROM sqlite_schema WHERE name IN ({string.Join(", ", indices.Values.Select(index => $"'{index}'"))});
        PRAGMA writable_schema = RESET;
        {string.Concat(indices.Values.SelectMany(index => (string[])[$"{index}_data", $"{index}_idx", $"{index}_config"])
            .Append("found").Append("found_of").Select(table => $"DROP TABLE IF EXISTS {table}; "))}

        """;

    /// <summary>Whether it is all there, can be read, and forgets what is deleted.</summary>
    public static bool CanBeRead(SqliteSession session)
    {
        try
        {
            return indices.Values.All(index => session.Scalar($"PRAGMA quick_check('{index}')") is "ok"
                && session.Scalar($"SELECT v FROM {index}_config WHERE k = 'secure-delete'") is 1L)
                && session.Scalar("SELECT count(*) FROM sqlite_schema WHERE name IN ('found', 'found_of')") is 2L;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <summary>All that can be found, agreement by agreement, without what differs from one copy to the next.</summary>
    public const string InOrder = "SELECT agreement, kind, subject, words, seen_by FROM found ORDER BY 1, 2, 3, 4, 5";

    /// <summary>Brings what can be found of an agreement to what it is to be. It seldom changes, and is then not even compared row by row.
    /// </summary>
    public static void Replace(SqliteSession session, byte[] agreement, IReadOnlyList<SearchRow> rows)
    {
        var digest = Digest(rows).ToArray();
        if (session.Scalar("SELECT digest FROM found_of WHERE agreement = ?1", agreement) is byte[] before
            && before.AsSpan().SequenceEqual(digest))
            return;
        var missing = new Dictionary<Row, SearchKind>();
        foreach (var row in rows)
            missing[new(Json.NameOf(row.Kind), row.Subject, string.Join(' ', row.Words), Marked(row.SeenBy))] = row.Kind;
        var gone = new List<(long Id, Row Row)>();
        using (var row = session.Query("SELECT id, kind, subject, words, seen_by FROM found WHERE agreement = ?1", agreement))
        {
            while (row.Read())
                if (new Row(row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4)) is var there && !missing.Remove(there))
                    gone.Add((row.GetInt64(0), there));
        }
        foreach (var (id, row) in gone)
        {
            session.Execute($"INSERT INTO found_{row.Kind} (found_{row.Kind}, rowid, words, seen_by) VALUES ('delete', ?1, ?2, ?3)", id,
                row.Words, row.SeenBy);
            session.Execute("DELETE FROM found WHERE id = ?1", id);
        }
        foreach (var (row, kind) in missing)
        {
            var id = session.Scalar("INSERT INTO found (agreement, kind, subject, words, seen_by) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id",
                agreement, row.Kind, row.Subject, row.Words, row.SeenBy);
            session.Execute($"INSERT INTO {indices[kind]} (rowid, words, seen_by) VALUES (?1, ?2, ?3)", id, row.Words, row.SeenBy);
        }
        session.Execute("INSERT INTO found_of VALUES (?1, ?2) ON CONFLICT DO UPDATE SET digest = excluded.digest", agreement, digest);
    }

    public static void Clear(SqliteSession session)
    {
        foreach (var index in indices.Values)
            session.Execute($"INSERT INTO {index} ({index}) VALUES ('delete-all')");
        session.Execute("DELETE FROM found");
        session.Execute("DELETE FROM found_of");
    }

    public static IReadOnlyList<SearchGroup> Read(SqliteSession session, SearchQuery query)
    {
        var asked = Asked(query);
        return [.. query.Kinds.Select(kind => Group(session, kind, asked, query))];
    }

    /// <summary>Whether each index has the words of its rows, and no others.</summary>
    public static bool IsWhole(SqliteSession session)
    {
        try
        {
            return indices.All(index => Indexed(session, index.Value).ToHashSet().SetEquals(Words(session, index.Key)));
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_CORRUPT)
        {
            return false;
        }
    }

    // FTS5's own check holds an index against all of found, of which it has one kind.
    static IEnumerable<(long Id, string Word)> Indexed(SqliteSession session, string index)
    {
        session.Execute($"CREATE VIRTUAL TABLE temp.words USING fts5vocab ('main', '{index}', 'instance')");
        try
        {
            using var row = session.Query("SELECT doc, term FROM temp.words");
            while (row.Read())
                yield return (row.GetInt64(0), row.GetString(1));
        }
        finally
        {
            session.Execute("DROP TABLE temp.words");
        }
    }

    static IEnumerable<(long Id, string Word)> Words(SqliteSession session, SearchKind kind)
    {
        using var row = session.Query("SELECT id, words, seen_by FROM found WHERE kind = ?1", Json.NameOf(kind));
        while (row.Read())
            foreach (var word in $"{row.GetString(1)} {row.GetString(2)}".Split(' ', StringSplitOptions.RemoveEmptyEntries))
                yield return (row.GetInt64(0), word);
    }

    /// <summary>A hash of all that can be found of an agreement.</summary>
    public static byte[] Digest(IReadOnlyList<SearchRow> rows) =>
        System.Security.Cryptography.SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(rows, Json.Options));

    // Where the words stand is asked first; only those that are shown, and not too many of them, are put in order.
    static SearchGroup Group(SqliteSession session, SearchKind kind, string asked, SearchQuery query)
    {
        var ids = new List<long>();
        using (var row = session.Query(
            $"SELECT rowid FROM {indices[kind]} WHERE {indices[kind]} MATCH ?1 ORDER BY rowid DESC LIMIT {SearchQuery.Most + 1}", asked))
        {
            while (row.Read())
                ids.Add(row.GetInt64(0));
        }
        var (hits, hasMore) = (new List<SearchHit>(), ids.Count > SearchQuery.Most);
        if (ids.Count == 0)
            return new(kind, hits, 0, false);
        using var found = session.Query("""
            SELECT f.agreement, f.subject FROM json_each(?1) id CROSS JOIN found f ON f.id = id.value
            LEFT JOIN portfolio p ON p.agreement = f.agreement
            ORDER BY p.diary_number, f.agreement, length(f.subject), f.subject LIMIT ?2 OFFSET ?3
            """, JsonSerializer.Serialize(ids.Take(SearchQuery.Most)), query.Limit, query.Skip);
        while (found.Read())
            hits.Add(new(found.Agreement(0), kind, found.GetString(1)));
        return new(kind, hits, Math.Min(ids.Count, SearchQuery.Most), hasMore);
    }

    // Words hold letters and digits alone, so that none can be taken for a part of the question. A single letter begins too much.
    static string Asked(SearchQuery query) => string.Join(" AND ", query.Words.Select(word => word.Length == 1 ? $"\"{word}\""
        : $"\"{word}\"*").Concat(query.Viewer is { } viewer ? [$"({string.Join(" OR ", viewer.Select(one => $"\"{Mark(one)}\""))})"] : []));

    static string Marked(IReadOnlyList<string> audiences) => string.Join(' ', audiences.Select(Mark));

    static string Mark(string audience) => string.Concat(audience.Split('/')
        .Select((part, i) => $"{(i == 0 ? MarksAudience : MarksRole)}{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(part))}"));

    readonly record struct Row(string Kind, string Subject, string Words, string SeenBy);
}
