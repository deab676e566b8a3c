using MrAgreement.Erasures;

namespace MrAgreement.Storage.Files;

/// <summary>The list of erasures as files, in a folder beside the checkpoints: a database that is put back does not take it along.
/// </summary>
public sealed class FileErasureList : IErasureList
{
    readonly string folder;

    FileErasureList(string folder) => this.folder = folder;

    /// <param name="checkpoints">The folder of the checkpoints.</param>
    /// <exception cref="StoreRefusedException">The folder can't be written.</exception>
    public static FileErasureList Open(string checkpoints)
    {
        var folder = Path.Combine(Path.GetFullPath(checkpoints), ErasureFile.Folder);
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var unfinished in Directory.EnumerateFiles(folder, "*.new"))
                File.Delete(unfinished);
            return new(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusedException(
                $"The folder {folder} can't be written ({e.Message}); choose another folder, or give this user the right to write there.", e);
        }
    }

    public async Task<IReadOnlyList<ListedErasure>> List(CancellationToken cancellation = default)
    {
        var found = new List<ListedErasure>();
        foreach (var name in Directory.EnumerateFiles(folder, $"*{ErasureFile.Ending}").Order(StringComparer.Ordinal))
            found.Add(ErasureFile.Read(await Reading(() => File.ReadAllBytesAsync(name, cancellation)), name));
        return found;
    }

    public async Task Add(ListedErasure erasure, CancellationToken cancellation = default)
    {
        var name = Path.Combine(folder, ErasureFile.NameOf(erasure));
        if (File.Exists(name))
            return;
        await Reading(async () =>
        {
            // What has the right name is whole.
            var unfinished = Path.Combine(folder, $"{Path.GetRandomFileName()}.new");
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                await file.WriteAsync(ErasureFile.Write(erasure), cancellation);
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, name, overwrite: true);
            StoreFolder.Flush(folder);
            return true;
        });
    }

    static async Task<T> Reading<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The list of erasures can't be read or written: {e.Message}", e);
        }
    }
}
