// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Git;

namespace Ksocket.Intree.Trees;

/// <summary>Opens TREE: a folder, or a commit of a repository.</summary>
internal static class NamedTree
{
    public static KernelTree Open(string name) => CommitTree.IsNamedBy(name) ? CommitTree.Open(name) : OpenFolder(name);

    /// <summary>The top of the kernel tree that a folder is in; the folder itself if it is in none.</summary>
    public static string Around(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (TopFiles.All(name => File.Exists(Path.Combine(at.FullName, name))))
            {
                return at.FullName == Path.GetFullPath(folder) ? folder : at.FullName;
            }
        }

        return folder;
    }

    /// <summary>Opens a tree that can be written to.</summary>
    public static FolderTree OpenFolder(string name)
    {
        if (CommitTree.IsNamedBy(name))
        {
            throw IntreeFailure.NotUnderstood(
                $"{name} is a commit, but this verb needs a folder",
                "check it out first: git worktree add FOLDER REV");
        }

        if (Directory.Exists(name) && IsBareRepository(name))
        {
            throw IntreeFailure.NotUnderstood($"{name} is a bare repository", $"pass a commit in it, such as {name}@HEAD");
        }

        return FolderTree.Open(name);
    }

    /// <summary>Only the top of a kernel has all of these.</summary>
    private static readonly string[] TopFiles = ["Makefile", "Kbuild", "Kconfig"];

    private static bool IsBareRepository(string folder) =>
        File.Exists(Path.Combine(folder, "HEAD"))
        && Directory.Exists(Path.Combine(folder, "objects"))
        && Directory.Exists(Path.Combine(folder, "refs"));
}
