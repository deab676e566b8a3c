using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using MrAgreement.Ledgers;
using MrAgreement.Money;

namespace MrAgreement.Storage.Sqlite;

/// <summary>Rows of imported ledgers in a file of their own beside the database, so that a long
/// import holds up nobody. A projection: a file that can't be used is begun anew.</summary>
public sealed class SqliteLedgerRows : ILedgerRows, IDisposable
{
    public const string FileName = "ledger.db";

    readonly SemaphoreSlim turn = new(1);
    readonly SqliteSession writing;
    readonly SqliteReaders readers;

    SqliteLedgerRows(SqliteSession writing, SqliteReaders readers) => (this.writing, this.readers) = (writing, readers);

    /// <summary>Opens the file in a folder that this process holds already.</summary>
    /// <exception cref="StoreRefusedException">The file can't be made.</exception>
    public static SqliteLedgerRows Open(string folder, int readers = 4)
    {
        var file = Path.Combine(Path.GetFullPath(folder), FileName);
        try
        {
            if (!LedgerSchema.Fits(file))
                LedgerSchema.Create(file);
            return new(SqliteSession.ForWriting(file), new SqliteReaders(file, readers));
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusedException(
                $"The file {file} can't be made ({e.Message}); make room on the disk, or give this user the right to write there.", e);
        }
    }

    public async Task<ILedgerIntake> Begin(AgreementId agreement, Guid import, Project project, Func<Task<IReadOnlyList<Guid>>> finished,
        CancellationToken cancellation = default)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return SqliteLedgerIntake.Begin(writing, turn, agreement, import, project, await finished());
        }
        catch (SqliteException e)
        {
            turn.Release();
            throw Unavailable(e);
        }
        catch
        {
            turn.Release();
            throw;
        }
    }

    public Task<IReadOnlySet<Guid>> Held(AgreementId agreement, CancellationToken cancellation = default) => readers.Read(session =>
    {
        var held = new HashSet<Guid>();
        using var rows = session.Query("SELECT import FROM imports WHERE agreement = ?1", SqliteValues.Column(agreement));
        while (rows.Read())
            held.Add(new Guid(rows.Bytes(0), bigEndian: true));
        return (IReadOnlySet<Guid>)held;
    }, cancellation);

    public Task<Sha256> Digest(AgreementId agreement, CancellationToken cancellation = default) => readers.Read(session =>
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in digested)
        {
            using var row = session.Query(table, SqliteValues.Column(agreement));
            while (row.Read())
                all.AppendData([.. row.Told(), (byte)'\n']);
        }
        return Sha256.Parse(Convert.ToHexStringLower(all.GetHashAndReset()));
    }, cancellation);

    // Numbers that the database gives say nothing: what they stand for does. Rows of no voucher come with those of their book.
    static readonly string[] digested =
    [
        "SELECT import FROM imports WHERE agreement = ?1 ORDER BY 1",
        """
        SELECT b.dimension, b.project, v.year, v.until, v.assumed, v.series, v.number, v.date, first.import, other.import, v.print, v.text,
            texted.import
        FROM books b LEFT JOIN vouchers v ON v.book = b.id LEFT JOIN imports first ON first.id = v.import
        LEFT JOIN imports other ON other.id = v.replaced LEFT JOIN imports texted ON texted.id = v.texted
        WHERE b.agreement = ?1 ORDER BY 1, 2, 3, 6, 7, 8, 11, 9, 10, 12
        """,
        """
        SELECT b.dimension, b.project, v.year, v.series, v.number, v.print, r.date, r.account, r.place, r.amount
        FROM books b JOIN ledger_rows r ON r.book = b.id LEFT JOIN vouchers v ON v.id = r.voucher
        WHERE b.agreement = ?1 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
        """
    ];

    public async Task Forget(AgreementId agreement, CancellationToken cancellation = default)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            SqliteLedgerIntake.Forget(writing, agreement);
        }
        catch (SqliteException e)
        {
            throw Unavailable(e);
        }
        finally
        {
            turn.Release();
        }
    }

    public Task<IReadOnlyList<LedgerRow>> Find(AgreementId agreement, IReadOnlyList<Guid> finished, RowSearch search, int skip, int take,
        CancellationToken cancellation = default) =>
        readers.Read(session =>
        {
            var found = new List<LedgerRow>();
            // Lists as JSON: one statement for any number of them.
            using var rows = session.Query("""
                SELECT i.import, v.series, v.number, v.date, r.date, r.account, r.amount,
                  CASE WHEN (SELECT hex(t.import) FROM imports t WHERE t.id = v.texted) IN (SELECT value FROM json_each(?2)) THEN v.text END
                FROM books b
                JOIN ledger_rows r ON r.book = b.id AND r.date BETWEEN ?3 AND ?4
                JOIN vouchers v ON v.id = r.voucher
                JOIN imports i ON i.id = v.import
                WHERE b.agreement = ?1
                  AND hex(i.import) IN (SELECT value FROM json_each(?2))
                  AND (v.replaced IS NULL OR (SELECT hex(l.import) FROM imports l WHERE l.id = v.replaced) NOT IN (SELECT value FROM json_each(?2)))
                  AND (?5 IS NULL OR r.account IN (SELECT value FROM json_each(?5)))
                  AND (?8 IS NULL OR v.series = ?8 AND v.number = ?9 AND v.date = ?10)
                ORDER BY r.book, r.date, r.account, r.voucher, r.place
                LIMIT ?6 OFFSET ?7
                """,
                SqliteValues.Column(agreement), LedgerSchema.List(finished.Select(LedgerSchema.Hex)), SqliteValues.Column(search.From),
                SqliteValues.Column(search.To),
                search.Accounts is null ? null : LedgerSchema.List(search.Accounts), take, skip, search.Voucher?.Series,
                search.Voucher?.Number,
                search.Voucher is { } voucher ? SqliteValues.Column(voucher.Date) : null);
            while (rows.Read())
            {
                var (number, shown) = (rows.GetString(2), GivenNumbers.Shown(rows.GetString(2)));
                found.Add(new(new Guid(rows.Bytes(0), bigEndian: true), rows.GetString(1), shown, rows.Date(3), rows.Date(4),
                    rows.GetString(5),
                    Kronor.FromÖre(rows.GetInt64(6)), rows.TextOrNull(7), number == shown ? "" : number));
            }
            return (IReadOnlyList<LedgerRow>)found;
        }, cancellation);

    public void Dispose()
    {
        turn.Wait();
        readers.Dispose();
        writing.Dispose();
        turn.Release();
    }

    internal static Exception Told(Exception e) => e is SqliteException failure ? Unavailable(failure)
        : new UnreadableRowException($"A row of the ledgers can't be read: {e.Message}", e);

    static StoreUnavailableException Unavailable(SqliteException e) =>
        new($"The rows of the ledger could not be written: {e.Message}", e);
}
