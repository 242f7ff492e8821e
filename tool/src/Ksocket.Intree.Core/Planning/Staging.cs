// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>
/// The temporary name of a file, in the same folder, until it is complete. The name is fixed, so that leftovers of a
/// killed run can be found: the next run overwrites them, and remove deletes them.
/// </summary>
public static class Staging
{
    private static readonly ByteString Ending = ByteString.Of(".ksocket-intree.tmp"u8);

    private static readonly ByteString KeptEnding = ByteString.Of(".ksocket-intree.old"u8);

    public static TreePath NameOf(TreePath path) => path.Folder / ByteString.Concat(ByteString.Of("."u8), path.Name, Ending);

    /// <summary>The second name that a file keeps until its replacement or deletion is complete.</summary>
    public static TreePath KeptNameOf(TreePath path) => path.Folder / ByteString.Concat(ByteString.Of("."u8), path.Name, KeptEnding);

    public static bool IsName(TreePath path) => path.Name.EndsWith(Ending.Span) || path.Name.EndsWith(KeptEnding.Span);

    /// <summary>The temporary files that an interrupted run left in a tree.</summary>
    public static IEnumerable<TreePath> LeftIn(KernelTree tree, DriverSource driver, IReadOnlyList<Part> parts) =>
        driver.Files.Where(file => parts.Contains(file.Part)).Select(file => file.Path)
            .Concat(driver.Hooks.Where(hook => parts.Contains(hook.Part)).Select(hook => hook.Path))
            .Concat(parts.Contains(Part.Driver) ? [StateFile.Path, DotConfig.Path] : [])
            .Distinct()
            .SelectMany(path => new[] { NameOf(path), KeptNameOf(path) })
            .Where(path => tree.KindOf(path) == EntryKind.File);
}
