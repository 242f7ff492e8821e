// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>A file of the driver.</summary>
/// <param name="Home">Where this repository keeps it.</param>
/// <param name="Path">Where it lands in a kernel tree.</param>
/// <param name="Variant">Which variant of its feature it is; null for a file that every kernel gets.</param>
public sealed record DriverFile(TreePath Home, TreePath Path, string? Variant, ByteString Bytes)
{
    public Part Part => Landing.PartOf(Path);

    /// <summary>The feature that decides whether it lands; the file is named after it.</summary>
    public string Feature => System.IO.Path.GetFileNameWithoutExtension(Path.Name.ToString());

    /// <summary>As it lands: no file of ours is executable.</summary>
    public TreeFile Landed => new(Bytes);
}
