// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Trees;
using LibGit2Sharp;

namespace Ksocket.Intree.Git;

/// <summary>
/// What git add would silently leave out. Debian's kernel trees ignore nearly everything at the top, and older
/// kernels ignore some of what we write.
/// </summary>
public static class IgnoredPaths
{
    /// <summary>Those of the paths that a worktree ignores and does not track; none where the folder is no worktree.</summary>
    public static IReadOnlyList<TreePath> Among(IEnumerable<TreePath> paths, string folder)
    {
        if (!Directory.Exists(Path.Combine(folder, ".git")) && !File.Exists(Path.Combine(folder, ".git")))
        {
            return [];
        }

        try
        {
            using var repository = new Repository(folder);
            return [.. paths.Where(path => path.ToString() is var name && repository.Ignore.IsPathIgnored(name) && repository.Index[name] is null)];
        }
        catch (LibGit2SharpException)
        {
            return []; // a repository of a form libgit2 cannot open; the warning is a courtesy
        }
    }
}
