using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MrAgreement.Storage.Files;

/// <summary>What changes with every change of a file, also when somebody sets
/// its time back: Linux' own note of the last change can't be set.</summary>
readonly record struct FileIdentity(ulong Inode, ulong Size, long Modified, long Changed)
{
    const int EmptyPath = 0x1000;
    const uint Basic = 0x7ff;

    /// <summary>Of an open file; null where the system tells nothing of the kind,
    /// so that nothing is known of the file for longer than it is open.</summary>
    public static FileIdentity? Of(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        // The layout of statx is the same on every processor.
        var told = new byte[256];
        try
        {
            if (statx(file, "", EmptyPath, Basic, told) != 0)
                return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
        return new(BinaryPrimitives.ReadUInt64LittleEndian(told.AsSpan(32)), BinaryPrimitives.ReadUInt64LittleEndian(told.AsSpan(40)),
            Time(told, 112), Time(told, 96));
    }

    static long Time(ReadOnlySpan<byte> told, int at) =>
        unchecked(BinaryPrimitives.ReadInt64LittleEndian(told[at..]) * 1_000_000_000
            + BinaryPrimitives.ReadUInt32LittleEndian(told[(at + 8)..]));

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    static extern int statx(SafeFileHandle directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] told);
}
