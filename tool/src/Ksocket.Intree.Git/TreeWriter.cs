// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;
using LibGit2Sharp;

namespace Ksocket.Intree.Git;

/// <summary>
/// Writes tree objects with some files changed. Unchanged entries are written as they were read, name and mode:
/// LibGit2Sharp's own builder decodes names, and would rename files that are not UTF-8.
/// </summary>
internal sealed class TreeWriter(Repository repository)
{
    private readonly LibGit2Store _store = LibGit2Store.Of(repository);

    /// <summary>The id of a tree with these changes; deletions are not supported.</summary>
    public string With(string tree, IEnumerable<FileChange> changes) => With(tree, [.. changes], depth: 0);

    private string With(string? tree, IReadOnlyList<FileChange> changes, int depth)
    {
        var entries = tree is null ? [] : new Dictionary<ByteString, Entry>(_store.ReadTree(tree));
        foreach (var inside in changes.ToLookup(change => NameAt(change.Path, depth)))
        {
            var there = entries.TryGetValue(inside.Key, out var found) && found.Kind == EntryKind.Folder ? found.Id : null;
            entries[inside.Key] = inside.FirstOrDefault(change => Depth(change.Path) == depth) is { } file
                ? new Entry(file.After!.Mode, Write<Blob>(file.After.Bytes))
                : new Entry("40000", With(there, [.. inside], depth + 1));
        }

        return Write<Tree>(RawTree.Write(entries));
    }

    private static int Depth(TreePath path) => path.Bytes.Span.Count((byte)'/');

    private static ByteString NameAt(TreePath path, int depth) => path.Folders.Append(path).ElementAt(depth).Name;

    private string Write<T>(ByteString bytes)
        where T : GitObject
    {
        try
        {
            using var stream = new MemoryStream(bytes.ToArray());
            return repository.ObjectDatabase.Write<T>(stream, bytes.Length).Sha;
        }
        catch (LibGit2SharpException error)
        {
            throw IntreeFailure.Fatal(
                $"{repository.Info.Path}: cannot write an object: {error.Message}",
                "is the disk full, or the repository read-only?",
                error);
        }
    }
}
