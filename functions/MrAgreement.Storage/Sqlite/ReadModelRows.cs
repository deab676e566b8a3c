using MrAgreement.Overviews;
using static MrAgreement.Storage.Sqlite.SqliteValues;

namespace MrAgreement.Storage.Sqlite;

/// <summary>The rows of the read models, as they are written.</summary>
static class ReadModelRows
{
    static readonly RowsOfAgreement due = new(
        "due", "key", "title", "due_on", "effective_due_on", "status", "responsible", "recipient", "parties", "diary_number",
        "takes_place_on");

    public static void Replace(SqliteSession session, AgreementRows rows)
    {
        var agreement = Column(rows.Portfolio.Agreement);
        Put(session, rows.Portfolio);
        due.Replace(session, agreement, rows.Due.Select(row => new[]
        {
            row.Key, row.Title, Column(row.DueOn), Column(row.EffectiveDueOn), row.Status, Column(row.Responsible), row.Recipient,
            Column(row.Parties), row.DiaryNumber,
            row.TakesPlaceOn is { } on ? Column(on) : null
        }));
        WorkItemRows.Replace(session, agreement, rows.WorkItems);
        MoneyTable.Replace(session, agreement, rows.Money ?? []);
        AppropriationTable.Replace(session, agreement, rows.Appropriations ?? []);
        PublishedTable.Replace(session, agreement, rows.Published ?? []);
        if (rows.Search is { } search)
            SearchTable.Replace(session, agreement, search);
        session.Execute("UPDATE heads SET shown = ?2 WHERE agreement = ?1", agreement, rows.Sequence);
    }

    public static void Clear(SqliteSession session)
    {
        session.Execute("DELETE FROM portfolio");
        // Before the rows that it counts, so that it is not counted down row by row.
        session.Execute("DELETE FROM due_counts");
        session.Execute("DELETE FROM due");
        session.Execute("DELETE FROM turns");
        session.Execute("DELETE FROM money");
        session.Execute("DELETE FROM appropriations");
        session.Execute("DELETE FROM published");
        session.Execute("UPDATE heads SET shown = 0");
    }

    static void Put(SqliteSession session, PortfolioRow row) => session.Execute("""
        INSERT INTO portfolio (agreement, diary_number, title, status, parties, search, title_order, remaining, changed_at, summary) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT (agreement) DO UPDATE SET
            diary_number = excluded.diary_number, title = excluded.title, status = excluded.status, parties = excluded.parties,
            search = excluded.search, title_order = excluded.title_order, remaining = excluded.remaining, changed_at = excluded.changed_at, summary = excluded.summary
        """, Column(row.Agreement), row.DiaryNumber, row.Title, row.Status, Column(row.Parties), row.Search,
        row.TitleOrder, row.Remaining.Öre, row.ChangedAt.ToUnixTimeMilliseconds(), row.Summary);
}
