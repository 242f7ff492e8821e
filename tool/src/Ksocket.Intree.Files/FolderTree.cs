// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Files;

/// <summary>A kernel tree that is a folder: an unpacked tarball or a git worktree.</summary>
public sealed class FolderTree : KernelTree
{
    private FolderTree(string name, string root) => (Name, Root) = (name, root);

    public override string Name { get; }

    /// <summary>The absolute path of the tree's top.</summary>
    public string Root { get; }

    /// <summary>Opens a folder, or refuses one that is not the top of a kernel tree.</summary>
    public static FolderTree Open(string name)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(name));
        if (File.Exists(root))
        {
            throw IntreeFailure.NotUnderstood($"{name} is a file, not a kernel tree", "unpack it, and name the folder it makes");
        }

        if (!Directory.Exists(root))
        {
            throw IntreeFailure.NotUnderstood($"there is no folder {name}", "name the top folder of a kernel tree, as /usr/src/linux-6.12, or a commit, as linux.git@v6.12");
        }

        // A tree is often reached through a link, /usr/src/linux; what is copied or written is the folder it leads to.
        root = new DirectoryInfo(root).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? root;
        if (!IsTop(root) && Above(root) is { } top)
        {
            throw IntreeFailure.NotUnderstood($"{name} is a folder inside a kernel tree, not its top", $"the top is {top}");
        }

        return new FolderTree(name, root);
    }

    public string PathOf(TreePath path) => Path.Combine(Root, path.Value);

    public override EntryKind KindOf(TreePath path)
    {
        var info = new FileInfo(PathOf(path));
        if (info.LinkTarget is not null)
        {
            return EntryKind.Link;
        }

        return Directory.Exists(info.FullName) ? EntryKind.Folder
            : !info.Exists ? EntryKind.Missing
            : (info.Attributes & (FileAttributes.Device | FileAttributes.ReparsePoint)) != 0 ? EntryKind.Other
            : EntryKind.File;
    }

    public override byte[] ReadBytes(TreePath path) => Machine.Try(PathOf(path), () => File.ReadAllBytes(PathOf(path)));

    public override IReadOnlyList<TreePath> EntriesBelow(TreePath folder)
    {
        if (KindOf(folder) != EntryKind.Folder)
        {
            return [];
        }

        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };
        var prefix = Root.Length + (Root.EndsWith('/') ? 0 : 1);
        return Machine.Try(PathOf(folder), () => new DirectoryInfo(PathOf(folder)).EnumerateFileSystemInfos("*", everything)
            .Where(entry => entry.LinkTarget is not null || (entry.Attributes & FileAttributes.Directory) == 0)
            .Select(entry => new TreePath(entry.FullName[prefix..]))
            .Order()
            .ToList());
    }

    private static string? Above(string folder)
    {
        for (var parent = Path.GetDirectoryName(folder); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (IsTop(parent))
            {
                return parent;
            }
        }

        return null;
    }

    private static bool IsTop(string folder)
    {
        try
        {
            KernelVersion.Read(new FolderTree(folder, folder));
            return true;
        }
        catch (IntreeFailure)
        {
            return false;
        }
    }
}
