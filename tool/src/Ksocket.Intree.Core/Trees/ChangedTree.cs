// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Trees;

/// <summary>A tree as it would be after some changes. It allows checking the result before anything is written.</summary>
public sealed class ChangedTree(KernelTree tree, ImmutableArray<FileChange> changes) : KernelTree
{
    private readonly Dictionary<TreePath, TreeFile?> _after = changes.ToDictionary(change => change.Path, change => change.After);

    public override string Name => tree.Name;

    public override TreeEntry EntryAt(TreePath path)
    {
        if (_after.TryGetValue(path, out var file))
        {
            return file is null ? TreeEntry.Missing : new TreeEntry(EntryKind.File, file.Executable);
        }

        return _after.Any(change => change.Value is not null && change.Key.IsBelow(path)) ? TreeEntry.Folder : tree.EntryAt(path);
    }

    public override ByteString Read(TreePath path) =>
        _after.TryGetValue(path, out var file) ? file?.Bytes ?? throw NotAFile(path, EntryKind.Missing)
        : KindOf(path) is EntryKind.Folder ? throw NotAFile(path, EntryKind.Folder)
        : tree.Read(path);

    public override ByteString ReadLink(TreePath path) => tree.ReadLink(path);

    public override ByteString? TryReadThrough(TreePath path) => _after.ContainsKey(path) ? TryRead(path) : tree.TryReadThrough(path);

    public override ByteString? Peek(TreePath path) => _after.ContainsKey(path) ? TryRead(path) : tree.Peek(path);

    public override bool LeadsToFile(TreePath path) =>
        _after.TryGetValue(path, out var file) ? file is not null : tree.LeadsToFile(path);

    public override IReadOnlyList<ByteString> NamesIn(TreePath folder)
    {
        var names = new SortedSet<ByteString>(tree.NamesIn(folder));
        foreach (var (path, file) in _after.Where(change => change.Key.IsBelow(folder)))
        {
            var step = path.Folders.Append(path).First(step => step.Folder == folder);
            _ = EntryAt(step).Kind == EntryKind.Missing ? names.Remove(step.Name) : names.Add(step.Name);
        }

        return [.. names];
    }

    public override IReadOnlyList<TreePath> EntriesBelow(TreePath folder)
    {
        var entries = new SortedSet<TreePath>(tree.EntriesBelow(folder));
        foreach (var (path, file) in _after.Where(change => change.Key.IsBelow(folder)))
        {
            _ = file is null ? entries.Remove(path) : entries.Add(path);
        }

        return [.. entries];
    }
}
