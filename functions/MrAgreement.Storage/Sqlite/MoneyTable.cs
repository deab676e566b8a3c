using System.Globalization;
using System.Text.Json;
using MrAgreement.Money;
using MrAgreement.Overviews;
using static MrAgreement.Storage.Sqlite.SqliteValues;

namespace MrAgreement.Storage.Sqlite;

/// <summary>The rows of the payer's desk, as they are written and read.</summary>
static class MoneyTable
{
    // What has no day comes after all that has one.
    static readonly LocalDate undated = LocalDate.MaxIsoValue;

    static readonly RowsOfAgreement table = new("money", "kind", "number", "diary_number", "seen_by", "day", "left", "party", "reference",
        "data");

    public static void Replace(SqliteSession session, byte[] agreement, IReadOnlyList<MoneyRow> rows) =>
        table.Replace(session, agreement, rows.Select(it => new string?[]
        {
            Json.NameOf(it.Kind), it.Number.ToString("D6", CultureInfo.InvariantCulture), it.DiaryNumber, Column(it.SeenBy),
            Column(it.Day ?? undated), it.Left.Öre.ToString(CultureInfo.InvariantCulture), it.Party, it.Reference,
            JsonSerializer.Serialize(it, Json.Options)
        }));

    public static MoneyList Read(SqliteSession session, MoneyQuery query)
    {
        const string Seen = "kind = ?1 AND (?2 IS NULL OR instr(seen_by, ?2))";
        object?[] values = [Json.NameOf(query.Kind), query.Viewer is { } viewer ? Member(viewer) : null];
        var rows = new List<MoneyRow>();
        using (var row = session.Query(
            $"SELECT data FROM money WHERE {Seen} ORDER BY day, diary_number, agreement, number LIMIT ?3 OFFSET ?4",
            [.. values, query.Limit, (Math.Max(query.Page, 1) - 1L) * query.Limit]))
        {
            while (row.Read())
                rows.Add(JsonSerializer.Deserialize<MoneyRow>(row.GetString(0), Json.Options)!);
        }
        using var sums = session.Query($"SELECT count(*), ifnull(sum(CAST(left AS INTEGER)), 0) FROM money WHERE {Seen}", values);
        sums.Read();
        return new(rows, sums.GetInt32(0), Kronor.FromÖre(sums.GetInt64(1)));
    }
}
