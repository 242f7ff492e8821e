// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;
using LibGit2Sharp;

namespace Ksocket.Intree.Git;

/// <summary>The commits that were added to a branch.</summary>
/// <param name="CheckedOut">Whether the branch is checked out, so that its worktree was updated too.</param>
public sealed record BranchResult(string BaseCommit, ImmutableArray<string> Commits, bool CheckedOut);

/// <summary>
/// Commits the patches of a series on a branch, through the object database: no worktree is needed, and none is
/// changed unless the branch is checked out there.
/// </summary>
public static class Branch
{
    /// <param name="planned">The commit that the series was planned for, in a repository that libgit2 opens.</param>
    public static BranchResult Write(CommitTree planned, string name, PlannedSeries series, Envelope envelope)
    {
        using var repository = Open(planned);
        var start = planned.Commit;
        var target = Check(repository, planned, name);
        var worktree = target is not null && IsHead(repository, target) ? new Worktree(repository, planned, series) : null;
        worktree?.RefuseIfNotClean(name);

        var commits = Commit(repository, planned, series, envelope);
        var message = $"ksocket-intree: {commits.Length} commits on {start}";
        if (worktree is not null)
        {
            worktree.MoveTo(target!.CanonicalName, start, commits[^1], message);
        }
        else if (target is null)
        {
            repository.Refs.Add($"refs/heads/{name}", new ObjectId(commits[^1]), message);
        }
        else
        {
            repository.Refs.UpdateTarget(repository.Refs[target.CanonicalName], new ObjectId(commits[^1]), message);
        }

        return new BranchResult(start, commits, worktree is not null);
    }

    private static ImmutableArray<string> Commit(Repository repository, CommitTree planned, PlannedSeries series, Envelope envelope)
    {
        var tip = repository.Lookup<Commit>(planned.Commit);
        var trees = new TreeWriter(repository);
        var author = SignatureOf(envelope.Author, envelope.Date);
        var committer = SignatureOf(envelope.SignedOffBy ?? envelope.Author, envelope.Date);
        var commits = ImmutableArray.CreateBuilder<string>();
        foreach (var patch in series.Patches)
        {
            var tree = repository.Lookup<Tree>(trees.With(
                tip.Tree.Sha,
                patch.Changes.Select(change => change with { Path = planned.In(change.Path) })));
            var message = $"{patch.Topic.Subject}\n\n{envelope.SignedBody(patch.Topic.Body)}";
            tip = repository.ObjectDatabase.CreateCommit(author, committer, message, tree, [tip], prettifyMessage: false);
            commits.Add(tip.Sha);
        }

        return commits.ToImmutable();
    }

    /// <summary>Refuses before the first object is written. Returns the branch if it exists already.</summary>
    private static LibGit2Sharp.Branch? Check(Repository repository, CommitTree planned, string name)
    {
        var (folder, start) = (planned.Folder, planned.Commit);
        if (!Reference.IsValidName($"refs/heads/{name}"))
        {
            throw IntreeFailure.NotUnderstood($"'{name}' is not a valid branch name", "see git check-ref-format");
        }

        // refs/heads/x is a file and refs/heads/x/ a folder: git cannot have both.
        var clash = repository.Branches.Where(other => !other.IsRemote)
            .Select(other => other.FriendlyName)
            .FirstOrDefault(
                other => other.StartsWith(name + "/", StringComparison.Ordinal)
                    || name.StartsWith(other + "/", StringComparison.Ordinal));
        if (clash is not null)
        {
            throw IntreeFailure.InTheWay(
                $"{folder}: the branch {clash} exists, and git cannot have a branch {name} beside it",
                "name another branch with -b");
        }

        if (repository.Branches[name] is not { IsRemote: false } branch)
        {
            return null;
        }

        if (branch.Tip.Sha != start)
        {
            throw IntreeFailure.InTheWay(
                $"{folder}: the branch {name} exists and is at {branch.Tip.Sha[..12]}, not at {start[..12]}",
                "name another branch with -b, or the revision that it is at");
        }

        return repository.Worktrees.Any(worktree => worktree?.WorktreeRepository.Head.CanonicalName == branch.CanonicalName)
            ? throw IntreeFailure.InTheWay(
                $"{folder}: the branch {name} is checked out in another worktree",
                "run the command there, or name another branch with -b")
            : branch;
    }

    private static bool IsHead(Repository repository, LibGit2Sharp.Branch branch) =>
        repository.Head.CanonicalName == branch.CanonicalName && !repository.Info.IsBare;

    private static Repository Open(CommitTree planned)
    {
        if (!LibGit2.IsUsable)
        {
            throw IntreeFailure.Fatal(LibGit2.Missing, "install it; Debian calls it libssl3");
        }

        try
        {
            return new Repository(planned.Folder);
        }
        catch (LibGit2SharpException error)
        {
            throw IntreeFailure.NotUnderstood(
                $"{planned.Folder} is a repository that commit cannot write to: {error.Message}",
                $"git can: ksocket-intree series --stdout {ShellWord.Quote(planned.Name)} | {planned.Source.AmCommand}");
        }
    }

    private static Signature SignatureOf(Person person, DateTimeOffset date) => new(person.Name, person.Mail, date);
}
