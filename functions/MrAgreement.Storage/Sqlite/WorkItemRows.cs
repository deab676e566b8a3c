using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Data.Sqlite;
using MrAgreement.Money;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using static MrAgreement.Storage.Sqlite.SqliteValues;

namespace MrAgreement.Storage.Sqlite;

/// <summary>The rows of what waits for whom, as they are written and read.</summary>
static class WorkItemRows
{
    // A turn without a date comes after every other.
    static readonly LocalDate undated = LocalDate.MaxIsoValue;

    static readonly FrozenDictionary<Role, string> names = Enum.GetValues<Role>()
        .ToFrozenDictionary(role => role, role => Json.NameOf(role));
    static readonly FrozenDictionary<string, Role> roles = names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    static readonly FrozenDictionary<string, WorkKind> works = Enum.GetValues<WorkKind>().ToFrozenDictionary(work => Json.NameOf(work));

    static readonly RowsOfAgreement table = new("turns", "diary_number", "party", "role", "act", "subject", "title", "note", "from_on",
        "due_on", "not_by", "amount");

    public static void Replace(SqliteSession session, byte[] agreement, IReadOnlyList<WorkItem> turns) =>
        table.Replace(session, agreement, turns.Select(it => new[]
    {
        it.DiaryNumber, it.Party, names[it.Role], Json.NameOf(it.Work), it.Subject, it.Title, it.Note, Column(it.From),
        Column(it.DueOn ?? undated),
        it.NotBy?.Value, it.Amount?.Öre.ToString(CultureInfo.InvariantCulture)
    }));

    public static IReadOnlyList<WorkItem> Read(SqliteSession session, WorkItemQuery query)
    {
        var turns = new List<WorkItem>();
        using var row = session.Query("""
            SELECT agreement, diary_number, party, role, act, subject, title, note, from_on, due_on, not_by, amount FROM turns
            WHERE party = ?1 AND role = ?2 AND from_on <= ?3 AND (not_by IS NULL OR not_by <> ?4)
            ORDER BY due_on, diary_number, agreement, from_on, not_by, rowid LIMIT ?5 OFFSET ?6
            """, query.By.Party, names[query.By.Role], Column(query.Today), query.By.Id.Value, query.Limit, query.Skip);
        while (row.Read())
            turns.Add(Turn(row));
        return turns;
    }

    static WorkItem Turn(SqliteDataReader row) => new(
        row.Agreement(0), row.GetString(1), row.GetString(2), roles[row.GetString(3)], works[row.GetString(4)], row.GetString(5),
        row.GetString(6), row.TextOrNull(7),
        row.Date(8), row.Date(9) is var due && due == undated ? null : due, row.TextOrNull(10) is { } by ? new PersonId(by) : null,
        row.TextOrNull(11) is { } öre ? Kronor.FromÖre(long.Parse(öre, CultureInfo.InvariantCulture)) : null);
}
