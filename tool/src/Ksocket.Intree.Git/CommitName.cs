// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Git;

/// <summary>
/// The name of a kernel tree in a repository: REPO@REV, or REPO@REV:FOLDER for a folder of it, as git names the tree of a
/// folder. REPO may be bare, or a folder inside a worktree, which then is the folder meant.
/// </summary>
/// <param name="Repository">The repository: a path as the user wrote it, or of the worktree around it.</param>
/// <param name="Revision">Any name of a commit that git accepts.</param>
/// <param name="Inside">The folder in the commit; the top for all of it.</param>
public sealed record CommitName(string Repository, string Revision, TreePath Inside)
{
    public override string ToString() => Inside == TreePath.Top ? $"{Repository}@{Revision}" : $"{Repository}@{Revision}:{Inside}";

    /// <summary>The git command that applies a series for this tree in its repository.</summary>
    public string AmCommand => Inside == TreePath.Top ? "git am" : $"git am --directory={ShellWord.Quote(Inside.ToString())}";

    /// <summary>Null if the name is not of this form.</summary>
    public static CommitName? TryParse(string name) =>
        !Directory.Exists(name) && FolderEnd(name) is var at && at > 0 ? Of(name[..at], name[(at + 1)..]) : null;

    public static CommitName Parse(string name) => TryParse(name) ?? throw IntreeFailure.NotUnderstood(
        $"no such folder: {name}",
        "pass a repository, or a commit in one as REPO@REV");

    /// <param name="revision">May hold ":FOLDER" at its end.</param>
    public static CommitName Of(string folder, string revision)
    {
        var colon = ColonIn(revision);
        var (repository, inside) = RepositoryFolder.Around(folder);
        if (colon < 0)
        {
            return new(repository, revision, inside);
        }

        var named = ByteString.OfText(revision[(colon + 1)..].TrimEnd('/'));
        return new(repository, revision[..colon], named.IsEmpty ? TreePath.Top
            : TreePath.Resolve(TreePath.Top, named) ?? throw NoFolder(named));
    }

    private static IntreeFailure NoFolder(ByteString named) => IntreeFailure.NotUnderstood(
        $"'{named}' is not a folder of a commit",
        "write it relative to the top of the repository, as REPO@REV:linux");

    /// <summary>The colon between a revision and a path; ":/text" and "HEAD^{/a: b}" search for text.</summary>
    private static int ColonIn(string revision)
    {
        var depth = 0;
        for (var at = 0; at < revision.Length; at++)
        {
            depth += revision[at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (revision[at] == ':' && depth == 0 && at > 0)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>The first '@' after an existing folder: a revision may contain more, as HEAD@{1} does.</summary>
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
}
