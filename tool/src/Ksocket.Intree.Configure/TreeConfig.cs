// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;

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

    public static bool IsEnabled(ConfigPlace place) => place.TryRead() is { } text && DotConfig.IsBuiltIn(text, Symbol);

    /// <summary>Throws if .config lacks a dependency of the driver; called before anything is written.</summary>
    public static void RefuseIfBlocked(FolderTree tree, ConfigPlace place, DriverSource driver)
    {
        if (place.Output is null)
        {
            Links.Refuse(tree, DotConfig.Path);
        }

        var text = place.TryRead() ?? throw IntreeFailure.InTheWay(
            $"{place.Output ?? tree.Name} has no .config to set CONFIG_{Symbol} in",
            "create one first, such as with make defconfig; name the output folder of builds with O= by -O; or omit --config");

        foreach (var needed in Missing(text, driver))
        {
            var line = DotConfig.LineOf(text, needed) ?? $"CONFIG_{needed} is missing";
            throw IntreeFailure.InTheWay(
                $"{place.Path}: CONFIG_{Symbol}=y needs CONFIG_{needed}=y, but {line}",
                $"enable {needed} in make{BuildTarget.Of(place).Text} menuconfig (Networking support), then run apply --config again");
        }
    }

    /// <summary>The symbols that the driver depends on and a configuration does not set.</summary>
    public static IEnumerable<string> Missing(ByteString config, DriverSource driver) =>
        Dependencies(driver).Where(needed => !DotConfig.IsBuiltIn(config, needed));

    /// <summary>Sets the symbol and records the previous lines. Returns the lines that changed in .config.</summary>
    public static ImmutableArray<string> Enable(FolderTree tree, ConfigPlace place, DriverSource driver)
    {
        var text = place.TryRead()!.Value;
        if (DotConfig.IsBuiltIn(text, Symbol))
        {
            return [];
        }

        var ours = OwnSymbols(driver);
        var wanted = Kconfig(tree, place, text, ours);
        var lines = ours
            .Where(symbol => DotConfig.LineOf(text, symbol) != DotConfig.LineOf(wanted, symbol))
            .ToDictionary(symbol => symbol, symbol => new ConfigLine(DotConfig.LineOf(text, symbol), DotConfig.LineOf(wanted, symbol)!));

        var state = StateChanges.WithConfig(tree, driver, lines, place.Output);
        if (place.Output is null)
        {
            var before = tree.TryReadFile(DotConfig.Path)!;
            FolderWriter.Write(tree, [state, new FileChange(DotConfig.Path, before, before.With(wanted))]);
        }
        else
        {
            WriteOutside(tree, place, text, wanted, state);
        }

        return [.. lines.Values.Select(line => line.After)];
    }

    /// <summary>
    /// Puts the lines back that apply --config changed in the .config of an output folder. Returns the lines that stay,
    /// because they were edited since.
    /// </summary>
    public static ImmutableArray<string> PutBack(ConfigPlace place, StateFile state)
    {
        if (place.TryRead() is not { } config)
        {
            return [];
        }

        var after = state.ConfigPutBack(config, out var kept);
        if (after != config)
        {
            SingleFile.Replace(place.Path, after);
        }

        return kept;
    }

    private static void WriteOutside(FolderTree tree, ConfigPlace place, ByteString text, ByteString wanted, FileChange state)
    {
        SingleFile.Replace(place.Path, wanted);
        try
        {
            FolderWriter.Write(tree, [state]);
        }
        catch
        {
            SingleFile.Replace(place.Path, text);
            throw;
        }
    }

    /// <summary>The file as kconfig writes it with the symbol set, or with only that symbol changed if it changes others.</summary>
    private static ByteString Kconfig(FolderTree tree, ConfigPlace place, ByteString text, IReadOnlyList<string> ours)
    {
        var folder = Directory.CreateTempSubdirectory("ksocket-intree-");
        try
        {
            var kconfig = new TreeKconfig(tree, BuildTarget.Of(place));
            var copy = Path.Combine(folder.FullName, "config");
            IoFailures.Try(copy, () => File.WriteAllBytes(copy, text.Span));
            kconfig.Enable(Symbol, copy);
            var enabled = new ByteString(File.ReadAllBytes(copy));
            kconfig.Settle(copy);
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

    private static IEnumerable<string> Dependencies(DriverSource driver) =>
        from statement in Kconfigs(driver).First().Statements.TakeWhile(statement => statement.Keyword != KconfigKeyword.Help)
        where statement.Keyword == KconfigKeyword.Depends && statement.Argument.StartsWith("on "u8)
        from symbol in statement.Argument.Slice(3).ToString().Split("&&", StringSplitOptions.TrimEntries)
        where symbol.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        select symbol;

    private static List<string> OwnSymbols(DriverSource driver) =>
        [.. from statement in Kconfigs(driver).SelectMany(file => file.Statements)
            where statement.Keyword.DefinesOne()
            select statement.Argument.ToString()];

    private static IEnumerable<KconfigFile> Kconfigs(DriverSource driver) =>
        from file in driver.Files
        where file.Path.IsNamed("Kconfig")
        orderby file.Part
        select KconfigFile.Read(file.Path, file.Bytes);
}
