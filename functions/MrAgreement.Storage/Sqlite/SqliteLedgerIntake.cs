using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using MrAgreement.Ledgers;
using MrAgreement.Money;

namespace MrAgreement.Storage.Sqlite;

/// <summary>One import in one transaction: a cut-off leaves nothing.</summary>
sealed class SqliteLedgerIntake : ILedgerIntake
{
    const int PrintLength = 16;

    // Where one of the two years is assumed, the other tells whether the number is the same; of several the one of the same day.
    const string find = """
        SELECT id, import, print, text IS NOT NULL FROM vouchers
        WHERE book = ?1 AND series = ?2 AND number = ?3 AND replaced IS NULL
          AND CASE WHEN assumed = ?6 THEN year = ?4 WHEN assumed = 1 THEN date BETWEEN ?4 AND ?5 ELSE ?7 BETWEEN year AND until END
        ORDER BY assumed <> ?6, date <> ?7, id LIMIT 1
        """;

    readonly SqliteSession session;
    readonly SemaphoreSlim turn;
    readonly long book;
    readonly long import;
    readonly bool first;
    readonly Dictionary<string, int> unnumbered = [];
    readonly VoucherPrints written = new();
    bool over;

    SqliteLedgerIntake(SqliteSession session, SemaphoreSlim turn, long book, long import, bool first) =>
        (this.session, this.turn, this.book, this.import, this.first) = (session, turn, book, import, first);

    public static SqliteLedgerIntake Begin(SqliteSession session, SemaphoreSlim turn, AgreementId agreement, Guid import, Project project,
        IReadOnlyList<Guid> finished)
    {
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            var id = SqliteValues.Column(agreement);
            var named = LedgerSchema.List(finished.Select(LedgerSchema.Hex));
            Forget(session, id, named);
            // Compared with less than the log has, what is known would count as new.
            if (SqliteValues.Count(session.Scalar("SELECT count(*) FROM imports WHERE agreement = ?1", id)) < finished.Count)
                throw new StoreUnavailableException("Rows of earlier imports are being brought back; try again.");
            session.Execute("INSERT OR IGNORE INTO books (agreement, dimension, project) VALUES (?1, ?2, ?3)", id, project.Dimension,
                project.Code);
            var book = (long)session.Scalar("SELECT id FROM books WHERE agreement = ?1 AND dimension = ?2 AND project = ?3", id,
                project.Dimension, project.Code)!;
            session.Execute("INSERT INTO imports (agreement, import) VALUES (?1, ?2)", id, import.ToByteArray(bigEndian: true));
            var number = (long)session.Scalar("SELECT last_insert_rowid()")!;
            // What this file has had: to tell what it lacks.
            session.Execute("CREATE TEMP TABLE IF NOT EXISTS met (voucher INTEGER PRIMARY KEY)");
            session.Execute("DELETE FROM met");
            var first = session.Scalar("SELECT 1 FROM vouchers WHERE book = ?1 LIMIT 1", book) is null;
            return new(session, turn, book, number, first);
        }
        catch
        {
            session.Execute("ROLLBACK");
            throw;
        }
    }

    public ValueTask<VoucherFate> Take(VoucherYear year, Voucher voucher, IReadOnlyList<VoucherRow> rows, string? text)
    {
        // In the first file of a book there is nothing to compare the others' vouchers with.
        if (rows.Count == 0 && first)
            return new(new VoucherFate.Foreign());
        try
        {
            return new(Taken(year, voucher, rows, text));
        }
        catch (SqliteException e)
        {
            throw SqliteLedgerRows.Unavailable(e);
        }
    }

    public ValueTask<IReadOnlyList<KnownVoucher>> Missing(LocalDate from, LocalDate to)
    {
        if (first)
            return new([]);
        try
        {
            return new(Lacking(SqliteValues.Column(from), SqliteValues.Column(to)));
        }
        catch (SqliteException e)
        {
            throw SqliteLedgerRows.Unavailable(e);
        }
    }

    public ValueTask Keep()
    {
        try
        {
            session.Execute("COMMIT");
        }
        catch (SqliteException e)
        {
            throw SqliteLedgerRows.Unavailable(e);
        }
        return default;
    }

    public ValueTask DisposeAsync()
    {
        if (over)
            return default;
        over = true;
        try
        {
            if (!session.Idle)
                session.Execute("ROLLBACK");
        }
        finally
        {
            turn.Release();
        }
        return default;
    }

    VoucherFate Taken(VoucherYear year, Voucher voucher, IReadOnlyList<VoucherRow> rows, string? text)
    {
        var print = Print(voucher.Date, rows);
        var number = voucher.Number;
        if (number.Length == 0)
        {
            var mark = $"{Convert.ToHexString(print)} {voucher.Series}";
            number = LedgerSchema.NumberFor(print, unnumbered[mark] = unnumbered.GetValueOrDefault(mark) + 1);
        }
        long known = 0, origin = 0;
        var (same, isTexted) = (false, false);
        using (var found = session.Query(find, book, voucher.Series, number, SqliteValues.Column(year.From), SqliteValues.Column(year.To),
            year.IsAssumed ? 1 : 0, SqliteValues.Column(voucher.Date)))
            if (found.Read())
                (known, origin, same, isTexted) = (found.GetInt64(0), found.GetInt64(1), print.AsSpan().SequenceEqual(found.Bytes(2)),
                    found.GetInt64(3) == 1);
        if (known == 0)
        {
            if (rows.Count == 0)
                return new VoucherFate.Foreign();
            Insert(year, voucher, number, rows, print, text);
            return new VoucherFate.New();
        }
        if (origin == import)
            return same ? new VoucherFate.Repeated() : new VoucherFate.Twice();
        var again = session.Execute("INSERT OR IGNORE INTO met (voucher) VALUES (?1)", known) == 0;
        if (same && text is not null && !isTexted)
            session.Execute("UPDATE vouchers SET text = ?2, texted = ?3 WHERE id = ?1", known, text, import);
        if (same)
            return again ? new VoucherFate.Repeated() : new VoucherFate.Same();
        if (again)
            return new VoucherFate.Twice();
        var before = new KnownVoucher(voucher.Series, voucher.Number, voucher.Date, TotalsOf(known));
        session.Execute("UPDATE vouchers SET replaced = ?2 WHERE id = ?1", known, import);
        // Without rows too: it must be known that the project left it.
        Insert(year, voucher, number, rows, print, text);
        return new VoucherFate.Changed(before);
    }

    List<KnownVoucher> Lacking(string from, string to)
    {
        var missing = new List<(long Id, string Series, string Number, LocalDate Date)>();
        using (var rows = session.Query("""
            SELECT id, series, number, date FROM vouchers
            WHERE book = ?1 AND replaced IS NULL AND date BETWEEN ?2 AND ?3 AND import <> ?4 AND id NOT IN (SELECT voucher FROM met)
              AND EXISTS (SELECT 1 FROM ledger_rows WHERE voucher = vouchers.id)
            ORDER BY date, series, id
            """, book, from, to, import))
            while (rows.Read())
                missing.Add((rows.GetInt64(0), rows.GetString(1), LedgerSchema.Shown(rows.GetString(2)), rows.Date(3)));
        return [.. missing.Select(m => new KnownVoucher(m.Series, m.Number, m.Date, TotalsOf(m.Id)))];
    }

    void Insert(VoucherYear year, Voucher voucher, string number, IReadOnlyList<VoucherRow> rows, byte[] print, string? text)
    {
        session.Execute("INSERT INTO vouchers (book, year, until, assumed, series, number, date, import, print, text, texted) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, iif(?10 IS NULL, NULL, ?8))",
            book, SqliteValues.Column(year.From), SqliteValues.Column(year.To), year.IsAssumed ? 1 : 0, voucher.Series, number,
            SqliteValues.Column(voucher.Date), import, print, text);
        var id = (long)session.Scalar("SELECT last_insert_rowid()")!;
        for (var i = 0; i < rows.Count; i++)
            session.Execute("INSERT INTO ledger_rows (book, date, account, voucher, place, amount) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                book, SqliteValues.Column(rows[i].Date), rows[i].Account, id, i, rows[i].Amount.Öre);
    }

    List<LedgerTotal> TotalsOf(long voucher)
    {
        var totals = new List<LedgerTotal>();
        using var rows = session.Query(
            "SELECT account, date, sum(amount), count(*) FROM ledger_rows WHERE voucher = ?1 GROUP BY date, account ORDER BY date, account",
            voucher);
        while (rows.Read())
            totals.Add(new(rows.GetString(0), rows.Date(1), Kronor.FromÖre(rows.GetInt64(2)), rows.GetInt32(3)));
        return totals;
    }

    // What is compared: days, accounts and amounts in their order; texts may change.
    byte[] Print(LocalDate date, IReadOnlyList<VoucherRow> rows)
    {
        written.Clear();
        written.Write(date);
        foreach (var row in rows)
            written.Write(row);
        return SHA256.HashData(written.Span)[..PrintLength];
    }

    // What earlier ones began and the log does not name.
    static void Forget(SqliteSession session, byte[] agreement, string finished)
    {
        const string unfinished = "SELECT id FROM imports WHERE agreement = ?1 AND hex(import) NOT IN (SELECT value FROM json_each(?2))";
        session.Execute($"DELETE FROM ledger_rows WHERE voucher IN (SELECT v.id FROM vouchers v JOIN books b ON b.id = v.book WHERE b.agreement = ?1 AND v.import IN ({unfinished}))", agreement, finished);
        session.Execute($"DELETE FROM vouchers WHERE book IN (SELECT id FROM books WHERE agreement = ?1) AND import IN ({unfinished})",
            agreement, finished);
        session.Execute($"UPDATE vouchers SET replaced = NULL WHERE book IN (SELECT id FROM books WHERE agreement = ?1) AND replaced IN ({unfinished})", agreement, finished);
        session.Execute($"UPDATE vouchers SET text = NULL, texted = NULL WHERE book IN (SELECT id FROM books WHERE agreement = ?1) AND texted IN ({unfinished})", agreement, finished);
        session.Execute("DELETE FROM imports WHERE agreement = ?1 AND hex(import) NOT IN (SELECT value FROM json_each(?2))", agreement,
            finished);
    }
}
