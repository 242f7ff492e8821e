// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>
/// Reads a tree as kconfig and make would, and tells whether a part is really wired: its symbol reachable from the
/// top Kconfig, its folder entered and its objects listed. This is what apply proves before it says done.
/// </summary>
public static class Wiring
{
    /// <summary>What keeps a part from being built; empty if nothing does.</summary>
    public static IEnumerable<string> Faults(KernelTree tree, Part part) => part == Part.Docs ? PageFaults(tree) : BuildFaults(tree, part);

    /// <summary>A page that no toctree lists is a page nobody finds, and a warning of Sphinx.</summary>
    private static IEnumerable<string> PageFaults(KernelTree tree) =>
        from hook in Hook.Lines
        where hook.Kind == HookKind.Toctree && (tree.TryReadText(hook.Path) is not { } text || hook.Traces(text).Count == 0)
        select $"{hook.Path} does not list {hook.Target.Name}";

    private static IEnumerable<string> BuildFaults(KernelTree tree, Part part)
    {
        var symbol = Hook.SymbolOf(part);
        foreach (var hook in Hook.Lines.Where(hook => hook.Part == part))
        {
            var fault = hook.Kind == HookKind.Kconfig ? KconfigFault(tree, hook, symbol) : MakefileFault(tree, hook, symbol);
            if (fault is not null)
            {
                yield return fault;
            }
        }

        foreach (var fault in ObjectFaults(tree, part == Part.Driver ? "drivers/ksocket" : "samples/ksocket"))
        {
            yield return fault;
        }
    }

    private static string? KconfigFault(KernelTree tree, Hook hook, string symbol)
    {
        if (!IsSourced(tree, hook.Path))
        {
            return $"the top Kconfig does not lead to {hook.Path}";
        }

        var source = ReadKconfig(tree, hook.Path)?.Sources().FirstOrDefault(source => source.File == hook.Target.Value).Statement;
        if (source is null)
        {
            return $"{hook.Path} does not source {hook.Target}";
        }

        // Our samples belong inside 'if SAMPLES'; any other condition around us could hide the entry.
        var hidden = source.Inside.FirstOrDefault(block => block.Keyword == "choice" || (block.Keyword == "if" && block.Argument != "SAMPLES"));
        if (hidden is not null)
        {
            return $"{hook.Path}:{source.Line.Number}: the entry stands inside the '{hidden.Keyword}' of line {hidden.Opens.Number}";
        }

        var defines = ReadKconfig(tree, hook.Target)?.Statements.Any(statement => statement.Keyword is "config" or "menuconfig" && statement.Argument == symbol);
        return defines == true ? null : $"{hook.Target} defines no symbol {symbol}";
    }

    private static string? MakefileFault(KernelTree tree, Hook hook, string symbol)
    {
        var folder = hook.Path.Folder.Value + "/";
        if (!ReadTop(tree).Any(line => line.Words.Contains(folder)))
        {
            return $"neither Kbuild nor Makefile at the top enters {folder}";
        }

        var variable = $"obj-$(CONFIG_{symbol})";
        var word = hook.Target.Name + "/";
        var objects = ReadMakefile(tree, hook.Path)?.Objects.ToList() ?? [];
        var at = objects.FindIndex(line => line.Variable == variable && line.Words.Contains(word));
        if (at < 0)
        {
            return $"{hook.Path} has no '{variable} += {word}'";
        }

        var entry = objects[at];
        var lost = objects.Skip(at + 1).FirstOrDefault(line => line.Operator != "+=" && line.Variable is "obj-y" or "obj-m" || line.Variable == variable && line.Operator != "+=");
        return entry.Conditional ? $"{hook.Path}:{entry.Line}: the line stands inside a conditional"
            : lost is not null ? $"{hook.Path}:{lost.Line}: '{lost.Variable} {lost.Operator}' throws away what line {entry.Line} added"
            : null;
    }

    /// <summary>Every object our Makefile lists has its source beside it.</summary>
    private static IEnumerable<string> ObjectFaults(KernelTree tree, TreePath own)
    {
        var folders = tree.EntriesBelow(own).Where(path => path.Name == "Makefile").Select(path => path.Folder);
        return folders.Append(own).Distinct().SelectMany(folder => ObjectFaultsIn(tree, folder));
    }

    private static IEnumerable<string> ObjectFaultsIn(KernelTree tree, TreePath folder)
    {
        var makefile = ReadMakefile(tree, folder / "Makefile");
        if (makefile is null)
        {
            return [$"there is no {folder}/Makefile"];
        }

        var composites = makefile.Assignments
            .Where(line => !line.Variable.StartsWith("obj-", StringComparison.Ordinal))
            .Select(line => line.Variable.Split('-')[0])
            .ToHashSet(StringComparer.Ordinal);
        return from line in makefile.Assignments
               from word in line.Words
               where word.EndsWith(".o", StringComparison.Ordinal)
               let stem = word[..^2]
               where !composites.Contains(stem) && tree.KindOf(folder / $"{stem}.c") != EntryKind.File
               select $"{folder}/Makefile:{line.Line}: {word} has no {stem}.c beside it";
    }

    /// <summary>Whether the top Kconfig brings a file in, itself or through one file of its own (samples come in through lib/Kconfig.debug, so that is read first).</summary>
    private static bool IsSourced(KernelTree tree, TreePath file)
    {
        var top = ReadKconfig(tree, "Kconfig")?.Sources().Select(source => source.File).Where(path => !path.Contains('$', StringComparison.Ordinal)).ToList() ?? [];
        return top.Contains(file.Value)
            || top.OrderByDescending(path => path == "lib/Kconfig.debug").Any(path => ReadKconfig(tree, path)?.Sources().Any(source => source.File == file.Value) == true);
    }

    private static IEnumerable<MakeAssignment> ReadTop(KernelTree tree) =>
        ((ReadOnlySpan<TreePath>)["Kbuild", "Makefile"]).ToArray().SelectMany(path => ReadMakefile(tree, path)?.Assignments ?? []);

    private static KconfigFile? ReadKconfig(KernelTree tree, TreePath path) =>
        tree.TryReadText(path) is { } text ? KconfigFile.Read(path, text) : null;

    private static MakefileText? ReadMakefile(KernelTree tree, TreePath path) =>
        tree.TryReadText(path) is { } text ? MakefileText.Read(path, text) : null;
}
