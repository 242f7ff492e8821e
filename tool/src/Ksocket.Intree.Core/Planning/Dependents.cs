// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
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
/// Finds what else in a tree depends on the driver: "depends on", "select" and "if" with a symbol of it, in every Kconfig
/// file that kconfig reaches by "source" from the top one, but for our own folders. Those of every architecture are read.
/// </summary>
public static class Dependents
{
    private const string Architecture = "$(SRCARCH)";

    private static readonly string[] Architectures =
    [
        "alpha", "arc", "arm", "arm64", "csky", "h8300", "hexagon", "ia64", "loongarch", "m68k", "microblaze", "mips", "nds32", "nios2",
        "openrisc", "parisc", "powerpc", "riscv", "s390", "sh", "sparc", "um", "x86", "xtensa",
    ];

    public static ImmutableArray<Dependent> Of(KernelTree tree, DriverSource driver)
    {
        var symbols = SymbolsOf(driver);
        var symbol = new Regex($@"(?<![\w!])({string.Join('|', symbols.Select(Regex.Escape))})(?!\w)");
        var found = ImmutableArray.CreateBuilder<Dependent>();
        var queue = new Queue<TreePath>(["Kconfig"]);
        var seen = new HashSet<TreePath>(queue);
        while (queue.TryDequeue(out var path))
        {
            if (Landing.OwnFolders.Any(path.IsBelow) || tree.TryReadBytes(path) is not { } bytes)
            {
                continue;
            }

            if (symbols.Any(name => ((ReadOnlySpan<byte>)bytes).IndexOf(Encoding.ASCII.GetBytes(name)) >= 0))
            {
                found.AddRange(In(path, KernelTree.ToText(bytes), symbol));
            }

            foreach (var next in KconfigSources.In(path, bytes).SelectMany(Expand).Where(seen.Add))
            {
                queue.Enqueue(next);
            }
        }

        return [.. found.OrderBy(dependent => dependent.Path).ThenBy(dependent => dependent.Line)];
    }

    /// <summary>The symbols that the driver's own Kconfig defines.</summary>
    private static List<string> SymbolsOf(DriverSource driver) =>
    [
        .. from file in driver.Files
           where file.Part == Part.Driver && file.Path.Name == "Kconfig"
           from statement in KconfigFile.Read(file.Path, KernelTree.ToText(file.Bytes)).Statements
           where statement.Keyword is "config" or "menuconfig"
           select statement.Argument,
    ];

    private static IEnumerable<Dependent> In(TreePath path, string text, Regex symbol)
    {
        foreach (var statement in KconfigFile.Read(path, text).Statements.Where(statement => statement.Keyword is "depends" or "select" or "if"))
        {
            var whole = WithContinuation(text, statement.Line);
            if (symbol.IsMatch(whole))
            {
                yield return new Dependent(path, statement.Line.Number, whole);
            }
        }
    }

    /// <summary>The statement in one line: a backslash at a line's end continues it.</summary>
    private static string WithContinuation(string text, TextLine line)
    {
        var whole = line.Text.Trim();
        for (var at = line.End; whole.EndsWith('\\') && at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end;
            whole = $"{whole[..^1].TrimEnd()} {text[at..end].Trim()}";
            at = end + 1;
        }

        return whole;
    }

    private static IEnumerable<TreePath> Expand(string file)
    {
        var files = file.Contains(Architecture, StringComparison.Ordinal)
            ? Architectures.Select(name => file.Replace(Architecture, name, StringComparison.Ordinal))
            : [file];
        return files.Where(one => !one.Contains('$', StringComparison.Ordinal) && TreePath.IsValid(one)).Select(one => new TreePath(one));
    }
}
