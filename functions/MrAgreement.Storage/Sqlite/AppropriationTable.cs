using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Overviews;
using static MrAgreement.Storage.Sqlite.SqliteValues;

namespace MrAgreement.Storage.Sqlite;

/// <summary>Money by appropriation and year, as it is written and summed.</summary>
static class AppropriationTable
{
    const string Sums = "sum(CAST(decided AS INTEGER)), sum(CAST(conditional AS INTEGER)), sum(CAST(requisitioned AS INTEGER)), sum(CAST(paid AS INTEGER)), sum(CAST(used AS INTEGER)), sum(CAST(returned AS INTEGER)), sum(whole = '0')";

    static readonly RowsOfAgreement table = new("appropriations", "place", "year", "seen_by", "diary_number", "title", "appropriation",
        "decided", "conditional", "requisitioned", "paid", "used", "returned", "whole");

    public static void Replace(SqliteSession session, byte[] agreement, IReadOnlyList<AppropriationRow> rows) =>
        table.Replace(session, agreement, rows.Select(it => new string?[]
        {
            AppropriationRows.Place(it.Appropriation), it.Year.ToString("D4", CultureInfo.InvariantCulture), Column(it.SeenBy),
            it.DiaryNumber, it.Title, JsonSerializer.Serialize(it.Appropriation, Json.Options), Öre(it.Sums.Decided),
            Öre(it.Sums.Conditional), Öre(it.Sums.Requisitioned), Öre(it.Sums.Paid), Öre(it.Sums.Used), Öre(it.Sums.Returned),
            it.IsWhole ? "1" : "0"
        }));

    public static AppropriationList Read(SqliteSession session, AppropriationQuery query)
    {
        const string Seen = "instr(seen_by, ?1) AND (?2 IS NULL OR place = ?2) AND (?3 IS NULL OR year = ?3)";
        object?[] values = [Member(query.Viewer), query.Place, query.Year?.ToString("D4", CultureInfo.InvariantCulture)];
        var by = query.ByAgreement ? "place, year, diary_number, agreement" : "place, year";
        var rows = new List<AppropriationSum>();
        using (var row = session.Query($"""
            SELECT {Sums}, min(appropriation), year, count(DISTINCT agreement), agreement, min(diary_number), min(title)
            FROM appropriations WHERE {Seen} GROUP BY {by} ORDER BY {by} LIMIT ?4 OFFSET ?5
            """, [.. values, query.Limit, (Math.Max(query.Page, 1) - 1L) * query.Limit]))
        {
            while (row.Read())
                rows.Add(new(JsonSerializer.Deserialize<Appropriation?>(row.GetString(7), Json.Options),
                    int.Parse(row.GetString(8), CultureInfo.InvariantCulture), row.GetInt32(9), Read(row), row.GetInt32(6),
                    query.ByAgreement ? new(row.Agreement(10), row.GetString(11), row.GetString(12)) : null));
        }
        var total = Count(session.Scalar($"SELECT count(*) FROM (SELECT 1 FROM appropriations WHERE {Seen} GROUP BY {by})", values));
        using var all = session.Query($"SELECT {Sums} FROM appropriations WHERE {Seen}", values);
        return all.Read() && !all.IsDBNull(0) ? new(rows, total, Read(all), all.GetInt32(6)) : new(rows, total, AppropriationSums.None, 0);
    }

    static AppropriationSums Read(SqliteDataReader row) => new(Kronor(row, 0), Kronor(row, 1), Kronor(row, 2), Kronor(row, 3),
        Kronor(row, 4), Kronor(row, 5));

    static Kronor Kronor(SqliteDataReader row, int column) => Money.Kronor.FromÖre(row.GetInt64(column));

    static string Öre(Kronor amount) => amount.Öre.ToString(CultureInfo.InvariantCulture);
}
