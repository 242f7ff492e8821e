// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;

namespace Ksocket.Intree.Configure;

/// <summary>
/// Sets CONFIG_KSOCKET=y in a tree's .config through the tree's own kconfig, on a copy first: what kconfig would
/// not keep is never written.
/// </summary>
public static class TreeConfig
{
    private const string Symbol = "KSOCKET";

    /// <summary>How menuconfig shows the driver's entry.</summary>
    public static string Prompt(DriverSource driver)
    {
        var statements = Kconfigs(driver).First().Statements;
        var type = statements.First(statement => statement.Keyword is KconfigKeyword.Tristate or KconfigKeyword.Bool);
        return KconfigFile.Unquoted(type.Argument).ToString();
    }

    public static bool IsEnabled(KernelTree tree) => tree.TryRead(DotConfig.Path) is { } text && DotConfig.IsBuiltIn(text, Symbol);

    /// <summary>Refuses, before anything is written, a .config in which a dependency of ours is off.</summary>
    public static void RefuseIfBlocked(KernelTree tree, DriverSource driver)
    {
        Links.Refuse(tree, DotConfig.Path);
        var text = tree.TryRead(DotConfig.Path) ?? throw IntreeFailure.InTheWay(
            $"{tree.Name} has no .config to set CONFIG_{Symbol} in",
            "make one first, as with make defconfig, or leave --config away");

        foreach (var needed in Dependencies(driver))
        {
            if (!DotConfig.IsBuiltIn(text, needed))
            {
                var line = DotConfig.LineOf(text, needed) ?? $"CONFIG_{needed} is not there";
                throw IntreeFailure.InTheWay(
                    $"{tree.Name}/.config: CONFIG_{Symbol}=y needs CONFIG_{needed}=y, and {line}",
                    $"turn {needed} on in make menuconfig (Networking support), then apply --config again");
            }
        }
    }

    /// <summary>Sets the symbol and remembers what was there. The lines now in .config, or none if it was set already.</summary>
    public static ImmutableArray<string> Enable(FolderTree tree, DriverSource driver)
    {
        var before = tree.TryReadFile(DotConfig.Path)!;
        var text = before.Bytes;
        if (DotConfig.IsBuiltIn(text, Symbol))
        {
            return [];
        }

        var ours = OwnSymbols(driver);
        var wanted = Kconfig(tree, text, ours);
        var lines = ours
            .Where(symbol => DotConfig.LineOf(text, symbol) != DotConfig.LineOf(wanted, symbol))
            .ToDictionary(symbol => symbol, symbol => new ConfigLine(DotConfig.LineOf(text, symbol), DotConfig.LineOf(wanted, symbol)!));

        FolderWriter.Write(tree,
        [
            StateChanges.WithConfig(tree, driver, lines),
            new FileChange(DotConfig.Path, before, before.With(wanted)),
        ]);
        return [.. lines.Values.Select(line => line.After)];
    }

    /// <summary>What kconfig makes of the file with our symbol on; or, where it would change more than our lines, only our line.</summary>
    private static ByteString Kconfig(FolderTree tree, ByteString text, IReadOnlyList<string> ours)
    {
        var folder = Directory.CreateTempSubdirectory("ksocket-intree-");
        try
        {
            var copy = Path.Combine(folder.FullName, "config");
            IoFailures.Try(copy, () => File.WriteAllBytes(copy, text.Span));
            Run(tree, tree.PathOf("scripts/config"), ["--file", copy, "--enable", Symbol]);
            var enabled = new ByteString(File.ReadAllBytes(copy));
            Run(tree, "make", ["-s", "-C", tree.Root, $"KCONFIG_CONFIG={copy}", "olddefconfig"]);
            var settled = new ByteString(File.ReadAllBytes(copy));

            if (!DotConfig.IsBuiltIn(settled, Symbol))
            {
                var made = DotConfig.LineOf(settled, Symbol) ?? "nothing";
                throw IntreeFailure.InTheWay(
                    $"{tree.Name}: the tree's kconfig does not keep CONFIG_{Symbol}=y: it makes of it '{made}'",
                    $"look for {Symbol} in make menuconfig ('/') to see what it depends on; no file of the tree was changed");
            }

            var back = ours.Aggregate(settled, (now, symbol) => DotConfig.Replace(now, symbol, DotConfig.LineOf(text, symbol)));
            return back == text ? settled : enabled;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Run(FolderTree tree, string program, IReadOnlyList<string> arguments)
    {
        var result = new Child(program, arguments) { Folder = tree.Root }.Run();
        if (!result.Succeeded)
        {
            var words = string.Join(' ', arguments.Where(argument => !argument.Contains('/', StringComparison.Ordinal)));
            throw IntreeFailure.Fatal(
                $"{Path.GetFileName(program)} {words} failed: {result.FirstError}",
                "kconfig needs make, gcc, flex and bison: apt-get install make gcc flex bison");
        }
    }

    private static IEnumerable<string> Dependencies(DriverSource driver) =>
        from statement in Kconfigs(driver).First().Statements.TakeWhile(statement => statement.Keyword != KconfigKeyword.Help)
        where statement.Keyword == KconfigKeyword.Depends && statement.Argument.StartsWith("on "u8)
        from symbol in statement.Argument.Slice(3).ToString().Split("&&", StringSplitOptions.TrimEntries)
        where symbol.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        select symbol;

    private static List<string> OwnSymbols(DriverSource driver) =>
        [.. from statement in Kconfigs(driver).SelectMany(file => file.Statements)
            where statement.DefinesOne
            select statement.Argument.ToString()];

    private static IEnumerable<KconfigFile> Kconfigs(DriverSource driver) =>
        from file in driver.Files
        where file.Path.IsNamed("Kconfig")
        orderby file.Part
        select KconfigFile.Read(file.Path, file.Bytes);
}
