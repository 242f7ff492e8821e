// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>
/// What kconfig would make of a tree with drivers of the user: their Kconfig files are anybody's. All Kconfig files are read
/// once, as they are after the changes.
/// </summary>
internal static class TakenSymbols
{
    private sealed record Taken(TreePath Path, int Line, string Symbol, string Driver);

    /// <summary>Refuses a symbol that the tree defines already, and a tree that kconfig could not read.</summary>
    /// <returns>What was read; null if no driver is of the user.</returns>
    public static KconfigTree? Refuse(KernelTree tree, ImmutableArray<FileChange> changes, IReadOnlyList<DriverSource> drivers)
    {
        var added = drivers.Where(driver => !driver.IsBundled).ToList();
        if (added.Count == 0)
        {
            return null;
        }

        var found = new ConcurrentBag<Taken>();
        var read = KconfigTree.Read(new ChangedTree(tree, changes), LookFor(added, found), DotConfig.ArchitecturesOf(tree));
        if (found.OrderBy(one => one.Path).ThenBy(one => one.Line).FirstOrDefault() is { } taken)
        {
            throw IntreeFailure.InTheWay(
                $"{tree.Name}: {taken.Path}:{taken.Line} defines CONFIG_{taken.Symbol} already, and {taken.Driver} defines it, too",
                "kconfig would take both entries for one; rename that of the driver");
        }

        return read.Fault is not { } fault ? read : throw IntreeFailure.NotUnderstood(
            $"{tree.Name}: with {string.Join(" and ", drivers.Select(driver => driver.Name))}, kconfig could not read it: {fault.Text}",
            $"nothing was changed; {fault.Hint}");
    }

    /// <summary>Collects the entries outside the folders of the drivers that define one of their symbols.</summary>
    private static Action<TreePath, ByteString> LookFor(IReadOnlyList<DriverSource> drivers, ConcurrentBag<Taken> found)
    {
        var symbols = drivers.SelectMany(driver => DriverSymbols.In(driver).Select(symbol => (Name: symbol, Driver: driver.Name)))
            .DistinctBy(one => one.Name).ToDictionary(one => ByteString.OfText(one.Name), one => one.Driver);
        var own = drivers.SelectMany(driver => driver.OwnFolders).ToList();
        return (path, file) =>
        {
            if (own.Any(path.IsBelow))
            {
                return;
            }

            for (var scanner = new KconfigScanner(file.Span); scanner.Next();)
            {
                if (scanner.Keyword.DefinesOne()
                    && ByteString.Of(file.Span[scanner.Argument]) is var symbol
                    && symbols.TryGetValue(symbol, out var driver))
                {
                    found.Add(new(path, scanner.Number, symbol.ToString(), driver));
                }
            }
        };
    }
}
