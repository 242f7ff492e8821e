// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>Merges two sets of edits of one file; null if they conflict.</summary>
public delegate ByteString? Merge(ByteString common, ByteString theirs, ByteString ours);

/// <summary>What refresh will do: the changes, and which files keep the user's edits.</summary>
/// <param name="Merged">Files in which the user's edits and ours were merged.</param>
/// <param name="Kept">Files that the user edited and this release does not change.</param>
public sealed record RefreshPlan(
    KernelVersion Version,
    ImmutableArray<FileChange> Changes,
    ImmutableArray<TreePath> Merged,
    ImmutableArray<TreePath> Kept)
{
    /// <summary>Source lines of Kconfig files that were not followed, and why.</summary>
    public ImmutableArray<string> NotRead { get; init; } = [];

    public bool IsDone => Changes.IsEmpty;
}

/// <summary>
/// Updates a tree from an older release to this one: the wiring is made again where this tree needs it now, and the
/// user's edits are merged against what the older release wrote. On any conflict, nothing is changed.
/// </summary>
public sealed class Refresher
{
    private readonly KernelTree _tree;
    private readonly Merge _merge;
    private readonly StateFile? _state;
    private readonly List<FileChange> _changes = [];
    private readonly List<TreePath> _merged = [];
    private readonly List<TreePath> _kept = [];
    private readonly List<string> _conflicts = [];

    private Refresher(KernelTree tree, Merge merge) => (_tree, _merge, _state) = (tree, merge, StateFile.In(tree));

    public static RefreshPlan Plan(KernelTree tree, DriverSource driver, Merge merge)
    {
        tree = SnapshotTree.Of(tree);
        var version = KernelVersion.Read(tree);
        var status = Inspector.Inspect(tree, driver);
        if (status.State is PlanState.Absent or PlanState.Foreign)
        {
            throw IntreeFailure.InTheWay(
                $"{tree.Name} has no {driver.Name} of ksocket-intree to refresh ({status.State.ToString().ToLowerInvariant()})",
                status.State == PlanState.Absent
                    ? "run ksocket-intree apply to add it"
                    : driver.IsBundled ? "run remove --foreign to remove wiring made by hand, then apply"
                    : "take out by hand what is not the kernel's own, then apply");
        }

        var refresher = new Refresher(tree, merge);
        var files = driver.For(Probe.Run(tree, driver.Evidence))
            .Where(file => status.Parts.Contains(file.Part))
            .ToImmutableArray();
        refresher.Files(driver, files);
        refresher.Wire(driver.Hooks.Where(hook => status.Parts.Contains(hook.Part)));
        return refresher.Conclude(version, driver, files, status.Parts);
    }

    /// <summary>Several drivers, each on the tree as those before it leave it.</summary>
    public static RefreshPlan Plan(KernelTree tree, IReadOnlyList<DriverSource> drivers, Merge merge)
    {
        tree = SnapshotTree.Of(tree);
        var whole = Plan(tree, drivers[0], merge);
        foreach (var driver in drivers.Skip(1))
        {
            var plan = Plan(whole.IsDone ? tree : new ChangedTree(tree, whole.Changes), driver, merge);
            whole = whole with
            {
                Changes = JointPlan.Join(whole.Changes, plan.Changes, drivers),
                Merged = [.. whole.Merged, .. plan.Merged],
                Kept = [.. whole.Kept, .. plan.Kept],
            };
        }

        TakenSymbols.Refuse(tree, whole.Changes, drivers);
        return whole;
    }

    private void Files(DriverSource driver, ImmutableArray<DriverFile> files)
    {
        foreach (var file in files)
        {
            Links.Refuse(_tree, file.Path);
            File(file.Path, _tree.TryReadFile(file.Path), file.Landed);
        }

        // Files that an older release wrote and this one does not have.
        var now = files.Select(file => file.Path).ToHashSet();
        foreach (var (path, written) in _state?.Files.Where(file => !now.Contains(file.Key) && IsOf(driver, file.Key)) ?? [])
        {
            Links.Refuse(_tree, path);
            if (_tree.TryReadFile(path) is { } there)
            {
                if (written.Is(there.Bytes))
                {
                    _changes.Add(new FileChange(path, there, null));
                }
                else
                {
                    _conflicts.Add($"{path}: you edited it, and this release has no such file");
                }
            }
        }
    }

    /// <summary>Whether a recorded file was written for this driver, and not for another.</summary>
    private bool IsOf(DriverSource driver, TreePath path) => driver.IsBundled
        ? !_state!.Drivers.Values.Any(other => other.Files.Contains(path))
        : _state!.Drivers.TryGetValue(driver.Folder, out var own) && own.Files.Contains(path);

    private void File(TreePath path, TreeFile? there, TreeFile wanted)
    {
        if (there is null)
        {
            _changes.Add(new FileChange(path, null, wanted));
            return;
        }

        if (there.Bytes == wanted.Bytes)
        {
            return;
        }

        var written = _state?.Files.GetValueOrDefault(path);
        var common = written?.Unpack();
        if (written?.Is(there.Bytes) == true)
        {
            _changes.Add(new FileChange(path, there, there.With(wanted.Bytes)));
        }
        else if (common is not { } start)
        {
            _conflicts.Add($"{path}: it differs from this release, and there is no record of what was written there before");
        }
        else if (start == wanted.Bytes)
        {
            _kept.Add(path);
        }
        else if (_merge(start, there.Bytes, wanted.Bytes) is { } joined)
        {
            _merged.Add(path);
            _changes.Add(new FileChange(path, there, there.With(joined)));
        }
        else
        {
            _conflicts.Add($"{path}: your edits conflict with those of this release");
        }
    }

    private void Wire(IEnumerable<Hook> hooks)
    {
        foreach (var hook in hooks)
        {
            Links.Refuse(_tree, hook.Path);
            var file = _tree.TryReadFile(hook.Path) ?? throw IntreeFailure.NotUnderstood($"{_tree.Name} has no {hook.Path}");
            if (hook.Traces(file.Bytes).FirstOrDefault(trace => !hook.IsOurs(file.Bytes, trace)) is { Number: > 0 } other)
            {
                _conflicts.Add($"{hook.Path}:{other.Number}: added by a line that ksocket-intree did not write: {other.Text}");
                continue;
            }

            // Beside another driver's line it stays where it is: each refresh would else move it behind the other.
            if (_state?.Drivers.IsEmpty == false && hook.Traces(file.Bytes).Count == 1)
            {
                continue;
            }

            var wired = hook.Apply(Remover.RevertAll(hook, file.Bytes));
            if (wired != file.Bytes)
            {
                _changes.Add(new FileChange(hook.Path, file, file.With(wired)));
            }
        }
    }

    private RefreshPlan Conclude(KernelVersion version, DriverSource driver, ImmutableArray<DriverFile> files, ImmutableArray<Part> parts)
    {
        if (_conflicts.Count > 0)
        {
            throw IntreeFailure.InTheWay(
                $"{_tree.Name}: refresh would lose something, so nothing was changed: {string.Join("; ", _conflicts)}",
                "ksocket-intree status --patch shows your edits; move them away, refresh, and make them again");
        }

        var notRead = Unbuilt.Refuse(_tree, _changes, driver, parts, readsKconfig: true, _ => "");
        ImmutableArray<FileChange> changes = _changes.Count == 0 ? [] : [Record(driver, files), .. _changes];
        return new RefreshPlan(version, changes, [.. _merged], [.. _kept]) { NotRead = notRead };
    }

    /// <summary>From now on, edits are compared with this release.</summary>
    private FileChange Record(DriverSource driver, ImmutableArray<DriverFile> files)
    {
        var state = StateFile.For(driver.IsBundled ? driver.Hash : "", _state);
        var deleted = _changes.Where(change => change.After is null).Select(change => change.Path);
        state = state with { Files = state.Files.RemoveRange(deleted) };
        state = files.Aggregate(state, (now, file) => now.With(file.Path, file.Bytes));
        if (!driver.IsBundled)
        {
            var earlier = _state?.Drivers.GetValueOrDefault(driver.Folder);
            var record = RecordedDriver.Of(driver, files.Select(file => file.Path), earlier);
            state = state with
            {
                Drivers = state.Drivers.SetItem(driver.Folder, record),
                // Also one that its folder has no more, and that the user deleted in the tree.
                Files = state.Files.RemoveRange((earlier?.Files ?? []).Except(record.Files)),
            };
        }

        var before = _tree.TryReadFile(StateFile.Path);
        return new FileChange(StateFile.Path, before, before?.With(state.ToBytes()) ?? new TreeFile(state.ToBytes()));
    }
}
