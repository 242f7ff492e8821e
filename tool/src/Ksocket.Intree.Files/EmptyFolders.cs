// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Files;

/// <summary>Deletes folders that contain only empty folders, innermost first.</summary>
internal static class EmptyFolders
{
    public static void Drop(FolderTree tree, IEnumerable<TreePath> folders)
    {
        foreach (var folder in folders)
        {
            Drop(tree, folder);
        }
    }

    /// <summary>Deletes each folder that deleted files have left empty, and the folders above it that are then empty.</summary>
    public static void DropAbove(FolderTree tree, IEnumerable<TreePath> deleted)
    {
        foreach (var folder in deleted.SelectMany(path => path.Folders).Distinct().OrderByDescending(folder => folder))
        {
            if (tree.Folder(folder) is not null && tree.Folder(folder.Folder)!.DeleteIfEmpty(folder.Name))
            {
                tree.Forget(folder);
            }
        }
    }

    private static void Drop(FolderTree tree, TreePath path)
    {
        if (tree.Folder(path) is not { } folder)
        {
            return;
        }

        foreach (var name in folder.Names().Where(name => folder.Look(name) is { IsFolder: true }))
        {
            Drop(tree, path / name);
        }

        if (tree.Folder(path.Folder)!.DeleteIfEmpty(path.Name))
        {
            tree.Forget(path);
        }
    }
}
