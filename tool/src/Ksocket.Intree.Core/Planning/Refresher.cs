// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>Joins two sets of edits of one file; null where they meet in the same place.</summary>
public delegate byte[]? Merge(byte[] common, byte[] theirs, byte[] ours);

/// <summary>What refresh is to do: the changes, and which of them keep edits of the user's.</summary>
/// <param name="Merged">Files in which the user's edits and ours were joined.</param>
/// <param name="Kept">Files that the user edited and this release does not change.</param>
public sealed record RefreshPlan(KernelVersion Version, ImmutableArray<FileChange> Changes, ImmutableArray<TreePath> Merged, ImmutableArray<TreePath> Kept)
{
    public bool IsDone => Changes.IsEmpty;
}

/// <summary>
/// Brings a tree that carries an older release to this one: the wiring is made again where the tree wants it now, and
/// what the user edited is merged against what the older release wrote. One conflict, and nothing is changed.
/// </summary>
public sealed class Refresher
{
    private readonly KernelTree _tree;
    private readonly Merge _merge;
    private readonly Manifest? _manifest;
    private readonly List<FileChange> _changes = [];
    private readonly List<TreePath> _merged = [];
    private readonly List<TreePath> _kept = [];
    private readonly List<string> _conflicts = [];

    private Refresher(KernelTree tree, Merge merge) => (_tree, _merge, _manifest) = (tree, merge, Manifest.In(tree));

    public static RefreshPlan Plan(KernelTree tree, DriverSource driver, Merge merge)
    {
        var version = KernelVersion.Read(tree);
        var status = Inspector.Inspect(tree, driver);
        if (status.State is PlanState.Absent or PlanState.Foreign)
        {
            throw IntreeFailure.InTheWay(
                $"{tree.Name} carries no ksocket of ksocket-intree to refresh ({status.State.ToString().ToLowerInvariant()})",
                status.State == PlanState.Absent ? "ksocket-intree apply puts it in" : "remove --foreign takes a hand-made wiring out; then apply");
        }

        var refresher = new Refresher(tree, merge);
        refresher.Files([.. driver.For(Probe.Run(tree, driver.Evidence)).Where(file => status.Parts.Contains(file.Part))]);
        refresher.Wire(driver.Hooks.Where(hook => status.Parts.Contains(hook.Part)));
        return refresher.Conclude(version, driver, status.Parts);
    }

    private void Files(ImmutableArray<DriverFile> files)
    {
        foreach (var file in files)
        {
            Links.Refuse(_tree, file.Path);
            File(file.Path, _tree.TryReadBytes(file.Path), file.Bytes);
        }

        // What an older release wrote and this one does not have.
        var now = files.Select(file => file.Path.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, hash) in _manifest?.Files.Where(file => !now.Contains(file.Key)) ?? [])
        {
            if (_tree.TryReadBytes(path) is { } bytes)
            {
                if (Manifest.HashOf(bytes) == hash)
                {
                    _changes.Add(new FileChange(path, bytes, null));
                }
                else
                {
                    _conflicts.Add($"{path}: you edited it, and this release has no such file");
                }
            }
        }
    }

    private void File(TreePath path, byte[]? there, byte[] wanted)
    {
        if (there is null || there.AsSpan().SequenceEqual(wanted))
        {
            if (there is null)
            {
                _changes.Add(new FileChange(path, null, wanted));
            }

            return;
        }

        var common = _manifest?.BaseOf(path);
        if (_manifest?.Files.GetValueOrDefault(path.Value) == Manifest.HashOf(there))
        {
            _changes.Add(new FileChange(path, there, wanted));
        }
        else if (common is null)
        {
            _conflicts.Add($"{path}: it differs from this release, and nothing tells what was written there before");
        }
        else if (common.AsSpan().SequenceEqual(wanted))
        {
            _kept.Add(path);
        }
        else if (_merge(common, there, wanted) is { } joined)
        {
            _merged.Add(path);
            _changes.Add(new FileChange(path, there, joined));
        }
        else
        {
            _conflicts.Add($"{path}: your edits and those of this release meet in the same lines");
        }
    }

    private void Wire(IEnumerable<Hook> hooks)
    {
        foreach (var hook in hooks)
        {
            Links.Refuse(_tree, hook.Path);
            var text = _tree.TryReadText(hook.Path) ?? throw IntreeFailure.NotUnderstood($"{_tree.Name} has no {hook.Path}");
            if (hook.Traces(text).FirstOrDefault(line => !hook.IsOurs(text, line)) is { Number: > 0 } other)
            {
                _conflicts.Add($"{hook.Path}:{other.Number}: wired by a line that is not ours: {other.Text}");
                continue;
            }

            var wired = hook.Apply(Remover.RevertAll(hook, text));
            if (wired != text)
            {
                _changes.Add(new FileChange(hook.Path, KernelTree.ToBytes(text), KernelTree.ToBytes(wired)));
            }
        }
    }

    private RefreshPlan Conclude(KernelVersion version, DriverSource driver, ImmutableArray<Part> parts)
    {
        if (_conflicts.Count > 0)
        {
            throw IntreeFailure.InTheWay(
                $"{_tree.Name}: refresh would lose something, so nothing was changed: {string.Join("; ", _conflicts)}",
                "ksocket-intree status --patch shows your edits; move them out of the way, refresh, and make them again");
        }

        var after = new ChangedTree(_tree, [.. _changes]);
        if (parts.SelectMany(part => Wiring.Faults(after, part)).FirstOrDefault() is { } fault)
        {
            throw IntreeFailure.NotUnderstood($"{_tree.Name}: ksocket would be in the tree and not be built: {fault}", "nothing was changed");
        }

        return new RefreshPlan(version, _changes.Count == 0 ? [] : [Record(driver, parts), .. _changes], [.. _merged], [.. _kept]);
    }

    /// <summary>From now on, this release is what edits are told from.</summary>
    private FileChange Record(DriverSource driver, ImmutableArray<Part> parts)
    {
        var manifest = Manifest.For(driver.Hash, _manifest);
        foreach (var gone in _changes.Where(change => change.After is null))
        {
            manifest.Files.Remove(gone.Path.Value);
            manifest.Bases!.Remove(gone.Path.Value);
        }

        foreach (var file in driver.For(Probe.Run(_tree, driver.Evidence)).Where(file => parts.Contains(file.Part)))
        {
            manifest.Record(file.Path, file.Bytes);
        }

        return new FileChange(Manifest.Path, _tree.TryReadBytes(Manifest.Path), manifest.ToBytes());
    }
}
