// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Core.Trees;
using LibGit2Sharp;

namespace Ksocket.Intree.Git;

/// <summary>
/// The worktree of a checked-out branch that is about to move. git itself updates it, with filters and sparse
/// checkouts; files that git does not protect, those hidden by .gitignore, are checked first.
/// </summary>
internal sealed class Worktree(Repository repository, CommitTree head, PlannedSeries series)
{
    private readonly string _folder = repository.Info.WorkingDirectory;

    /// <summary>Refuses if any path that the commits will write differs from HEAD, ignored or not.</summary>
    public void RefuseIfNotClean(string branch)
    {
        if (Git("status", "--porcelain", "--no-renames").Split('\n')[0] is { Length: > 3 } dirty)
        {
            throw NotClean(branch, $"{dirty[3..]} is not as it was committed");
        }

        foreach (var path in series.Patches.SelectMany(patch => patch.Changes).Select(change => head.In(change.Path)).Distinct())
        {
            foreach (var step in path.Folders.Append(path).Where(step => head.Whole.KindOf(step) == EntryKind.Missing))
            {
                if (Stands(step) is { } what && (step == path || what != EntryKind.Folder))
                {
                    throw NotClean(branch, $"{step} exists and is not tracked by git");
                }
            }
        }
    }

    /// <summary>Moves worktree, index and branch to the last commit, or leaves all of them unchanged.</summary>
    public void MoveTo(string branch, string from, string to, string message)
    {
        _ = GitProgram.Run(_folder, "update-index", "-q", "--refresh"); // a copied worktree has other times than its index records
        Git("read-tree", "-m", "-u", from, to);
        try
        {
            Git("update-ref", "-m", message, branch, to, from);
        }
        catch (IntreeFailure)
        {
            Git("read-tree", "-m", "-u", to, from);
            throw;
        }
    }

    private EntryKind? Stands(TreePath path)
    {
        var file = new FileInfo(Path.Combine(_folder, path.ToString()));
        return file.LinkTarget is not null ? EntryKind.Link
            : Directory.Exists(file.FullName) ? EntryKind.Folder
            : file.Exists ? EntryKind.File
            : null;
    }

    private string Git(params string[] words)
    {
        var git = GitProgram.Run(_folder, words);
        return git.Succeeded ? git.Output.ToString() : throw IntreeFailure.InTheWay(
            $"{head.Folder}: git {words[0]}: {git.Errors.ToString().Trim().ReplaceLineEndings(" ")}",
            "the branch is as it was; name another one with -b");
    }

    private IntreeFailure NotClean(string branch, string what) => IntreeFailure.InTheWay(
        $"{head.Folder}: the branch {branch} is checked out, and {what}",
        "commit it, stash it or move it away, or name another branch with -b");
}
