// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>
/// Refuses to write through symbolic links: a link may lead out of the tree, and replacing it would lose it. What is
/// only read is read through them.
/// </summary>
public static class Links
{
    /// <summary>Refuses a path to be written if it, or a folder above it, is a link.</summary>
    public static void Refuse(KernelTree tree, TreePath path)
    {
        if (tree.LinkOn(path) is { } link)
        {
            throw IntreeFailure.InTheWay(
                $"{tree.Name}: {link} is a symbolic link to {tree.ReadLink(link)}, and ksocket-intree does not write through links",
                Hint(path, link));
        }
    }

    /// <summary>Refuses changes that would be written through a link. A link itself may be deleted.</summary>
    public static void Refuse(KernelTree tree, IEnumerable<FileChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.After is not null || tree.LinkOn(change.Path) != change.Path)
            {
                Refuse(tree, change.Path);
            }
        }
    }

    private static string Hint(TreePath path, TreePath link) =>
        DriverSource.Bundled.OwnFolders.Any(own => own == link || link.IsBelow(own)) ? "delete the link; what it leads to stays"
        : link == path ? $"replace the link by a copy of the file: cp --remove-destination \"$(readlink -f {link})\" {link}"
        : $"replace the link by the folder it leads to, or by a copy of it: "
            + $"t=$(readlink -f {link}) && rm {link} && cp -a \"$t\" {link}";
}
