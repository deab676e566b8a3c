using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using MrAgreement.Documents;

namespace MrAgreement.Formats.Archive;

/// <summary>A file as it lies in the package.</summary>
/// <param name="Path">From the package's root folder.</param>
sealed record PackagedFile(string Path, string MediaType, long Size, Sha256 Sha256, Instant CreatedAt);

/// <summary>The ZIP file that a package is, written as a stream.</summary>
sealed class PackageZip(ZipArchive zip, ForwardStream to, string root, Instant madeAt)
{
    // Large enough that little time goes to switching, small beside a document.
    const int BufferSize = 1 << 16;

    public static PackageZip Begin(ArchivePackage package, Stream to)
    {
        var forward = new ForwardStream(to);
        return new(new(forward, ZipArchiveMode.Create), forward, package.Id, package.MadeAt);
    }

    /// <summary>Ends the ZIP file with its directory. Without it, nobody takes for whole what is not.</summary>
    public async Task End(CancellationToken cancellation)
    {
        zip.Dispose();
        await to.FlushAsync(cancellation);
    }

    public async Task<PackagedFile> Add(string path, string mediaType, byte[] content, CancellationToken cancellation)
    {
        using (var entry = Entry(path))
            await entry.WriteAsync(content, cancellation);
        await to.FlushAsync(cancellation);
        return new(path, mediaType, content.Length, Sha256.Of(content), madeAt);
    }

    /// <exception cref="ArchiveDamagedException">The bytes are gone, or are not those that were registered.</exception>
    public async Task<PackagedFile> Add(DataFile file, Func<Sha256, CancellationToken, Task<Stream?>> open, CancellationToken cancellation)
    {
        await using var content = await Opened(file, open, cancellation);
        var path = ArchiveContents.Folder + file.Path;
        using (var entry = Entry(path))
            if (!await Copy(content, entry, file, cancellation))
                throw new ArchiveDamagedException(file.Path, file.Sha256, gone: false);
        await to.FlushAsync(cancellation);
        return new(path, file.MediaType, file.Size, file.Sha256, file.At);
    }

    static async Task<Stream> Opened(DataFile file, Func<Sha256, CancellationToken, Task<Stream?>> open, CancellationToken cancellation)
    {
        try
        {
            return file.Content is { } bytes ? new MemoryStream(bytes, writable: false)
                : await open(file.Sha256, cancellation) ?? throw new ArchiveDamagedException(file.Path, file.Sha256, gone: true);
        }
        catch (DocumentDamagedException e)
        {
            throw new ArchiveDamagedException(file.Path, file.Sha256, e.Gone);
        }
    }

    Stream Entry(string path)
    {
        var entry = zip.CreateEntry($"{root}/{path}", CompressionLevel.Optimal);
        entry.LastWriteTime = madeAt.ToDateTimeOffset();
        return entry.Open();
    }

    /// <summary>Whether what was copied is what was registered.</summary>
    static async Task<bool> Copy(Stream from, Stream to, DataFile file, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var size = 0L;
            // Whoever sends more than was registered is not listened to for ever.
            while (size <= file.Size && await from.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                size += read;
                hash.AppendData(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
            return size == file.Size && new Sha256(hash.GetHashAndReset()) == file.Sha256;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
