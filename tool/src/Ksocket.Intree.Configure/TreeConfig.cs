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
/// Sets the symbol of a driver in a tree's .config with the tree's own kconfig. It works on a copy first: what kconfig would
/// drop is not written.
/// </summary>
public static class TreeConfig
{
    /// <summary>The prompt of the driver's entry in menuconfig.</summary>
    public static string Prompt(DriverSource driver)
    {
        var statements = Kconfigs(driver).First().Statements;
        var type = statements.First(statement => statement.Keyword is KconfigKeyword.Tristate or KconfigKeyword.Bool);
        return KconfigFile.Unquoted(type.Argument).ToString();
    }

    /// <summary>The lines that would be set.</summary>
    public static ImmutableArray<string> NotEnabled(ConfigPlace place, IEnumerable<DriverSource> drivers) =>
    [
        .. from driver in drivers
           where place.TryRead() is not { } text || !DotConfig.IsBuiltIn(text, driver.Symbol)
           select $"CONFIG_{driver.Symbol}=y",
    ];

    /// <summary>Throws if .config lacks a dependency of the drivers; called before anything is written.</summary>
    public static void RefuseIfBlocked(FolderTree tree, ConfigPlace place, IReadOnlyList<DriverSource> drivers)
    {
        if (place.Output is null)
        {
            Links.Refuse(tree, DotConfig.Path);
        }

        var text = place.TryRead() ?? throw IntreeFailure.InTheWay(
            $"{place.Output ?? tree.Name} has no .config to set CONFIG_{drivers[0].Symbol} in",
            "create one first, such as with make defconfig; name the output folder of builds with O= by -O; or omit --config");

        var set = drivers.Select(driver => driver.Symbol).ToHashSet();
        foreach (var (driver, needed) in drivers.SelectMany(driver =>
            Missing(text, driver).Where(needed => !set.Contains(needed)).Select(needed => (driver, needed))))
        {
            var line = DotConfig.LineOf(text, needed) ?? $"CONFIG_{needed} is missing";
            throw IntreeFailure.InTheWay(
                $"{place.Path}: CONFIG_{driver.Symbol}=y needs CONFIG_{needed}=y, but {line}",
                needed == DriverSource.Bundled.Symbol
                    ? "omit --only, which leaves ksocket out"
                    : $"enable it in make{BuildTarget.Of(place).Text} menuconfig (press / and type {needed}); then apply --config again");
        }
    }

    /// <summary>The symbols that the driver depends on and a configuration does not set.</summary>
    public static IEnumerable<string> Missing(ByteString config, DriverSource driver) =>
        Dependencies(driver).Where(needed => !DotConfig.IsBuiltIn(config, needed));

    /// <summary>Sets the symbols of all drivers at once and records the lines before. Returns the lines that changed in .config.</summary>
    public static ImmutableArray<string> Enable(FolderTree tree, ConfigPlace place, IReadOnlyCollection<DriverSource> drivers)
    {
        var text = place.TryRead()!.Value;
        var missing = drivers.Where(driver => !DotConfig.IsBuiltIn(text, driver.Symbol)).ToList();
        if (missing.Count == 0)
        {
            return [];
        }

        var ours = missing.SelectMany(DriverSymbols.InAllParts).Distinct().ToList();
        var wanted = Kconfig(tree, place, text, [.. missing.Select(driver => driver.Symbol)], ours);
        var lines = ours
            .Where(own => DotConfig.LineOf(text, own) != DotConfig.LineOf(wanted, own))
            .ToDictionary(own => own, own => new ConfigLine(DotConfig.LineOf(text, own), DotConfig.LineOf(wanted, own)!));

        var state = StateChanges.WithConfig(tree, lines, place.Output);
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
    public static ImmutableArray<KeptLine> PutBack(ConfigPlace place, StateFile state)
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

    /// <summary>The file as kconfig writes it with the symbols set, or with only these changed if it changes others.</summary>
    private static ByteString Kconfig(
        FolderTree tree, ConfigPlace place, ByteString text, IReadOnlyCollection<string> symbols, IReadOnlyList<string> ours)
    {
        var folder = Directory.CreateTempSubdirectory("ksocket-intree-");
        try
        {
            var kconfig = new TreeKconfig(tree, BuildTarget.Of(place));
            var copy = Path.Combine(folder.FullName, "config");
            IoFailures.Try(copy, () => File.WriteAllBytes(copy, text.Span));
            kconfig.Enable(symbols, copy);
            var enabled = new ByteString(File.ReadAllBytes(copy));
            kconfig.Settle(copy);
            var settled = new ByteString(File.ReadAllBytes(copy));

            foreach (var symbol in symbols.Where(symbol => !DotConfig.IsBuiltIn(settled, symbol)))
            {
                var made = DotConfig.LineOf(settled, symbol) ?? "nothing";
                throw IntreeFailure.InTheWay(
                    $"{tree.Name}: the tree's kconfig drops CONFIG_{symbol}=y; it writes '{made}'",
                    $"search for {symbol} in make menuconfig ('/') to see its dependencies; no file of the tree was changed");
            }

            var back = ours.Aggregate(settled, (now, own) => DotConfig.Replace(now, own, DotConfig.LineOf(text, own)));
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

    private static IEnumerable<KconfigFile> Kconfigs(DriverSource driver) =>
        from file in driver.Files
        where file.Path.IsNamed("Kconfig")
        orderby file.Part
        select KconfigFile.Read(file.Path, file.Bytes);
}
