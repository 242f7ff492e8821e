// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Git;

/// <summary>
/// The object folders of a repository: its own and those of its alternates, recursively (git manual,
/// gitrepository-layout, "objects/info/alternates").
/// </summary>
internal static class ObjectFolders
{
    /// <summary>git's limit on nested alternates.</summary>
    private const int Deepest = 5;

    /// <summary>The folder that a linked worktree shares with its repository; the .git folder itself for any other.</summary>
    public static string CommonFolder(string git)
    {
        var common = Path.Combine(git, "commondir");
        return Path.GetFullPath(Path.Combine(git, File.Exists(common) ? File.ReadAllText(common).Trim() : ""));
    }

    public static IReadOnlyList<string> From(string objects)
    {
        var found = new List<string>();
        Add(Path.GetFullPath(objects), 0, found);
        return found;
    }

    private static void Add(string objects, int depth, List<string> found)
    {
        if (depth > Deepest || found.Contains(objects))
        {
            return;
        }

        found.Add(objects);
        var list = Path.Combine(objects, "info", "alternates");
        if (File.Exists(list))
        {
            foreach (var folder in Listed(objects, File.ReadAllText(list)))
            {
                Add(folder, depth + 1, found);
            }
        }
    }

    /// <summary>The folders that a file of alternates lists, one on each line, relative to the object folder it is in.</summary>
    internal static IEnumerable<string> Listed(string objects, string alternates) =>
        from line in alternates.Split('\n')
        where line.Length > 0 && line[0] != '#' && !line.Contains('\0', StringComparison.Ordinal)
        select Path.GetFullPath(Path.Combine(objects, line));
}
