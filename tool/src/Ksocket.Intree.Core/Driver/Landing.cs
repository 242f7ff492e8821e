// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>
/// Maps a file of this repository to its path in a kernel tree. include/, Documentation/ and samples/ keep their
/// path; a folder named after a feature yields one file of that name; evidence, the out-of-tree build and the
/// MAINTAINERS entry (a hook, not a file) are not copied; everything else goes to drivers/ksocket/.
/// </summary>
public static class Landing
{
    /// <summary>The folder of this repository that holds the driver.</summary>
    public static TreePath Home { get; } = "drivers-ksocket";

    public static TreePath DriverFolder { get; } = "drivers/ksocket";

    /// <summary>The folders in a kernel tree that hold only sources of ksocket: the driver's and its samples'.</summary>
    public static IReadOnlyList<TreePath> OwnFolders { get; } = [DriverFolder, "samples/ksocket"];

    /// <summary>The files of ksocket in folders of the kernel.</summary>
    private static readonly TreePath[] OwnFiles = ["include/net/ksocket.h", "Documentation/networking/ksocket.rst"];

    /// <summary>The path in a kernel tree, and the variant if there is one; null if the file is not copied.</summary>
    public static (TreePath Path, string? Variant)? Of(TreePath file, IReadOnlySet<string> features)
    {
        if (file == "Kconfig")
        {
            return (DriverFolder / "Kconfig", null);
        }

        var inside = InHome(file) ?? throw new ArgumentException($"{file} is not a file of the driver", nameof(file));
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
    public static TreePath? InHome(TreePath file) =>
        file.IsBelow(Home) ? new TreePath(file.Bytes.Slice(Home.Bytes.Length + 1)) : default(TreePath?);

    /// <summary>Whether a release of ksocket-intree could have written this path. Nothing else is ever deleted.</summary>
    public static bool IsOwn(TreePath landed) => OwnFiles.Contains(landed) || OwnFolders.Any(landed.IsBelow);

    public static Part PartOf(TreePath landed) =>
        landed.IsBelow("samples") ? Part.Samples
        : landed.IsBelow("Documentation") ? Part.Docs
        : Part.Driver;
}
