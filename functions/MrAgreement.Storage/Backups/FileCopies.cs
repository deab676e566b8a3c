using System.Buffers;
using System.Security.Cryptography;

namespace MrAgreement.Storage.Backups;

/// <summary>Copies files with what they prove: their digests, and when they were written.</summary>
static class FileCopies
{
    const int Block = 1 << 20;

    // The disk is waited for while another is read.
    const int AtOnce = 4;

    /// <summary>Copies every file that is named by its digest and not there yet.</summary>
    /// <param name="damaged">Told the name of each that is not what it says, which is not copied.</param>
    /// <exception cref="IOException">One can't be written.</exception>
    public static Task Addressed(string from, string to, Action<string> damaged, CancellationToken cancellation) =>
        !Directory.Exists(from) ? Task.CompletedTask
        : Parallel.ForEachAsync(NamedByDigest(from), new ParallelOptions
            {
                MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation
            }, (file, _) =>
            {
                var target = Path.Combine(to, Path.GetRelativePath(from, file));
                if (!File.Exists(target) && One(file, target, Sha256.Parse(Path.GetFileName(file), null)) is { IsRight: false })
                    damaged(file);
                return ValueTask.CompletedTask;
            });

    /// <summary>How many files named by their digests lie below a folder.</summary>
    public static long Count(string folder) => Directory.Exists(folder) ? NamedByDigest(folder).LongCount() : 0;

    /// <summary>Copies a file.</summary>
    /// <param name="expected">What it should be; null for whatever it is.</param>
    /// <returns>What it is, and whether it is what it should be: else it is not there. Null when it is gone.</returns>
    public static (Sha256 Digest, long Size, bool IsRight)? One(string from, string to, Sha256? expected)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        FileStream source;
        try
        {
            source = new(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0,
                FileOptions.SequentialScan);
        }
        // Erased, or fetched and done with, since its folder was read.
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        var (unfinished, size) = ($"{to}.unfinished", 0L);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            using (source)
            using (var target = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                for (int read; (read = source.Read(buffer)) > 0; size += read)
                {
                    hash.AppendData(buffer, 0, read);
                    target.Write(buffer, 0, read);
                }
                target.Flush(flushToDisk: true);
            }
            var digest = new Sha256(hash.GetHashAndReset());
            var isRight = expected is null || expected == digest;
            if (isRight)
            {
                // When something was stored is read off its file.
                File.SetLastWriteTimeUtc(unfinished, File.GetLastWriteTimeUtc(from));
                File.Move(unfinished, to, overwrite: true);
            }
            return (digest, size, isRight);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            File.Delete(unfinished);
        }
    }

    static IEnumerable<string> NamedByDigest(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => Sha256.TryParse(Path.GetFileName(file), null, out _));
}
