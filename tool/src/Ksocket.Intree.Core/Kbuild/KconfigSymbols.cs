// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>The symbols of a tree in the order of the menus, which is the order in which make savedefconfig writes them.</summary>
public static class KconfigSymbols
{
    /// <summary>Each symbol with its rank.</summary>
    /// <param name="architectures">The values of SRCARCH; none to pass over the Kconfig files of architectures.</param>
    public static IReadOnlyDictionary<ByteString, int> RanksIn(KernelTree tree, ImmutableArray<string> architectures)
    {
        var places = new ConcurrentDictionary<TreePath, List<(int Line, ByteString Symbol)>>();
        var read = KconfigTree.Read(tree, (path, file) => places[path] = SymbolsOf(file), architectures);
        var ranks = new Dictionary<ByteString, int>();
        foreach (var place in read.Places)
        {
            foreach (var (_, symbol) in places[place.Path].Where(one => one.Line > place.After && one.Line <= place.To))
            {
                ranks.TryAdd(symbol, ranks.Count);
            }
        }

        return ranks;
    }

    private static List<(int Line, ByteString Symbol)> SymbolsOf(ByteString file)
    {
        var symbols = new List<(int, ByteString)>();
        for (var scanner = new KconfigScanner(file.Span); scanner.Next();)
        {
            if (scanner.Keyword.DefinesOne())
            {
                symbols.Add((scanner.Number, ByteString.Of(file.Span[scanner.Argument])));
            }
        }

        return symbols;
    }
}
