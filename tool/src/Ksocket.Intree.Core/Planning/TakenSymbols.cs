// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Concurrent;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>A Kconfig entry of a tree whose symbol a driver defines, too.</summary>
internal sealed record TakenSymbol(TreePath Path, int Line, string Symbol, string Driver);

/// <summary>Finds symbols of drivers in the Kconfig files of a tree, outside the folders of the drivers.</summary>
internal static class TakenSymbols
{
    public static TakenSymbol? In(KernelTree tree, IReadOnlyList<DriverSource> drivers)
    {
        var symbols = drivers.SelectMany(driver => DriverSymbols.In(driver).Select(symbol => (Name: symbol, driver.Name)))
            .DistinctBy(one => one.Item1).ToDictionary(one => ByteString.OfText(one.Item1), one => one.Item2);
        var own = drivers.SelectMany(driver => driver.OwnFolders).ToList();
        var found = new ConcurrentBag<TakenSymbol>();
        KconfigTree.Read(tree, Look, DotConfig.ArchitecturesOf(tree));
        return found.OrderBy(taken => taken.Path).ThenBy(taken => taken.Line).FirstOrDefault();

        void Look(TreePath path, ByteString file)
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
        }
    }
}
