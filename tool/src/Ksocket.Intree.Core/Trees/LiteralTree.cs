// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Trees;

/// <summary>A tree given as text, path by path.</summary>
public sealed class LiteralTree : KernelTree
{
    private readonly SortedDictionary<TreePath, byte[]> _files = [];

    public LiteralTree(string name, IEnumerable<KeyValuePair<TreePath, byte[]>> files)
    {
        Name = name;
        foreach (var (path, bytes) in files)
        {
            _files[path] = bytes;
        }
    }

    public override string Name { get; }

    public override EntryKind KindOf(TreePath path) =>
        _files.ContainsKey(path) ? EntryKind.File
        : path == TreePath.Top || _files.Keys.Any(file => file.IsBelow(path)) ? EntryKind.Folder
        : EntryKind.Missing;

    public override byte[] ReadBytes(TreePath path) => _files[path];

    public override IReadOnlyList<TreePath> EntriesBelow(TreePath folder) => [.. _files.Keys.Where(path => path.IsBelow(folder))];
}
