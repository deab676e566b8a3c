using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using MrAgreement.Documents;
using MrAgreement.Storage.Files;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.Backups;

/// <summary>A copy of the folder that a host keeps its data in, taken beside it while it runs (docs/decisions/0073).</summary>
/// <remarks>What has the backup's name is whole: it is written under another name until then.</remarks>
public sealed class FolderBackup : IDisposable
{
    const string LockFile = "backup.lock";

    readonly string data;
    readonly string target;
    readonly string unfinished;
    readonly FileStream held;
    readonly ConcurrentDictionary<string, bool> damaged = [];
    Instant taken;

    FolderBackup(string data, string target, string unfinished, FileStream held) =>
        (this.data, this.target, this.unfinished, this.held) = (data, target, unfinished, held);

    /// <summary>Files of the host that are not what their names say, and are not in the backup.</summary>
    public IReadOnlyCollection<string> Damaged => [.. damaged.Keys.Order(StringComparer.Ordinal)];

    /// <param name="data">The folder of the host.</param>
    /// <param name="target">Where the backup is to be: a folder that is not there yet, or empty.</param>
    /// <exception cref="StoreRefusedException">Nothing can be copied from there to there.</exception>
    public static FolderBackup Begin(string data, string target)
    {
        (data, target) = (Path.GetFullPath(data), Path.TrimEndingDirectorySeparator(Path.GetFullPath(target)));
        FolderRestore.MustBeOver(data);
        if (!SqliteDatabase.IsIn(data))
            throw new StoreRefusedException($"There is no database in {data}; name the folder of the host with --data.");
        if (IsWithin(target, data) || IsWithin(data, target))
            throw new StoreRefusedException($"The backup can't lie within {data}, nor that within the backup; choose a folder elsewhere.");
        if (File.Exists(target) || Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new StoreRefusedException($"{target} is not an empty folder: no backup is written over another. Name a new one.");
        var unfinished = $"{target}.unfinished";
        var held = StoreFolder.Lock(unfinished, LockFile);
        // What one that was killed has left.
        foreach (var left in new DirectoryInfo(unfinished).EnumerateFileSystemInfos().Where(it => it.Name != LockFile))
            if (left is DirectoryInfo folder)
                folder.Delete(recursive: true);
            else
                left.Delete();
        return new(data, target, unfinished, held);
    }

    /// <summary>Copies what is not copied yet, and the database as it is now, whose logs are read while documents are copied. Whoever
    /// finds files missing that they name calls again: they were taken away meanwhile, or came meanwhile.</summary>
    /// <exception cref="StoreRefusedException">It can't be read or written.</exception>
    public Task<T> Copy<T>(Instant now, Func<IEventStore, Task<T>> read, CancellationToken cancellation = default) => Told(async () =>
    {
        taken = now;
        // First: whatever it names is there, and stays but for what is erased.
        CopyDatabase();
        var reading = Task.Run(async () =>
        {
            // What can't be read of lists is made anew in the copy too.
            using var database = SqliteDatabase.Open(unfinished);
            if (await database.Read(session => session.Scalar("PRAGMA integrity_check(1)"), cancellation) is var found and not "ok")
                throw new StoreRefusedException(
                    $"The database in {data} is damaged ({$"{found}".ReplaceLineEndings(" ")}); restore it from a backup.");
            return await read(new SqliteEventStore(database));
        }, cancellation);
        await Task.WhenAll(reading, CopyAddressed(cancellation));
        return await reading;
    });

    /// <summary>The documents as they are in the copy.</summary>
    public IDocumentStore Documents => FileDocumentStore.Open(Path.Combine(unfinished, "documents"));

    /// <summary>Copies the rest and gives the backup its name.</summary>
    /// <exception cref="StoreRefusedException">It can't be read or written.</exception>
    public async Task<BackupManifest> Finish() => await Told(() =>
    {
        var others = new List<BackupFile>();
        foreach (var folder in BackupManifest.OtherFolders.Where(it => Directory.Exists(Path.Combine(data, it))))
            foreach (var file in Directory.EnumerateFiles(Path.Combine(data, folder), "*", SearchOption.AllDirectories))
                if (Path.GetRelativePath(data, file) is var path && FileCopies.One(file, Path.Combine(unfinished, path), null) is { } copy)
                    others.Add(new(path.Replace('\\', '/'), copy.Size, copy.Digest));
        File.Delete(Path.Combine(unfinished, SqliteDatabase.LockFileName));
        var manifest = new BackupManifest(BackupManifest.Current, taken, DatabaseCopied(),
            BackupManifest.AddressedFolders.ToDictionary(it => it, it => FileCopies.Count(Path.Combine(unfinished, it))), others);
        File.Move(StoreFolder.Write(unfinished, manifest.Written()), Path.Combine(unfinished, BackupManifest.FileName));
        StoreFolder.Flush(unfinished);
        held.Dispose();
        File.Delete(Path.Combine(unfinished, LockFile));
        if (Directory.Exists(target))
            Directory.Delete(target);
        Directory.Move(unfinished, target);
        StoreFolder.Flush(Path.GetDirectoryName(target)!);
        return Task.FromResult(manifest);
    });

    /// <summary>Takes away what was not finished.</summary>
    public void Dispose()
    {
        held.Dispose();
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
    }

    async Task CopyAddressed(CancellationToken cancellation)
    {
        foreach (var folder in BackupManifest.AddressedFolders)
            await FileCopies.Addressed(Path.Combine(data, folder), Path.Combine(unfinished, folder), file => damaged[file] = true,
                cancellation);
    }

    void CopyDatabase()
    {
        var copy = Path.Combine(unfinished, SqliteDatabase.FileName);
        foreach (var ending in new[] { "", "-wal", "-shm", "-journal" })
            File.Delete(copy + ending);
        using var session = SqliteSession.ForReading(Path.Combine(data, SqliteDatabase.FileName));
        session.CopyTo(copy);
    }

    BackupFile DatabaseCopied()
    {
        using var file = File.OpenRead(Path.Combine(unfinished, SqliteDatabase.FileName));
        return new(SqliteDatabase.FileName, file.Length, new(SHA256.HashData(file)));
    }

    static bool IsWithin(string inner, string outer) =>
        inner == outer
            || inner.StartsWith(Path.TrimEndingDirectorySeparator(outer) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    async Task<T> Told<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new StoreRefusedException($"The backup of {data} to {target} was broken off ({e.Message}); nothing is left of it. "
                + "Make room on the disk, or choose another folder.", e);
        }
    }
}
