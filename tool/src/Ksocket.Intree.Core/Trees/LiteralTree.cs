// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Trees;

/// <summary>A tree given path by path: files, and for the contract tests also links and special files.</summary>
public sealed class LiteralTree(string name, IEnumerable<KeyValuePair<TreePath, TreeFile>> files) : KernelTree
{
    private readonly SortedDictionary<TreePath, TreeFile> _files = new(files.ToDictionary());

    public override string Name => name;

    /// <summary>Symbolic links, each with its target.</summary>
    public IReadOnlyDictionary<TreePath, ByteString> Links { get; init; } = new Dictionary<TreePath, ByteString>();

    public IReadOnlySet<TreePath> Specials { get; init; } = new HashSet<TreePath>();

    private IEnumerable<TreePath> All => _files.Keys.Concat(Links.Keys).Concat(Specials);

    public override TreeEntry EntryAt(TreePath path) =>
        _files.TryGetValue(path, out var file) ? new TreeEntry(EntryKind.File, file.Executable)
        : Links.ContainsKey(path) ? new TreeEntry(EntryKind.Link)
        : Specials.Contains(path) ? new TreeEntry(EntryKind.Special)
        : path == TreePath.Top || All.Any(entry => entry.IsBelow(path)) ? TreeEntry.Folder
        : TreeEntry.Missing;

    public override ByteString Read(TreePath path) =>
        !_files.TryGetValue(path, out var file) ? throw NotAFile(path, KindOf(path))
        : file.Bytes.Length > LongestFile ? throw TooLong(path, file.Bytes.Length)
        : file.Bytes;

    public override ByteString ReadLink(TreePath path) => Links[path];

    public override IReadOnlyList<ByteString> NamesIn(TreePath folder) =>
        [.. All.Where(path => path.IsBelow(folder)).Select(path => NameBelow(folder, path)).Distinct().Order()];

    public override IReadOnlyList<TreePath> EntriesBelow(TreePath folder) => [.. All.Where(path => path.IsBelow(folder)).Order()];

    /// <summary>The name in a folder that leads to a path below it.</summary>
    private static ByteString NameBelow(TreePath folder, TreePath path)
    {
        var rest = folder == TreePath.Top ? path.Bytes : path.Bytes.Slice(folder.Bytes.Length + 1);
        return rest.Span.IndexOf((byte)'/') is var end and >= 0 ? rest.Slice(0, end) : rest;
    }
}
