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
    /// <param name="defconfig">The defconfig to set the symbols in; null for none.</param>
    public static ImmutableArray<FileChange> WithState(
        this IntegrationPlan plan,
        KernelTree tree,
        DriverSource driver,
        Defconfig? defconfig = null) => JointPlan.Of(driver, plan).WithState(tree, defconfig);

    /// <inheritdoc cref="WithState(IntegrationPlan, KernelTree, DriverSource, Defconfig?)"/>
    public static ImmutableArray<FileChange> WithState(this JointPlan plan, KernelTree tree, Defconfig? defconfig = null)
    {
        FileChange[] left =
        [
            .. plan.Each.SelectMany(one => Staging.LeftIn(tree, one.Driver, Parts.All)).Distinct()
                .Select(path => new FileChange(path, tree.TryReadFile(path), null)),
        ];
        if (plan.IsDone && defconfig?.Change is null)
        {
            return [.. left];
        }

        var state = plan.Each.Aggregate(StateFile.For("", StateFile.In(tree)), With);
        if (defconfig is not { Change: { } set })
        {
            return [.. left, Change(tree, state), .. plan.Changes];
        }

        foreach (var line in defconfig.Lines)
        {
            var driver = plan.Each.First(one => one.Driver.Symbol == Defconfig.SymbolOf(line)).Driver;
            state = state.WithDefconfig(driver.IsBundled ? (TreePath?)null : driver.Folder, set.Path, line);
        }

        return [.. left, Change(tree, state), .. plan.Changes, set];
    }

    /// <summary>Records a driver as it is written now.</summary>
    private static StateFile With(StateFile state, PlannedDriver planned)
    {
        var files = planned.Driver.For(planned.Plan.Features).Where(file => planned.Plan.Parts.Contains(file.Part)).ToList();
        var written = new WrittenFile[files.Count];
        Parallel.For(0, files.Count, at => written[at] = WrittenFile.Of(files[at].Bytes));
        state = state.With(files.Zip(written, (file, one) => KeyValuePair.Create(file.Path, one)));
        if (planned.Driver.IsBundled)
        {
            return state with { Driver = planned.Driver.Hash };
        }

        var folder = planned.Driver.Folder;
        var record = RecordedDriver.Of(planned, files.Select(file => file.Path), state.Drivers.GetValueOrDefault(folder));
        return state with { Drivers = state.Drivers.SetItem(folder, record) };
    }

    /// <summary>Records the .config lines that --config changed, in addition to what is already recorded.</summary>
    /// <param name="output">The output folder whose .config it is; null for the tree's own.</param>
    public static FileChange WithConfig(KernelTree tree, IReadOnlyDictionary<string, ConfigLine> lines, string? output)
    {
        var state = StateFile.For("", StateFile.In(tree));
        state = state.Output == output ? state : state with { Output = output, Config = state.Config.Clear() };
        foreach (var (symbol, line) in lines)
        {
            var first = state.Config.TryGetValue(symbol, out var earlier) ? line with { Before = earlier.Before } : line;
            state = state with { Config = state.Config.SetItem(symbol, first) };
        }

        return Change(tree, state);
    }

    /// <inheritdoc cref="JointRemoval.WithState"/>
    public static ImmutableArray<FileChange> WithState(this RemovalPlan plan, KernelTree tree, out ImmutableArray<KeptLine> kept) =>
        JointRemoval.Of(DriverSource.Bundled, plan).WithState(tree, out kept);

    /// <summary>Restores lines that apply wrote. Those in the .config of an output folder are not touched.</summary>
    /// <param name="isMeant">Whether the line of a symbol in .config is restored.</param>
    /// <param name="defconfigs">The lines of defconfigs that are restored.</param>
    internal static List<FileChange> PutBack(
        KernelTree tree,
        StateFile state,
        Func<string, bool> isMeant,
        IEnumerable<KeyValuePair<TreePath, ConfigLine>> defconfigs,
        out ImmutableArray<KeptLine> kept)
    {
        kept = [];
        var changes = new List<FileChange>();
        if (state.Output is null && tree.TryReadFile(DotConfig.Path) is { } config)
        {
            Add(DotConfig.Path, config, state.ConfigPutBack(config.Bytes, out kept, isMeant));
        }

        foreach (var lines in defconfigs.ToLookup(one => one.Key))
        {
            if (tree.TryReadFile(lines.Key) is { } defconfig)
            {
                Add(lines.Key, defconfig, lines.Aggregate(defconfig.Bytes, (bytes, line) => Defconfig.PutBack(bytes, line.Value)));
                kept = kept.AddRange(
                    from line in lines.Select(line => line.Value)
                    let now = DotConfig.LineOf(defconfig.Bytes, Defconfig.SymbolOf(line))
                    where now is not null && now != line.After && now != line.Before
                    select new KeptLine(lines.Key, now));
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

    internal static FileChange Change(KernelTree tree, StateFile state)
    {
        Links.Refuse(tree, StateFile.Path);
        var before = tree.TryReadFile(StateFile.Path);
        return new FileChange(StateFile.Path, before, before?.With(state.ToBytes()) ?? new TreeFile(state.ToBytes()));
    }
}
