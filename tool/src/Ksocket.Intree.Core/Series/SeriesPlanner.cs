// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Series;

/// <summary>Splits the plan of a tree into patches, each of which builds on those before it.</summary>
public static class SeriesPlanner
{
    public static PlannedSeries Plan(KernelTree tree, DriverSource driver, IReadOnlyList<Part> parts)
    {
        if (!parts.Contains(Part.Driver))
        {
            throw IntreeFailure.InTheWay(
                "a series without the driver would not build",
                $"say --parts driver,{string.Join(',', parts.Select(part => part.Word()))}, or all");
        }

        tree = SnapshotTree.Of(tree);
        tree.Expect(PlanInputs.Of(driver));
        var version = KernelVersion.Read(tree);
        var status = Inspector.Inspect(tree, driver);
        if (status.State != PlanState.Absent)
        {
            throw IntreeFailure.InTheWay(
                $"{tree.Name} already has {driver.Name} ({status.State.ToString().ToLowerInvariant()}), so a series for it would not apply",
                "name a revision before it was added");
        }

        var plan = Planner.Plan(tree, driver, parts, readsKconfig: false);
        var hooks = driver.Hooks.ToLookup(hook => hook.Path);
        var edits = plan.Changes
            .Where(change => hooks.Contains(change.Path))
            .ToLookup(change => driver.Topics.Of(hooks[change.Path].First()));
        var own = OwnChanges(driver, driver.For(plan.Features)
            .Where(file => parts.Contains(file.Part))
            .ToDictionary(file => file.Path, file => file.Landed));
        ImmutableArray<PlannedPatch> patches =
        [
            .. from topic in driver.Topics.All
               where own.Contains(topic)
               select new PlannedPatch(topic, [.. own[topic].Concat(edits[topic]).OrderBy(change => change.Path)]),
        ];
        RefuseUnbuilt(tree, driver, patches);
        return new PlannedSeries(version, driver, plan.Features, patches);
    }

    /// <summary>The patches of several drivers, one driver after the other; each patch builds on all before it.</summary>
    /// <param name="drivers">In their order: one that needs another after it.</param>
    public static PlannedSeries Plan(KernelTree tree, IReadOnlyList<DriverSource> drivers, IReadOnlyList<Part> parts)
    {
        tree = SnapshotTree.Of(tree);
        JointPlan.RefuseTaken(tree, drivers);
        var each = new List<PlannedSeries>();
        var changes = ImmutableArray<FileChange>.Empty;
        foreach (var driver in drivers)
        {
            var planned = Plan(changes.IsEmpty ? tree : new ChangedTree(tree, changes), driver, parts);
            changes = JointPlan.Join(changes, planned.Patches.SelectMany(patch => patch.Changes), drivers);
            each.Add(planned);
        }

        TakenSymbols.Refuse(tree, changes, drivers);
        return each[0] with
        {
            Drivers = [.. drivers],
            Features = new FeatureSet(
                [.. each.SelectMany(one => one.Features.Variants)],
                [.. each.SelectMany(one => one.Features.Requirements)]),
            Patches =
            [
                .. from one in each
                   from patch in one.Patches
                   select patch with { Topic = NamedIn(one.Driver, patch.Topic) },
            ],
        };
    }

    /// <summary>A topic as a series of several drivers calls it: only ksocket's have their plain names.</summary>
    internal static Topic NamedIn(DriverSource driver, Topic topic) =>
        driver.IsBundled ? topic : topic with { Name = $"{driver.Name}-{topic.Name}" };

    /// <summary>The changes of each patch to the files that only the driver has. Needs no tree.</summary>
    public static ILookup<Topic, FileChange> OwnChanges(DriverSource driver, IReadOnlyDictionary<TreePath, TreeFile> files)
    {
        var growth = new Growth(driver, files);
        var present = new HashSet<TreePath>();
        var now = new Dictionary<TreePath, TreeFile>();
        var changes = new List<(Topic Topic, FileChange Change)>();
        foreach (var topic in driver.Topics.All)
        {
            present.UnionWith(files.Keys.Where(path => driver.Topics.Of(path) == topic));
            foreach (var path in present.Order())
            {
                var (before, after) = (now.GetValueOrDefault(path), growth.Of(path, present));
                if (before != after)
                {
                    changes.Add((topic, new FileChange(path, before, after)));
                    now[path] = after;
                }
            }
        }

        return changes.ToLookup(change => change.Topic, change => change.Change);
    }

    /// <summary>Checks the tree after each patch, reading it as kconfig and make would.</summary>
    private static void RefuseUnbuilt(KernelTree tree, DriverSource driver, ImmutableArray<PlannedPatch> patches)
    {
        var (before, after) = (new KbuildFiles(tree), new Dictionary<TreePath, FileChange>());
        foreach (var patch in patches)
        {
            foreach (var change in patch.Changes)
            {
                after[change.Path] = change;
            }

            if (Wiring.Faults(before.After([.. after.Values]), driver, patch.Topic.Part).FirstOrDefault() is { } fault)
            {
                throw IntreeFailure.NotUnderstood($"{tree.Name}: after '{patch.Topic.Subject}' {driver.Name} would not be built: {fault}");
            }
        }
    }
}
