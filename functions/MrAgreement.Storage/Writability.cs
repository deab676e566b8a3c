namespace MrAgreement.Storage;

/// <summary>Whether the last that was written on this machine came to the disk.</summary>
/// <remarks>What failed once counts until something is written again: whoever asks has it tried.</remarks>
public sealed class Writability
{
    // More than what may lie ready on a full disk: a page of the database, or the rest of a block.
    const int Trial = 64 * 1024;

    const string Kind = "room";

    static readonly byte[] trial = new byte[Trial];

    // ENOSPC and EDQUOT of Linux, and of macOS; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.
    static readonly int[] full = [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    volatile StoreUnwritableException? failed;

    /// <summary>As whoever wanted to write is told it.</summary>
    public StoreUnwritableException Failed(string what, bool isFull, Exception inner) =>
        failed = new($"{what} could not be written{(isFull ? ", there is no more room on the disk" : "")}: {inner.Message}", isFull, inner);

    /// <summary>Of a file's failure.</summary>
    public StoreUnwritableException Failed(string what, Exception inner) => Failed(what, full.Contains(inner.HResult), inner);

    /// <summary>Tries again what failed; costs nothing where nothing did.</summary>
    /// <exception cref="StoreUnavailableException">It still does.</exception>
    public async Task Ask(IKeptRecords kept, string folder, CancellationToken cancellation = default)
    {
        if (failed is not { } known)
            return;
        var now = SystemClock.Instance.GetCurrentInstant();
        await kept.Put(new(Kind, Kind, trial, null, now), now, cancellation);
        await kept.Delete(Kind, Kind, cancellation: cancellation);
        var file = Path.Combine(folder, $"{Path.GetRandomFileName()}.room");
        try
        {
            using (var written = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                written.Write(trial);
                written.Flush(flushToDisk: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed("The folder of the documents", e);
        }
        finally
        {
            Remove(file);
        }
        // What has failed meanwhile counts.
        Interlocked.CompareExchange(ref failed, null, known);
    }

    static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start removes it.
        }
    }
}
