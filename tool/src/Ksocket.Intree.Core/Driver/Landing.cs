// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>
/// Where a file of this repository lands in a kernel tree: the path is the mapping. include/, Documentation/ and
/// samples/ keep their path; a folder named as a feature yields one file of that name; evidence, the out-of-tree build
/// and the MAINTAINERS entry (a hook, not a file) stay at home; all else goes to drivers/ksocket/.
/// </summary>
public static class Landing
{
    public const string Home = "drivers-ksocket/";

    public static TreePath DriverFolder { get; } = "drivers/ksocket";

    /// <summary>The folder in a kernel tree whose sources are ours alone, and the one of our samples.</summary>
    public static IReadOnlyList<TreePath> OwnFolders { get; } = [DriverFolder, "samples/ksocket"];

    /// <summary>Where a file lands, and the variant it is, if it is one; null if it never leaves.</summary>
    public static (TreePath Path, string? Variant)? Of(TreePath file, IReadOnlySet<string> features)
    {
        if (file == "Kconfig")
        {
            return (DriverFolder / "Kconfig", null);
        }

        var inside = file.Value.StartsWith(Home, StringComparison.Ordinal) ? file.Value[Home.Length..] : throw new ArgumentException($"{file} is no file of the driver", nameof(file));
        return inside.Split('/') switch
        {
            ["include" or "Documentation" or "samples", _, ..] => (inside, null),
            ["evidence", ..] or ["GNUmakefile"] or ["Kbuild"] or ["MAINTAINERS"] => null,
            [var feature, var variant] when features.Contains(feature) =>
                (DriverFolder / (feature + Path.GetExtension(variant)), Path.GetFileNameWithoutExtension(variant)),
            _ => (DriverFolder.Value + "/" + inside, null),
        };
    }

    public static Part PartOf(TreePath landed) =>
        landed.IsBelow("samples") ? Part.Samples
        : landed.IsBelow("Documentation") ? Part.Docs
        : Part.Driver;
}
