// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>What a user of a tree should know, although the driver is added to it correctly.</summary>
public static class TreeWarnings
{
    /// <summary>Scripts that every build runs, of which each line has at least one.</summary>
    private static readonly TreePath[] BuildScripts =
        ["scripts/setlocalversion", "scripts/mkcompile_h", "scripts/min-tool-version.sh", "scripts/cc-version.sh", "scripts/config"];

    /// <param name="config">The configuration of the tree and its name, for its messages; null for none.</param>
    public static IEnumerable<string> Of(KernelTree tree, DriverSource driver, (string Name, ByteString Bytes)? config) =>
        ShellScripts(tree).Concat(ExportTrim.Warnings(tree, driver, config));

    /// <summary>make and kconfig read lines that end with CR LF; a shell does not.</summary>
    private static IEnumerable<string> ShellScripts(KernelTree tree) =>
        BuildScripts.Where(script => tree.Peek(script) is { } file && LineEnd.Before(file, file.Length) == LineEnd.CrLf)
            .Select(script => $"{script} ends its lines with CR LF, which no shell runs, so this tree does not build; "
                + "check it out with core.autocrlf=false")
            .Take(1);
}
