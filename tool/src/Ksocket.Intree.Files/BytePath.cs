// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;
using Ksocket.Intree.Core.Bytes;
using Microsoft.Win32.SafeHandles;

namespace Ksocket.Intree.Files;

/// <summary>The type of what exists at a path.</summary>
public enum PathType
{
    Missing,
    File,
    Folder,
    Link,

    /// <summary>A FIFO, a socket or a device: opening one may block.</summary>
    Special,
}

/// <summary>The status of what exists at a path.</summary>
/// <param name="Mode">The permissions.</param>
/// <param name="Written">When the content changed last.</param>
/// <param name="Changed">When content, mode, owner or name changed last.</param>
public readonly record struct PathStatus(
    PathType Type, int Mode, ulong Inode, ulong Size, (long Seconds, uint Nanoseconds) Written, (long Seconds, uint Nanoseconds) Changed);

/// <summary>
/// Operations on paths as bytes, relative to the current folder: .NET cannot open a file whose name is not UTF-8. For trees
/// that nobody changes meanwhile, and for folders of our own; <see cref="OpenFolder"/> is for those that users share.
/// </summary>
public static class BytePath
{
    private const int Interrupted = 4; // EINTR
    private const uint Usual = 0x1FF; // the umask applies

    /// <summary>Links are not followed.</summary>
    public static PathStatus StatusOf(ByteString path)
    {
        if (Native.StatX(Native.CurrentFolder, Native.Name(path), Native.NoFollow, FileStatus.Basic, out var status) < 0)
        {
            return Marshal.GetLastPInvokeError() is Native.NoEntry or Native.NotAFolder ? default : throw Error(path);
        }

        return Of(status);
    }

    private static PathStatus Of(FileStatus status)
    {
        var type = status.IsRegular ? PathType.File : status.IsFolder ? PathType.Folder : status.IsLink ? PathType.Link : PathType.Special;
        return new PathStatus(
            type, (int)status.Permissions, status.Inode, status.Size,
            (status.WrittenSeconds, status.WrittenNanoseconds), (status.ChangedSeconds, status.ChangedNanoseconds));
    }

    /// <summary>The names in a folder, unsorted.</summary>
    public static IReadOnlyList<ByteString> NamesIn(ByteString folder)
    {
        using var open = OpenFolder.Open(folder);
        return open.Names();
    }

    /// <summary>The names in a folder with their status, unsorted; without those that are deleted meanwhile.</summary>
    public static IReadOnlyList<(ByteString Name, PathStatus Status)> EntriesIn(ByteString folder)
    {
        using var open = OpenFolder.Open(folder);
        return [.. from name in open.Names() let status = open.Look(name) where status is not null select (name, Of(status.Value))];
    }

    public static ByteString TargetOf(ByteString link)
    {
        var buffer = new byte[4096];
        var length = Native.ReadLinkAt(Native.CurrentFolder, Native.Name(link), buffer, buffer.Length);
        return length < 0 ? throw Error(link) : ByteString.Of(buffer.AsSpan(0, (int)length));
    }

    public static void MakeLink(ByteString target, ByteString path) =>
        Check(Native.SymLinkAt(Native.Name(target), Native.CurrentFolder, Native.Name(path)), path);

    public static SafeFileHandle OpenRead(ByteString path) => Open(path, Native.ReadOnly | Native.NonBlocking, 0);

    /// <summary>
    /// Copies a file with its mode: as a reflink if the file system supports it, else with copy_file_range(2).
    /// </summary>
    public static void Copy(ByteString from, ByteString to, int mode)
    {
        using var source = OpenRead(from);
        using var copy = Open(to, Native.WriteOnly | Native.Create | Native.Exclusive, 0x180);
        if (Native.Control(copy, Native.Clone, source) < 0)
        {
            nint moved;
            do
            {
                moved = Native.CopyRange(source, 0, copy, 0, 1 << 30, 0);
                if (moved < 0 && Marshal.GetLastPInvokeError() != Interrupted)
                {
                    CopyThrough(source, copy);
                    moved = 0;
                }
            }
            while (moved != 0);
        }

        Check(Native.ChangeMode(copy, (uint)mode), to);
    }

    public static void SetMode(ByteString path, int mode)
    {
        using var file = OpenRead(path);
        Check(Native.ChangeMode(file, (uint)mode), path);
    }

    /// <summary>Sets the modification time.</summary>
    public static void SetWritten(ByteString path, (long Seconds, uint Nanoseconds) time)
    {
        using var file = OpenRead(path);
        Check(Native.SetTimes(file, [time.Seconds, time.Nanoseconds, time.Seconds, time.Nanoseconds]), path);
    }

    public static void Rename(ByteString from, ByteString to) =>
        Check(Native.RenameAt(Native.CurrentFolder, Native.Name(from), Native.CurrentFolder, Native.Name(to)), from);

    public static void MakeFolder(ByteString path) => Check(Native.MakeFolderAt(Native.CurrentFolder, Native.Name(path), Usual), path);

    /// <summary>Deletes whatever exists at a path, recursively.</summary>
    public static void Delete(ByteString path)
    {
        var type = StatusOf(path).Type;
        if (type == PathType.Folder)
        {
            foreach (var name in NamesIn(path))
            {
                Delete(Join(path, name));
            }
        }

        if (type != PathType.Missing)
        {
            Check(Native.UnlinkAt(Native.CurrentFolder, Native.Name(path), type == PathType.Folder ? Native.RemoveFolder : 0), path);
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

    private static SafeFileHandle Open(ByteString path, int flags, uint mode)
    {
        var handle = Native.OpenAt(Native.CurrentFolder, Native.Name(path), flags | Native.CloseOnExec, mode);
        return handle.IsInvalid ? throw Error(path) : handle;
    }

    private static void Check(int result, ByteString path)
    {
        if (result < 0)
        {
            throw Error(path);
        }
    }

    private static IOException Error(ByteString path) => Native.Error(path.ToString());
}
