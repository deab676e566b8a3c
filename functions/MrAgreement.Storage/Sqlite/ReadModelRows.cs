using System.Text.Json;
using MrAgreement.EventSourcing;
using static MrAgreement.Storage.Sqlite.SqliteValues;

namespace MrAgreement.Storage.Sqlite;

/// <summary>The rows of the read models, as they are written.</summary>
static class ReadModelRows
{
    public static void Replace(SqliteSession session, AgreementRows rows)
    {
        var agreement = Column(rows.Portfolio.Agreement);
        Put(session, rows.Portfolio);
        foreach (var row in rows.Due)
            Put(session, row);
        session.Execute("DELETE FROM due WHERE agreement = ?1 AND key NOT IN (SELECT value FROM json_each(?2))",
            agreement, JsonSerializer.Serialize(rows.Due.Select(row => row.Key)));
        TurnRows.Replace(session, agreement, rows.Turns);
        session.Execute("UPDATE heads SET shown = ?2 WHERE agreement = ?1", agreement, rows.Sequence);
    }

    public static void Clear(SqliteSession session)
    {
        session.Execute("DELETE FROM portfolio");
        // Before the rows that it counts, so that it is not counted down row by row.
        session.Execute("DELETE FROM due_counts");
        session.Execute("DELETE FROM due");
        session.Execute("DELETE FROM turns");
        session.Execute("UPDATE heads SET shown = 0");
    }

    static void Put(SqliteSession session, PortfolioRow row) => session.Execute("""
        INSERT INTO portfolio (agreement, diary_number, title, status, parties, search, title_order, remaining, changed_at, summary) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT (agreement) DO UPDATE SET
            diary_number = excluded.diary_number, title = excluded.title, status = excluded.status, parties = excluded.parties,
            search = excluded.search, title_order = excluded.title_order, remaining = excluded.remaining, changed_at = excluded.changed_at, summary = excluded.summary
        """, Column(row.Agreement), row.DiaryNumber, row.Title, row.Status, Column(row.Parties), row.Search,
        row.TitleOrder, row.Remaining.Öre, row.ChangedAt.ToUnixTimeMilliseconds(), row.Summary);

    // Few of an agreement's rows change at a time: one that stays as it is costs no writing.
    static void Put(SqliteSession session, DueRow row) => session.Execute("""
        INSERT INTO due (agreement, key, title, due_on, effective_due_on, status, responsible, recipient, parties, diary_number, takes_place_on)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (agreement, key) DO UPDATE SET
            title = excluded.title, due_on = excluded.due_on, effective_due_on = excluded.effective_due_on, status = excluded.status,
            responsible = excluded.responsible, recipient = excluded.recipient, parties = excluded.parties, diary_number = excluded.diary_number, takes_place_on = excluded.takes_place_on
        WHERE (title, due_on, effective_due_on, status, responsible, recipient, parties, diary_number, takes_place_on) IS NOT (excluded.title, excluded.due_on,
            excluded.effective_due_on, excluded.status, excluded.responsible, excluded.recipient, excluded.parties, excluded.diary_number, excluded.takes_place_on)
        """,
        Column(row.Agreement), row.Key, row.Title, Column(row.DueOn), Column(row.EffectiveDueOn), row.Status,
        Column(row.Responsible), row.Recipient, Column(row.Parties), row.DiaryNumber, row.TakesPlaceOn is { } on ? Column(on) : null);
}
