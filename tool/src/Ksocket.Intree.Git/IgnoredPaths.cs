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
    /// <summary>The paths that a worktree ignores and does not track; none if the folder is in no worktree.</summary>
    public static IReadOnlyList<TreePath> Among(IEnumerable<TreePath> paths, string folder) => Ask<IReadOnlyList<TreePath>>(
        folder,
        (repository, inside) =>
        [
            .. from path in paths
               let name = inside == TreePath.Top ? path.ToString() : $"{inside}/{path}"
               where repository.Ignore.IsPathIgnored(name) && repository.Index[name] is null
               select path,
        ]) ?? [];

    /// <summary>The exclude file of a worktree that does not ignore a path; null if it does, or if there is no worktree.</summary>
    public static string? ExcludeFileFor(TreePath path, string folder) => Ask(
        folder,
        (repository, inside) =>
        {
            var name = inside == TreePath.Top ? path.ToString() : $"{inside}/{path}";
            return repository.Ignore.IsPathIgnored(name) || repository.Index[name] is not null
                ? null
                : Path.Combine(ObjectFolders.CommonFolder(repository.Info.Path), "info", "exclude");
        });

    private static T? Ask<T>(string folder, Func<Repository, TreePath, T?> question)
        where T : class
    {
        var (around, inside) = RepositoryFolder.Around(folder);
        if (!Path.Exists(Path.Combine(around, ".git")) || !LibGit2.IsUsable)
        {
            return null;
        }

        try
        {
            using var repository = new Repository(around);
            return question(repository, inside);
        }
        catch (LibGit2SharpException)
        {
            return null; // libgit2 cannot open this repository format; the warning is optional
        }
    }
}
