// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof;

/// <summary>
/// The drivers and parts that a tree lacks, and the changes by which apply adds them. A complete or edited part is proved as
/// it is. A part with missing files or hooks is completed, or refused if apply refuses it.
/// </summary>
internal sealed record MissingParts(IReadOnlyList<string> Names, ImmutableArray<FileChange> Changes)
{
    public static MissingParts Of(KernelTree tree, ProvedDrivers drivers)
    {
        var (names, changes) = (new List<string>(), ImmutableArray<FileChange>.Empty);
        if (drivers.Bundled)
        {
            var missing = new[] { Part.Driver, Part.Samples }.Where(part => IsMissing(tree, DriverSource.Bundled, part)).ToList();
            names.AddRange(missing.Select(part => part.Word()));
            changes = missing.Count == 0 ? [] : Planner.Plan(tree, DriverSource.Bundled, missing).Changes;
        }

        foreach (var driver in drivers.Own)
        {
            var plan = JointPlan.Of(changes.IsEmpty ? tree : new ChangedTree(tree, changes), [driver], [Part.Driver]);
            names.AddRange(plan.IsDone ? (string[])[] : [driver.Name]);
            changes = JointPlan.Join(changes, plan.Changes, drivers.All);
        }

        return new MissingParts(names, changes);
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
