// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Git;

/// <summary>
/// A repository to read commits from. Trees and blobs are kept by id, so that revisions that share a file read it
/// once; no more of them than a revision needs, so that a hundred take no more memory than two.
/// </summary>
public sealed class GitRepository : IDisposable
{
    private const int MostBytes = 1 << 20;
    private const int MostEntries = 10_000;

    private readonly ObjectStore _store;
    private readonly Dictionary<string, IReadOnlyDictionary<ByteString, Entry>> _trees = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ByteString> _blobs = new(StringComparer.Ordinal);

    private int _bytes;
    private int _entries;

    private GitRepository(ObjectStore store) => _store = store;

    public string Folder => _store.Folder;

    internal bool IsPartial => _store.IsPartial;

    public static GitRepository Open(string folder) => new(ObjectStore.Open(folder));

    public void Dispose() => _store.Dispose();

    internal (string Commit, string Tree)? Resolve(string revision) => _store.Resolve(revision);

    internal IReadOnlyDictionary<ByteString, Entry> ReadTree(string id)
    {
        if (!_trees.TryGetValue(id, out var entries))
        {
            entries = _store.ReadTree(id);
            if ((_entries += entries.Count) > MostEntries)
            {
                _trees.Clear();
                _entries = entries.Count;
            }

            _trees[id] = entries;
        }

        return entries;
    }

    internal ByteString? ReadBlob(string id)
    {
        if (_blobs.TryGetValue(id, out var bytes))
        {
            return bytes;
        }

        if (_store.TryReadBlob(id) is not { } read)
        {
            return null;
        }

        if ((_bytes += read.Length) > MostBytes)
        {
            _blobs.Clear();
            _bytes = read.Length;
        }

        return _blobs[id] = read;
    }

    internal bool HasBlob(string id) => _blobs.ContainsKey(id) || _store.HasBlob(id);
}
