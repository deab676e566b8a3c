using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.Backups;

/// <summary>Puts a backup into a folder for a host (docs/decisions/0073). Until the database is there, last of all, no host
/// starts on it.</summary>
public static class FolderRestore
{
    // Names the backup that is being restored there: whoever was cut off goes on.
    const string Begun = "restoring";

    /// <summary>Answers what the backup should have held and does not: files that are missing, or are not what they were.</summary>
    /// <param name="backup">A folder that a backup was taken to.</param>
    /// <param name="data">Where to: a folder that is not there yet or empty, but for checkpoints and the list of erasures, which stay.</param>
    /// <exception cref="StoreRefusedException">It is no whole backup, or there is something else in the folder.</exception>
    public static async Task<IReadOnlyList<string>> Run(string backup, string data, CancellationToken cancellation = default)
    {
        (backup, data) = (Path.GetFullPath(backup), Path.GetFullPath(data));
        var manifest = BackupManifest.Read(backup);
        using var held = StoreFolder.Lock(data, SqliteDatabase.LockFileName);
        Claim(backup, data, manifest);
        try
        {
            var faults = new List<string>();
            foreach (var folder in BackupManifest.AddressedFolders)
            {
                await FileCopies.Addressed(Path.Combine(backup, folder), Path.Combine(data, folder), Note, cancellation);
                var (was, there) = (manifest.Addressed.GetValueOrDefault(folder), FileCopies.Count(Path.Combine(backup, folder)));
                if (there < was)
                    Note(FormattableString.Invariant($"{was - there} of the {was} files in {Path.Combine(backup, folder)}"));
            }
            foreach (var file in manifest.Others)
                if (!File.Exists(Path.Combine(data, file.Path)) && !Put(file))
                    Note(file.Path);
            if (!Put(manifest.Database))
                throw new StoreRefusedException($"The database in {backup} is missing or not what was copied; restore another backup.");
            File.Delete(Path.Combine(data, Begun));
            StoreFolder.Flush(data);
            return faults;

            void Note(string fault)
            {
                lock (faults)
                    faults.Add(fault);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusedException($"The backup could not be put into {data} ({e.Message}); make room there, and begin again: "
                + "what is there already is not copied twice.", e);
        }

        bool Put(BackupFile file) =>
            FileCopies.One(Path.Combine(backup, file.Path), Path.Combine(data, file.Path), file.Sha256) is { IsRight: true };
    }

    static void Claim(string backup, string data, BackupManifest manifest)
    {
        var mark = Path.Combine(data, Begun);
        var name = $"{manifest.Database.Sha256}";
        // With its database it was restored to the end, and a host may have written there since.
        if (File.Exists(mark) && File.ReadAllText(mark) == name && !SqliteDatabase.IsIn(data))
            return;
        var inTheWay = new DirectoryInfo(data).EnumerateFileSystemInfos()
            .FirstOrDefault(it => it.Name is not (SqliteDatabase.LockFileName or "checkpoints"));
        if (inTheWay is not null)
            throw new StoreRefusedException($"There is {inTheWay.Name} in {data} already: nothing is overwritten by {backup}. "
                + "Move away what is there, or choose another folder with --data.");
        File.WriteAllText(mark, name);
    }
}
