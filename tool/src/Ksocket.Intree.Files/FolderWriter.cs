// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Files;

/// <summary>
/// Carries changes out in a folder: all or none, each file atomic and durable. Every new file is first written
/// whole beside its place, so that a full disk is met before anything is renamed; a failure after that is undone.
/// Killed at any point, what is there still builds, and apply or remove goes on from it.
/// </summary>
public sealed class FolderWriter
{
    private readonly FolderTree _tree;
    private readonly List<string> _madeFolders = [];
    private readonly List<FileChange> _done = [];
    private readonly Dictionary<TreePath, UnixFileMode> _modes = [];
    private readonly Interruption _interruption;

    private FolderWriter(FolderTree tree, Interruption interruption) => (_tree, _interruption) = (tree, interruption);

    public static void Write(FolderTree tree, ImmutableArray<FileChange> changes)
    {
        using var held = Interruption.Hold();
        var writer = new FolderWriter(tree, held);
        Machine.Try(tree.Root, () =>
        {
            try
            {
                changes = writer.Sweep(changes);
                writer.Stage(changes);
                writer.Carry(changes);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or IntreeFailure or OperationCanceledException)
            {
                writer.Undo(changes);
                throw;
            }

            writer.Sync(changes);
        });
    }

    /// <summary>What an interrupted run left goes first: this run may want the same names. The changes that remain.</summary>
    private ImmutableArray<FileChange> Sweep(ImmutableArray<FileChange> changes)
    {
        foreach (var left in changes.Where(change => Staging.IsName(change.Path)))
        {
            File.Delete(_tree.PathOf(left.Path));
        }

        return changes.RemoveAll(change => Staging.IsName(change.Path));
    }

    private void Stage(ImmutableArray<FileChange> changes)
    {
        foreach (var change in changes)
        {
            _interruption.ThrowIfRequested();
            RefuseIfChanged(change);
            if (change.After is not null)
            {
                MakeFolders(change.Path);
                WriteDurably(change.Path, change.After);
            }
        }
    }

    private void Carry(ImmutableArray<FileChange> changes)
    {
        foreach (var change in changes)
        {
            _interruption.ThrowIfRequested();
            RefuseIfChanged(change);
            if (change is { After: null } && change.Path == Manifest.Path)
            {
                DropEmptyFolders(); // cut off here, the state file still says that there is something to finish
            }

            _done.Add(change);
            var path = _tree.PathOf(change.Path);
            if (change.After is null)
            {
                if (_tree.KindOf(change.Path) == EntryKind.File)
                {
                    _modes[change.Path] = File.GetUnixFileMode(path);
                }

                File.Delete(path);
            }
            else
            {
                File.Move(Staged(change.Path), path, overwrite: true);
            }
        }

        if (changes.Any(change => change.After is null))
        {
            DropEmptyFolders();
        }
    }

    /// <summary>Somebody may have written to the tree since it was read; their bytes are not ours to lose.</summary>
    private void RefuseIfChanged(FileChange change)
    {
        var now = _tree.KindOf(change.Path) switch
        {
            EntryKind.Missing => null,
            EntryKind.Link when change.After is null => change.Before, // a link that kbuild or a recipe left; only its name goes
            _ => _tree.ReadBytes(change.Path),
        };
        if ((now is null) != (change.Before is null) || (now is not null && !now.AsSpan().SequenceEqual(change.Before)))
        {
            throw IntreeFailure.InTheWay($"{_tree.Name}: {change.Path} changed while ksocket-intree was at work", "nothing was written; run the command again");
        }
    }

    private void WriteDurably(TreePath path, byte[] bytes)
    {
        var staged = Staged(path);
        File.Delete(staged); // whatever stands there, a link out of the tree among it, is not written through
        using (var file = new FileStream(staged, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        var real = _tree.PathOf(path);
        if (File.Exists(real))
        {
            File.SetUnixFileMode(staged, File.GetUnixFileMode(real));
            Posix.CopyOwner(real, staged);
        }
        else
        {
            // As git checks files out; a kernel builder's umask does not decide what others may read.
            File.SetUnixFileMode(staged, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            Posix.CopyOwner(_tree.PathOf("Makefile"), staged);
        }
    }

    private void MakeFolders(TreePath path)
    {
        foreach (var folder in path.Folders.Select(_tree.PathOf).Where(folder => !Directory.Exists(folder)))
        {
            Directory.CreateDirectory(folder);
            Posix.CopyOwner(_tree.PathOf("Makefile"), folder);
            _madeFolders.Add(folder);
        }
    }

    private void Undo(ImmutableArray<FileChange> changes)
    {
        // The last done may have been cut off half way through: before and after are both whole, so either is safe to redo.
        foreach (var change in _done.AsEnumerable().Reverse())
        {
            Quietly(() => PutBack(change));
        }

        foreach (var change in changes)
        {
            Quietly(() => File.Delete(Staged(change.Path)));
        }

        foreach (var folder in _madeFolders.AsEnumerable().Reverse())
        {
            Quietly(() => Directory.Delete(folder));
        }
    }

    private void PutBack(FileChange change)
    {
        if (change.Before is null)
        {
            File.Delete(_tree.PathOf(change.Path));
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_tree.PathOf(change.Path))!);
            WriteDurably(change.Path, change.Before);
            if (_modes.TryGetValue(change.Path, out var mode))
            {
                File.SetUnixFileMode(Staged(change.Path), mode);
            }

            File.Move(Staged(change.Path), _tree.PathOf(change.Path), overwrite: true);
        }
    }

    /// <summary>Takes away the folders that held only what was deleted, innermost first.</summary>
    private void DropEmptyFolders()
    {
        foreach (var own in Landing.OwnFolders.Select(_tree.PathOf).Where(Directory.Exists))
        {
            var inside = Directory.EnumerateDirectories(own, "*", SearchOption.AllDirectories).OrderDescending(StringComparer.Ordinal);
            foreach (var folder in inside.Append(own).Where(folder => !Directory.EnumerateFileSystemEntries(folder).Any()))
            {
                Directory.Delete(folder);
            }
        }
    }

    private void Sync(ImmutableArray<FileChange> changes)
    {
        var folders = changes.Select(change => change.Path.Folder).Distinct()
            .Select(folder => folder == TreePath.Top ? _tree.Root : _tree.PathOf(folder));
        foreach (var folder in folders.Append(_tree.PathOf("drivers")).Distinct().Where(Directory.Exists))
        {
            Posix.SyncFolder(folder);
        }
    }

    private string Staged(TreePath path) => _tree.PathOf(Staging.NameOf(path));

    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Undo goes as far as the machine lets it; the first failure is the one to report.
        }
    }
}
