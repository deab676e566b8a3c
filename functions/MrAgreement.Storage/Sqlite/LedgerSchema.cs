using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace MrAgreement.Storage.Sqlite;

/// <summary>The tables of the ledger file. A book is what one agreement's imports have of one project.</summary>
static class LedgerSchema
{
    const int Version = 2;

    // "MrLg": the database of something else is not taken for this.
    const int ApplicationId = 0x4D724C67;

    static readonly string create = $"""
        BEGIN;
        CREATE TABLE imports (id INTEGER PRIMARY KEY, agreement BLOB NOT NULL, import BLOB NOT NULL) STRICT;
        CREATE UNIQUE INDEX imports_by_agreement ON imports (agreement, import);

        CREATE TABLE books (id INTEGER PRIMARY KEY, agreement BLOB NOT NULL, dimension INTEGER NOT NULL, project TEXT NOT NULL) STRICT;
        CREATE UNIQUE INDEX books_by_project ON books (agreement, dimension, project);

        -- Year and until are its financial year, assumed where no file has said so. Replaced by the import that had the voucher otherwise; print is a hash of the
        -- rows; texted is the import that brought the text.
        CREATE TABLE vouchers (
            id INTEGER PRIMARY KEY,
            book INTEGER NOT NULL,
            year TEXT NOT NULL,
            until TEXT NOT NULL,
            assumed INTEGER NOT NULL,
            series TEXT NOT NULL,
            number TEXT NOT NULL,
            date TEXT NOT NULL,
            import INTEGER NOT NULL,
            replaced INTEGER,
            print BLOB NOT NULL,
            text TEXT,
            texted INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX vouchers_by_number ON vouchers (book, series, number, assumed, year) WHERE replaced IS NULL;

        CREATE TABLE ledger_rows (
            book INTEGER NOT NULL,
            date TEXT NOT NULL,
            account TEXT NOT NULL,
            voucher INTEGER NOT NULL,
            place INTEGER NOT NULL,
            amount INTEGER NOT NULL,
            PRIMARY KEY (book, date, account, voucher, place)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX ledger_rows_by_voucher ON ledger_rows (voucher);

        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};
        COMMIT;
        """;

    /// <summary>Whether the file is there, whole, and of this version.</summary>
    public static bool Fits(string file)
    {
        if (!File.Exists(file))
            return false;
        try
        {
            using var session = SqliteSession.ForReading(file);
            return SqliteValues.Count(session.Scalar("PRAGMA application_id")) == ApplicationId
                && SqliteValues.Count(session.Scalar("PRAGMA user_version")) == Version
                && session.Scalar("PRAGMA quick_check(1)") is "ok";
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <summary>Makes the file; one that did not fit goes.</summary>
    public static void Create(string file)
    {
        foreach (var end in new[] { "", "-wal", "-shm", "-journal" })
            File.Delete(file + end);
        using var session = SqliteSession.ForCreating(file);
        session.Scalar("PRAGMA journal_mode = WAL");
        session.Execute(create);
    }

    public static string List(IEnumerable<string> values) => JsonSerializer.Serialize(values);

    public static string Hex(Guid id) => Convert.ToHexString(id.ToByteArray(bigEndian: true));
}
