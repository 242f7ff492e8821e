// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Git;

/// <summary>
/// A repository to read commits from. Trees and blobs are kept by id, so that twenty revisions that share a file
/// read it once.
/// </summary>
public sealed class GitRepository : IDisposable
{
    /// <summary>Of blobs larger than this only the last stays: MAINTAINERS of every revision need not be in memory.</summary>
    private const int LargestKept = 256 * 1024;

    private readonly ObjectStore _store;
    private readonly Dictionary<string, IReadOnlyDictionary<string, Entry>> _trees = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);

    private (string Id, byte[] Bytes) _lastLarge = ("", []);

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

        if (_lastLarge.Id == id)
        {
            return _lastLarge.Bytes;
        }

        if (_store.TryReadBlob(id) is not { } read)
        {
            return null;
        }

        if (read.Length <= LargestKept)
        {
            return _blobs[id] = read;
        }

        _lastLarge = (id, read);
        return read;
    }

    internal bool HasBlob(string id) => _blobs.ContainsKey(id) || _store.HasBlob(id);
}
