// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Git;

/// <summary>
/// A repository to read commits from. Trees and blobs are kept by id, so that twenty revisions that share a file
/// read it once.
/// </summary>
public sealed class GitRepository : IDisposable
{
    /// <summary>Blobs larger than this are read again when wanted: MAINTAINERS of every revision need not stay in memory.</summary>
    private const int LargestKept = 256 * 1024;

    private readonly ObjectStore _store;
    private readonly Dictionary<string, IReadOnlyDictionary<string, Entry>> _trees = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);

    private GitRepository(ObjectStore store) => _store = store;

    public string Folder => _store.Folder;

    public static GitRepository Open(string folder) => new(ObjectStore.Open(folder));

    public void Dispose() => _store.Dispose();

    internal (string Commit, string Tree)? Resolve(string revision) => _store.Resolve(revision);

    internal IReadOnlyDictionary<string, Entry> ReadTree(string id)
    {
        if (!_trees.TryGetValue(id, out var entries))
        {
            _trees[id] = entries = _store.ReadTree(id);
        }

        return entries;
    }

    internal byte[]? ReadBlob(string id)
    {
        if (_blobs.TryGetValue(id, out var bytes))
        {
            return bytes;
        }

        if (_store.TryReadBlob(id) is { } read)
        {
            return read.Length <= LargestKept ? _blobs[id] = read : read;
        }

        return null;
    }

    internal bool HasBlob(string id) => _blobs.ContainsKey(id) || _store.HasBlob(id);
}
