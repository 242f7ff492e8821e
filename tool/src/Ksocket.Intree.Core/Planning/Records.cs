// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>Adds to the changes of a folder what only a folder has: the state file, and the .config line it remembers.</summary>
public static class Records
{
    /// <summary>The state file goes first: cut off after it, the tree still tells whose the files are.</summary>
    public static ImmutableArray<FileChange> WithManifest(this IntegrationPlan plan, KernelTree tree, DriverSource driver)
    {
        if (plan.IsDone)
        {
            return plan.Changes;
        }

        var manifest = Manifest.For(driver.Hash, Manifest.In(tree));
        foreach (var file in driver.For(plan.Features).Where(file => plan.Parts.Contains(file.Part)))
        {
            manifest.Record(file.Path, file.Bytes);
        }

        return [Change(tree, manifest), .. plan.Changes];
    }

    /// <summary>Remembers the .config lines that --config changed, beside what is remembered already.</summary>
    public static FileChange WithConfig(KernelTree tree, DriverSource driver, IReadOnlyDictionary<string, ConfigLine> lines)
    {
        var manifest = Manifest.In(tree) ?? Manifest.For(driver.Hash, earlier: null);
        var config = new SortedDictionary<string, ConfigLine>(manifest.Config, StringComparer.Ordinal);
        foreach (var (symbol, line) in lines)
        {
            config[symbol] = config.TryGetValue(symbol, out var earlier) ? line with { Before = earlier.Before } : line;
        }

        return Change(tree, manifest with { Config = config });
    }

    /// <summary>
    /// Puts the .config lines back that nobody changed since, and takes the state file out last. What somebody did
    /// change is left, and told in <paramref name="kept"/>.
    /// </summary>
    public static ImmutableArray<FileChange> WithManifest(this RemovalPlan plan, KernelTree tree, out ImmutableArray<string> kept)
    {
        kept = [];
        var bytes = tree.TryReadBytes(Manifest.Path);
        var manifest = Manifest.In(tree);
        if (bytes is null || (plan.IsDone && plan.Before.State != PlanState.Absent))
        {
            return plan.Changes;
        }

        var gone = plan.Changes.Where(change => change.After is null).Select(change => change.Path.Value).ToHashSet(StringComparer.Ordinal);
        var left = new SortedDictionary<string, string>((manifest?.Files ?? []).Where(file => !gone.Contains(file.Key) && tree.KindOf(file.Key) == EntryKind.File).ToDictionary(), StringComparer.Ordinal);
        if (left.Count > 0)
        {
            if (plan.IsDone)
            {
                return []; // other parts are there, and none of those asked for
            }

            return [.. plan.Changes, Change(tree, Manifest.For(manifest!.Driver, manifest) with { Files = left, Bases = Kept(manifest.Bases, left.Keys) })];
        }

        var config = manifest is null ? null : ConfigPutBack(tree, manifest, out kept);
        return [.. plan.Changes, .. config is null ? (ReadOnlySpan<FileChange>)[] : [config], new FileChange(Manifest.Path, bytes, null)];
    }

    private static SortedDictionary<string, string> Kept(SortedDictionary<string, string>? bases, IEnumerable<string> paths) =>
        new((bases ?? []).Where(entry => paths.Contains(entry.Key)).ToDictionary(), StringComparer.Ordinal);

    private static FileChange? ConfigPutBack(KernelTree tree, Manifest manifest, out ImmutableArray<string> kept)
    {
        var keeping = ImmutableArray.CreateBuilder<string>();
        var before = tree.TryReadText(DotConfig.Path);
        var after = before;
        if (after is not null)
        {
            foreach (var (symbol, line) in manifest.Config)
            {
                var now = DotConfig.LineOf(after, symbol);
                if (now == line.After)
                {
                    after = DotConfig.Replace(after, symbol, line.Before);
                }
                else if (now is not null && now != line.Before)
                {
                    keeping.Add(now);
                }
            }
        }

        kept = keeping.ToImmutable();
        return after is null || after == before ? null : new FileChange(DotConfig.Path, KernelTree.ToBytes(before!), KernelTree.ToBytes(after));
    }

    private static FileChange Change(KernelTree tree, Manifest manifest) =>
        new(Manifest.Path, tree.TryReadBytes(Manifest.Path), manifest.ToBytes());
}
