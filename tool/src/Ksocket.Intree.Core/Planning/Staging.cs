// SPDX-License-Identifier: GPL-2.0-only
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
    private const string Ending = ".ksocket-intree.tmp";

    public static TreePath NameOf(TreePath path) => path.Folder / $".{path.Name}{Ending}";

    public static bool IsName(TreePath path) => path.Name.EndsWith(Ending, StringComparison.Ordinal);

    /// <summary>Every file that an interrupted run left in a tree.</summary>
    public static IEnumerable<TreePath> LeftIn(KernelTree tree, DriverSource driver, IReadOnlyList<Part> parts) =>
        driver.Files.Where(file => parts.Contains(file.Part)).Select(file => file.Path)
            .Concat(driver.Hooks.Where(hook => parts.Contains(hook.Part)).Select(hook => hook.Path))
            .Concat(parts.Contains(Part.Driver) ? [Manifest.Path, DotConfig.Path] : [])
            .Distinct()
            .Select(NameOf)
            .Where(path => tree.KindOf(path) == EntryKind.File);
}
