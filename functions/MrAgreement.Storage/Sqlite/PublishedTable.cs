using System.Globalization;
using System.Text.Json;
using MrAgreement.Overviews;
using static MrAgreement.Storage.Sqlite.SqliteValues;

namespace MrAgreement.Storage.Sqlite;

/// <summary>The rows of what everybody may read, as they are written and read.</summary>
static class PublishedTable
{
    static readonly RowsOfAgreement table = new("published", "kind", "number", "at", "data");

    public static void Replace(SqliteSession session, byte[] agreement, IReadOnlyList<PublishedRow> rows) =>
        table.Replace(session, agreement, rows.Select(it => new string?[]
        {
            Json.NameOf(it.Kind), Number(it.Number), it.At.ToUnixTimeMilliseconds().ToString("D15", CultureInfo.InvariantCulture),
            JsonSerializer.Serialize(it, Json.Options)
        }));

    /// <summary>The latest first.</summary>
    public static RowPage<PublishedRow> Read(SqliteSession session, PublishedQuery query)
    {
        var (conditions, values) = (new List<string> { "true" }, new List<object?>());
        if (query.Agreement is { } agreement)
            Add("agreement", Column(agreement));
        if (query.Kind is { } kind)
            Add("kind", Json.NameOf(kind));
        if (query.Number is { } number)
            Add("number", Number(number));
        var filter = string.Join(" AND ", conditions);
        var rows = new List<PublishedRow>();
        using (var row = session.Query($"""
            SELECT data FROM published WHERE {filter} ORDER BY at DESC, agreement, number DESC
            LIMIT ?{values.Count + 1} OFFSET ?{values.Count + 2}
            """, [.. values, query.Limit, (Math.Max(query.Page, 1) - 1L) * query.Limit]))
        {
            while (row.Read())
                rows.Add(JsonSerializer.Deserialize<PublishedRow>(row.GetString(0), Json.Options)!);
        }
        return new(rows, Count(session.Scalar($"SELECT count(*) FROM published WHERE {filter}", [.. values])));

        void Add(string column, object value)
        {
            values.Add(value);
            conditions.Add($"{column} = ?{values.Count}");
        }
    }

    static string Number(int number) => number.ToString("D10", CultureInfo.InvariantCulture);
}
