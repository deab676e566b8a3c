using System.Security.Cryptography;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.Backups;

/// <summary>Puts a backup into a folder for a host (docs/decisions/0073). Until it has come to its end nothing is started there.</summary>
public static class FolderRestore
{
    // Names the backup that is being restored there: its digest, and where it lies. Whoever was cut off goes on.
    const string Begun = "restoring";

    const int Sha256Digits = 64;

    /// <summary>Lets nobody work on what was put there by half.</summary>
    /// <exception cref="StoreRefusedException">A restore was cut off there.</exception>
    public static void MustBeOver(string data)
    {
        data = Path.GetFullPath(data);
        if (!File.Exists(Path.Combine(data, Begun)))
            return;
        throw new StoreRefusedException($"A restore into {data} was cut off, and what lies there is not whole. Run the same --restore again"
            + $"{(Mark(data) is { From: { } from } ? $" (of {from})" : "")}: it goes on where it was, and nothing starts there until then.");
    }

    /// <summary>Answers what the backup should have held and does not: files that are missing, or are not what they were.</summary>
    /// <param name="backup">A folder that a backup was taken to.</param>
    /// <param name="data">Where to: a folder that is not there yet or empty, but for checkpoints and the list of erasures, which stay.</param>
    /// <exception cref="StoreRefusedException">It is no whole backup, or there is something else in the folder.</exception>
    public static async Task<IReadOnlyList<string>> Run(string backup, string data, CancellationToken cancellation = default)
    {
        (backup, data) = (Path.GetFullPath(backup), Path.GetFullPath(data));
        var manifest = BackupManifest.Read(backup);
        using var held = StoreFolder.Lock(data, SqliteDatabase.LockFileName);
        try
        {
            Claim(backup, data, manifest);
            // It comes last, and whole: only the mark was still to go.
            if (SqliteDatabase.IsIn(data))
            {
                File.Delete(Path.Combine(data, Begun));
                StoreFolder.Flush(data);
                return [];
            }
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
            throw new StoreRefusedException($"The backup could not be put into {data} ({e.Message}); make room there, and run the same "
                + "--restore again: it goes on where it was. Nothing starts there until then.", e);
        }

        bool Put(BackupFile file) =>
            FileCopies.One(Path.Combine(backup, file.Path), Path.Combine(data, file.Path), file.Sha256) is { IsRight: true };
    }

    static void Claim(string backup, string data, BackupManifest manifest)
    {
        var file = Path.Combine(data, Begun);
        if (Mark(data) is { } mark)
        {
            if (mark.Digest != $"{manifest.Database.Sha256}")
                throw new StoreRefusedException($"Another backup{(mark.From is { } from ? $", {from}," : "")} was being restored into {data}, "
                    + $"and that was cut off. Run that --restore again, or empty the folder first and restore {backup}.");
            // With its database it was restored to the end; with another one a host has written there since.
            if (SqliteDatabase.IsIn(data) && !IsThere(data, manifest.Database))
                throw new StoreRefusedException($"The database in {data} is not that of {backup}: it has been written since, and "
                    + $"nothing is overwritten. Remove {file} to go on with it, or choose another folder with --data.");
            return;
        }
        var inTheWay = new DirectoryInfo(data).EnumerateFileSystemInfos()
            // Of a mark that a full disk let nobody write there is the name alone.
            .FirstOrDefault(it => it.Name is not (SqliteDatabase.LockFileName or "checkpoints" or Begun));
        if (inTheWay is not null)
            throw new StoreRefusedException($"{inTheWay.Name} lies in {data} already: nothing is overwritten by {backup}. "
                + "Move away what is there, or choose another folder with --data.");
        File.WriteAllText(file, $"{manifest.Database.Sha256}\n{backup}\n");
    }

    // Null when there is none, or one that could not be written.
    static (string Digest, string? From)? Mark(string data)
    {
        var file = Path.Combine(data, Begun);
        if (!File.Exists(file))
            return null;
        var lines = File.ReadAllLines(file);
        return lines.Length == 0 || lines[0].Length < Sha256Digits ? null : (lines[0], lines.ElementAtOrDefault(1));
    }

    static bool IsThere(string data, BackupFile database)
    {
        var file = Path.Combine(data, database.Path);
        if (!File.Exists(file) || File.Exists($"{file}-wal"))
            return false;
        using var content = File.OpenRead(file);
        return new Sha256(SHA256.HashData(content)) == database.Sha256;
    }
}
