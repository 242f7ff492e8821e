// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Proof;

/// <summary>
/// What a tree lacks of driver and samples, and the changes by which apply puts it in. A part that is whole, or that its
/// user changed, is proved as it stands; one of which something is missing, or that no hook leads to, is completed, or
/// refused where apply refuses it.
/// </summary>
internal sealed record MissingParts(IReadOnlyList<Part> Parts, ImmutableArray<FileChange> Changes)
{
    public string Names => string.Join(" and ", Parts.Select(part => part.Word()));

    public static MissingParts Of(KernelTree tree, DriverSource driver)
    {
        var missing = new[] { Part.Driver, Part.Samples }.Where(part => IsMissing(tree, driver, part)).ToList();
        return new MissingParts(missing, missing.Count == 0 ? [] : Planner.Plan(tree, driver, missing).Changes);
    }

    /// <summary>True if all that stands in the tree is this tool's.</summary>
    public static bool IsWhole(KernelTree tree, DriverSource driver) =>
        Inspector.Inspect(tree, driver, features: null, [Part.Driver, Part.Samples]).State == PlanState.Present;

    private static bool IsMissing(KernelTree tree, DriverSource driver, Part part)
    {
        var status = Inspector.Inspect(tree, driver, features: null, [part]);
        var hooks = driver.Hooks.Where(hook => hook.Part == part).Select(hook => hook.Path).ToHashSet();
        return status.State is PlanState.Absent or PlanState.Partial
            || status.Of(Standing.Absent).Any(finding => hooks.Contains(finding.Path));
    }
}
