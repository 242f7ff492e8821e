// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>Refuses to write through symbolic links: a link may lead out of the tree, and replacing it would lose it.</summary>
public static class Links
{
    public static void Refuse(KernelTree tree, TreePath path)
    {
        foreach (var step in path.Folders.Append(path))
        {
            if (tree.KindOf(step) == EntryKind.Link)
            {
                throw IntreeFailure.InTheWay(
                    $"{tree.Name}: {step} is a symbolic link, and ksocket-intree does not write through links",
                    $"put the real {(step == path ? "file" : "folder")} in its place, or name the tree it leads to");
            }
        }
    }
}
