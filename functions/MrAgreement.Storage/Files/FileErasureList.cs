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
    public static FileErasureList Open(string checkpoints) => new(StoreFolder.Open(Path.Combine(checkpoints, ErasureFile.Folder)));

    public async Task<IReadOnlyList<ListedErasure>> List(CancellationToken cancellation = default)
    {
        var found = new List<ListedErasure>();
        foreach (var name in Directory.EnumerateFiles(folder, $"*{ErasureFile.Ending}").Order(StringComparer.Ordinal))
            found.Add(ErasureFile.Read(await Told(() => File.ReadAllBytesAsync(name, cancellation)), name));
        return found;
    }

    public Task Add(ListedErasure erasure, CancellationToken cancellation = default) => Told(() =>
    {
        var name = Path.Combine(folder, ErasureFile.NameOf(erasure));
        // Of two who list the same, both write the same.
        if (!File.Exists(name))
        {
            File.Move(StoreFolder.Write(folder, ErasureFile.Write(erasure)), name, overwrite: true);
            StoreFolder.Flush(folder);
        }
        return Task.FromResult(true);
    });

    static async Task<T> Told<T>(Func<Task<T>> work)
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
