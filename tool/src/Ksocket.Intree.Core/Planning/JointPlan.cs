// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>What apply does for one of several drivers; it is planned on the tree as those before it leave it.</summary>
public sealed record PlannedDriver(DriverSource Driver, IntegrationPlan Plan);

/// <summary>All changes that add several drivers to a tree, in the order to write them.</summary>
/// <param name="Each">In the order of the drivers; never empty.</param>
/// <param name="Changes">Each path once: all files first, then the lines that wire them.</param>
public sealed record JointPlan(ImmutableArray<PlannedDriver> Each, ImmutableArray<FileChange> Changes)
{
    public bool IsDone => Changes.IsEmpty;

    public IntegrationPlan First => Each[0].Plan;

    public static JointPlan Of(DriverSource driver, IntegrationPlan plan) => new([new(driver, plan)], plan.Changes);

    /// <param name="drivers">In their order: one that needs another after it.</param>
    /// <param name="readsKconfig">Whether the Kconfig files of the whole tree are checked; see <see cref="Planner.Plan"/>.</param>
    public static JointPlan Of(
        KernelTree tree, IReadOnlyList<DriverSource> drivers, IReadOnlyList<Part> parts, bool readsKconfig = true)
    {
        tree = SnapshotTree.Of(tree);
        RefuseTaken(tree, drivers);
        var isAlone = drivers.All(driver => driver.IsBundled);
        var each = ImmutableArray.CreateBuilder<PlannedDriver>();
        var changes = ImmutableArray<FileChange>.Empty;
        foreach (var driver in drivers)
        {
            var now = changes.IsEmpty ? tree : new ChangedTree(tree, changes);
            var plan = Planner.Plan(now, driver, parts, readsKconfig && isAlone);
            changes = Join(changes, plan.Changes, drivers);
            each.Add(new(driver, plan));
        }

        if (TakenSymbols.Refuse(tree, changes, drivers) is { } kconfig)
        {
            each[0] = each[0] with { Plan = each[0].Plan with { NotRead = [.. kconfig.PassedOver] } };
        }

        return new(each.ToImmutable(), changes);
    }

    /// <summary>Changes and those made after them, each path once, with the wiring before or after all files.</summary>
    public static ImmutableArray<FileChange> Join(
        ImmutableArray<FileChange> first,
        IEnumerable<FileChange> then,
        IEnumerable<DriverSource> drivers,
        bool wiringFirst = false)
    {
        var hooked = drivers.SelectMany(driver => driver.Hooks).Select(hook => hook.Path).ToHashSet();
        var joined = new OrderedDictionary<TreePath, FileChange>();
        foreach (var change in first.Concat(then))
        {
            joined[change.Path] = joined.TryGetValue(change.Path, out var before) ? change with { Before = before.Before } : change;
        }

        return [.. joined.Values.OrderBy(change => hooked.Contains(change.Path) != wiringFirst)];
    }

    /// <summary>
    /// Refuses places and files that the tree has already: what the kernel had before must not be removed with the driver. The
    /// symbols of the tree are looked at after planning, when all Kconfig files are read (<see cref="TakenSymbols"/>).
    /// </summary>
    internal static void RefuseTaken(KernelTree tree, IReadOnlyList<DriverSource> drivers)
    {
        var added = drivers.Where(driver => !driver.IsBundled).ToList();
        if (added.Count == 0)
        {
            return;
        }

        var recorded = StateFile.In(tree)?.Drivers.Keys.ToList() ?? [];
        foreach (var driver in added)
        {
            RefuseSymbols(driver);
            RefuseNested(driver, recorded);
            if (!recorded.Contains(driver.Folder))
            {
                RefuseStrange(tree, driver);
            }
        }

        foreach (var driver in added.Where(driver => tree.KindOf(driver.Folder / "Kconfig") == EntryKind.Missing))
        {
            var outside = driver.Files.FirstOrDefault(file =>
                !driver.OwnFolders.Any(file.Path.IsBelow) && tree.KindOf(file.Path) != EntryKind.Missing);
            if (outside is not null)
            {
                throw IntreeFailure.InTheWay(
                    $"{tree.Name} has {outside.Path} already, and {driver.Name} would write it",
                    $"rename {outside.Home} in the driver's folder, or move it into its sources");
            }
        }
    }

    /// <summary>Also with --only: ksocket may be added later.</summary>
    private static void RefuseSymbols(DriverSource driver)
    {
        if (DriverSymbols.In(driver).Intersect(DriverSymbols.In(DriverSource.Bundled)).FirstOrDefault() is { } symbol)
        {
            throw IntreeFailure.NotUnderstood(
                $"{driver.Name} defines CONFIG_{symbol}, which is of {DriverSource.Bundled.Name}",
                "kconfig would take both entries for one; rename that of the driver");
        }
    }

    private static void RefuseNested(DriverSource driver, IEnumerable<TreePath> recorded)
    {
        if (recorded.FirstOrDefault(other => other.IsBelow(driver.Folder) || driver.Folder.IsBelow(other)) is var near
            && near != TreePath.Top)
        {
            throw IntreeFailure.InTheWay(
                $"{driver.Name} would land in {driver.Folder}, and {near} is a driver of its own in this tree",
                "one could not be removed without the other; give it another place: DIR:drivers/NAME");
        }
    }

    /// <summary>Refuses a folder that the tree had before: remove would delete it, and it is not ours.</summary>
    private static void RefuseStrange(KernelTree tree, DriverSource driver)
    {
        var status = Inspector.Inspect(tree, driver, features: null, [Part.Driver]);
        if (status.State != PlanState.Present
            && status.Findings.FirstOrDefault(
                finding => finding.IsFile && finding.Standing is not (Standing.Absent or Standing.Derived)) is { } there)
        {
            throw IntreeFailure.InTheWay(
                $"{tree.Name} has {there.Path} already, and ksocket-intree did not write it",
                $"{driver.Folder} is of the kernel or of somebody else; give the driver another place, DIR:drivers/NAME, "
                + "and keep its sources outside of the tree");
        }
    }
}
