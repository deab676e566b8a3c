using System.Globalization;
using MrAgreement.Transparency;

namespace MrAgreement.Storage.Files;

/// <summary>Checkpoints as files named by their numbers, in a folder of their own that only one process uses.</summary>
public sealed class FileCheckpointStore : ICheckpointStore
{
    const string Ending = ".txt";

    readonly string folder;

    // A move that may not overwrite looks first and renames then, with room for another's between.
    readonly Lock naming = new();

    FileCheckpointStore(string folder) => this.folder = folder;

    /// <exception cref="StoreRefusedException">The folder can't be written.</exception>
    public static FileCheckpointStore Open(string folder) => new(StoreFolder.Open(folder));

    public Task<IReadOnlyList<KeptCheckpoint>> List(CancellationToken cancellation = default) =>
        Reading<IReadOnlyList<KeptCheckpoint>>(() => [.. new DirectoryInfo(folder).EnumerateFileSystemInfos($"*{Ending}")
            .Where(file => int.TryParse(file.Name[..^Ending.Length], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(file => new KeptCheckpoint(int.Parse(file.Name[..^Ending.Length], CultureInfo.InvariantCulture),
                Instant.FromDateTimeUtc(file.LastWriteTimeUtc)))
            .OrderBy(it => it.Number)]);

    public Task<byte[]?> Read(int number, CancellationToken cancellation = default) =>
        // What is no file under its name is no checkpoint either, and nothing goes on past it.
        Reading(() => Directory.Exists(PathOf(number)) ? [] : File.Exists(PathOf(number)) ? File.ReadAllBytes(PathOf(number)) : null);

    public Task<bool> Add(int number, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        string? unfinished = null;
        try
        {
            unfinished = StoreFolder.Write(folder, content.Span);
            lock (naming)
            {
                if (Path.Exists(PathOf(number)))
                    return Task.FromResult(false);
                File.Move(unfinished, PathOf(number));
            }
            StoreFolder.Flush(folder);
            return Task.FromResult(true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The checkpoint {number} can't be written: {e.Message}", e);
        }
        finally
        {
            if (unfinished is not null)
                File.Delete(unfinished);
        }
    }

    string PathOf(int number) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{number:D8}{Ending}"));

    static Task<T> Reading<T>(Func<T> read)
    {
        try
        {
            return Task.FromResult(read());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The checkpoints can't be read: {e.Message}", e);
        }
    }
}
