// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;

namespace Ksocket.Intree.Core.Trees;

/// <summary>One file before and after; null where it is not there.</summary>
public sealed record FileChange(TreePath Path, byte[]? Before, byte[]? After)
{
    /// <summary>Changes that undo these, in the order to do it.</summary>
    public static ImmutableArray<FileChange> Undo(ImmutableArray<FileChange> changes) =>
        [.. changes.Reverse().Select(change => new FileChange(change.Path, change.After, change.Before))];
}

/// <summary>A tree as it would be after some changes. It lets us prove an outcome before the first byte is written.</summary>
public sealed class ChangedTree(KernelTree tree, ImmutableArray<FileChange> changes) : KernelTree
{
    private readonly Dictionary<TreePath, byte[]?> _after = changes.ToDictionary(change => change.Path, change => change.After);

    public override string Name => tree.Name;

    public override EntryKind KindOf(TreePath path)
    {
        if (_after.TryGetValue(path, out var bytes))
        {
            return bytes is null ? EntryKind.Missing : EntryKind.File;
        }

        return _after.Any(change => change.Value is not null && change.Key.IsBelow(path)) ? EntryKind.Folder : tree.KindOf(path);
    }

    public override byte[] ReadBytes(TreePath path) =>
        _after.TryGetValue(path, out var bytes) && bytes is not null ? bytes : tree.ReadBytes(path);

    public override IReadOnlyList<TreePath> EntriesBelow(TreePath folder)
    {
        var entries = new SortedSet<TreePath>(tree.EntriesBelow(folder));
        foreach (var (path, bytes) in _after.Where(change => change.Key.IsBelow(folder)))
        {
            _ = bytes is null ? entries.Remove(path) : entries.Add(path);
        }

        return [.. entries];
    }
}
