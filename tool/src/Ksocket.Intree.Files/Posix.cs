// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;

namespace Ksocket.Intree.Files;

/// <summary>What .NET has no call for: making a folder's entries durable, giving a file its owner back, and telling one file from another.</summary>
internal static partial class Posix
{
    /// <summary>The same on x86 and arm64; O_DIRECTORY is not, and on arm64 x86's value of it is O_DIRECT, which no folder takes.</summary>
    private const int OpenCloseOnExec = 0x80000;

    /// <summary>Makes the names in a folder survive a power cut (fsync(2), the note on directories).</summary>
    public static void SyncFolder(string path)
    {
        var descriptor = Open(path, OpenCloseOnExec);
        if (descriptor < 0)
        {
            throw Error(path);
        }

        var result = Sync(descriptor);
        _ = Close(descriptor);
        if (result < 0)
        {
            throw Error(path);
        }
    }

    /// <summary>Gives a file the owner and group of another; without the right to, the file keeps ours.</summary>
    public static void CopyOwner(string from, string to)
    {
        if (StatX(AtCurrentFolder, from, 0, StatOwner, out var status) == 0)
        {
            _ = Chown(to, status.Uid, status.Gid);
        }
    }

    /// <summary>The inode at a path, itself and not what it leads to, and when anything about it last changed; null where it cannot be told.</summary>
    public static (ulong Inode, long Seconds, uint Nanoseconds)? Change(string path) =>
        StatX(AtCurrentFolder, path, NoFollow, StatChange, out var status) == 0 ? (status.Inode, status.ChangedSeconds, status.ChangedNanoseconds) : null;

    private static IOException Error(string path)
    {
        var number = Marshal.GetLastPInvokeError();
        return new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(number)}", number);
    }

    private const int AtCurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint StatOwner = 0x8 | 0x10;
    private const uint StatChange = 0x80 | 0x100; // STATX_CTIME, STATX_INO

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Chown(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out FileStatus status);

    /// <summary>The head of struct statx, the same on every architecture (statx(2)); the rest is room.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(20)]
        public uint Uid;

        [FieldOffset(24)]
        public uint Gid;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(96)]
        public long ChangedSeconds;

        [FieldOffset(104)]
        public uint ChangedNanoseconds;
    }
}
