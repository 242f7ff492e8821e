// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>A Kconfig statement that needs one of the driver's symbols.</summary>
public sealed record Dependent(TreePath Path, int Line, string Text)
{
    public override string ToString() => $"{Path}:{Line}: {Text}";
}

/// <summary>
/// Finds what else in a tree depends on the driver: "depends on", "select" and "if" with one of its symbols, in every
/// Kconfig file reachable by "source" from the top one, for every architecture, except in ksocket's own folders.
/// A source file that includes net/ksocket.h without such a statement is not found: nothing else names it, and to read
/// the 61,000 sources of a kernel takes 1.8 s of CPU time even from memory, where all of remove takes 0.04 s. It stops
/// compiling at the #include, which names the header.
/// </summary>
public static class Dependents
{
    private static readonly string[] Architectures =
    [
        "alpha", "arc", "arm", "arm64", "csky", "h8300", "hexagon", "ia64", "loongarch", "m68k", "microblaze", "mips", "nds32", "nios2",
        "openrisc", "parisc", "powerpc", "riscv", "s390", "sh", "sparc", "um", "x86", "xtensa",
    ];

    public static ImmutableArray<Dependent> Of(SnapshotTree tree, DriverSource driver)
    {
        var symbols = SymbolsOf(driver);
        var found = ImmutableArray.CreateBuilder<Dependent>();
        var queue = new Queue<TreePath>(["Kconfig"]);
        var seen = new HashSet<TreePath>(queue);
        while (queue.TryDequeue(out var path))
        {
            if (Landing.OwnFolders.Any(path.IsBelow) || tree.Peek(path) is not { } file)
            {
                continue;
            }

            if (symbols.Exists(symbol => file.Contains(symbol.Span)))
            {
                found.AddRange(In(path, file, symbols));
            }

            foreach (var next in KconfigSources.In(path, file).SelectMany(Expand).Where(seen.Add))
            {
                queue.Enqueue(next);
            }
        }

        return [.. found.OrderBy(dependent => dependent.Path).ThenBy(dependent => dependent.Line)];
    }

    /// <summary>The symbols that the driver's own Kconfig defines.</summary>
    private static List<ByteString> SymbolsOf(DriverSource driver) =>
    [
        .. from file in driver.Files
           where file.Part == Part.Driver && file.Path.IsNamed("Kconfig")
           from statement in KconfigFile.Read(file.Path, file.Bytes).Statements
           where statement.DefinesOne
           select statement.Argument,
    ];

    private static IEnumerable<Dependent> In(TreePath path, ByteString file, List<ByteString> symbols)
    {
        foreach (var statement in KconfigFile.Read(path, file).Statements.Where(statement => statement.NeedsSymbols))
        {
            var whole = WithContinuation(file, statement.Line);
            if (symbols.Exists(symbol => Needs(whole, symbol)))
            {
                yield return new Dependent(path, statement.Line.Number, whole.ToString());
            }
        }
    }

    /// <summary>Whether a statement contains a symbol as a whole word, not negated.</summary>
    private static bool Needs(ByteString statement, ByteString symbol)
    {
        for (var from = 0; statement.Span[from..].IndexOf(symbol.Span) is var at and >= 0; from += at + 1)
        {
            var (start, end) = (from + at, from + at + symbol.Length);
            var isWord = (start == 0 || !AsciiBytes.IsWord(statement[start - 1]))
                && (end == statement.Length || !AsciiBytes.IsWord(statement[end]));
            if (isWord && (start == 0 || statement[start - 1] != (byte)'!'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The statement as one line: a backslash at the end of a line continues it.</summary>
    private static ByteString WithContinuation(ByteString file, ByteLine line)
    {
        var whole = line.Bytes.Trim();
        for (var at = line.End; whole.EndsWith("\\"u8) && at < file.Length;)
        {
            var length = file.Span[at..].IndexOf((byte)'\n') is var end and >= 0 ? end : file.Length - at;
            whole = ByteString.Concat(whole.Slice(0, whole.Length - 1).Trim(), ByteString.Of(" "u8), file.Slice(at, length).Trim());
            at += length + 1;
        }

        return whole;
    }

    private static IEnumerable<TreePath> Expand(ByteString file)
    {
        var name = file.Span.IndexOf("$(SRCARCH)"u8);
        var files = name < 0 ? [file] : Architectures.Select(arch => file.Replace(name, "$(SRCARCH)".Length, ByteString.OfText(arch)));
        return files.Where(one => !one.Contains("$"u8)).Select(TreePath.TryParse).OfType<TreePath>();
    }
}
