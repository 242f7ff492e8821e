// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>
/// Finds what would drop a driver's exports from a kernel: CONFIG_TRIM_UNUSED_KSYMS, which keeps those that modules of the
/// same build use and those of a list, and the symbol lists of Android's GKI builds (android/abi_gki_*).
/// </summary>
internal static class ExportTrim
{
    private const string List = "UNUSED_KSYMS_WHITELIST";

    private static readonly TreePath Android = "android";

    /// <summary>The files in which a GKI build asks for trimming, and the setting that does.</summary>
    private static readonly (string File, string Word)[] GkiSettings =
    [
        ("build.config.gki.aarch64", "TRIM_NONLISTED_KMI=1"),
        ("build.config.gki", "TRIM_NONLISTED_KMI=1"),
        ("BUILD.bazel", "trim_nonlisted_kmi"),
        ("build.config.gki.aarch64", "KMI_SYMBOL_LIST="),
        ("BUILD.bazel", "kmi_symbol_list"),
    ];

    /// <param name="config">The configuration and its name; null for none.</param>
    public static IEnumerable<string> Warnings(KernelTree tree, DriverSource driver, (string Name, ByteString Bytes)? config)
    {
        var exports = ExportsOf(driver);
        if (config is { Bytes: var bytes } && Line(bytes, "CONFIG_TRIM_UNUSED_KSYMS=y") is { } at)
        {
            yield return $"{config.Value.Name}:{at}: CONFIG_TRIM_UNUSED_KSYMS=y drops exports that no module of the same build uses"
                + InList(tree, driver, bytes, exports);
        }

        var lists = tree.NamesIn(Android).Where(name => name.StartsWith("abi_gki_"u8) && !name.Span.Contains((byte)'.'))
            .Select(name => Android / name).ToList();
        if (lists.Count > 0 && Lacking(tree, lists, exports) is { Count: > 0 } lacking)
        {
            var more = lists.Count > 1 ? $" and {lists.Count - 1} more lists" : "";
            yield return $"{Setting(tree) ?? lists[0].ToString()}: a GKI build exports the symbols of {lists[0]}{more} alone, "
                + $"and they lack {Count(driver, lacking, exports)}; list those that your modules use";
        }
    }

    private static string InList(KernelTree tree, DriverSource driver, ByteString config, ImmutableArray<ByteString> exports)
    {
        if (DotConfig.LineOf(config, List)?.Split('"') is not [_, { Length: > 0 } named, ..])
        {
            return $", so modules built elsewhere find none of {driver.Name}'s {exports.Length}; CONFIG_{List} can name a list of them";
        }

        return TreePath.Resolve(TreePath.Top, ByteString.OfText(named)) is not { } path || !tree.LeadsToFile(path)
            ? $" or the list {named}, which is not in the tree; add the exports of {driver.Name} that modules built elsewhere use"
            : Lacking(tree, [path], exports) is { Count: > 0 } lacking
            ? $" or {named} lists; that lacks {Count(driver, lacking, exports)}: add those that modules built elsewhere use"
            : $"; {named} lists all of {driver.Name}'s";
    }

    private static string Count(DriverSource driver, List<ByteString> lacking, ImmutableArray<ByteString> exports) =>
        lacking.Count == exports.Length
        ? $"all {exports.Length} exports of {driver.Name}"
        : $"{lacking.Count} of the {exports.Length} exports of {driver.Name}, such as {lacking[0]}";

    private static List<ByteString> Lacking(KernelTree tree, IEnumerable<TreePath> lists, ImmutableArray<ByteString> exports)
    {
        var listed = lists.Select(tree.TryReadThrough).OfType<ByteString>()
            .SelectMany(ByteLines.Of).Select(line => line.Bytes.Trim()).ToHashSet();
        return [.. exports.Where(export => !listed.Contains(export))];
    }

    private static string? Setting(KernelTree tree) => GkiSettings
        .Select(setting => tree.TryReadThrough(setting.File) is { } file && Line(file, setting.Word) is { } line
            ? $"{setting.File}:{line}"
            : null)
        .FirstOrDefault(place => place is not null);

    /// <summary>The first line that holds a word and is no comment, from 1.</summary>
    private static int? Line(ByteString file, string word)
    {
        var wanted = ByteString.OfText(word);
        foreach (var line in ByteLines.Of(file))
        {
            if (line.Bytes.Contains(wanted.Span) && !line.Bytes.Trim().StartsWith("#"u8))
            {
                return line.Number;
            }
        }

        return null;
    }

    private static ImmutableArray<ByteString> ExportsOf(DriverSource driver) =>
    [
        .. (from file in driver.Files
            where file.Part == Part.Driver && file.Path.EndsIn(".c")
            from line in ByteLines.Of(file.Bytes)
            where line.Bytes.StartsWith("EXPORT_SYMBOL"u8)
            select NameIn(line.Bytes)).Distinct().Order(),
    ];

    private static ByteString NameIn(ByteString line)
    {
        var (open, close) = (line.Span.IndexOf((byte)'('), line.Span.IndexOfAny((byte)',', (byte)')'));
        return line.Slice(open + 1, close - open - 1);
    }
}
