using System.Text.Json;
using Microsoft.Data.Sqlite;
using MrAgreement.EventSourcing;
using static MrAgreement.Storage.Sqlite.SqliteSchema;
using static MrAgreement.Storage.Sqlite.SqliteValues;

namespace MrAgreement.Storage.Sqlite;

/// <summary>The portfolio and the due index in a SQLite file.</summary>
public sealed class SqliteReadModels(SqliteDatabase database) : IReadModels
{
    const string DueColumns = "d.agreement, d.key, d.title, d.due_on, d.effective_due_on, d.status, d.responsible, d.recipient, d.parties, d.diary_number";

    // ?1 viewer, ?2 drafts, ?3 status, ?4 party, ?5 the search's words as a JSON array.
    const string PortfolioFilter = """
        (?1 IS NULL OR instr(p.parties, ?1)) AND (?2 OR p.status <> 'draft') AND (?3 IS NULL OR p.status = ?3) AND (?4 IS NULL OR instr(p.parties, ?4))
        AND NOT EXISTS (SELECT 1 FROM json_each(?5) word WHERE NOT instr(p.search, word.value))
        """;

    const string PortfolioTotal = $"SELECT count(*) FROM portfolio p WHERE {PortfolioFilter}";

    // ?6 today, ?7 limit, ?8 offset. The page is found first; the rest is looked up for its rows only.
    const string PortfolioPage = $"""
        WITH page AS MATERIALIZED (
            SELECT p.agreement, (SELECT min(effective_due_on) FROM due WHERE agreement = p.agreement AND effective_due_on >= ?6 AND {Outstanding}) AS next_on
            FROM portfolio p WHERE {PortfolioFilter}
            ORDER BY next_on NULLS LAST, p.diary_number, p.agreement LIMIT ?7 OFFSET ?8)
        SELECT {DueColumns}, p.agreement, p.diary_number, p.title, p.status, p.parties, p.search, p.summary,
            (SELECT count(*) FROM due WHERE agreement = p.agreement AND effective_due_on < ?6 AND {Outstanding})
        FROM page JOIN portfolio p ON p.agreement = page.agreement
        LEFT JOIN due d ON d.agreement = p.agreement
            AND d.key = (SELECT key FROM due WHERE agreement = p.agreement AND effective_due_on = page.next_on AND {Outstanding} ORDER BY key LIMIT 1)
        ORDER BY page.next_on NULLS LAST, p.diary_number, p.agreement
        """;

    public Task<RowPage<PortfolioItem>> Portfolio(PortfolioQuery query, CancellationToken cancellation = default)
    {
        var words = JsonSerializer.Serialize((query.Search ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        object?[] filter = [Sought(query.Viewer), query.Drafts, query.Status, Sought(query.Party), words];
        return database.ReadTogether(session =>
        {
            var items = new List<PortfolioItem>();
            using (var row = session.Query(PortfolioPage, [.. filter, Column(query.Today), query.Limit, Offset(query.Page, query.Limit)]))
            {
                while (row.Read())
                {
                    var agreement = new PortfolioRow(
                        row.Agreement(10), row.GetString(11), row.GetString(12), row.GetString(13), row.Parties(14), row.GetString(15), row.Bytes(16));
                    items.Add(new(agreement, row.IsDBNull(0) ? null : Due(row), row.GetInt32(17)));
                }
            }
            return new RowPage<PortfolioItem>(items, Count(session.Scalar(PortfolioTotal, filter)));
        }, cancellation);
    }

    public Task<RowPage<DueRow>> Deadlines(DeadlineQuery query, CancellationToken cancellation = default)
    {
        var (filter, values) = Filter(query);
        return database.ReadTogether(session =>
        {
            var due = new List<DueRow>();
            var page = $"""
                SELECT {DueColumns} FROM due d WHERE {filter}
                ORDER BY d.effective_due_on, d.agreement, d.key LIMIT ?{values.Length + 1} OFFSET ?{values.Length + 2}
                """;
            using (var row = session.Query(page, [.. values, query.Limit, Offset(query.Page, query.Limit)]))
            {
                while (row.Read())
                    due.Add(Due(row));
            }
            return new RowPage<DueRow>(due, Count(session.Scalar($"SELECT count(*) FROM due d WHERE {filter}", values)));
        }, cancellation);
    }

    public Task<IReadOnlyList<AgreementId>> Behind(CancellationToken cancellation = default) => database.Read<IReadOnlyList<AgreementId>>(session =>
    {
        var behind = new List<AgreementId>();
        using var row = session.Query($"SELECT agreement FROM heads WHERE {SqliteSchema.Behind}");
        while (row.Read())
            behind.Add(row.Agreement(0));
        return behind;
    }, cancellation);

    public Task Write(IReadOnlyList<AgreementRows> agreements, CancellationToken cancellation = default) => database.Write(session =>
    {
        foreach (var agreement in agreements)
            ReadModelRows.Replace(session, agreement);
        return true;
    }, cancellation);

    public Task Clear(CancellationToken cancellation = default) => database.Write(session =>
    {
        ReadModelRows.Clear(session);
        return true;
    }, cancellation);

    // Only the conditions that are asked for, so that SQLite can choose the index that fits them.
    static (string Sql, object?[] Values) Filter(DeadlineQuery query)
    {
        var (conditions, values) = (new List<string> { "true" }, new List<object?>());
        if (query.Agreement is { } agreement)
            conditions.Add($"d.agreement = {Value(Column(agreement))}");
        if (query.From is { } from)
            conditions.Add($"d.effective_due_on >= {Value(Column(from))}");
        if (query.To is { } to)
            conditions.Add($"d.effective_due_on <= {Value(Column(to))}");
        if (query.Viewer is { } viewer)
            conditions.Add($"instr(d.parties, {Value(Member(viewer))})");
        if (query.Party is { } party)
            conditions.Add($"(instr(d.responsible, {Value(Member(party))}) OR d.recipient = {Value(party)})");
        if (query.Status == "overdue")
            conditions.Add($"d.effective_due_on < {Value(Column(query.Today))} AND d.{Outstanding}");
        else if (query.Status is { } status)
            conditions.Add($"d.status = {Value(status)}");
        return (string.Join(" AND ", conditions), [.. values]);

        string Value(object value)
        {
            values.Add(value);
            return $"?{values.Count}";
        }
    }

    static DueRow Due(SqliteDataReader row) => new(
        row.Agreement(0), row.GetString(1), row.GetString(2), row.Date(3), row.Date(4), row.GetString(5), row.Parties(6), row.TextOrNull(7), row.Parties(8), row.GetString(9));

    static string? Sought(string? party) => party is null ? null : Member(party);

    static long Offset(int page, int limit) => (Math.Max(page, 1) - 1L) * limit;
}
