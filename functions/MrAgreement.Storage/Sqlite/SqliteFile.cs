using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MrAgreement.Storage.Sqlite;

/// <summary>The database file before it is opened: made when there is none, else looked
/// at without changing a byte unless its tables are of an older version.</summary>
/// <remarks>Only to be used by the holder of the folder's lock: closing a file
/// that SQLite has open in the same process drops SQLite's own locks.</remarks>
static class SqliteFile
{
    /// <summary>Larger files are not read through at opening.</summary>
    const long CheckedBelow = 256 * 1024 * 1024;

    /// <summary>Answers whether lists, or the index of words, could not be read, and are to be made anew.</summary>
    /// <exception cref="StoreRefusedException">The file is not one that we can open; it is left as it is.</exception>
    public static bool Prepare(string file)
    {
        if (!File.Exists(file))
        {
            // Without its database the log would be written into whatever database comes next.
            if (File.Exists(file + "-wal"))
                throw new StoreRefusedException(
                    $"The file {file} is missing, though {file}-wal is there; put the database back beside it, or move that file away.");
            Create(file);
            return false;
        }
        LookAtHeader(file);
        var (version, isWhole) = LookInside(file);
        if (version < SqliteSchema.Version || !isWhole)
        {
            Upgrade(file, version);
            LookInside(file);
        }
        return version == SqliteSchema.Version && !isWhole;
    }

    // Made under another name first: what has the right name is whole.
    static void Create(string file)
    {
        var unfinished = file + ".new";
        try
        {
            File.Delete(unfinished);
            File.Delete(unfinished + "-journal");
            using (var session = SqliteSession.ForCreating(unfinished))
            {
                session.Execute($"PRAGMA page_size = {SqliteSchema.PageSize}");
                session.Execute(SqliteSchema.Create);
                if (session.Scalar("PRAGMA journal_mode = WAL") is not "wal")
                    throw new StoreRefusedException(
                        $"The file system of {file} can't keep a write-ahead log; choose a folder on a local disk.");
            }
            File.Move(unfinished, file);
            StoreFolder.Flush(Path.GetDirectoryName(file)!);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusedException(
                $"The file {file} can't be created ({e.Message}); choose another folder, or make room on the disk.", e);
        }
    }

    // The first bytes as they lie: another program's file is not even opened by SQLite, which would put files beside it.
    static void LookAtHeader(string file)
    {
        Span<byte> header = stackalloc byte[100];
        int length;
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            length = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusedException(
                $"The file {file} can't be read ({e.Message}); give this user the right to read and write it.", e);
        }
        if (length < header.Length || !header.StartsWith("SQLite format 3\0"u8))
            throw new StoreRefusedException(
                $"The file {file} is not a SQLite database; move it away, or restore the right file from a backup.");
        if (BinaryPrimitives.ReadInt32BigEndian(header[68..]) != SqliteSchema.ApplicationId)
            throw new StoreRefusedException($"The file {file} is a database of another program; move it away, or choose another folder.");
    }

    /// <summary>What to do about a file that can't be written.</summary>
    public static string Remedy(SqliteException why) => why.SqliteErrorCode is SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR
        ? "make room on the disk, and see to it that it is whole" : "give this user the right to write it and its folder";

    static void Upgrade(string file, int version)
    {
        try
        {
            using var session = SqliteSession.ForWriting(file);
            session.Execute(SqliteSchema.Upgrade(version));
        }
        catch (SqliteException e)
        {
            throw new StoreRefusedException(
                $"The file {file} can't be brought to this version's tables ({e.Message}); give this user the right to write it, and make room on the disk.", e);
        }
    }

    // Answers the version of its tables, and whether what is made of the logs can be read.
    static (int Version, bool IsWhole) LookInside(string file)
    {
        try
        {
            var unwritten = new FileInfo(file + "-wal") is { Exists: true, Length: > 0 };
            using var session = unwritten ? SqliteSession.ForReading(file) : SqliteSession.ForLookingOnly(file);
            var version = Convert.ToInt32(session.Scalar("PRAGMA user_version"), CultureInfo.InvariantCulture);
            if (version > SqliteSchema.Version)
                throw new StoreRefusedException(
                    $"The file {file} was written by a newer MrAgreement (version {version} of the tables, this one knows {SqliteSchema.Version}); use the newer program.");
            if (SqliteSchema.Kernel(version).FirstOrDefault(table => !IsThere(session, table)) is { } missing)
                throw Damaged(file, $"the table {missing} is missing");
            var isWhole = version < SqliteSchema.Version
                || SqliteSchema.Lists.All(table => IsThere(session, table)) && SearchTable.CanBeRead(session);
            // An index of words that can't be read is no table that can't.
            if (new FileInfo(file).Length < CheckedBelow && Findings(session).Find(it => isWhole || !IsOfIndex(it)) is { } found)
                throw Damaged(file, found);
            return (version, isWhole);
        }
        catch (SqliteException e)
        {
            throw Damaged(file, e.Message, e);
        }
    }

    // SQLite stops at an index that is none at all.
    static List<string> Findings(SqliteSession session)
    {
        var findings = new List<string>();
        try
        {
            using var row = session.Query("PRAGMA quick_check(100)");
            while (row.Read())
                if (row.GetString(0) is var finding and not "ok")
                    findings.Add(finding);
        }
        catch (SqliteException e) when (IsOfIndex(e.Message))
        {
            findings.Add(e.Message);
        }
        return findings;
    }

    static bool IsOfIndex(string finding) => finding.Contains("fts5", StringComparison.OrdinalIgnoreCase);

    static bool IsThere(SqliteSession session, string table) =>
        session.Scalar("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", table) is not null;

    static StoreRefusedException Damaged(string file, string how, Exception? inner = null) =>
        new($"The file {file} is damaged ({how.ReplaceLineEndings(" ")}); restore it from a backup.", inner);
}
