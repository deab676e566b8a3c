using System.Runtime.InteropServices;

namespace MrAgreement.Storage;

/// <summary>A folder on this machine that one process at a time keeps its data in.</summary>
public static class StoreFolder
{
    const string Unfinished = ".new";

    // By then a process that has made its folder has locked it, too.
    static readonly TimeSpan started = TimeSpan.FromHours(1);

    // What the system says of a file that somebody else holds: EWOULDBLOCK of Linux and macOS, the sharing violation of Windows.
    static readonly int[] held = [11, 35, unchecked((int)0x80070020)];

    /// <summary>A folder of this process's own among the system's temporary ones.
    /// Those that killed processes have left, and nobody holds, go.</summary>
    /// <param name="lockFile">What each holds in its folder as long as it runs.</param>
    public static string Temporary(string prefix, string lockFile)
    {
        foreach (var left in Directory.GetDirectories(Path.GetTempPath(), $"{prefix}*"))
            try
            {
                if (new FileInfo(Path.Combine(left, lockFile)) is not { Exists: true } held
                    || held.LastWriteTimeUtc > DateTime.UtcNow - started)
                    continue;
                Lock(left, lockFile).Dispose();
                Directory.Delete(left, recursive: true);
            }
            catch (Exception e) when (e is StoreRefusedException or IOException or UnauthorizedAccessException)
            {
                // Somebody's who is still at it, or of another user.
            }
        return Directory.CreateTempSubdirectory(prefix).FullName;
    }

    /// <summary>From now on nobody but this user reads what this process writes, nor what lies in the folder from before.</summary>
    public static void KeepPrivate(string folder)
    {
        // Windows has it from the folder above.
        if (OperatingSystem.IsWindows())
            return;
        _ = umask(0b000_111_111);
        if (Directory.Exists(folder))
            try
            {
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StoreRefusedException(
                    $"The folder {folder} can't be kept from other users ({e.Message}): let this user own it.", e);
            }
    }

    /// <summary>Creates the folder and holds its lock until the stream is disposed or the process dies.</summary>
    /// <exception cref="StoreRefusedException">The folder can't be written, or another process holds it.</exception>
    internal static FileStream Lock(string folder, string lockFile)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(Path.Combine(folder, lockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (held.Contains(e.HResult))
        {
            throw new StoreRefusedException(
                $"The folder {folder} is in use by another MrAgreement; stop that one first, or choose another folder.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CantBeWritten(folder, e);
        }
    }

    /// <summary>Makes a folder whose files are written under another name first, and removes what a crash left so. Answers its whole
    /// path.</summary>
    /// <exception cref="StoreRefusedException">It can't be written.</exception>
    internal static string Open(string folder)
    {
        folder = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var unfinished in Directory.EnumerateFiles(folder, $"*{Unfinished}"))
                File.Delete(unfinished);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CantBeWritten(folder, e);
        }
    }

    /// <summary>Writes a whole file to the disk, which is given its name then: what has the right name is whole.</summary>
    internal static string Write(string folder, ReadOnlySpan<byte> content)
    {
        var unfinished = Path.Combine(folder, $"{Path.GetRandomFileName()}{Unfinished}");
        using var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(content);
        file.Flush(flushToDisk: true);
        return unfinished;
    }

    internal static StoreRefusedException CantBeWritten(string folder, Exception e) => new(
        $"The folder {folder} can't be written ({e.Message}); choose another folder, or give this user the right to write there.", e);

    /// <summary>Makes renamed and new names in the folder survive a power failure.</summary>
    internal static void Flush(string folder)
    {
        // Windows journals names by itself and has no such call.
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = open(folder, 0);
        if (descriptor < 0)
            throw new IOException($"The folder {folder} can't be opened (error {Marshal.GetLastPInvokeError()}).");
        try
        {
            // 22 (EINVAL): a file system whose folders can't be flushed.
            if (fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() is var error and not 22)
                throw new IOException($"The folder {folder} can't be flushed (error {error}).");
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    static extern uint umask(uint mask);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    static extern int fsync(int descriptor);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    static extern int close(int descriptor);
}
