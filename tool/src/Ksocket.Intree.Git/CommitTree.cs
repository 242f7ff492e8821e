// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Trees;
using LibGit2Sharp;

namespace Ksocket.Intree.Git;

/// <summary>
/// A kernel tree that is a commit: REPO@REV, where REPO may be bare and REV is whatever git takes for a commit.
/// Nothing is checked out and nothing is written.
/// </summary>
public sealed class CommitTree : KernelTree, IDisposable
{
    private readonly Repository _repository;
    private readonly Commit _commit;

    private CommitTree(string name, Repository repository, Commit commit) => (Name, _repository, _commit) = (name, repository, commit);

    public override string Name { get; }

    /// <summary>Whether a name has the form REPO@REV with a folder before the last '@'.</summary>
    public static bool IsNamedBy(string name) =>
        !Directory.Exists(name) && FolderEnd(name) > 0;

    public static CommitTree Open(string name)
    {
        var at = FolderEnd(name);
        var (folder, revision) = (name[..at], name[(at + 1)..]);
        var repository = OpenRepository(folder);
        try
        {
            var commit = Resolve(repository, revision) ?? throw IntreeFailure.NotUnderstood(
                $"{folder} has no commit '{revision}'",
                "name a tag, a branch or a commit of that repository, as linux.git@v6.12");
            return new CommitTree(name, repository, commit);
        }
        catch
        {
            repository.Dispose();
            throw;
        }
    }

    /// <summary>The first '@' with a folder before it: a revision may hold more of them, as HEAD@{1} does.</summary>
    private static int FolderEnd(string name)
    {
        for (var at = name.IndexOf('@', StringComparison.Ordinal); at > 0; at = name.IndexOf('@', at + 1))
        {
            if (Directory.Exists(name[..at]))
            {
                return at;
            }
        }

        return -1;
    }

    public override EntryKind KindOf(TreePath path)
    {
        if (path == TreePath.Top)
        {
            return EntryKind.Folder;
        }

        return _commit[path.Value] switch
        {
            null => EntryKind.Missing,
            { Mode: Mode.SymbolicLink } => EntryKind.Link,
            { TargetType: TreeEntryTargetType.Tree } => EntryKind.Folder,
            { TargetType: TreeEntryTargetType.Blob } => EntryKind.File,
            _ => EntryKind.Other,
        };
    }

    public override byte[] ReadBytes(TreePath path)
    {
        try
        {
            var blob = (Blob)_commit[path.Value].Target;
            using var stream = blob.GetContentStream();
            var bytes = new byte[blob.Size];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception error) when (error is LibGit2SharpException or NullReferenceException)
        {
            throw IntreeFailure.NotUnderstood(
                $"{Name}: the object of {path} is not in the repository",
                $"a partial clone lacks it; bring it with: git -C {_repository.Info.Path} cat-file -e {_commit.Sha}:{path}");
        }
    }

    public override IReadOnlyList<TreePath> EntriesBelow(TreePath folder)
    {
        var entries = new List<TreePath>();
        if (KindOf(folder) == EntryKind.Folder)
        {
            Collect(folder, (Tree)_commit[folder.Value].Target, entries);
        }

        return [.. entries.Order()];
    }

    public void Dispose() => _repository.Dispose();

    private static void Collect(TreePath folder, Tree tree, List<TreePath> entries)
    {
        foreach (var entry in tree)
        {
            if (entry.TargetType == TreeEntryTargetType.Tree)
            {
                Collect(folder / entry.Name, (Tree)entry.Target, entries);
            }
            else
            {
                entries.Add(folder / entry.Name);
            }
        }
    }

    private static Repository OpenRepository(string folder)
    {
        try
        {
            return new Repository(folder);
        }
        catch (RepositoryNotFoundException)
        {
            throw IntreeFailure.NotUnderstood($"{folder} is not a git repository", "name a repository before the '@', or a folder without one");
        }
        catch (LibGit2SharpException error)
        {
            throw IntreeFailure.NotUnderstood(
                $"{folder} cannot be read as a repository: {error.Message}",
                $"check the commit out, or unpack it: git -C {folder} archive REV | tar -x -C FOLDER");
        }
    }

    /// <summary>The commit a revision means, through annotated tags.</summary>
    private static Commit? Resolve(Repository repository, string revision)
    {
        try
        {
            return repository.Lookup(revision)?.Peel<Commit>();
        }
        catch (LibGit2SharpException)
        {
            return null;
        }
    }
}
