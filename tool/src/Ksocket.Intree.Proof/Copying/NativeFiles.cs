// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;
using Ksocket.Intree.Core.Bytes;
using Microsoft.Win32.SafeHandles;

namespace Ksocket.Intree.Proof.Copying;

/// <summary>The type of what exists at a path.</summary>
internal enum FileType
{
    Missing,
    File,
    Folder,
    Link,

    /// <summary>A FIFO, a socket or a device: opening one may block.</summary>
    Special,
}

/// <summary>The status of a directory entry; links are not followed.</summary>
internal readonly record struct FileStatus(
    FileType Type, int Mode, ulong Inode, ulong Size, (long Seconds, uint Nanoseconds) Written, (long Seconds, uint Nanoseconds) Changed);

/// <summary>System calls with names as bytes: .NET cannot open a file whose name is not UTF-8.</summary>
internal static partial class NativeFiles
{
    private const int Interrupted = 4;
    private const int NoEntry = 2;
    private const int NoFolder = 20;
    private const int ReadOnly = 0x80000 | 0x800; // O_CLOEXEC, O_NONBLOCK
    private const int CreateNew = 0x80000 | 0x1 | 0x40 | 0x80; // O_CLOEXEC, O_WRONLY, O_CREAT, O_EXCL
    private const int AtCurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStatus = 0x7FF;
    private const int NameInEntry = 19; // struct dirent of a 64-bit Linux, readdir(3)
    private const ulong Clone = 0x40049409; // FICLONE

    public static FileStatus StatusOf(ByteString path)
    {
        if (StatX(AtCurrentFolder, Name(path), NoFollow, BasicStatus, out var status) < 0)
        {
            return Marshal.GetLastPInvokeError() is NoEntry or NoFolder ? default : throw Error(path);
        }

        var type = (status.Mode & 0xF000) switch
        {
            0x8000 => FileType.File,
            0x4000 => FileType.Folder,
            0xA000 => FileType.Link,
            _ => FileType.Special,
        };
        return new FileStatus(
            type, status.Mode & 0xFFF, status.Inode, status.Size,
            (status.WrittenSeconds, status.WrittenNanoseconds), (status.ChangedSeconds, status.ChangedNanoseconds));
    }

    /// <summary>The names in a folder, unsorted.</summary>
    public static unsafe List<ByteString> NamesIn(ByteString folder)
    {
        var stream = OpenFolder(Name(folder));
        if (stream == 0)
        {
            throw Error(folder);
        }

        try
        {
            var names = new List<ByteString>();
            for (var entry = ReadFolder(stream); entry != 0; entry = ReadFolder(stream))
            {
                var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)entry + NameInEntry);
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                {
                    names.Add(ByteString.Of(name));
                }
            }

            return names;
        }
        finally
        {
            _ = CloseFolder(stream);
        }
    }

    public static ByteString TargetOf(ByteString link)
    {
        var buffer = new byte[4096];
        var length = ReadLink(Name(link), buffer, (nuint)buffer.Length);
        return length < 0 ? throw Error(link) : ByteString.Of(buffer.AsSpan(0, (int)length));
    }

    public static void MakeLink(ByteString target, ByteString path) => Check(Link(Name(target), Name(path)), path);

    public static SafeFileHandle OpenRead(ByteString path) => Handle(Open(Name(path), ReadOnly, 0), path);

    /// <summary>
    /// Copies a file with its mode: as a reflink if the file system supports it, else with copy_file_range(2).
    /// </summary>
    public static void Copy(ByteString from, ByteString to, int mode)
    {
        using var source = OpenRead(from);
        using var copy = Handle(Open(Name(to), CreateNew, 0x180), to);
        if (Control(copy, Clone, source) < 0)
        {
            nint moved;
            do
            {
                moved = CopyRange(source, 0, copy, 0, 1 << 30, 0);
                if (moved < 0 && Marshal.GetLastPInvokeError() != Interrupted)
                {
                    CopyThrough(source, copy);
                    moved = 0;
                }
            }
            while (moved != 0);
        }

        Check(ChangeMode(copy, mode), to);
    }

    public static void SetMode(ByteString path, int mode)
    {
        using var file = OpenRead(path);
        Check(ChangeMode(file, mode), path);
    }

    /// <summary>Sets the modification time.</summary>
    public static void SetWritten(ByteString path, (long Seconds, uint Nanoseconds) time)
    {
        using var file = OpenRead(path);
        Check(SetTimes(file, [time.Seconds, time.Nanoseconds, time.Seconds, time.Nanoseconds]), path);
    }

    public static void Rename(ByteString from, ByteString to) => Check(Move(Name(from), Name(to)), from);

    public static void MakeFolder(ByteString path) => Check(MakeFolder(Name(path), 0x1FF), path);

    /// <summary>Deletes whatever exists at a path, recursively.</summary>
    public static void Delete(ByteString path)
    {
        switch (StatusOf(path).Type)
        {
            case FileType.Missing:
                break;

            case FileType.Folder:
                NamesIn(path).ForEach(name => Delete(Join(path, name)));
                Check(RemoveFolder(Name(path)), path);
                break;

            default:
                Check(Unlink(Name(path)), path);
                break;
        }
    }

    public static ByteString Join(ByteString folder, ByteString name) =>
        folder.IsEmpty ? name : ByteString.Concat(folder, folder.EndsWith("/"u8) ? ByteString.Empty : ByteString.Of("/"u8), name);

    /// <summary>For file systems without copy_file_range(2); continues where that stopped.</summary>
    private static void CopyThrough(SafeFileHandle source, SafeFileHandle copy)
    {
        var at = RandomAccess.GetLength(copy);
        var buffer = new byte[1 << 16];
        for (var length = RandomAccess.Read(source, buffer, at); length > 0; length = RandomAccess.Read(source, buffer, at))
        {
            RandomAccess.Write(copy, buffer.AsSpan(0, length), at);
            at += length;
        }
    }

    private static byte[] Name(ByteString path) => [.. path.Span, 0];

    private static SafeFileHandle Handle(int descriptor, ByteString path) =>
        descriptor < 0 ? throw Error(path) : new SafeFileHandle(descriptor, ownsHandle: true);

    private static void Check(int result, ByteString path)
    {
        if (result < 0)
        {
            throw Error(path);
        }
    }

    private static IOException Error(ByteString path)
    {
        var number = Marshal.GetLastPInvokeError();
        return new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(number)}", number);
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int StatX(int folder, byte[] path, int flags, uint mask, out Status status);

    [LibraryImport("libc", EntryPoint = "opendir", SetLastError = true)]
    private static partial nint OpenFolder(byte[] path);

    [LibraryImport("libc", EntryPoint = "readdir")]
    private static partial nint ReadFolder(nint stream);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseFolder(nint stream);

    [LibraryImport("libc", EntryPoint = "readlink", SetLastError = true)]
    private static partial nint ReadLink(byte[] path, [Out] byte[] buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "symlink", SetLastError = true)]
    private static partial int Link(byte[] target, byte[] path);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int Open(byte[] path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, ulong request, SafeFileHandle source);

    [LibraryImport("libc", EntryPoint = "copy_file_range", SetLastError = true)]
    private static partial nint CopyRange(SafeFileHandle source, nint sourceAt, SafeFileHandle copy, nint copyAt, nuint length, uint flags);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    private static partial int ChangeMode(SafeFileHandle file, int mode);

    [LibraryImport("libc", EntryPoint = "futimens", SetLastError = true)]
    private static partial int SetTimes(SafeFileHandle file, long[] times);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true)]
    private static partial int Move(byte[] from, byte[] to);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true)]
    private static partial int MakeFolder(byte[] path, int mode);

    [LibraryImport("libc", EntryPoint = "rmdir", SetLastError = true)]
    private static partial int RemoveFolder(byte[] path);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true)]
    private static partial int Unlink(byte[] path);

    /// <summary>The head of struct statx, the same on every architecture (statx(2)).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
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
    }
}
