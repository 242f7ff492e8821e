// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>A file of the driver.</summary>
/// <param name="Home">Its path in the driver's folder.</param>
/// <param name="Path">Where it lands in a kernel tree.</param>
/// <param name="Variant">The variant of its feature; null for a file that every kernel gets.</param>
public sealed record DriverFile(TreePath Home, TreePath Path, string? Variant, ByteString Bytes)
{
    public Part Part => Landing.PartOf(Path);

    /// <summary>The feature that decides whether it is installed; the file is named after it.</summary>
    public string Feature => System.IO.Path.GetFileNameWithoutExtension(Path.Name.ToString());

    /// <summary>The file as installed: no file of the driver is executable.</summary>
    public TreeFile Landed => new(Bytes);
}
