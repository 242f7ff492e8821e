// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>Adds what only a folder has to its changes: the state file, and the .config lines that it records.</summary>
public static class StateChanges
{
    /// <summary>The state file is written first: if interrupted after it, the tree still records which files are ours.</summary>
    public static ImmutableArray<FileChange> WithState(this IntegrationPlan plan, KernelTree tree, DriverSource driver)
    {
        FileChange[] left = [.. Staging.LeftIn(tree, driver, Parts.All).Select(path => new FileChange(path, tree.TryReadFile(path), null))];
        if (plan.IsDone)
        {
            return [.. left];
        }

        var state = driver.For(plan.Features).Where(file => plan.Parts.Contains(file.Part))
            .Aggregate(StateFile.For(driver.Hash, StateFile.In(tree)), (now, file) => now.With(file.Path, file.Bytes));
        return [.. left, Change(tree, state), .. plan.Changes];
    }

    /// <summary>Records the .config lines that --config changed, in addition to what is already recorded.</summary>
    public static FileChange WithConfig(KernelTree tree, DriverSource driver, IReadOnlyDictionary<string, ConfigLine> lines)
    {
        var state = StateFile.In(tree) ?? StateFile.For(driver.Hash, earlier: null);
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

        var config = ConfigPutBack(tree, state, out kept);
        return [.. plan.Changes, .. config is null ? (ReadOnlySpan<FileChange>)[] : [config], new FileChange(StateFile.Path, file, null)];
    }

    private static FileChange? ConfigPutBack(KernelTree tree, StateFile state, out ImmutableArray<string> kept)
    {
        var keeping = ImmutableArray.CreateBuilder<string>();
        var before = tree.TryReadFile(DotConfig.Path);
        var after = before?.Bytes;
        if (after is { } config)
        {
            foreach (var (symbol, line) in state.Config)
            {
                var now = DotConfig.LineOf(config, symbol);
                if (now == line.After)
                {
                    config = DotConfig.Replace(config, symbol, line.Before);
                }
                else if (now is not null && now != line.Before)
                {
                    keeping.Add(now);
                }
            }

            after = config;
        }

        kept = keeping.ToImmutable();
        return before is null || after == before.Bytes ? null : new FileChange(DotConfig.Path, before, before.With(after!.Value));
    }

    private static FileChange Change(KernelTree tree, StateFile state)
    {
        var before = tree.TryReadFile(StateFile.Path);
        return new FileChange(StateFile.Path, before, before?.With(state.ToBytes()) ?? new TreeFile(state.ToBytes()));
    }
}
