// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>
/// Finds the hooks of a driver by reading its files, in the order to write them. A Makefile line for a symbol that no Kconfig
/// defines yet builds nothing, so a tree interrupted between two of them still builds.
/// </summary>
internal static class Hooks
{
    /// <param name="folder">Where the driver lands.</param>
    /// <param name="files">Its files as they land, each path once.</param>
    /// <param name="maintainers">Its entry of MAINTAINERS; null for none.</param>
    public static ImmutableArray<Hook> Of(TreePath folder, IReadOnlyDictionary<TreePath, ByteString> files, ByteString? maintainers) =>
    [
        .. Entries(folder, files),
        .. SampleFolders(files).SelectMany(sample => Entries(sample, files)),
        .. Pages(files).Select(Page),
        .. maintainers is { } entry ? [Maintainers(folder, entry)] : (Hook[])[],
    ];

    /// <summary>The folders below samples/ that hold a sample of this driver.</summary>
    public static IEnumerable<TreePath> SampleFolders(IReadOnlyDictionary<TreePath, ByteString> files) => files.Keys
        .Select(path => path.ToString().Split('/'))
        .Where(names => names is ["samples", _, _, ..])
        .Select(names => new TreePath($"samples/{names[1]}")).Distinct().Order();

    /// <summary>The makefile of a folder: kbuild reads Kbuild, where there is one.</summary>
    public static TreePath MakefileIn(TreePath folder, IReadOnlyDictionary<TreePath, ByteString> files) =>
        files.ContainsKey(folder / "Kbuild") ? folder / "Kbuild" : folder / "Makefile";

    /// <summary>The two lines by which a folder is configured and built; none if it has no symbol.</summary>
    private static IEnumerable<Hook> Entries(TreePath folder, IReadOnlyDictionary<TreePath, ByteString> files)
    {
        var (kconfig, makefile, above) = (folder / "Kconfig", MakefileIn(folder, files), folder.Folder);
        if (!files.TryGetValue(kconfig, out var entries)
            || !files.TryGetValue(makefile, out var objects)
            || FolderSymbol.In(KconfigFile.Read(kconfig, entries), MakefileText.Read(objects)) is not { } symbol)
        {
            return [];
        }

        var part = Landing.PartOf(kconfig);
        var (enter, source) = ($"{symbol.Variable}\t\t+= {folder.Name}/", $"source \"{kconfig}\"");
        return
        [
            new(part, HookKind.Makefile, above / "Makefile", ByteString.OfText(enter), Anchor.LastObject, folder) { Symbol = symbol.Name },
            new(part, HookKind.Kconfig, above / "Kconfig", ByteString.OfText(source), Anchor.EntriesOf(above), kconfig)
            {
                Symbol = symbol.Name,
            },
        ];
    }

    private static IEnumerable<TreePath> Pages(IReadOnlyDictionary<TreePath, ByteString> files) =>
        files.Keys.Where(path => path.IsBelow("Documentation") && path.EndsIn(".rst")).Order();

    private static Hook Page(TreePath page) => new(
        Part.Docs,
        HookKind.Toctree,
        page.Folder / "index.rst",
        ByteString.OfText($"   {page.Name.ToString()[..^4]}"),
        Anchor.InToctree,
        page);

    private static Hook Maintainers(TreePath folder, ByteString entry)
    {
        while (entry.EndsWith("\n"u8))
        {
            entry = entry.Slice(0, entry.Length - 1);
        }

        return new(Part.Docs, HookKind.Maintainers, "MAINTAINERS", entry, Anchor.AmongMaintainers, folder);
    }
}
