// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Files;

/// <summary>
/// Carries changes out in a folder: all or none, each file atomic and durable. Every new file is first written whole
/// under a second name beside its place, and all of them are synced together, so that a full disk is met before anything
/// is renamed. What is replaced or deleted keeps a second name until the end, so that a failure or an interruption gives
/// back the very files that were there. Killed at any point, what is there still builds, and apply or remove goes on from it.
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
        _model = new(() => FolderOf("Makefile").Look(new TreePath("Makefile").Name) ?? throw new IOException($"{tree.PathOf("Makefile")} is gone"));
    }

    public static void Write(FolderTree tree, ImmutableArray<FileChange> changes)
    {
        using var interruption = Interruption.Hold();
        var writer = new FolderWriter(tree, changes.RemoveAll(change => Staging.IsName(change.Path)), interruption);
        Machine.Try(tree.Root, () =>
        {
            try
            {
                writer.Sweep(changes);
                writer.Stage();
                writer.Check();
                writer.Carry();
                writer.Sync();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or IntreeFailure or OperationCanceledException)
            {
                writer.Undo();
                throw;
            }

            writer.Finish(deletes: changes.Any(change => change.After is null));
        });
    }

    private OpenFolder FolderOf(TreePath path) => _tree.Folder(path.Folder) ?? throw IntreeFailure.InTheWay(
        $"{_tree.Name}: {path.Folder} is no folder any more",
        "the tree changed while ksocket-intree was at work; nothing was written; run the command again");

    /// <summary>What a run that was cut off left goes first: this run may want the same names.</summary>
    private void Sweep(ImmutableArray<FileChange> changes)
    {
        foreach (var left in changes.Where(change => Staging.IsName(change.Path)))
        {
            FolderOf(left.Path).Delete(left.Path.Name);
        }
    }

    /// <summary>Writes every new file under its staged name; the disk may work on all of them at once.</summary>
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

    /// <summary>A new file as git checks files out: a kernel builder's umask does not decide what others may read.</summary>
    private static uint ModeOf(FileChange change, FileStatus? there)
    {
        var mode = there?.Permissions ?? 0x1A4;
        return there is not null && change.Before?.Executable == change.After!.Executable ? mode
            : change.After!.Executable ? mode | ((mode & 0x124) >> 2)
            : mode & ~0x49u;
    }

    /// <summary>Somebody may have written to the tree since it was read; their bytes are not ours to lose.</summary>
    private void Check()
    {
        foreach (var change in _changes)
        {
            var there = FolderOf(change.Path).Look(change.Path.Name);
            // Of a link that kbuild or a recipe left, only its name goes.
            var isAsRead = there is not { } status ? change.Before is null
                : change.Before is not null && ((status.IsLink && change.After is null) || (status.IsRegular && _tree.Read(change.Path) == change.Before.Bytes));
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

    /// <summary>The state file goes last: while it is there, it says that there is something to finish.</summary>
    private static bool IsLast(FileChange change) => change.Path == StateFile.Path && change.After is null;

    /// <summary>The old file gets its second name before the new one takes its place: at no time is neither there.</summary>
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
            // No second name for a file of somebody else's (fs.protected_hardlinks), or on this file system: a copy.
            using var copy = new StagedFiles();
            var status = folder.Look(name)!.Value;
            copy.Write(folder, kept, before.Bytes, status, status.Permissions);
        }
    }

    private IntreeFailure Changed(FileChange change) => IntreeFailure.InTheWay(
        $"{_tree.Name}: {change.Path} changed while ksocket-intree was at work",
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

    /// <summary>Makes the new names durable; from here on the changes are done, and are not undone.</summary>
    private void Sync()
    {
        foreach (var folder in _changes.Where(change => !IsLast(change)).Select(change => change.Path.Folder).Concat(_madeFolders.Select(made => made.Folder)).Distinct())
        {
            _tree.Folder(folder)?.Sync();
        }

        _interruption.ThrowIfRequested();
    }

    /// <summary>The second names go, then the folders that held only what was deleted, then a state file that is no longer wanted.</summary>
    private void Finish(bool deletes)
    {
        foreach (var change in _done.Where(change => change.Before is not null))
        {
            FolderOf(change.Path).Delete(Staging.KeptNameOf(change.Path).Name);
        }

        if (deletes)
        {
            EmptyFolders.Drop(_tree, Landing.OwnFolders);
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

    /// <summary>The last change may have been cut off half way through, so each step may find nothing to do.</summary>
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
            folder.Delete(kept); // rename(2) leaves both names where they are one file
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
            // Undo goes as far as the file system allows; the first failure is the one to report.
        }
    }
}
