using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using MrAgreement.Documents;

namespace MrAgreement.Storage.Files;

/// <summary>Documents as files named by their SHA-256, in folders named by its first digits.</summary>
public sealed class FileDocumentStore : IDocumentStore
{
    // Whoever was refused takes back soon; bytes of whose put nothing is known any more stay.
    const int MostPuts = 4096;

    readonly string folder;
    readonly string incoming;
    readonly string aside;
    // So that bytes which are put again are not deleted as the orphan they were.
    readonly Lock naming = new();
    readonly LookedThrough<FileIdentity> whole = new();
    // The last of this process's puts of some bytes; no other process has the folder.
    readonly Dictionary<Sha256, long> puts = [];
    long counted;
    Writability writability = new();

    FileDocumentStore(string folder, string? aside = null) =>
        (this.folder, incoming, this.aside) = (folder, Path.Combine(folder, "incoming"), aside ?? $"{folder}-aside");

    /// <summary>Opens the folder, which no other process may use, and removes what a crash left half written.</summary>
    /// <param name="aside">Where what is in the way of a document is moved
    /// to; nothing is deleted. Null for a folder beside this one.</param>
    /// <param name="writability">Told what can't be written.</param>
    /// <exception cref="StoreRefusedException">The folder can't be written.</exception>
    public static FileDocumentStore Open(string folder, string? aside = null, Writability? writability = null)
    {
        folder = Path.GetFullPath(folder);
        var store = new FileDocumentStore(folder, aside) { writability = writability ?? new() };
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
            throw StoreFolder.CantBeWritten(folder, e);
        }
    }

    /// <summary>Where bytes are written before they have a name; the next start empties it.</summary>
    public string Incoming => incoming;

    /// <summary>Whether any document lies in a folder that nobody has opened.</summary>
    public static bool HoldsAny(string folder) =>
        Directory.Exists(folder) && new FileDocumentStore(Path.GetFullPath(folder)).Stored().Any();

    public async Task<StoredDocument> Put(Stream content, long limit, CancellationToken cancellation = default)
    {
        var unfinished = Path.Combine(incoming, Path.GetRandomFileName());
        try
        {
            var address = await Write(content, unfinished, limit, cancellation);
            return Writing(() => Keep(unfinished, address));
        }
        finally
        {
            // Gone already when it has been given its name.
            Writing(() => File.Delete(unfinished));
        }
    }

    public async Task<Stream?> Open(Sha256 address, CancellationToken cancellation = default)
    {
        FileStream file;
        try
        {
            file = new(PathOf(address), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16,
                FileOptions.Asynchronous);
        }
        // What is no file can't be what was stored.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && Directory.Exists(PathOf(address)))
        {
            throw new DocumentDamagedException(address, gone: false);
        }
        // Also where a folder of the address is a file.
        catch (IOException) when (!File.Exists(PathOf(address)))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The document {address} can't be read: {e.Message}", e);
        }
        try
        {
            await LookThrough(file, address, cancellation);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public Task<bool> Exists(Sha256 address, CancellationToken cancellation = default) => Task.FromResult(File.Exists(PathOf(address)));

    public IAsyncEnumerable<StoredDocument> List(CancellationToken cancellation = default) => Stored().ToAsyncEnumerable();

    public Task<bool> Withdraw(StoredDocument put, CancellationToken cancellation = default)
    {
        lock (naming)
        {
            var file = new FileInfo(PathOf(put.Address));
            if (put.New is null || !puts.TryGetValue(put.Address, out var last) || Mark(last) != put.New)
                return Task.FromResult(false);
            file.Delete();
            return Task.FromResult(true);
        }
    }

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

    async Task<Sha256> Write(Stream content, string unfinished, long limit, CancellationToken cancellation)
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
            return new(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    StoredDocument Keep(string unfinished, Sha256 address)
    {
        var file = new FileInfo(PathOf(address));
        var (inner, outer) = (file.DirectoryName!, file.Directory!.Parent!.FullName);
        foreach (var place in new[] { outer, inner }.Where(File.Exists))
            MoveAside(place);
        Directory.CreateDirectory(inner);
        bool isNew;
        StoredDocument stored;
        lock (naming)
        {
            // What lies there may have been altered: the bytes just written are the right ones, and cost nothing more.
            isNew = !file.Exists && !Directory.Exists(file.FullName);
            if (Directory.Exists(file.FullName))
                MoveAside(file.FullName);
            File.Move(unfinished, file.FullName, overwrite: true);
            file.Refresh();
            if (puts.Count >= MostPuts)
                puts.Clear();
            puts[address] = ++counted;
            stored = Stored(address, file) with { New = isNew ? Mark(counted) : null };
        }
        // Also when the bytes were there: whoever put them first may not have come this far.
        StoreFolder.Flush(inner);
        StoreFolder.Flush(outer);
        StoreFolder.Flush(folder);
        return stored;
    }

    void MoveAside(string inTheWay)
    {
        Directory.CreateDirectory(aside);
        Directory.Move(inTheWay, Path.Combine(aside, $"{Path.GetFileName(inTheWay)}-{Path.GetRandomFileName()}"));
    }

    // Before the first byte is given away. What has been looked through, and is as it was then, need not be again.
    async Task LookThrough(FileStream file, Sha256 address, CancellationToken cancellation)
    {
        var before = FileIdentity.Of(file.SafeFileHandle);
        if (before is { } known && whole.Holds(address, known))
            return;
        if (new Sha256(await SHA256.HashDataAsync(file, cancellation)) != address)
            throw new DocumentDamagedException(address, gone: false);
        file.Position = 0;
        if (before is { } mark && FileIdentity.Of(file.SafeFileHandle) == mark)
            whole.Keep(address, mark);
    }

    static string Mark(long put) => put.ToString(CultureInfo.InvariantCulture);

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

    static StoredDocument Stored(Sha256 address, FileInfo file) =>
        new(address, file.Length, Instant.FromDateTimeUtc(file.LastWriteTimeUtc));

    string PathOf(Sha256 address)
    {
        var name = address.ToString();
        return Path.Combine(folder, name[..2], name[2..4], name);
    }

    // Only what concerns our own files: an upload that breaks off is not the store's failure.
    T Writing<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw writability.Failed("The document", e);
        }
    }

    void Writing(Action write) => Writing(() =>
    {
        write();
        return true;
    });
}
