// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using LibGit2Sharp;

namespace Ksocket.Intree.Git;

/// <summary>A repository that libgit2 opens: bare, with worktrees, alternates or shallow.</summary>
internal sealed class LibGit2Store : ObjectStore
{
    private readonly Repository _repository;

    private LibGit2Store(Repository repository) => _repository = repository;

    /// <summary>Null where libgit2 does not know the form of the repository, and what it says to that.</summary>
    public static LibGit2Store? TryOpen(string folder, out string why)
    {
        try
        {
            why = "";
            return new LibGit2Store(new Repository(folder)) { Folder = folder };
        }
        catch (RepositoryNotFoundException)
        {
            throw IntreeFailure.NotUnderstood($"{folder} is not a git repository", "name a repository before the '@', or a folder without one");
        }
        catch (LibGit2SharpException error)
        {
            why = error.Message;
            return null;
        }
    }

    public override (string Commit, string Tree)? Resolve(string revision)
    {
        try
        {
            return _repository.Lookup(revision)?.Peel<Commit>() is { } commit ? (commit.Sha, commit.Tree.Sha) : null;
        }
        catch (LibGit2SharpException)
        {
            return null;
        }
    }

    public override IReadOnlyDictionary<string, Entry> ReadTree(string id)
    {
        RefuseDamaged(id);
        try
        {
            var tree = _repository.Lookup<Tree>(id) ?? throw Damaged(id, "it is not there, or no tree");
            return tree.ToDictionary(
                entry => entry.Name,
                entry => new Entry(Entry.KindOf(Convert.ToString((int)entry.Mode, 8)), entry.Target.Sha),
                StringComparer.Ordinal);
        }
        catch (LibGit2SharpException error)
        {
            throw Damaged(id, error.Message);
        }
    }

    public override byte[]? TryReadBlob(string id)
    {
        RefuseDamaged(id);
        try
        {
            if (_repository.Lookup<Blob>(id) is not { } blob)
            {
                return null;
            }

            using var stream = blob.GetContentStream();
            var bytes = new byte[blob.Size];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (LibGit2SharpException error)
        {
            throw Damaged(id, error.Message);
        }
    }

    public override bool HasBlob(string id) => _repository.ObjectDatabase.Contains(new ObjectId(id));

    protected override void Dispose(bool disposing) => _repository.Dispose();

    private void RefuseDamaged(string id)
    {
        if (LooseObject.Fault(Path.Combine(_repository.Info.Path, "objects"), id) is { } fault)
        {
            throw Damaged(id, fault);
        }
    }
}
