// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Trees;

/// <summary>
/// A tree as it was when each part of it was first asked for: every path is looked at once and every file is opened
/// once, whoever asks. A verb takes one snapshot and hands it to everything that decides; only the writer looks at the
/// tree again, just before it writes.
/// </summary>
public sealed class SnapshotTree : KernelTree
{
    private readonly KernelTree _tree;
    private readonly Dictionary<TreePath, TreeEntry> _entries = [];
    private readonly Dictionary<TreePath, ByteString> _files = [];
    private readonly Dictionary<TreePath, ByteString?> _through = [];
    private readonly Dictionary<TreePath, ByteString> _links = [];
    private readonly Dictionary<TreePath, IReadOnlyList<TreePath>> _below = [];
    private readonly Dictionary<TreePath, IReadOnlyList<ByteString>> _names = [];

    private SnapshotTree(KernelTree tree) => _tree = tree;

    public override string Name => _tree.Name;

    /// <summary>A snapshot of a tree; a snapshot is its own.</summary>
    public static SnapshotTree Of(KernelTree tree) => tree as SnapshotTree ?? new SnapshotTree(tree);

    public override TreeEntry EntryAt(TreePath path) => Once(_entries, path, _tree.EntryAt);

    public override ByteString Read(TreePath path) =>
        _through.GetValueOrDefault(path) is { } seen && EntryAt(path).Kind == EntryKind.File ? seen : Once(_files, path, _tree.Read);

    public override ByteString ReadLink(TreePath path) => Once(_links, path, _tree.ReadLink);

    public override IReadOnlyList<TreePath> EntriesBelow(TreePath folder) => Once(_below, folder, _tree.EntriesBelow);

    public override ByteString? TryReadThrough(TreePath path) =>
        _files.TryGetValue(path, out var bytes) ? bytes : Once(_through, path, _tree.TryReadThrough);

    public override ByteString? Peek(TreePath path) =>
        _files.TryGetValue(path, out var bytes) ? bytes : _through.TryGetValue(path, out var seen) ? seen : _tree.TryReadThrough(path);

    public override IReadOnlyList<T> ReadEach<T>(IReadOnlyList<TreePath> paths, Func<TreePath, ByteString?, T> look)
    {
        var unread = paths.Where(path => !_files.ContainsKey(path) && !_through.ContainsKey(path)).ToList();
        var read = _tree.ReadEach(unread, look);
        if (unread.Count == paths.Count)
        {
            return read;
        }

        var at = 0;
        return [.. paths.Select(path => at < unread.Count && unread[at] == path ? read[at++] : look(path, Peek(path)))];
    }

    public override bool LeadsToFile(TreePath path) =>
        _files.ContainsKey(path) || (_through.TryGetValue(path, out var seen) ? seen is not null : _tree.LeadsToFile(path));

    public override IReadOnlyList<ByteString> NamesIn(TreePath folder) => Once(_names, folder, _tree.NamesIn);

    public override string NameOf(TreePath folder) => _tree.NameOf(folder);

    public override void Expect(IEnumerable<TreePath> paths) => _tree.Expect(paths);

    private static T Once<T>(Dictionary<TreePath, T> known, TreePath path, Func<TreePath, T> look)
    {
        if (!known.TryGetValue(path, out var found))
        {
            known.Add(path, found = look(path));
        }

        return found;
    }
}
