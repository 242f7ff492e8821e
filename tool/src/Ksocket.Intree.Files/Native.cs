// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;
using Ksocket.Intree.Core.Bytes;
using Microsoft.Win32.SafeHandles;

namespace Ksocket.Intree.Files;

/// <summary>
/// System calls that .NET does not offer: everything relative to an open folder (openat(2) and its family), with names
/// as bytes. The numbers are those of Linux on x86-64 and arm64, which differ in two flags.
/// </summary>
internal static partial class Native
{
    public const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    public const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    public const int RemoveFolder = 0x200; // AT_REMOVEDIR

    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public static readonly int Directory = IsArm ? 0x4000 : 0x10000;
    public static readonly int NoFollowOpen = IsArm ? 0x8000 : 0x20000;

    public const ulong Clone = 0x40049409; // FICLONE

    public const int NoEntry = 2; // ENOENT
    public const int Exists = 17; // EEXIST
    public const int NotAFolder = 20; // ENOTDIR
    public const int IsAFolder = 21; // EISDIR
    public const int NotEmpty = 39; // ENOTEMPTY
    public const int TooManyLinks = 40; // ELOOP

    /// <summary>AT_FDCWD: names are relative to the current folder, and may be absolute.</summary>
    public static SafeFileHandle CurrentFolder { get; } = new(-100, ownsHandle: false);

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>The bytes of a name with a terminating NUL.</summary>
    public static byte[] Name(ByteString name)
    {
        var bytes = new byte[name.Length + 1];
        name.Span.CopyTo(bytes);
        return bytes;
    }

    /// <summary>The error of the last system call of this thread.</summary>
    public static IOException Error(string path) => Error(path, Marshal.GetLastPInvokeError());

    public static IOException Error(string path, int number) => new($"{path}: {Marshal.GetPInvokeErrorMessage(number)}", number);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial SafeFileHandle OpenAt(SafeHandle folder, byte[] name, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    public static partial int StatX(SafeHandle folder, byte[] name, int flags, uint mask, out FileStatus status);

    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true)]
    public static partial nint ReadLinkAt(SafeHandle folder, byte[] name, byte[] target, nint length);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeHandle file, Span<byte> bytes, nint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeHandle file, ReadOnlySpan<byte> bytes, nint length);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true)]
    public static partial int MakeFolderAt(SafeHandle folder, byte[] name, uint mode);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true)]
    public static partial int RenameAt(SafeHandle from, byte[] name, SafeHandle to, byte[] newName);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true)]
    public static partial int LinkAt(SafeHandle from, byte[] name, SafeHandle to, byte[] newName, int flags);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    public static partial int UnlinkAt(SafeHandle folder, byte[] name, int flags);

    [LibraryImport("libc", EntryPoint = "symlinkat", SetLastError = true)]
    public static partial int SymLinkAt(byte[] target, SafeHandle folder, byte[] name);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(SafeHandle file, ulong request, SafeHandle source);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int WindowSize(SafeHandle terminal, ulong request, out ScreenSize size);

    [LibraryImport("libc", EntryPoint = "copy_file_range", SetLastError = true)]
    public static partial nint CopyRange(SafeHandle source, nint sourceAt, SafeHandle copy, nint copyAt, nuint length, uint flags);

    /// <param name="times">Seconds and nanoseconds of the last access, then of the last modification.</param>
    [LibraryImport("libc", EntryPoint = "futimens", SetLastError = true)]
    public static partial int SetTimes(SafeHandle file, long[] times);

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    public static partial int ChangeOwner(SafeHandle file, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    public static partial int ChangeMode(SafeHandle file, uint mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(SafeHandle file);

    [LibraryImport("libc", EntryPoint = "sync_file_range", SetLastError = true)]
    public static partial int SyncRange(SafeHandle file, long offset, long length, uint flags);

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    public static partial int Duplicate(SafeHandle file);

    [LibraryImport("libc", EntryPoint = "fdopendir", SetLastError = true)]
    public static partial nint OpenListing(int folder);

    [LibraryImport("libc", EntryPoint = "rewinddir")]
    public static partial void Rewind(nint listing);

    [LibraryImport("libc", EntryPoint = "readdir", SetLastError = true)]
    public static partial nint NextEntry(nint listing);

    [LibraryImport("libc", EntryPoint = "closedir")]
    public static partial int CloseListing(nint listing);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();
}

/// <summary>The head of struct statx, the same on every architecture (statx(2)); the rest is padding.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    /// <summary>STATX_BASIC_STATS: everything below.</summary>
    public const uint Basic = 0x7ff;

    private const uint TypeMask = 0xF000;

    [FieldOffset(20)]
    public uint User;

    [FieldOffset(24)]
    public uint Group;

    [FieldOffset(28)]
    public ushort Mode;

    [FieldOffset(32)]
    public ulong Inode;

    [FieldOffset(40)]
    public ulong Size;

    [FieldOffset(96)]
    public long ChangedSeconds;

    [FieldOffset(104)]
    public uint ChangedNanoseconds;

    [FieldOffset(112)]
    public long WrittenSeconds;

    [FieldOffset(120)]
    public uint WrittenNanoseconds;

    public readonly bool IsRegular => (Mode & TypeMask) == 0x8000;

    public readonly bool IsFolder => (Mode & TypeMask) == 0x4000;

    public readonly bool IsLink => (Mode & TypeMask) == 0xA000;

    /// <summary>Whether its owner may execute it, the only permission that git records.</summary>
    public readonly bool IsExecutable => (Mode & 0x40) != 0;

    public readonly uint Permissions => Mode & 0xFFFu;

    /// <summary>Whether this is the same file, unchanged between the two calls.</summary>
    public readonly bool IsSameAs(FileStatus other) =>
        (Inode, Size, ChangedSeconds, ChangedNanoseconds) == (other.Inode, other.Size, other.ChangedSeconds, other.ChangedNanoseconds);
}
