// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>
/// Maps a file of a driver's folder to its path in a kernel tree. include/, Documentation/ and samples/ keep their
/// path; a folder named after a feature yields one file of that name; evidence, the out-of-tree build, the intree file and
/// the MAINTAINERS entry (a hook, not a file) are not copied; everything else goes to the folder of the driver.
/// </summary>
/// <param name="Folder">The folder of a kernel tree that holds the driver.</param>
/// <param name="IsHome">
/// Whether the driver's own include/ is for its own use: it has headers at its top, where the kernel has none.
/// </param>
/// <param name="OutOfTree">The makefile that only the out-of-tree build reads; null if there is none.</param>
public sealed record Landing(TreePath Folder, bool IsHome = false, string? OutOfTree = null)
{
    /// <summary>The name of the driver: that of its folder.</summary>
    public string Name => Folder.Name.ToString();

    /// <summary>How the files of a folder land, which lands at this place.</summary>
    public static Landing Of(TreePath folder, IReadOnlyDictionary<TreePath, ByteString> files) => new(
        folder,
        files.Keys.Any(file => file.Folder == "include"),
        !files.TryGetValue("Kbuild", out var kbuild) ? null : Includes(kbuild, "Makefile") ? "Kbuild" : "Makefile");

    /// <summary>The path in a kernel tree, and the variant if there is one; null if the file is not copied.</summary>
    /// <param name="file">Its path in the driver's folder.</param>
    public (TreePath Path, string? Variant)? Of(TreePath file, IReadOnlySet<string> features) => file.ToString().Split('/') switch
    {
        ["include", ..] when IsHome => (Folder / file.Bytes, null),
        ["include" or "Documentation" or "samples", _, ..] => (file, null),
        ["evidence", ..] or ["GNUmakefile"] or ["MAINTAINERS"] or [IntreeFile.Name] => null,
        [var name] when name == OutOfTree => null,
        [var feature, var variant] when features.Contains(feature) =>
            (Folder / (feature + Path.GetExtension(variant)), Path.GetFileNameWithoutExtension(variant)),
        _ => (Folder / file.Bytes, null),
    };

    /// <summary>Whether a driver of this folder could have a file at this path.</summary>
    public static bool CouldLand(TreePath folder, TreePath path) => path.IsBelow(folder)
        || path.ToString().Split('/') is ["samples" or "include" or "Documentation", _, _, ..];

    public static Part PartOf(TreePath landed) =>
        landed.IsBelow("samples") ? Part.Samples
        : landed.IsBelow("Documentation") ? Part.Docs
        : Part.Driver;

    /// <summary>Whether a Kbuild includes the makefile beside it: kbuild reads Kbuild first, so it is an entry for out of tree.</summary>
    private static bool Includes(ByteString kbuild, string makefile) =>
        ByteLines.Of(kbuild).Any(line => line.Bare.ToString().Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
            is ["include" or "-include", var file] && file == $"$(src)/{makefile}");
}
