// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>The refusal of changes after which the tree could not be configured, or the driver would not be built.</summary>
internal static class Unbuilt
{
    /// <param name="readsKconfig">Whether every Kconfig file of the tree is read.</param>
    /// <param name="hint">What to add to the hint for a part that would not be built.</param>
    /// <returns>The source lines that were not followed; see <see cref="KconfigTree.PassedOver"/>.</returns>
    public static ImmutableArray<string> Refuse(
        KernelTree tree,
        IEnumerable<FileChange> changes,
        DriverSource driver,
        IReadOnlyList<Part> parts,
        bool readsKconfig,
        Func<Part, string> hint)
    {
        // Before the walk over the Kconfig files, which keeps none of them: what the wiring needs is then read once.
        var after = new KbuildFiles(tree).After([.. changes]);
        var unbuilt = parts.Select(part => (Part: part, Fault: Wiring.Faults(after, driver, part).FirstOrDefault()))
            .FirstOrDefault(one => one.Fault is not null);
        var kconfig = readsKconfig ? KconfigTree.Read(new ChangedTree(tree, [.. changes]), DotConfig.ArchitecturesOf(tree)) : null;
        if (kconfig?.Fault is { } unreadable)
        {
            throw IntreeFailure.NotUnderstood(
                $"{tree.Name}: kconfig cannot read this tree: {unreadable.Text}",
                $"nothing was changed; {unreadable.Hint}");
        }

        if (unbuilt.Fault is { } fault)
        {
            throw IntreeFailure.NotUnderstood(
                $"{tree.Name}: {driver.Name} would be in the tree and not be built: {fault}",
                $"nothing was changed{hint(unbuilt.Part)}");
        }

        return [.. kconfig?.PassedOver ?? []];
    }
}
