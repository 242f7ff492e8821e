// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>
/// The symbols of drivers in a defconfig or a fragment of the tree (arch/*/configs, kernel/configs), at the places where make
/// savedefconfig writes them: the symbols are in the order of the menus.
/// </summary>
/// <param name="Path">The defconfig.</param>
/// <param name="Change">What sets the symbols; null if all are set already.</param>
/// <param name="Lines">The lines that are set, before and after; each is for another symbol.</param>
/// <param name="After">The file with the symbols set.</param>
public sealed record Defconfig(TreePath Path, FileChange? Change, ImmutableArray<ConfigLine> Lines, ByteString After)
{
    /// <summary>Whether a path is below arch/ARCH/configs or kernel/configs.</summary>
    public static bool IsPlace(TreePath path) =>
        path.IsBelow("kernel/configs") || path.ToString().Split('/') is ["arch", _, "configs", _, ..];

    /// <summary>Finds a defconfig by its path or by its name, and sets the symbols in it.</summary>
    /// <param name="tree">The tree with the drivers in it, whose menus give the order.</param>
    /// <param name="symbols">The symbols, without CONFIG_.</param>
    /// <param name="arch">The architecture to prefer where several have a defconfig of that name; null for none.</param>
    public static Defconfig In(KernelTree tree, IEnumerable<string> symbols, string name, string? arch)
    {
        var path = Find(tree, name, arch);
        Links.Refuse(tree, path);
        var before = tree.TryReadFile(path)!;
        ImmutableArray<ConfigLine> lines =
        [
            .. symbols.Select(symbol => new ConfigLine(DotConfig.LineOf(before.Bytes, symbol), $"CONFIG_{symbol}=y"))
                .Where(line => line.Before != line.After),
        ];
        if (lines.IsEmpty)
        {
            return new(path, null, lines, before.Bytes);
        }

        var ranks = KconfigSymbols.RanksIn(tree, ArchitecturesOf(path));
        var after = lines.Aggregate(before.Bytes, (bytes, line) => line.Before is null
            ? Insert(bytes, SymbolOf(line), ranks)
            : DotConfig.Replace(bytes, SymbolOf(line), line.After));
        return new(path, new FileChange(path, before, before.With(after)), lines, after);
    }

    /// <summary>A defconfig without the line that was written, or with the line from before it; unchanged if it was edited since.</summary>
    public static ByteString PutBack(ByteString file, ConfigLine line)
    {
        var symbol = SymbolOf(line);
        if (DotConfig.LineOf(file, symbol) != line.After)
        {
            return file;
        }

        var lastLine = ByteLines.Of(file)[^1];
        var after = DotConfig.Replace(file, symbol, line.Before);
        // A file without a newline at its end got the line after one that was added.
        return line.Before is null && !lastLine.HasNewline && DotConfig.SymbolOf(lastLine.Bare) == ByteString.OfText(symbol)
            ? after.Slice(0, after.Length - LineEnd.Before(after, after.Length).Bytes.Length)
            : after;
    }

    /// <summary>The symbol that a line was written for.</summary>
    public static string SymbolOf(ConfigLine line) => DotConfig.SymbolOf(ByteString.OfText(line.After))!.Value.ToString();

    /// <summary>Where the fewest lines are out of the order of the menus.</summary>
    private static ByteString Insert(ByteString file, string symbol, IReadOnlyDictionary<ByteString, int> ranks)
    {
        var own = ranks.GetValueOrDefault(ByteString.OfText(symbol), int.MaxValue);
        var lines = ByteLines.Of(file)
            .Select(line => (Line: line, Rank: DotConfig.SymbolOf(line.Bare) is { } other ? ranks.GetValueOrDefault(other, -1) : -1))
            .Where(line => line.Rank >= 0)
            .ToList();
        var cost = lines.Count(line => line.Rank < own);
        var (best, place) = (cost, 0);
        for (var at = 0; at < lines.Count; at++)
        {
            cost += lines[at].Rank < own ? -1 : 1;
            (best, place) = cost < best ? (cost, at + 1) : (best, place);
        }

        var set = ByteString.OfText($"CONFIG_{symbol}=y");
        var start = place > 0 ? lines[place - 1].Line.End : lines.Count > 0 ? lines[0].Line.Start : file.Length;
        var newline = LineEnd.Before(file, start).Bytes;
        var isOpen = start > 0 && file[start - 1] != (byte)'\n';
        return file.Replace(start, 0, isOpen ? ByteString.Concat(newline, set) : ByteString.Concat(set, newline));
    }

    private static TreePath Find(KernelTree tree, string name, string? arch)
    {
        var relative = ByteString.OfText(name);
        var found = TreePath.Resolve(TreePath.Top, relative) is { } whole && IsPlace(whole) && tree.LeadsToFile(whole)
            ? [whole]
            : Places(tree).Select(folder => TreePath.Resolve(folder, relative)).OfType<TreePath>()
                .Where(path => IsPlace(path) && tree.LeadsToFile(path))
                .ToImmutableArray();
        var preferred = arch is null ? [] : found.Where(path => path.IsBelow($"arch/{Architectures.FolderOf(arch)}")).ToImmutableArray();
        return (preferred.IsEmpty ? found : preferred) switch
        {
            [var one] => one,
            [] => throw IntreeFailure.NotUnderstood(
                $"{tree.Name}: no defconfig {name} in arch/*/configs or kernel/configs",
                "name one as make does, such as x86_64_defconfig, or by its path"),
            var several => throw IntreeFailure.NotUnderstood(
                $"{tree.Name}: {several.Length} defconfigs are called {name}: {string.Join(", ", several)}",
                "name one by its path, or export ARCH"),
        };
    }

    private static IEnumerable<TreePath> Places(KernelTree tree) =>
        tree.NamesIn("arch").Select(arch => new TreePath("arch") / arch / "configs").Append("kernel/configs");

    private static ImmutableArray<string> ArchitecturesOf(TreePath path) =>
        path.ToString().Split('/') is ["arch", var arch, ..] ? [arch] : [];
}
