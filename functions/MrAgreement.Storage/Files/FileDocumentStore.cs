using System.Buffers;
using System.Security.Cryptography;
using MrAgreement.Documents;
using MrAgreement.EventSourcing;
using NodaTime;

namespace MrAgreement.Storage.Files;

/// <summary>Documents as files named by their SHA-256, in folders named by its first digits.</summary>
public sealed class FileDocumentStore : IDocumentStore
{
    const string Incoming = "incoming";

    readonly string folder;
    readonly string incoming;
    // So that bytes which are put again are not deleted as the orphan they were.
    readonly Lock naming = new();

    FileDocumentStore(string folder) => (this.folder, incoming) = (folder, Path.Combine(folder, Incoming));

    /// <summary>Opens the folder, which no other process may use, and removes what a crash left half written.</summary>
    /// <exception cref="StoreRefusedException">The folder can't be written.</exception>
    public static FileDocumentStore Open(string folder)
    {
        folder = Path.GetFullPath(folder);
        var store = new FileDocumentStore(folder);
        try
        {
            Directory.CreateDirectory(store.incoming);
            foreach (var unfinished in Directory.EnumerateFiles(store.incoming))
                File.Delete(unfinished);
            var probe = Path.Combine(store.incoming, "probe");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return store;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusedException($"The folder {folder} can't be written ({e.Message}); choose another folder, or give this user the right to write there.", e);
        }
    }

    public async Task<StoredDocument> Put(Stream content, long limit, CancellationToken cancellation = default)
    {
        var unfinished = Path.Combine(incoming, Path.GetRandomFileName());
        try
        {
            var (address, size) = await Write(content, unfinished, limit, cancellation);
            return Writing(() => Keep(unfinished, address, size));
        }
        finally
        {
            // Gone already when it has been given its name.
            Writing(() => File.Delete(unfinished));
        }
    }

    public Task<Stream?> Open(Sha256 address, CancellationToken cancellation = default)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(
                PathOf(address), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16, FileOptions.Asynchronous));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task<bool> Exists(Sha256 address, CancellationToken cancellation = default) => Task.FromResult(File.Exists(PathOf(address)));

    public IAsyncEnumerable<StoredDocument> List(CancellationToken cancellation = default) => Stored().ToAsyncEnumerable();

    public Task<bool> Delete(Sha256 address, Instant storedBefore, CancellationToken cancellation = default)
    {
        lock (naming)
        {
            var file = new FileInfo(PathOf(address));
            if (file.Exists && Stored(address, file).StoredAt >= storedBefore)
                return Task.FromResult(false);
            if (file.Exists)
                file.Delete();
            return Task.FromResult(true);
        }
    }

    static async Task<(Sha256 Address, long Size)> Write(Stream content, string unfinished, long limit, CancellationToken cancellation)
    {
        using var file = Writing(() => new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            var size = 0L;
            while (await content.ReadAsync(buffer, cancellation) is var read and > 0)
            {
                size += read;
                if (size > limit)
                    throw new DocumentTooLargeException(limit);
                hash.AppendData(buffer, 0, read);
                Writing(() => file.Write(buffer, 0, read));
            }
            Writing(() => file.Flush(flushToDisk: true));
            return (new(hash.GetHashAndReset()), size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    StoredDocument Keep(string unfinished, Sha256 address, long size)
    {
        var file = new FileInfo(PathOf(address));
        var (inner, outer) = (file.DirectoryName!, file.Directory!.Parent!.FullName);
        Directory.CreateDirectory(inner);
        lock (naming)
        {
            if (file.Exists && file.Length == size)
                file.LastWriteTimeUtc = DateTime.UtcNow;
            else
                File.Move(unfinished, file.FullName, overwrite: true);
        }
        // Also when the bytes were there: whoever put them first may not have come this far.
        StoreFolder.Flush(inner);
        StoreFolder.Flush(outer);
        StoreFolder.Flush(folder);
        file.Refresh();
        return Stored(address, file);
    }

    IEnumerable<StoredDocument> Stored()
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            // One that has been deleted meanwhile does not exist any more.
            file.Refresh();
            if (Sha256.TryParse(file.Name, null, out var address) && file.Exists)
                yield return Stored(address, file);
        }
    }

    static StoredDocument Stored(Sha256 address, FileInfo file) => new(address, file.Length, Instant.FromDateTimeUtc(file.LastWriteTimeUtc));

    string PathOf(Sha256 address)
    {
        var name = address.ToString();
        return Path.Combine(folder, name[..2], name[2..4], name);
    }

    // Only what concerns our own files: an upload that breaks off is not the store's failure.
    static T Writing<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The document could not be written: {e.Message}", e);
        }
    }

    static void Writing(Action write) => Writing(() =>
    {
        write();
        return true;
    });
}
