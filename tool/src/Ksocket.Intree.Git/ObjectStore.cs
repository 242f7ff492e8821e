// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Git;

/// <summary>The objects of a repository, read and never written: commits by any name git knows, trees and blobs by id.</summary>
internal abstract class ObjectStore : IDisposable
{
    /// <summary>The repository as the user named it.</summary>
    public required string Folder { get; init; }

    /// <summary>The commit that a revision names, tags resolved, and its tree; null if there is none.</summary>
    public abstract (string Commit, string Tree)? Resolve(string revision);

    /// <summary>The entries of a tree by name. A name that git fsck refuses, such as "..", is refused here too.</summary>
    public IReadOnlyDictionary<ByteString, Entry> ReadTree(string id)
    {
        var entries = ReadEntries(id);
        foreach (var name in entries.Keys)
        {
            if (!Entry.IsName(name))
            {
                throw Damaged(id, $"it has an entry named '{name}'");
            }
        }

        return entries;
    }

    /// <summary>The bytes of a blob; null if the repository lacks it.</summary>
    public abstract ByteString? TryReadBlob(string id);

    /// <summary>Whether a blob exists, without reading it.</summary>
    public abstract bool HasBlob(string id);

    /// <summary>
    /// Whether the repository is a partial clone, which may lack objects and fetch them on demand (git manual,
    /// "partial-clone").
    /// </summary>
    public abstract bool IsPartial { get; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract IReadOnlyDictionary<ByteString, Entry> ReadEntries(string id);

    protected abstract void Dispose(bool disposing);

    /// <summary>
    /// Opens the repository with libgit2 if possible, and otherwise (SHA-256, reftable, partial clones) through a git child
    /// process, which is slower to start.
    /// </summary>
    public static ObjectStore Open(string folder) =>
        LibGit2Store.TryOpen(folder, out var why) ?? (ObjectStore)GitChildStore.Open(folder, why);

    protected IntreeFailure Damaged(string id, string why) => IntreeFailure.NotUnderstood(
        $"{Folder}: object {id} cannot be read: {why}",
        $"check the repository: git -C {Folder} fsck");
}
