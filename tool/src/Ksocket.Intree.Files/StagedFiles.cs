// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Microsoft.Win32.SafeHandles;

namespace Ksocket.Intree.Files;

/// <summary>
/// Files that were written and not yet named. They are synced together: one commit of the file system's journal then
/// serves all of them, where a sync after each file waits for as many commits as there are files.
/// </summary>
internal sealed class StagedFiles : IDisposable
{
    private const uint StartWriting = 2; // SYNC_FILE_RANGE_WRITE

    private readonly List<(SafeFileHandle File, string Path)> _open = [];

    /// <summary>Creates a file with owner and group of another, which is known as it was looked at.</summary>
    public void Write(OpenFolder folder, ByteString name, ByteString bytes, FileStatus owner, uint mode)
    {
        folder.Delete(name); // whatever stands there, a link out of the tree among it, is not written through
        var file = folder.Create(name);
        _open.Add((file, folder.PathOf(name)));
        RandomAccess.Write(file, bytes.Span, 0);
        _ = Native.ChangeOwner(file, owner.User, owner.Group); // without the right to, the file keeps our owner
        if (Native.ChangeMode(file, mode) < 0)
        {
            throw Native.Error(folder.PathOf(name));
        }

        _ = Native.SyncRange(file, 0, 0, StartWriting); // a hint; the sync is what counts
    }

    public void Sync()
    {
        // A few threads are enough: the journal commit that the first waits for serves the others too.
        Exception? failure = null;
        Parallel.ForEach(_open, new ParallelOptions { MaxDegreeOfParallelism = 4 }, one =>
        {
            if (Native.Sync(one.File) < 0)
            {
                failure = Native.Error(one.Path);
            }
        });
        if (failure is not null)
        {
            throw failure;
        }
    }

    public void Dispose() => _open.ForEach(one => one.File.Dispose());
}
