// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Proof;

/// <summary>
/// The parts, driver or samples, that a tree lacks, and the changes by which apply adds them. A complete or edited part
/// is proved as it is. A part with missing files or hooks is completed, or refused if apply refuses it.
/// </summary>
internal sealed record MissingParts(IReadOnlyList<Part> Parts, ImmutableArray<FileChange> Changes)
{
    public string Names => string.Join(" and ", Parts.Select(part => part.Word()));

    public static MissingParts Of(KernelTree tree, DriverSource driver)
    {
        var missing = new[] { Part.Driver, Part.Samples }.Where(part => IsMissing(tree, driver, part)).ToList();
        return new MissingParts(missing, missing.Count == 0 ? [] : Planner.Plan(tree, driver, missing).Changes);
    }

    /// <summary>True if driver and samples in the tree are those of this tool.</summary>
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
