using MrAgreement.EventSourcing;
using static MrAgreement.Storage.Sqlite.SqliteValues;

namespace MrAgreement.Storage.Sqlite;

/// <summary>The rows of the portfolio and the due index, as they are written.</summary>
static class ReadModelRows
{
    public static void Change(SqliteSession session, ReadModelChange change)
    {
        Put(session, change.Portfolio);
        foreach (var row in change.Changed)
            Put(session, row);
        foreach (var key in change.Gone)
            session.Execute("DELETE FROM due WHERE agreement = ?1 AND key = ?2", Column(change.Portfolio.Agreement), key);
    }

    public static void Replace(SqliteSession session, PortfolioRow portfolio, IReadOnlyList<DueRow> due)
    {
        Put(session, portfolio);
        session.Execute("DELETE FROM due WHERE agreement = ?1", Column(portfolio.Agreement));
        foreach (var row in due)
            Put(session, row);
    }

    public static void Clear(SqliteSession session)
    {
        session.Execute("DELETE FROM portfolio");
        session.Execute("DELETE FROM due");
    }

    static void Put(SqliteSession session, PortfolioRow row) => session.Execute("""
        INSERT INTO portfolio (agreement, diary_number, title, status, parties, search, summary) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (agreement) DO UPDATE SET
            diary_number = excluded.diary_number, title = excluded.title, status = excluded.status, parties = excluded.parties,
            search = excluded.search, summary = excluded.summary
        """, Column(row.Agreement), row.DiaryNumber, row.Title, row.Status, Column(row.Parties), row.Search, row.Summary);

    static void Put(SqliteSession session, DueRow row) => session.Execute("""
        INSERT INTO due (agreement, key, title, due_on, effective_due_on, status, responsible, recipient, parties, diary_number)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT (agreement, key) DO UPDATE SET
            title = excluded.title, due_on = excluded.due_on, effective_due_on = excluded.effective_due_on, status = excluded.status,
            responsible = excluded.responsible, recipient = excluded.recipient, parties = excluded.parties, diary_number = excluded.diary_number
        """,
        Column(row.Agreement), row.Key, row.Title, Column(row.DueOn), Column(row.EffectiveDueOn), row.Status,
        Column(row.Responsible), row.Recipient, Column(row.Parties), row.DiaryNumber);
}
