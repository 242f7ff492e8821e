// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>
/// Where a file of this repository lands in a kernel tree: the path is the mapping. include/, Documentation/ and
/// samples/ keep their path; a folder named as a feature yields one file of that name; evidence, the out-of-tree build
/// and the MAINTAINERS entry (a hook, not a file) are not copied; everything else goes to drivers/ksocket/.
/// </summary>
public static class Landing
{
    /// <summary>The folder of this repository that holds the driver.</summary>
    public static TreePath Home { get; } = "drivers-ksocket";

    public static TreePath DriverFolder { get; } = "drivers/ksocket";

    /// <summary>The folders in a kernel tree whose sources are ours alone: the driver's and that of its samples.</summary>
    public static IReadOnlyList<TreePath> OwnFolders { get; } = [DriverFolder, "samples/ksocket"];

    /// <summary>The files of ours in folders that are the kernel's.</summary>
    private static readonly TreePath[] OwnFiles = ["include/net/ksocket.h", "Documentation/networking/ksocket.rst"];

    /// <summary>Where a file lands, and the variant it is, if it is one; null if it is not copied.</summary>
    public static (TreePath Path, string? Variant)? Of(TreePath file, IReadOnlySet<string> features)
    {
        if (file == "Kconfig")
        {
            return (DriverFolder / "Kconfig", null);
        }

        var inside = InHome(file) ?? throw new ArgumentException($"{file} is no file of the driver", nameof(file));
        return inside.ToString().Split('/') switch
        {
            ["include" or "Documentation" or "samples", _, ..] => (inside, null),
            ["evidence", ..] or ["GNUmakefile"] or ["Kbuild"] or ["MAINTAINERS"] => null,
            [var feature, var variant] when features.Contains(feature) =>
                (DriverFolder / (feature + Path.GetExtension(variant)), Path.GetFileNameWithoutExtension(variant)),
            _ => (DriverFolder / inside.Bytes, null),
        };
    }

    /// <summary>The path of a file inside <see cref="Home"/>; null for one outside it.</summary>
    public static TreePath? InHome(TreePath file) => file.IsBelow(Home) ? new TreePath(file.Bytes.Slice(Home.Bytes.Length + 1)) : default(TreePath?);

    /// <summary>Whether a release of ours could have written a file there: nothing else is ever deleted.</summary>
    public static bool IsOwn(TreePath landed) => OwnFiles.Contains(landed) || OwnFolders.Any(landed.IsBelow);

    public static Part PartOf(TreePath landed) =>
        landed.IsBelow("samples") ? Part.Samples
        : landed.IsBelow("Documentation") ? Part.Docs
        : Part.Driver;
}
