using Microsoft.Data.Sqlite;
using MrAgreement.Storage.Backups;

namespace MrAgreement.Storage.Sqlite;

/// <summary>One folder's database file: held by one process, written by one thread, read by several.</summary>
public sealed class SqliteDatabase : IDisposable
{
    public const string FileName = "mragreement.db";
    public const string LockFileName = "mragreement.lock";

    readonly FileStream held;
    readonly SqliteWriter writer;
    readonly SqliteReaders readers;
    bool closed;

    SqliteDatabase(FileStream held, SqliteWriter writer, SqliteReaders readers) =>
        (this.held, this.writer, this.readers) = (held, writer, readers);

    /// <summary>Whether the folder has a database, or what one has left beside it.</summary>
    public static bool IsIn(string folder) =>
        File.Exists(Path.Combine(folder, FileName)) || File.Exists(Path.Combine(folder, $"{FileName}-wal"));

    /// <summary>Opens the folder's database and makes what is missing.</summary>
    /// <exception cref="StoreRefusedException">The folder or the file in it can't be used; neither was changed.</exception>
    public static SqliteDatabase Open(string folder, SqliteLimits? limits = null)
    {
        folder = Path.GetFullPath(folder);
        limits ??= new();
        var file = Path.Combine(folder, FileName);
        var held = StoreFolder.Lock(folder, LockFileName);
        try
        {
            FolderRestore.MustBeOver(folder);
            var anew = SqliteFile.Prepare(file);
            return new(held, new SqliteWriter(file, limits), new SqliteReaders(file, limits.Readers)) { HasListsAnew = anew };
        }
        catch (SqliteException e)
        {
            held.Dispose();
            throw new StoreRefusedException(
                $"The file {file} can't be opened for writing ({e.Message}); {SqliteFile.Remedy(e)}.", e);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Whether lists, or the index of words, could not be read when it was opened, and are made anew.</summary>
    public bool HasListsAnew { get; private init; }

    /// <summary>Whether it can be written.</summary>
    public Writability Writability => writer.Writability;

    internal Task<T> Write<T>(Func<SqliteSession, T> write, CancellationToken cancellation) => writer.Write(write, cancellation);

    /// <summary>Brings the write-ahead log into the file and empties it. Answers whether it is empty: not while somebody reads what was
    /// there before.</summary>
    internal Task<bool> WriteBack(CancellationToken cancellation) => writer.WriteBack(cancellation);

    internal Task<T> Read<T>(Func<SqliteSession, T> read, CancellationToken cancellation) => readers.Read(read, cancellation);

    internal Task<T> ReadTogether<T>(Func<SqliteSession, T> read, CancellationToken cancellation) =>
        readers.ReadTogether(read, cancellation);

    /// <summary>Finishes what is waiting to be written, and lets the folder go.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref closed, true))
            return;
        // The writer closes last: whoever closes last brings the write-ahead log into the file.
        readers.Dispose();
        writer.Dispose();
        held.Dispose();
    }
}
