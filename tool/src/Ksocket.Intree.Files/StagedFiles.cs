// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Microsoft.Win32.SafeHandles;

namespace Ksocket.Intree.Files;

/// <summary>
/// Files written under temporary names and not yet renamed. They are synced together: one journal commit of the file
/// system then covers all of them, where a sync after each file would wait for one commit per file.
/// </summary>
internal sealed class StagedFiles : IDisposable
{
    private const uint StartWriting = 2; // SYNC_FILE_RANGE_WRITE

    private readonly List<(SafeFileHandle File, string Path)> _open = [];

    /// <summary>Creates a file with the owner and group of another file.</summary>
    public void Write(OpenFolder folder, ByteString name, ByteString bytes, FileStatus owner, uint mode)
    {
        folder.Delete(name); // never write through what is there, such as a link out of the tree
        var file = folder.Create(name);
        _open.Add((file, folder.PathOf(name)));
        RandomAccess.Write(file, bytes.Span, 0);
        _ = Native.ChangeOwner(file, owner.User, owner.Group); // without permission, the file keeps our owner
        if (Native.ChangeMode(file, mode) < 0)
        {
            throw Native.Error(folder.PathOf(name));
        }

        _ = Native.SyncRange(file, 0, 0, StartWriting); // a hint; Sync() makes it durable
    }

    public void Sync()
    {
        SyncTogether.Run(_open, one => _ = Native.Sync(one.File) < 0 ? throw Native.Error(one.Path) : 0);
    }

    public void Dispose() => _open.ForEach(one => one.File.Dispose());
}
