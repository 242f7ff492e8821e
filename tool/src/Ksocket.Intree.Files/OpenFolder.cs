// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;
using Ksocket.Intree.Core.Bytes;
using Microsoft.Win32.SafeHandles;

namespace Ksocket.Intree.Files;

/// <summary>
/// A folder by its descriptor. Every operation names an entry of the folder itself and follows no link, so the entry
/// checked is the one opened, renamed or deleted, even if a folder above it is renamed meanwhile.
/// </summary>
internal sealed class OpenFolder : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly string _path;

    private OpenFolder(SafeFileHandle handle, string path) => (_handle, _path) = (handle, path);

    /// <summary>Opens a folder by its path, following links.</summary>
    public static OpenFolder Open(string path) => Open(ByteString.OfText(path));

    public static OpenFolder Open(ByteString path)
    {
        const int flags = Native.ReadOnly | Native.CloseOnExec;
        var handle = Native.OpenAt(Native.CurrentFolder, Native.Name(path), flags | Native.Directory, 0);
        return handle.IsInvalid ? throw Native.Error(path.ToString()) : new OpenFolder(handle, path.ToString());
    }

    public string PathOf(ByteString name) => name.IsEmpty ? _path : $"{_path.TrimEnd('/')}/{name}";

    /// <summary>A folder in this one; null if the entry is missing or is not a folder.</summary>
    public OpenFolder? TryOpen(ByteString name)
    {
        var flags = Native.ReadOnly | Native.Directory | Native.NoFollowOpen | Native.CloseOnExec;
        var handle = Native.OpenAt(_handle, Native.Name(name), flags, 0);
        if (!handle.IsInvalid)
        {
            return new OpenFolder(handle, PathOf(name));
        }

        var error = Marshal.GetLastPInvokeError();
        return error is Native.NoEntry or Native.NotAFolder or Native.TooManyLinks ? null : throw Native.Error(PathOf(name), error);
    }

    /// <summary>The status of an entry; null if there is none. The empty name is the folder itself.</summary>
    public FileStatus? Look(ByteString name, bool follow = false)
    {
        var flags = name.IsEmpty ? Native.EmptyPath : follow ? 0 : Native.NoFollow;
        if (Native.StatX(_handle, Native.Name(name), flags, FileStatus.Basic, out var status) == 0)
        {
            return status;
        }

        var error = Marshal.GetLastPInvokeError();
        return error is Native.NoEntry or Native.NotAFolder || (follow && error == Native.TooManyLinks)
            ? null
            : throw Native.Error(PathOf(name), error);
    }

    public ByteString ReadLink(ByteString name)
    {
        var target = new byte[4096]; // PATH_MAX
        var length = Native.ReadLinkAt(_handle, Native.Name(name), target, target.Length);
        return length < 0 ? throw Native.Error(PathOf(name)) : new ByteString(target.AsMemory(0, (int)length));
    }

    /// <summary>Opens a file to read; never waits for the other end of a FIFO.</summary>
    public SafeFileHandle OpenToRead(ByteString name, bool follow = false)
    {
        var flags = Native.ReadOnly | Native.NonBlocking | Native.CloseOnExec | (follow ? 0 : Native.NoFollowOpen);
        var handle = Native.OpenAt(_handle, Native.Name(name), flags, 0);
        return handle.IsInvalid ? throw Native.Error(PathOf(name)) : handle;
    }

    /// <summary>Creates a new file, accessible only to its owner.</summary>
    public SafeFileHandle Create(ByteString name)
    {
        const int flags = Native.WriteOnly | Native.Create | Native.Exclusive | Native.CloseOnExec;
        var handle = Native.OpenAt(_handle, Native.Name(name), flags, 0x180);
        return handle.IsInvalid ? throw Native.Error(PathOf(name)) : handle;
    }

    public void MakeFolder(ByteString name) => Check(Native.MakeFolderAt(_handle, Native.Name(name), 0x1ED), name);

    public void Rename(ByteString name, ByteString newName) =>
        Check(Native.RenameAt(_handle, Native.Name(name), _handle, Native.Name(newName)), newName);

    /// <summary>Adds a second name to a file; fails if that name exists.</summary>
    public void Link(ByteString name, ByteString newName) =>
        Check(Native.LinkAt(_handle, Native.Name(name), _handle, Native.Name(newName), 0), newName);

    /// <summary>Deletes an entry that is not a folder; it need not exist.</summary>
    public void Delete(ByteString name)
    {
        if (Native.UnlinkAt(_handle, Native.Name(name), 0) < 0 && Marshal.GetLastPInvokeError() is var error && error != Native.NoEntry)
        {
            throw Native.Error(PathOf(name), error);
        }
    }

    /// <summary>Deletes a folder; false if it is not empty or does not exist.</summary>
    public bool DeleteIfEmpty(ByteString name)
    {
        var done = Native.UnlinkAt(_handle, Native.Name(name), Native.RemoveFolder) == 0;
        var error = done ? 0 : Marshal.GetLastPInvokeError();
        return done || error is Native.NotEmpty or Native.Exists or Native.NoEntry
            ? done
            : throw Native.Error(PathOf(name), error);
    }

    /// <summary>Makes the names in the folder durable (fsync(2), the note on directories).</summary>
    public void Sync() => Check(Native.Sync(_handle), default);

    public void SetOwner(uint user, uint group) => _ = Native.ChangeOwner(_handle, user, group);

    /// <summary>The names of all entries, in no order.</summary>
    public IReadOnlyList<ByteString> Names()
    {
        var copy = Native.Duplicate(_handle); // closedir() closes the descriptor of fdopendir()
        var listing = copy < 0 ? throw Native.Error(_path) : Native.OpenListing(copy);
        if (listing == 0)
        {
            var error = Native.Error(_path);
            _ = Native.Close(copy);
            throw error;
        }

        try
        {
            Native.Rewind(listing); // both descriptors share one position
            var names = new List<ByteString>();
            for (var entry = Native.NextEntry(listing); entry != 0; entry = Native.NextEntry(listing))
            {
                var name = NameOf(entry);
                if (!name.Equals("."u8) && !name.Equals(".."u8))
                {
                    names.Add(name);
                }
            }

            return names;
        }
        finally
        {
            _ = Native.CloseListing(listing);
        }
    }

    public void Dispose() => _handle.Dispose();

    /// <summary>d_name of struct dirent on 64-bit Linux: after d_ino, d_off, d_reclen and d_type (readdir(3)).</summary>
    private static unsafe ByteString NameOf(nint entry) =>
        ByteString.Of(MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)entry + 19));

    private void Check(int result, ByteString name)
    {
        if (result < 0)
        {
            throw Native.Error(PathOf(name));
        }
    }
}
