// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Git;

/// <summary>Finds the repository that a folder is part of: a kernel may be a folder of a larger one.</summary>
public static class RepositoryFolder
{
    /// <summary>The repository around a folder, and the folder inside it; the folder itself if it is one, or if there is none.</summary>
    public static (string Repository, TreePath Inside) Around(string folder)
    {
        if (IsRepository(folder))
        {
            return (folder, TreePath.Top);
        }

        var top = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var names = new List<string>();
        for (var at = top; Path.GetDirectoryName(at) is { } above; at = above)
        {
            names.Insert(0, Path.GetFileName(at));
            if (Path.Exists(Path.Combine(above, ".git")))
            {
                return (above, new TreePath(ByteString.OfText(string.Join('/', names))));
            }
        }

        return (folder, TreePath.Top);
    }

    /// <summary>Whether a folder is a worktree's top, the .git folder of one, or a bare repository.</summary>
    private static bool IsRepository(string folder) =>
        Path.Exists(Path.Combine(folder, ".git"))
        || (File.Exists(Path.Combine(folder, "HEAD")) && Directory.Exists(Path.Combine(folder, "objects")));
}
