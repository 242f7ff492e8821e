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
/// Sets CONFIG_KSOCKET=y in a tree's .config with the tree's own kconfig. It works on a copy first: what kconfig would
/// drop is not written.
/// </summary>
public static class TreeConfig
{
    private const string Symbol = "KSOCKET";

    /// <summary>The prompt of the driver's entry in menuconfig.</summary>
    public static string Prompt(DriverSource driver)
    {
        var statements = Kconfigs(driver).First().Statements;
        var type = statements.First(statement => statement.Keyword is KconfigKeyword.Tristate or KconfigKeyword.Bool);
        return KconfigFile.Unquoted(type.Argument).ToString();
    }

    public static bool IsEnabled(KernelTree tree) => tree.TryRead(DotConfig.Path) is { } text && DotConfig.IsBuiltIn(text, Symbol);

    /// <summary>Throws if .config lacks a dependency of the driver; called before anything is written.</summary>
    public static void RefuseIfBlocked(KernelTree tree, DriverSource driver)
    {
        Links.Refuse(tree, DotConfig.Path);
        var text = tree.TryRead(DotConfig.Path) ?? throw IntreeFailure.InTheWay(
            $"{tree.Name} has no .config to set CONFIG_{Symbol} in",
            "create one first, such as with make defconfig, or omit --config");

        foreach (var needed in Dependencies(driver))
        {
            if (!DotConfig.IsBuiltIn(text, needed))
            {
                var line = DotConfig.LineOf(text, needed) ?? $"CONFIG_{needed} is missing";
                throw IntreeFailure.InTheWay(
                    $"{tree.Name}/.config: CONFIG_{Symbol}=y needs CONFIG_{needed}=y, but {line}",
                    $"enable {needed} in make menuconfig (Networking support), then run apply --config again");
            }
        }
    }

    /// <summary>Sets the symbol and records the previous lines. Returns the lines that changed in .config.</summary>
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

    /// <summary>The file as kconfig writes it with the symbol set, or with only that symbol changed if it changes others.</summary>
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
                    $"{tree.Name}: the tree's kconfig drops CONFIG_{Symbol}=y; it writes '{made}'",
                    $"search for {Symbol} in make menuconfig ('/') to see its dependencies; no file of the tree was changed");
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
