using MrAgreement.Money;
using MrAgreement.Overviews;
using static MrAgreement.Storage.Sqlite.SqliteSchema;
using static MrAgreement.Storage.Sqlite.SqliteValues;

namespace MrAgreement.Storage.Sqlite;

/// <summary>One question to the portfolio: which agreements stand on the
/// page is found first, the rest is looked up for those only.</summary>
sealed class PortfolioSearch
{
    const string PortfolioColumns =
        "p.agreement, p.diary_number, p.title, p.status, p.parties, p.search, p.title_order, p.remaining, p.changed_at, p.summary";

    const string Row = $"SELECT {PortfolioColumns} FROM portfolio p WHERE p.agreement = ?1";
    const string Next = $"SELECT {SqliteReadModels.DueColumns} FROM due d WHERE d.agreement = ?1 AND d.effective_due_on >= ?2 AND d.{Outstanding} ORDER BY d.effective_due_on, d.key LIMIT 1";
    const string Late = $"SELECT {SqliteReadModels.DueColumns} FROM due d WHERE d.agreement = ?1 AND d.effective_due_on < ?2 AND d.{Outstanding} ORDER BY d.effective_due_on, d.key LIMIT 1";
    const string LateCount = $"SELECT count(*) FROM due WHERE agreement = ?1 AND effective_due_on < ?2 AND {Outstanding}";

    readonly SqliteSession session;
    readonly PortfolioQuery query;
    readonly List<object?> values = [];
    readonly string filter;

    public PortfolioSearch(SqliteSession session, PortfolioQuery query)
    {
        (this.session, this.query) = (session, query);
        // Only the conditions that are asked for, so that SQLite can choose the index that fits them.
        List<string> conditions = [query.Drafts ? "true" : "p.status <> 'draft'"];
        foreach (var party in new[] { query.Viewer, query.Party })
            if (party is not null)
                conditions.Add($"instr(p.parties, {Value(Member(party))})");
        if (query.Status is { } status)
            conditions.Add($"p.status = {Value(status)}");
        if (query.ChangedSince is { } since)
            conditions.Add($"p.changed_at >= {Value(since.ToUnixTimeMilliseconds())}");
        if (query.OverdueOnly)
            conditions.Add($"EXISTS (SELECT 1 FROM due o WHERE o.agreement = p.agreement AND o.effective_due_on < {Value(Column(query.Today))} AND o.{Outstanding})");
        var words = (query.Search ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 0)
            conditions.Add($"NOT EXISTS (SELECT 1 FROM json_each({Value(System.Text.Json.JsonSerializer.Serialize(words))}) word WHERE NOT instr(p.search, word.value))");
        filter = string.Join(" AND ", conditions);
    }

    public RowPage<PortfolioItem> Page()
    {
        var skip = (Math.Max(query.Page, 1) - 1L) * query.Limit;
        var found = query.Order switch
        {
            PortfolioOrder.NextDeadline => ByDate(Column(query.Today), skip),
            PortfolioOrder.Overdue => ByDate("", skip),
            PortfolioOrder.DiaryNumber => By("p.diary_number, p.agreement", skip),
            PortfolioOrder.Title => By("p.title_order, p.diary_number, p.agreement", skip),
            PortfolioOrder.Remaining => By("p.remaining DESC, p.diary_number, p.agreement", skip),
            PortfolioOrder.Changed => By("p.changed_at DESC, p.diary_number DESC, p.agreement DESC", skip),
            _ => throw new System.Diagnostics.UnreachableException($"No order {query.Order}.")
        };
        return new([.. found.Select(Item)], Count(session.Scalar($"SELECT count(*) FROM portfolio p WHERE {filter}", [.. values])));
    }

    List<byte[]> By(string order, long skip) => Agreements($"FROM portfolio p WHERE {filter} ORDER BY {order}", query.Limit, skip);

    // Along the due index until the page is full, so that the first pages cost the
    // same however many agreements there are. Those with no such date come after.
    List<byte[]> ByDate(string from, long skip)
    {
        var since = $"?{values.Count + 1}";
        var dated = $"d.effective_due_on >= {since} AND d.{Outstanding}";
        var found = Agreements($"""
            FROM due d CROSS JOIN portfolio p ON p.agreement = d.agreement WHERE {dated} AND {filter}
            AND NOT EXISTS (SELECT 1 FROM due e WHERE e.agreement = d.agreement AND e.effective_due_on >= {since} AND e.{Outstanding}
                AND (e.effective_due_on, e.key) < (d.effective_due_on, d.key))
            ORDER BY d.effective_due_on, d.diary_number, d.agreement, d.key
            """, query.Limit, skip, from);
        if (found.Count == query.Limit)
            return found;
        var has = $"EXISTS (SELECT 1 FROM due d WHERE d.agreement = p.agreement AND {dated})";
        var before = Count(session.Scalar($"SELECT count(*) FROM portfolio p WHERE {filter} AND {has}", [.. values, from]));
        return [.. found, .. Agreements($"FROM portfolio p WHERE {filter} AND NOT {has} ORDER BY p.diary_number, p.agreement",
            query.Limit - found.Count, Math.Max(0, skip - before), from)];
    }

    List<byte[]> Agreements(string which, int limit, long skip, params ReadOnlySpan<object?> more)
    {
        object?[] all = [.. values, .. more, limit, skip];
        var agreements = new List<byte[]>();
        using var row = session.Query($"SELECT p.agreement {which} LIMIT ?{all.Length - 1} OFFSET ?{all.Length}", all);
        while (row.Read())
            agreements.Add(row.Bytes(0));
        return agreements;
    }

    PortfolioItem Item(byte[] agreement)
    {
        var today = Column(query.Today);
        return new(Portfolio(agreement), Due(Next, agreement, today), Due(Late, agreement, today),
            Count(session.Scalar(LateCount, agreement, today)));
    }

    PortfolioRow Portfolio(byte[] agreement)
    {
        using var row = session.Query(Row, agreement);
        row.Read();
        return new(row.Agreement(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Parties(4), row.GetString(5),
            row.GetString(6),
            Kronor.FromÖre(row.GetInt64(7)), row.Moment(8), row.Bytes(9));
    }

    DueRow? Due(string question, byte[] agreement, string today)
    {
        using var row = session.Query(question, agreement, today);
        return row.Read() ? SqliteReadModels.Due(row) : null;
    }

    string Value(object value)
    {
        values.Add(value);
        return $"?{values.Count}";
    }
}
