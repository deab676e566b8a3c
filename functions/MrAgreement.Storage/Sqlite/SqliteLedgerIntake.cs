using Microsoft.Data.Sqlite;
using MrAgreement.Ledgers;
using MrAgreement.Money;

namespace MrAgreement.Storage.Sqlite;

/// <summary>One import in one transaction: a cut-off leaves nothing.</summary>
sealed class SqliteLedgerIntake : ILedgerIntake
{
    // By the index alone; which of them it is, a rule says.
    const string find = """
        SELECT id, year, until, assumed, date, print, text IS NOT NULL,
          import = ?4 OR EXISTS (SELECT 1 FROM met WHERE voucher = vouchers.id)
        FROM vouchers WHERE book = ?1 AND series = ?2 AND number = ?3 AND replaced IS NULL
        """;

    readonly SqliteSession session;
    readonly SemaphoreSlim turn;
    readonly long book;
    readonly long import;
    readonly List<VoucherCandidate> found = [];
    bool over;

    SqliteLedgerIntake(SqliteSession session, SemaphoreSlim turn, long book, long import, bool isFirst) =>
        (this.session, this.turn, this.book, this.import, IsFirst) = (session, turn, book, import, isFirst);

    public bool IsFirst { get; }

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
            var isFirst = session.Scalar("SELECT 1 FROM vouchers WHERE book = ?1 LIMIT 1", book) is null;
            return new(session, turn, book, number, isFirst);
        }
        catch
        {
            session.Execute("ROLLBACK");
            throw;
        }
    }

    /// <summary>All of an agreement's, in a transaction of its own.</summary>
    public static void Forget(SqliteSession session, AgreementId agreement)
    {
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            // By their book, whatever import they say that they came with.
            var id = SqliteValues.Column(agreement);
            session.Execute("DELETE FROM ledger_rows WHERE book IN (SELECT id FROM books WHERE agreement = ?1)", id);
            session.Execute("DELETE FROM vouchers WHERE book IN (SELECT id FROM books WHERE agreement = ?1)", id);
            session.Execute("DELETE FROM books WHERE agreement = ?1", id);
            session.Execute("DELETE FROM imports WHERE agreement = ?1", id);
            session.Execute("COMMIT");
        }
        catch
        {
            session.Execute("ROLLBACK");
            throw;
        }
    }

    public ValueTask<IReadOnlyList<VoucherCandidate>> Find(string series, string number)
    {
        try
        {
            found.Clear();
            using var rows = session.Query(find, book, series, number, import);
            while (rows.Read())
                found.Add(new(rows.GetInt64(0), new(rows.Date(1), rows.Date(2), rows.GetInt64(3) == 1), rows.Date(4),
                    VoucherFingerprint.Read(rows.Bytes(5)), rows.GetInt64(6) == 1, rows.GetInt64(7) == 1));
            return new(found);
        }
        catch (Exception e) when (e is SqliteException || UnreadableRowException.Is(e))
        {
            throw SqliteLedgerRows.Told(e);
        }
    }

    public ValueTask Add(VoucherEntry it)
    {
        try
        {
            Insert(it);
            return default;
        }
        catch (Exception e) when (e is SqliteException || UnreadableRowException.Is(e))
        {
            throw SqliteLedgerRows.Told(e);
        }
    }

    public ValueTask Meet(long known, string? text)
    {
        try
        {
            session.Execute("INSERT OR IGNORE INTO met (voucher) VALUES (?1)", known);
            if (text is not null)
                session.Execute("UPDATE vouchers SET text = ?2, texted = ?3 WHERE id = ?1", known, text, import);
            return default;
        }
        catch (Exception e) when (e is SqliteException || UnreadableRowException.Is(e))
        {
            throw SqliteLedgerRows.Told(e);
        }
    }

    public ValueTask<IReadOnlyList<LedgerTotal>> Replace(long known, VoucherEntry it)
    {
        try
        {
            var before = TotalsOf(known);
            session.Execute("UPDATE vouchers SET replaced = ?2 WHERE id = ?1", known, import);
            Insert(it);
            return new(before);
        }
        catch (Exception e) when (e is SqliteException || UnreadableRowException.Is(e))
        {
            throw SqliteLedgerRows.Told(e);
        }
    }

    public ValueTask<IReadOnlyList<KnownVoucher>> Missing(LocalDate from, LocalDate to)
    {
        try
        {
            return new(Lacking(SqliteValues.Column(from), SqliteValues.Column(to)));
        }
        catch (Exception e) when (e is SqliteException || UnreadableRowException.Is(e))
        {
            throw SqliteLedgerRows.Told(e);
        }
    }

    public ValueTask Keep()
    {
        try
        {
            session.Execute("COMMIT");
            return default;
        }
        catch (Exception e) when (e is SqliteException || UnreadableRowException.Is(e))
        {
            throw SqliteLedgerRows.Told(e);
        }
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
                missing.Add((rows.GetInt64(0), rows.GetString(1), GivenNumbers.Shown(rows.GetString(2)), rows.Date(3)));
        return [.. missing.Select(m => new KnownVoucher(m.Series, m.Number, m.Date, TotalsOf(m.Id)))];
    }

    void Insert(in VoucherEntry it)
    {
        session.Execute("INSERT INTO vouchers (book, year, until, assumed, series, number, date, import, print, text, texted) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, iif(?10 IS NULL, NULL, ?8))",
            book, SqliteValues.Column(it.Year.From), SqliteValues.Column(it.Year.To), it.Year.IsAssumed ? 1 : 0, it.Voucher.Series,
            it.Number, SqliteValues.Column(it.Voucher.Date), import, it.Fingerprint.ToBytes(), it.Text);
        var id = (long)session.Scalar("SELECT last_insert_rowid()")!;
        for (var i = 0; i < it.Rows.Count; i++)
            session.Execute("INSERT INTO ledger_rows (book, date, account, voucher, place, amount) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                book, SqliteValues.Column(it.Rows[i].Date), it.Rows[i].Account, id, i, it.Rows[i].Amount.Öre);
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
