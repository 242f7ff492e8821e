// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Trees;
using LibGit2Sharp;

namespace Ksocket.Intree.Git;

/// <summary>
/// Finds files that git add would silently skip. Debian's kernel trees ignore nearly everything at the top, and older
/// kernels ignore some of the files that ksocket-intree writes.
/// </summary>
public static class IgnoredPaths
{
    /// <summary>The paths that a worktree ignores and does not track; none if the folder is not a worktree.</summary>
    public static IReadOnlyList<TreePath> Among(IEnumerable<TreePath> paths, string folder)
    {
        if (!Directory.Exists(Path.Combine(folder, ".git")) && !File.Exists(Path.Combine(folder, ".git")))
        {
            return [];
        }

        try
        {
            using var repository = new Repository(folder);
            return
            [
                .. from path in paths
                   let name = path.ToString()
                   where repository.Ignore.IsPathIgnored(name) && repository.Index[name] is null
                   select path,
            ];
        }
        catch (LibGit2SharpException)
        {
            return []; // libgit2 cannot open this repository format; the warning is optional
        }
    }
}
