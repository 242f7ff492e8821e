// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>What remove does for one of several drivers.</summary>
public sealed record RemovedDriver(DriverSource Driver, RemovalPlan Plan);

/// <summary>All changes that remove several drivers from a tree: the wiring first, so that the tree always builds.</summary>
/// <param name="Each">In the order of the drivers; never empty.</param>
public sealed record JointRemoval(ImmutableArray<RemovedDriver> Each, ImmutableArray<FileChange> Changes)
{
    public bool IsDone => Changes.IsEmpty;

    public RemovalPlan First => Each[0].Plan;

    public static JointRemoval Of(DriverSource driver, RemovalPlan plan) => new([new(driver, plan)], plan.Changes);

    /// <param name="drivers">In their order; the last is removed first.</param>
    /// <param name="unrecorded">Whether drivers of the user are also removed where the state file does not record them.</param>
    public static JointRemoval Of(
        KernelTree tree, IReadOnlyList<DriverSource> drivers, IReadOnlyList<Part>? parts, bool unrecorded = false)
    {
        tree = SnapshotTree.Of(tree);
        var each = new List<RemovedDriver>();
        var changes = ImmutableArray<FileChange>.Empty;
        foreach (var driver in drivers.Reverse())
        {
            var now = changes.IsEmpty ? tree : new ChangedTree(tree, changes);
            var plan = RecordedRemoval.Of(tree, driver, Remover.Plan(now, driver, parts), unrecorded);
            changes = JointPlan.Join(changes, plan.Changes, drivers, wiringFirst: true);
            each.Insert(0, new(driver, plan));
        }

        return new([.. each], changes);
    }

    /// <summary>
    /// Restores the .config lines that were not changed since, and removes the state file last, or what it records of these
    /// drivers if it records others. Changed lines stay, and are listed in <paramref name="kept"/>.
    /// </summary>
    public ImmutableArray<FileChange> WithState(KernelTree tree, out ImmutableArray<KeptLine> kept)
    {
        kept = [];
        if (tree.TryReadFile(StateFile.Path) is not { } file
            || (IsDone && Each.Any(one => one.Plan.Before.State != PlanState.Absent)))
        {
            return Changes;
        }

        var state = StateFile.In(tree)!;
        var after = new ChangedTree(tree, Changes);
        var gone = Changes.Where(change => change.After is null).Select(change => change.Path).ToHashSet();
        var stay = state.Drivers.Where(one => Stays(tree, after, state, one.Key, one.Value.Files.Except(gone)))
            .ToImmutableSortedDictionary(one => one.Key, one => one.Value with { Files = one.Value.Files.Except(gone) });
        var recorded = stay.Values.SelectMany(driver => driver.Files).ToHashSet();
        var left = state.Files
            .Where(written => !gone.Contains(written.Key)
                && (recorded.Contains(written.Key) || tree.KindOf(written.Key) == EntryKind.File))
            .ToImmutableSortedDictionary();
        var isWithout = !IsWired(after, DriverSource.Bundled);
        if (left.Count == 0 && isWithout)
        {
            var all = StateChanges.PutBack(tree, state, _ => true, state.DefconfigLines(), out kept);
            return [.. Changes, .. all, new FileChange(StateFile.Path, file, null)];
        }

        if (IsDone)
        {
            return [];
        }

        // With --parts samples the driver stays, and so do its lines.
        var symbols = Each.Where(one => !IsWired(after, one.Driver)).SelectMany(one => DriverSymbols.InAllParts(one.Driver)).ToHashSet();
        var defconfigs = state.Drivers.RemoveRange(stay.Keys).Values.SelectMany(driver => driver.Defconfigs)
            .Concat(isWithout ? state.Defconfigs : []);
        var putBack = StateChanges.PutBack(tree, state, symbols.Contains, defconfigs, out kept);
        var remaining = state with
        {
            Driver = stay.Count > 0 && isWithout ? "" : state.Driver,
            Files = left,
            Drivers = stay,
            // The lines of an output folder are put back when the last driver goes.
            Config = state.Output is null ? state.Config.RemoveRange(state.Config.Keys.Where(symbols.Contains)) : state.Config,
            Defconfigs = isWithout ? state.Defconfigs.Clear() : state.Defconfigs,
        };
        return [.. Changes, .. putBack, remaining.IsEmpty ? new(StateFile.Path, file, null) : StateChanges.Change(tree, remaining)];
    }

    /// <summary>
    /// Whether a recorded driver is still in the tree: a file of it, or the line by which kconfig reads it. Without its record
    /// nobody could remove that.
    /// </summary>
    private bool Stays(KernelTree tree, KernelTree after, StateFile state, TreePath folder, IEnumerable<TreePath> files) =>
        files.Any(path => tree.KindOf(path) == EntryKind.File)
        || ((Each.FirstOrDefault(one => one.Driver.Folder == folder)?.Driver ?? state.Drivers[folder].Read(folder, state)) is { } driver
            && IsWired(after, driver));

    /// <summary>Whether kconfig reads a driver.</summary>
    private static bool IsWired(KernelTree tree, DriverSource driver) =>
        driver.Hooks.Any(hook => hook.Kind == HookKind.Kconfig && hook.Part == Part.Driver
            && tree.TryRead(hook.Path) is { } file && hook.Traces(file).Count > 0);
}
