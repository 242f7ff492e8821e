// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>
/// Reads a tree as kconfig and make would, and checks that a part is really built: its symbol is reachable from the
/// top Kconfig, its folder is entered and its objects are listed. apply checks this before it writes.
/// </summary>
public static class Wiring
{
    private static readonly string[] Sources = [".c", ".S", ".rs", ".c_shipped", ".o_shipped"];

    private static readonly TreePath SamplesSource = "lib/Kconfig.debug";

    /// <summary>The reasons why a part of a driver would not be built; empty if there are none.</summary>
    public static IEnumerable<string> Faults(KbuildFiles files, DriverSource driver, Part part) =>
        part == Part.Docs ? PageFaults(files.Tree, driver) : BuildFaults(files, driver, part);

    /// <summary>A page that no toctree lists cannot be found, and Sphinx warns about it.</summary>
    private static IEnumerable<string> PageFaults(KernelTree tree, DriverSource driver) =>
        from hook in driver.Hooks
        where hook.Kind == HookKind.Toctree && (tree.TryRead(hook.Path) is not { } file || hook.Traces(file).Count == 0)
        select $"{hook.Path} does not list {hook.Target.Name}";

    private static IEnumerable<string> BuildFaults(KbuildFiles files, DriverSource driver, Part part)
    {
        foreach (var hook in driver.Hooks.Where(hook => hook.Part == part && hook.Symbol is not null))
        {
            var fault = hook.Kind == HookKind.Kconfig ? KconfigFault(files, hook, hook.Symbol!) : MakefileFault(files, hook);
            if (fault is not null)
            {
                yield return fault;
            }
        }

        foreach (var folder in driver.OwnFolders.Where(folder => Landing.PartOf(folder / "x") == part))
        {
            foreach (var fault in ObjectFaults(files, folder, folder == driver.Folder ? driver.Makefile : folder / "Makefile"))
            {
                yield return fault;
            }
        }
    }

    private static string? KconfigFault(KbuildFiles files, Hook hook, string symbol)
    {
        if (!IsSourced(files, hook.Path))
        {
            return $"the top Kconfig does not lead to {hook.Path}";
        }

        if (ConditionOn(files, hook.Path) is { } condition)
        {
            return condition;
        }

        var source = files.Kconfig(hook.Path)?.Sources().FirstOrDefault(line => line.Source.Names(hook.Target)).Statement;
        if (source is null)
        {
            return $"{hook.Path} does not source {hook.Target}";
        }

        // The samples belong inside 'if SAMPLES', others into the block of their folder; any other condition could hide the entry.
        var hidden = source.Inside.FirstOrDefault(
            block => block.Keyword == KconfigKeyword.Choice
                || (block.Keyword == KconfigKeyword.If && !hook.Anchor.BelongsInside(block, block == source.Inside[0])));
        if (hidden is not null)
        {
            return $"{hook.Path}:{source.Line.Number}: the entry is inside the '{hidden.Keyword.Word()}' of line {hidden.Opens.Number}";
        }

        return files.Kconfig(hook.Target)?.Statements.Any(statement => statement.Defines(symbol)) == true
            ? null
            : $"{hook.Target} defines no symbol {symbol}";
    }

    /// <summary>The block in the top Kconfig that hides a file which is included there, and nowhere outside such a block.</summary>
    private static string? ConditionOn(KbuildFiles files, TreePath file)
    {
        var sources = files.Kconfig("Kconfig")?.Sources().Where(line => line.Source.Names(file)).Select(line => line.Statement).ToList();
        return sources is [var first, ..] && sources.All(source => Hiding(source) is not null)
            ? $"Kconfig:{first.Line.Number}: {file} is included inside the '{Hiding(first)!.Keyword.Word()}' of line "
                + $"{Hiding(first)!.Opens.Number}"
            : null;

        static KconfigBlock? Hiding(KconfigStatement source) =>
            source.Inside.FirstOrDefault(block => block.Keyword is KconfigKeyword.If or KconfigKeyword.Choice);
    }

    private static string? MakefileFault(KbuildFiles files, Hook hook)
    {
        if (!IsEntered(files, hook.Path.Folder))
        {
            return $"neither Kbuild nor Makefile at the top enters {hook.Path.Folder}/";
        }

        if (Unread(files, hook.Path) is { } unread)
        {
            return unread;
        }

        var variable = hook.Text.Slice(0, hook.Text.Span.IndexOf((byte)'\t'));
        var objects = files.Makefile(hook.Path)?.Objects.ToList() ?? [];
        var at = objects.FindIndex(line => line.Variable == variable && line.Enters(hook.Target.Name));
        if (at < 0)
        {
            return $"{hook.Path} has no '{variable} += {hook.Target.Name}/'";
        }

        var entry = objects[at];
        var lost = Discards(objects, at, variable);
        return entry.Conditional ? $"{hook.Path}:{entry.Line}: the line is inside a conditional"
            : lost is not null ? $"{hook.Path}:{lost.Line}: '{lost.Variable} {lost.Operator}' discards what line {entry.Line} added"
            : null;
    }

    /// <summary>A later line that drops what this one added to the objects.</summary>
    private static MakeAssignment? Discards(List<MakeAssignment> objects, int at, ByteString variable) =>
        objects.Skip(at + 1).FirstOrDefault(line => !line.Adds
            && (line.Variable.Equals("obj-y"u8) || line.Variable.Equals("obj-m"u8) || line.Variable == variable));

    /// <summary>The reason why kbuild does not read a Makefile: a Kbuild beside it.</summary>
    private static string? Unread(KbuildFiles files, TreePath makefile) => files.KbuildIn(makefile.Folder) is var read && read != makefile
        ? $"kbuild reads {read}, and never {makefile} beside it"
        : null;

    /// <summary>Every object that a makefile of the driver lists must have its source, in the folders that kbuild enters.</summary>
    private static IEnumerable<string> ObjectFaults(KbuildFiles files, TreePath folder, TreePath makefile)
    {
        if (files.Makefile(makefile) is not { } read)
        {
            return [$"there is no {makefile}"];
        }

        if (Unread(files, makefile) is { } unread)
        {
            return [unread];
        }

        var objects = read.Objects.SelectMany(line => line.Words).Where(word => word.EndsWith(".o"u8)).Select(StemOf).ToHashSet();
        while (read.Assignments.Where(line => objects.Contains(line.Stem)).SelectMany(line => line.Words)
            .Where(word => word.EndsWith(".o"u8)).Select(StemOf).Any(objects.Add))
        {
            // Objects of objects: each round may add those of what the last one found.
        }

        var composites = read.Assignments.Where(line => !line.IsObjects).Select(line => line.Stem).ToHashSet();
        return
        [
            .. from line in read.Assignments
               where line.IsObjects || (objects.Contains(line.Stem) && !IsOptional(line))
               from word in line.Words
               where word.EndsWith(".o"u8) && !word.Span.Contains((byte)'$')
               let stem = StemOf(word)
               where !composites.Contains(stem) && !HasSource(files.Tree, folder, stem)
               select $"{makefile}:{line.Line}: {word} has no {stem}.c beside it",
            .. from word in read.Objects.SelectMany(line => line.Words).Distinct()
               where word.EndsWith("/"u8) && TreePath.IsValid(word.Span[..^1])
               let inside = folder / word.Slice(0, word.Length - 1)
               from fault in ObjectFaults(files, inside, inside / "Makefile")
               select fault,
        ];
    }

    /// <summary>Whether a symbol decides about an object of a module: with a symbol that nothing defines it is never made.</summary>
    private static bool IsOptional(MakeAssignment line) => line.Variable.Slice(line.Stem.Length).Span.Contains((byte)'$');

    private static ByteString StemOf(ByteString word) => word.Slice(0, word.Length - ".o".Length);

    /// <summary>Whether kbuild has a rule that makes an object from a file beside it (scripts/Makefile.build).</summary>
    private static bool HasSource(KernelTree tree, TreePath folder, ByteString stem) => !TreePath.IsValid(stem.Span)
        || Sources.Any(ending => tree.LeadsToFile(folder / ByteString.Concat(stem, ByteString.OfText(ending))));

    /// <summary>
    /// Whether the top Kconfig includes a file directly or through one other file, or the file of the folder above does, or one
    /// that the topmost folder includes: drivers/video/Kconfig includes that of drivers/gpu/drm.
    /// samples/Kconfig is included from lib/Kconfig.debug, so that file is read first.
    /// </summary>
    private static bool IsSourced(KbuildFiles files, TreePath file)
    {
        var top = SourcedBy(files, "Kconfig").ToList();
        return top.Contains(file)
            || top.OrderByDescending(path => path == SamplesSource).Any(path => SourcedBy(files, path).Contains(file))
            || (file.Folder.Folder is var above && above != TreePath.Top
                && SourcedBy(files, above / "Kconfig").Contains(file)
                && IsSourced(files, above / "Kconfig"))
            || (Topmost(file) is var topmost && topmost != file
                && SourcedBy(files, topmost).Any(path => path != file && SourcedBy(files, path).Contains(file))
                && IsSourced(files, topmost));
    }

    /// <summary>The Kconfig of the folder at the top that a file is in.</summary>
    private static TreePath Topmost(TreePath file)
    {
        var folder = file.Folder;
        while (folder != TreePath.Top && folder.Folder != TreePath.Top)
        {
            folder = folder.Folder;
        }

        return folder / "Kconfig";
    }

    private static IEnumerable<TreePath> SourcedBy(KbuildFiles files, TreePath path) =>
        from line in files.Kconfig(path)?.Sources() ?? []
        from file in line.Source.Files(files.Tree) ?? []
        select file;

    /// <summary>
    /// Whether the build enters a folder from the top: by an object line of Kbuild that holds in every configuration, or
    /// by one of the lists of the top Makefile, which is all conditional. A folder in another is entered from there.
    /// </summary>
    private static bool IsEntered(KbuildFiles files, TreePath folder)
    {
        if (folder.Folder is var above && above != TreePath.Top)
        {
            return IsEntered(files, above)
                && files.Makefile(files.KbuildIn(above))?.Objects.Any(line => !line.Conditional && line.Enters(folder.Name)) == true;
        }

        var objects = files.Makefile("Kbuild")?.Objects.ToList() ?? [];
        var at = objects.FindIndex(line => !line.Conditional && line.Enters(folder.Bytes));
        return (at >= 0 && Discards(objects, at, objects[at].Variable) is null)
            || files.Makefile("Makefile")?.Assignments.Any(line => IsTopList(line.Variable) && line.Enters(folder.Bytes)) == true;
    }

    /// <summary>The lists of folders in the top Makefile, which obj- lines in Kbuild have replaced since.</summary>
    private static bool IsTopList(ByteString variable) =>
        variable.StartsWith("drivers-"u8) || variable.StartsWith("core-"u8) || variable.StartsWith("init-"u8)
        || variable.StartsWith("libs-"u8) || variable.StartsWith("net-"u8) || variable.StartsWith("virt-"u8)
        || variable.StartsWith("obj-"u8);
}
