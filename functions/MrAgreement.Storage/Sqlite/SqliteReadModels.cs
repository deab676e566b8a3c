using System.Text;
using Microsoft.Data.Sqlite;
using MrAgreement.Overviews;
using static MrAgreement.Storage.Sqlite.SqliteSchema;
using static MrAgreement.Storage.Sqlite.SqliteValues;

namespace MrAgreement.Storage.Sqlite;

/// <summary>The portfolio, the due index and what waits for whom, in a SQLite file.</summary>
public sealed class SqliteReadModels(SqliteDatabase database) : IReadModels
{
    // Commands that come meanwhile wait for as many.
    const int WrittenAtOnce = 8;

    internal const string DueColumns =
        "d.agreement, d.key, d.title, d.due_on, d.effective_due_on, d.status, d.responsible, d.recipient, d.parties, d.diary_number, d.takes_place_on";

    public Task<RowPage<PortfolioItem>> Portfolio(PortfolioQuery query, CancellationToken cancellation = default) =>
        database.ReadTogether(session => new PortfolioSearch(session, query).Page(), cancellation);

    public Task<IReadOnlyList<WorkItem>> WorkItems(WorkItemQuery query, CancellationToken cancellation = default) =>
        database.Read(session => WorkItemRows.Read(session, query), cancellation);

    public Task<MoneyList> Money(MoneyQuery query, CancellationToken cancellation = default) =>
        database.ReadTogether(session => MoneyTable.Read(session, query), cancellation);

    public Task<AppropriationList> Appropriations(AppropriationQuery query, CancellationToken cancellation = default) =>
        database.ReadTogether(session => AppropriationTable.Read(session, query), cancellation);

    public Task<RowPage<PublishedRow>> Published(PublishedQuery query, CancellationToken cancellation = default) =>
        database.ReadTogether(session => PublishedTable.Read(session, query), cancellation);

    public Task<IReadOnlyList<SearchGroup>> Search(SearchQuery query, CancellationToken cancellation = default) =>
        database.ReadTogether(session => SearchTable.Read(session, query), cancellation);

    /// <summary>What can be found of agreements, in the place of what could be.</summary>
    internal Task WriteSearch(IReadOnlyList<(AgreementId Agreement, IReadOnlyList<SearchRow> Rows)> found,
        CancellationToken cancellation) => database.Write(session =>
    {
        foreach (var (agreement, rows) in found)
            SearchTable.Replace(session, Column(agreement), rows);
        return true;
    }, cancellation);

    /// <summary>Forgets what can be found.</summary>
    internal Task ClearSearch(CancellationToken cancellation) => database.Write(session =>
    {
        SearchTable.Clear(session);
        return true;
    }, cancellation);

    public Task<RowPage<DueRow>> Deadlines(DeadlineQuery query, CancellationToken cancellation = default)
    {
        var (filter, values) = Filter(query);
        return database.ReadTogether(session =>
        {
            var due = new List<DueRow>();
            var page = $"""
                SELECT {DueColumns} FROM due d WHERE {filter}
                ORDER BY d.effective_due_on, d.diary_number, d.agreement, d.key LIMIT ?{values.Length + 1} OFFSET ?{values.Length + 2}
                """;
            using (var row = session.Query(page, [.. values, query.Limit, Offset(query.Page, query.Limit)]))
            {
                while (row.Read())
                    due.Add(Due(row));
            }
            // One agreement has few rows; of all together only the sums are kept.
            var count = query.Agreement is null ? "SELECT ifnull(sum(d.number), 0) FROM due_counts d" : "SELECT count(*) FROM due d";
            return new RowPage<DueRow>(due, Count(session.Scalar($"{count} WHERE {filter}", values)));
        }, cancellation);
    }

    public Task<IReadOnlyList<string>> Parties(string? viewer, CancellationToken cancellation = default) =>
        database.Read<IReadOnlyList<string>>(session =>
    {
        // From one list of parties to the next in the index: thousands of agreements have few different ones.
        using var row = session.Query("""
            WITH RECURSIVE list(parties) AS (
                SELECT min(parties) FROM portfolio UNION ALL SELECT (SELECT min(p.parties) FROM portfolio p WHERE p.parties > list.parties) FROM list WHERE list.parties IS NOT NULL)
            SELECT parties FROM list WHERE parties IS NOT NULL AND (?1 IS NULL OR instr(parties, ?1))
            """, viewer is null ? null : Member(viewer));
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        while (row.Read())
            keys.UnionWith(row.Parties(0));
        return [.. keys];
    }, cancellation);

    public Task<ILists> Latest(CancellationToken cancellation = default) => Task.FromResult<ILists>(this);

    public Task<IReadOnlyList<AgreementId>> Behind(CancellationToken cancellation = default) =>
        database.Read<IReadOnlyList<AgreementId>>(session =>
    {
        var behind = new List<AgreementId>();
        using var row = session.Query($"SELECT agreement FROM heads WHERE {SqliteSchema.Behind}");
        while (row.Read())
            behind.Add(row.Agreement(0));
        return behind;
    }, cancellation);

    public Task<bool> IsBehind(AgreementId agreement, CancellationToken cancellation = default) => database.Read(
        session => session.Scalar($"SELECT 1 FROM heads WHERE agreement = ?1 AND {SqliteSchema.Behind}", Column(agreement)) is not null,
        cancellation);

    public async Task Write(IReadOnlyList<AgreementRows> agreements, CancellationToken cancellation = default)
    {
        foreach (var some in agreements.Chunk(WrittenAtOnce))
            await database.Write(session =>
            {
                foreach (var agreement in some)
                    ReadModelRows.Replace(session, agreement);
                return true;
            }, cancellation);
    }

    public Task Clear(CancellationToken cancellation = default) => database.Write(session =>
    {
        ReadModelRows.Clear(session);
        SearchTable.Clear(session);
        return true;
    }, cancellation);

    /// <summary>Forgets the lists, and nothing that can be found.</summary>
    internal Task ClearLists(CancellationToken cancellation) => database.Write(session =>
    {
        ReadModelRows.Clear(session);
        return true;
    }, cancellation);

    // With as many columns as tell its rows apart.
    static readonly (string Table, int Columns)[] digested =
        [("portfolio", 10), ("due", 10), ("turns", 10), ("money", 10), ("appropriations", 10), ("published", 5)];

    /// <summary>In the place of an agreement: the sums by which the deadlines are counted.</summary>
    public static AgreementId Counts => default;

    /// <summary>A hash of all that the lists hold of each agreement, and of their counts while the indices of words are whole.</summary>
    public async Task<IReadOnlyDictionary<AgreementId, Sha256>> Digests(CancellationToken cancellation = default)
    {
        var isWhole = await database.Write(SearchTable.IsWhole, cancellation);
        return await database.ReadTogether<IReadOnlyDictionary<AgreementId, Sha256>>(session =>
        {
            var all = new Dictionary<AgreementId, Sha256>();
            foreach (var (table, columns) in digested)
            {
                using var row = session.Query($"SELECT * FROM {table} ORDER BY agreement, {string.Join(", ", Enumerable.Range(2, columns - 1))}");
                while (row.Read())
                    Add(row.Agreement(0), row);
            }
            using (var row = session.Query(SearchTable.InOrder))
                while (row.Read())
                    Add(row.Agreement(0), row);
            using var counts = session.Query("SELECT * FROM due_counts ORDER BY 1, 2, 3, 4, 5");
            while (counts.Read())
                Add(Counts, counts);
            if (!isWhole)
                all.Remove(Counts);
            return all;

            void Add(AgreementId of, SqliteDataReader row) =>
                all[of] = Sha256.Of([.. Encoding.UTF8.GetBytes($"{all.GetValueOrDefault(of)}\n"), .. row.Told()]);
        }, cancellation);
    }

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
        if (query.Responsible is { } owing)
            conditions.Add($"instr(d.responsible, {Value(Member(owing))})");
        if (query.OutstandingOnly)
            conditions.Add($"d.{Outstanding}");
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

    internal static DueRow Due(SqliteDataReader row) => new(
        row.Agreement(0), row.GetString(1), row.GetString(2), row.Date(3), row.Date(4), row.GetString(5), row.Parties(6), row.TextOrNull(7),
        row.Parties(8), row.GetString(9),
        row.IsDBNull(10) ? null : row.Date(10));

    static long Offset(int page, int limit) => (Math.Max(page, 1) - 1L) * limit;
}
