// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Files;

/// <summary>
/// Applies changes to a folder: all or none, each file atomic and durable. Every new file is first written completely
/// under a temporary name in the same folder, and all are synced together, so that a full disk is detected before
/// anything is renamed. Replaced and deleted files keep a second name until the end, so that after a failure or an
/// interruption the original files are restored. If the process is killed, the tree still builds, and the next apply or
/// remove continues.
/// </summary>
public sealed class FolderWriter
{
    private readonly FolderTree _tree;
    private readonly ImmutableArray<FileChange> _changes;
    private readonly Interruption _interruption;
    private readonly List<TreePath> _madeFolders = [];
    private readonly List<FileChange> _done = [];
    private readonly Dictionary<TreePath, FileStatus> _seen = [];
    private readonly Lazy<FileStatus> _model;

    private FolderWriter(FolderTree tree, ImmutableArray<FileChange> changes, Interruption interruption)
    {
        (_tree, _changes, _interruption) = (tree, changes, interruption);
        _model = new(() => FolderOf("Makefile").Look(new TreePath("Makefile").Name)
            ?? throw new IOException($"{tree.PathOf("Makefile")} is gone"));
    }

    public static void Write(FolderTree tree, ImmutableArray<FileChange> changes)
    {
        using var interruption = Interruption.Hold();
        var writer = new FolderWriter(tree, changes.RemoveAll(change => Staging.IsName(change.Path)), interruption);
        IoFailures.Try(tree.Root, () =>
        {
            try
            {
                writer.Sweep(changes);
                writer.Stage();
                writer.Check();
                writer.Carry();
                writer.Sync();
            }
            catch (Exception error) when (error is IOException
                or UnauthorizedAccessException
                or IntreeFailure
                or OperationCanceledException)
            {
                writer.Undo();
                throw;
            }

            writer.Finish(deletes: changes.Any(change => change.After is null));
        });
    }

    private OpenFolder FolderOf(TreePath path) => _tree.Folder(path.Folder) ?? throw IntreeFailure.InTheWay(
        $"{_tree.Name}: {path.Folder} is no longer a folder",
        "the tree changed while ksocket-intree was running; nothing was written; run the command again");

    /// <summary>Deletes the files of an interrupted run first: this run may use the same names.</summary>
    private void Sweep(ImmutableArray<FileChange> changes)
    {
        foreach (var left in changes.Where(change => Staging.IsName(change.Path)))
        {
            FolderOf(left.Path).Delete(left.Path.Name);
        }
    }

    /// <summary>Writes every new file under its temporary name, then syncs all of them at once.</summary>
    private void Stage()
    {
        using var staged = new StagedFiles();
        foreach (var change in _changes.Where(change => change.After is not null))
        {
            _interruption.ThrowIfRequested();
            MakeFolders(change.Path);
            var folder = FolderOf(change.Path);
            var there = folder.Look(change.Path.Name);
            staged.Write(folder, Staging.NameOf(change.Path).Name, change.After!.Bytes, there ?? _model.Value, ModeOf(change, there));
        }

        _interruption.ThrowIfRequested();
        staged.Sync();
    }

    /// <summary>A new file gets the mode of a git checkout, independent of the umask.</summary>
    private static uint ModeOf(FileChange change, FileStatus? there)
    {
        var mode = there?.Permissions ?? 0x1A4;
        return there is not null && change.Before?.Executable == change.After!.Executable ? mode
            : change.After!.Executable ? mode | ((mode & 0x124) >> 2)
            : mode & ~0x49u;
    }

    /// <summary>Refuses if the tree changed since it was read, so that no one's changes are lost.</summary>
    private void Check()
    {
        foreach (var change in _changes)
        {
            var there = FolderOf(change.Path).Look(change.Path.Name);
            // A link that kbuild or a script left is deleted, not followed.
            var isAsRead = there is not { } status ? change.Before is null
                : change.Before is not null
                    && ((status.IsLink && change.After is null)
                        || (status.IsRegular && _tree.Read(change.Path) == change.Before.Bytes));
            if (!isAsRead)
            {
                throw Changed(change);
            }

            if (there is { } seen)
            {
                _seen[change.Path] = seen;
            }
        }
    }

    private void Carry()
    {
        foreach (var change in _changes.Where(change => !IsLast(change)))
        {
            _interruption.ThrowIfRequested();
            var (folder, name) = (FolderOf(change.Path), change.Path.Name);
            var (now, seen) = (folder.Look(name), _seen.TryGetValue(change.Path, out var before) ? before : default(FileStatus?));
            if (now is null != seen is null || now?.IsSameAs(seen!.Value) == false)
            {
                throw Changed(change);
            }

            _done.Add(change);
            Replace(folder, name, change);
        }
    }

    /// <summary>The state file is deleted last: while it exists, there is something to finish.</summary>
    private static bool IsLast(FileChange change) => change.Path == StateFile.Path && change.After is null;

    /// <summary>The old file gets its second name before the rename, so that one of the two always exists.</summary>
    private static void Replace(OpenFolder folder, ByteString name, FileChange change)
    {
        var kept = Staging.KeptNameOf(change.Path).Name;
        if (change.Before is not null)
        {
            folder.Delete(kept);
            if (change.After is null)
            {
                folder.Rename(name, kept);
                return;
            }

            Keep(folder, name, kept, change.Before);
        }

        folder.Rename(Staging.NameOf(change.Path).Name, name);
    }

    private static void Keep(OpenFolder folder, ByteString name, ByteString kept, TreeFile before)
    {
        try
        {
            folder.Link(name, kept);
        }
        catch (IOException)
        {
            // Hard links are refused for another user's file (fs.protected_hardlinks) or by the file system: copy it.
            using var copy = new StagedFiles();
            var status = folder.Look(name)!.Value;
            copy.Write(folder, kept, before.Bytes, status, status.Permissions);
        }
    }

    private IntreeFailure Changed(FileChange change) => IntreeFailure.InTheWay(
        $"{_tree.Name}: {change.Path} changed while ksocket-intree was running",
        "nothing was written; run the command again");

    private void MakeFolders(TreePath path)
    {
        foreach (var folder in path.Folders.Where(folder => _tree.Folder(folder) is null))
        {
            FolderOf(folder).MakeFolder(folder.Name);
            _madeFolders.Add(folder);
            _tree.Folder(folder)?.SetOwner(_model.Value.User, _model.Value.Group);
        }
    }

    /// <summary>Makes the new names durable; after this the changes are not undone.</summary>
    private void Sync()
    {
        var changed = _changes.Where(change => !IsLast(change)).Select(change => change.Path.Folder);
        var folders = changed.Concat(_madeFolders.Select(made => made.Folder)).Distinct().Select(_tree.Folder).OfType<OpenFolder>();
        SyncTogether.Run([.. folders], folder => folder.Sync());
        _interruption.ThrowIfRequested();
    }

    /// <summary>Deletes the second names, then the folders left empty, then a state file that is no longer wanted.</summary>
    private void Finish(bool deletes)
    {
        foreach (var change in _done.Where(change => change.Before is not null))
        {
            FolderOf(change.Path).Delete(Staging.KeptNameOf(change.Path).Name);
        }

        if (deletes)
        {
            EmptyFolders.Drop(_tree, DriverSource.Bundled.OwnFolders);
            EmptyFolders.DropAbove(_tree, _changes.Where(change => change.After is null).Select(change => change.Path));
        }

        if (_changes.Any(IsLast))
        {
            FolderOf(StateFile.Path).Delete(StateFile.Path.Name);
        }
    }

    private void Undo()
    {
        foreach (var change in _done.AsEnumerable().Reverse())
        {
            Quietly(() => PutBack(FolderOf(change.Path), change));
        }

        foreach (var change in _changes.Where(change => change.After is not null))
        {
            Quietly(() => _tree.Folder(change.Path.Folder)?.Delete(Staging.NameOf(change.Path).Name));
        }

        foreach (var folder in _madeFolders.AsEnumerable().Reverse())
        {
            Quietly(() => FolderOf(folder).DeleteIfEmpty(folder.Name));
            _tree.Forget(folder);
        }
    }

    /// <summary>The last change may be incomplete, so each step may find nothing to do.</summary>
    private static void PutBack(OpenFolder folder, FileChange change)
    {
        var kept = Staging.KeptNameOf(change.Path).Name;
        if (change.Before is null)
        {
            folder.Delete(change.Path.Name);
        }
        else if (folder.Look(kept) is not null)
        {
            folder.Rename(kept, change.Path.Name);
            folder.Delete(kept); // rename(2) keeps both names if they are the same file
        }
    }

    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or IntreeFailure)
        {
            // Undo does what the file system allows; the first failure is reported.
        }
    }
}
