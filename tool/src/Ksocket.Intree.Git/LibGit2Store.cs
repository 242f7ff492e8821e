// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using LibGit2Sharp;

namespace Ksocket.Intree.Git;

/// <summary>A repository that libgit2 opens: bare, with worktrees, alternates or shallow.</summary>
internal sealed class LibGit2Store : ObjectStore
{
    private readonly Repository _repository;
    private readonly IReadOnlyList<string> _objects;

    private LibGit2Store(Repository repository)
    {
        _repository = repository;
        _objects = ObjectFolders.From(Path.Combine(ObjectFolders.CommonFolder(repository.Info.Path), "objects"));
    }

    /// <summary>The objects of a repository that is open already, and stays its opener's to close.</summary>
    public static LibGit2Store Of(Repository repository) => new(repository) { Folder = repository.Info.Path };

    /// <summary>Null where libgit2 does not know the form of the repository, and what it says to that.</summary>
    public static LibGit2Store? TryOpen(string folder, out string why)
    {
        if (!LibGit2.IsUsable)
        {
            why = LibGit2.Missing;
            return null;
        }

        try
        {
            why = "";
            return new LibGit2Store(new Repository(folder)) { Folder = folder };
        }
        catch (RepositoryNotFoundException)
        {
            throw IntreeFailure.NotUnderstood(
                $"{folder} is not a git repository",
                "name a repository before the '@', or a folder without one");
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
            var named = Named(revision);
            RefuseDamaged(named);
            var found = _repository.Lookup(revision);
            for (; found is TagAnnotation tag; found = tag.Target)
            {
                RefuseDamaged(tag.Target.Sha);
            }

            return found?.Peel<Commit>() is { } commit ? (commit.Sha, commit.Tree.Sha)
                : named is null ? null
                : throw Damaged(named, "it is missing, or no commit");
        }
        catch (LibGit2SharpException error) when (
            error is NotFoundException or InvalidSpecificationException or AmbiguousSpecificationException or PeelException)
        {
            return null;
        }
        catch (LibGit2SharpException error)
        {
            throw Damaged(revision, error.Message);
        }
    }

    /// <summary>The object that a revision names, by the rules of git rev-parse for refs and whole ids; the object is not read.</summary>
    private string? Named(string revision) =>
        (from form in (string[])["{0}", "refs/{0}", "refs/tags/{0}", "refs/heads/{0}", "refs/remotes/{0}", "refs/remotes/{0}/HEAD"]
         let name = string.Format(CultureInfo.InvariantCulture, form, revision)
         where Reference.IsValidName(name)
         select _repository.Refs[name]?.ResolveToDirectReference()?.TargetIdentifier).FirstOrDefault(id => id is not null)
        ?? (ObjectId.TryParse(revision, out var whole) && _repository.ObjectDatabase.Contains(whole) ? whole.Sha : null);

    public override bool IsPartial => _repository.Config.Any(entry =>
        entry.Key == "extensions.partialclone"
        || (entry.Key.StartsWith("remote.", StringComparison.Ordinal) && entry.Key.EndsWith(".promisor", StringComparison.Ordinal)));

    protected override IReadOnlyDictionary<ByteString, Entry> ReadEntries(string id)
    {
        RefuseDamaged(id);
        try
        {
            var tree = _repository.Lookup<Tree>(id) ?? throw Damaged(id, "it is not there, or no tree");
            var entries = new Dictionary<ByteString, Entry>(tree.Count);
            foreach (var entry in tree)
            {
                if (entry.Name.Contains('\ufffd', StringComparison.Ordinal))
                {
                    return ReadTreeByGit(id); // a name that is no UTF-8, which LibGit2Sharp cannot give back
                }

                entries[ByteString.OfText(entry.Name)] = new Entry(Convert.ToString((int)entry.Mode, 8), entry.Target.Sha);
            }

            return entries;
        }
        catch (LibGit2SharpException error)
        {
            throw Damaged(id, error.Message);
        }
    }

    private IReadOnlyDictionary<ByteString, Entry> ReadTreeByGit(string id)
    {
        var git = GitProgram.Run(Folder, "cat-file", "tree", id);
        return git.Succeeded && RawTree.TryRead(new ByteString(git.Output.ToArray()), id.Length / 2) is { } entries
            ? entries
            : throw Damaged(id, git.Errors.ToString().Trim());
    }

    public override ByteString? TryReadBlob(string id)
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
            return new ByteString(bytes);
        }
        catch (LibGit2SharpException error)
        {
            throw Damaged(id, error.Message);
        }
    }

    public override bool HasBlob(string id) => _repository.ObjectDatabase.Contains(new ObjectId(id));

    protected override void Dispose(bool disposing) => _repository.Dispose();

    private void RefuseDamaged(string? id)
    {
        var faults = id is null ? [] : _objects.Select(folder => LooseObject.Fault(folder, id));
        if (faults.FirstOrDefault(fault => fault is not null) is { } first)
        {
            throw Damaged(id!, first);
        }
    }
}
