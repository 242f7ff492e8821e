// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Runtime.InteropServices;

namespace Ksocket.Intree.Files;

/// <summary>
/// Which file stands at a path, and when anything about it last changed. Size and time of writing are not enough: both
/// can be set, and are the same for every file of an archive with clamped times; inode and time of change cannot.
/// </summary>
public static partial class FileStamp
{
    private const int AtCurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint Wanted = 0x80 | 0x100; // STATX_CTIME, STATX_INO

    /// <summary>A word that differs whenever the file is another or was changed; empty where it cannot be told.</summary>
    public static string Of(string path) => StatX(AtCurrentFolder, path, NoFollow, Wanted, out var status) == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{status.Inode} {status.ChangedSeconds}.{status.ChangedNanoseconds}")
        : "";

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out Status status);

    /// <summary>The head of struct statx, the same on every architecture (statx(2)); the rest is room.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(96)]
        public long ChangedSeconds;

        [FieldOffset(104)]
        public uint ChangedNanoseconds;
    }
}
