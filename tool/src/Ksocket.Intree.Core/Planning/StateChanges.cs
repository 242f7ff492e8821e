// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>Adds what only a folder has to its changes: the state file, and the .config lines that it records.</summary>
public static class StateChanges
{
    /// <summary>The state file is written first: if interrupted after it, the tree still records which files are ours.</summary>
    /// <param name="defconfig">The defconfig to set the symbol in; null for none.</param>
    public static ImmutableArray<FileChange> WithState(
        this IntegrationPlan plan,
        KernelTree tree,
        DriverSource driver,
        Defconfig? defconfig = null)
    {
        FileChange[] left = [.. Staging.LeftIn(tree, driver, Parts.All).Select(path => new FileChange(path, tree.TryReadFile(path), null))];
        if (plan.IsDone && defconfig?.Change is null)
        {
            return [.. left];
        }

        var files = driver.For(plan.Features).Where(file => plan.Parts.Contains(file.Part)).ToList();
        var written = new WrittenFile[files.Count];
        Parallel.For(0, files.Count, at => written[at] = WrittenFile.Of(files[at].Bytes));
        var state = StateFile.For(driver.Hash, StateFile.In(tree))
            .With(files.Zip(written, (file, one) => KeyValuePair.Create(file.Path, one)));
        if (defconfig is not { Change: { } set, Line: var line })
        {
            return [.. left, Change(tree, state), .. plan.Changes];
        }

        var first = state.Defconfigs.TryGetValue(set.Path, out var earlier) ? line with { Before = earlier.Before } : line;
        return [.. left, Change(tree, state with { Defconfigs = state.Defconfigs.SetItem(set.Path, first) }), .. plan.Changes, set];
    }

    /// <summary>Records the .config lines that --config changed, in addition to what is already recorded.</summary>
    /// <param name="output">The output folder whose .config it is; null for the tree's own.</param>
    public static FileChange WithConfig(
        KernelTree tree,
        DriverSource driver,
        IReadOnlyDictionary<string, ConfigLine> lines,
        string? output)
    {
        var state = StateFile.In(tree) ?? StateFile.For(driver.Hash, earlier: null);
        state = state.Output == output ? state : state with { Output = output, Config = state.Config.Clear() };
        foreach (var (symbol, line) in lines)
        {
            var first = state.Config.TryGetValue(symbol, out var earlier) ? line with { Before = earlier.Before } : line;
            state = state with { Config = state.Config.SetItem(symbol, first) };
        }

        return Change(tree, state);
    }

    /// <summary>
    /// Restores the .config lines that were not changed since, and removes the state file last. Changed lines stay, and
    /// are listed in <paramref name="kept"/>.
    /// </summary>
    public static ImmutableArray<FileChange> WithState(this RemovalPlan plan, KernelTree tree, out ImmutableArray<string> kept)
    {
        kept = [];
        if (tree.TryReadFile(StateFile.Path) is not { } file || (plan.IsDone && plan.Before.State != PlanState.Absent))
        {
            return plan.Changes;
        }

        var state = StateFile.In(tree)!;
        var gone = plan.Changes.Where(change => change.After is null).Select(change => change.Path).ToHashSet();
        var left = state.Files
            .Where(written => !gone.Contains(written.Key) && tree.KindOf(written.Key) == EntryKind.File)
            .ToImmutableSortedDictionary();
        if (left.Count > 0)
        {
            return plan.IsDone ? [] : [.. plan.Changes, Change(tree, state with { Files = left })];
        }

        return [.. plan.Changes, .. PutBack(tree, state, out kept), new FileChange(StateFile.Path, file, null)];
    }

    private static List<FileChange> PutBack(KernelTree tree, StateFile state, out ImmutableArray<string> kept)
    {
        kept = [];
        var changes = new List<FileChange>();
        if (state.Output is null && tree.TryReadFile(DotConfig.Path) is { } config)
        {
            Add(DotConfig.Path, config, state.ConfigPutBack(config.Bytes, out kept));
        }

        foreach (var (path, line) in state.Defconfigs)
        {
            if (tree.TryReadFile(path) is { } defconfig)
            {
                Add(path, defconfig, Defconfig.PutBack(defconfig.Bytes, line));
                kept = DotConfig.LineOf(defconfig.Bytes, Defconfig.SymbolOf(line)) is { } now && now != line.After && now != line.Before
                    ? kept.Add($"{path}: {now}")
                    : kept;
            }
        }

        return changes;

        void Add(TreePath path, TreeFile before, ByteString after)
        {
            if (after != before.Bytes)
            {
                changes.Add(new FileChange(path, before, before.With(after)));
            }
        }
    }

    private static FileChange Change(KernelTree tree, StateFile state)
    {
        Links.Refuse(tree, StateFile.Path);
        var before = tree.TryReadFile(StateFile.Path);
        return new FileChange(StateFile.Path, before, before?.With(state.ToBytes()) ?? new TreeFile(state.ToBytes()));
    }
}
