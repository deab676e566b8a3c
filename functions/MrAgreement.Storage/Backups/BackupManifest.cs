using System.Text.Json;
using System.Text.Json.Nodes;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.Backups;

/// <summary>What a backup holds, written last: a folder without it is no backup.</summary>
/// <param name="Version">Of what stands here.</param>
/// <param name="Taken">When the database was copied last.</param>
/// <param name="Database">The copy of the database.</param>
/// <param name="Addressed">How many files there are that are named by their digests, by folder.</param>
/// <param name="Others">All other files.</param>
public sealed record BackupManifest(int Version, Instant Taken, BackupFile Database, IReadOnlyDictionary<string, long> Addressed,
    IReadOnlyList<BackupFile> Others)
{
    internal const string FileName = "backup.json";

    internal const int Current = 1;

    /// <summary>Folders of files that are named by their digests.</summary>
    internal static readonly IReadOnlyList<string> AddressedFolders = ["documents", "packages"];

    /// <summary>Folders of other files. What is made anew from the rest, and the trash, stays behind.</summary>
    internal static readonly IReadOnlyList<string> OtherFolders = ["keys", "checkpoints", "templates"];

    /// <exception cref="StoreRefusedException">The folder is no whole backup, or of a newer program.</exception>
    internal static BackupManifest Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        try
        {
            var written = JsonNode.Parse(File.ReadAllBytes(file)) ?? throw new JsonException("It is empty.");
            // What a newer one has written has members that this one does not know.
            if (written["version"] is JsonValue value && value.TryGetValue(out int version) && version > Current)
                throw new StoreRefusedException($"The backup in {folder} was taken by a newer MrAgreement; use that one.");
            var read = written.Deserialize<BackupManifest>(Json.Options)!;
            return read.IsMeant ? read : throw new JsonException("It names what no backup holds.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StoreRefusedException($"The folder {folder} is no backup that was finished: there is no {FileName} in it.", e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusedException($"The file {file} can't be read ({e.Message}); take another backup.", e);
        }
    }

    // Nobody is led out of the folder.
    bool IsMeant => Database?.Path == SqliteDatabase.FileName && Addressed is not null && Others is not null
        && Others.All(it => it is { Path: { } path } && OtherFolders.Contains(path.Split('/')[0])
            && !path.Contains("..", StringComparison.Ordinal));

    internal byte[] Written() => JsonSerializer.SerializeToUtf8Bytes(this, Json.Options);
}

/// <summary>A file of a backup.</summary>
/// <param name="Path">In the backup, with slashes.</param>
/// <param name="Size">In bytes.</param>
public sealed record BackupFile(string Path, long Size, Sha256 Sha256);
