// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>
/// How a file is called, beside its place, until it is whole. The name is fixed, so that what a killed run left
/// behind can be found: the next run overwrites it, and remove sweeps it up.
/// </summary>
public static class Staging
{
    private static readonly ByteString Ending = ByteString.Of(".ksocket-intree.tmp"u8);

    private static readonly ByteString KeptEnding = ByteString.Of(".ksocket-intree.old"u8);

    public static TreePath NameOf(TreePath path) => path.Folder / ByteString.Concat(ByteString.Of("."u8), path.Name, Ending);

    /// <summary>The second name that a file keeps until what replaces or deletes it is done.</summary>
    public static TreePath KeptNameOf(TreePath path) => path.Folder / ByteString.Concat(ByteString.Of("."u8), path.Name, KeptEnding);

    public static bool IsName(TreePath path) => path.Name.EndsWith(Ending.Span) || path.Name.EndsWith(KeptEnding.Span);

    /// <summary>Every file that an interrupted run left in a tree.</summary>
    public static IEnumerable<TreePath> LeftIn(KernelTree tree, DriverSource driver, IReadOnlyList<Part> parts) =>
        driver.Files.Where(file => parts.Contains(file.Part)).Select(file => file.Path)
            .Concat(driver.Hooks.Where(hook => parts.Contains(hook.Part)).Select(hook => hook.Path))
            .Concat(parts.Contains(Part.Driver) ? [StateFile.Path, DotConfig.Path] : [])
            .Distinct()
            .SelectMany(path => new[] { NameOf(path), KeptNameOf(path) })
            .Where(path => tree.KindOf(path) == EntryKind.File);
}
