// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>
/// Why the Kconfig and the makefile of a driver's folder cannot be wired into a tree: they were written for a build outside
/// of one. Each fault names file, line and cause.
/// </summary>
internal static class DriverFaults
{
    /// <summary>How out-of-tree makefiles call the tree they build against; in a tree it is $(srctree).</summary>
    private static readonly string[] KernelFolders =
        ["$(KSRC)", "$(KDIR)", "$(KERNELDIR)", "$(KERNEL_DIR)", "$(KERNEL_SRC)", "$(KBUILD_DIR)", "/lib/modules/", "/usr/src/linux"];

    /// <param name="files">The files of the folder that land, by their path in it.</param>
    /// <param name="makefile">The makefile that kbuild will read.</param>
    public static IEnumerable<string> In(IReadOnlyDictionary<TreePath, ByteString> files, TreePath makefile)
    {
        KconfigFile? kconfig = null;
        if (!files.TryGetValue("Kconfig", out var entries))
        {
            yield return "Kconfig: there is none, so no symbol enables it";
        }
        else if (FaultOf(entries) is { } unreadable)
        {
            yield return unreadable;
        }
        else
        {
            kconfig = KconfigFile.Read("Kconfig", entries);
        }

        if (!files.TryGetValue(makefile, out var text))
        {
            yield return "Makefile: there is none, and no Kbuild either";
            yield break;
        }

        var read = MakefileText.Read(text);
        var settings = read.Assignments.SelectMany(line => Settings(line, makefile, kconfig));
        foreach (var fault in Objects(read, makefile, kconfig).Concat(settings))
        {
            yield return fault;
        }

        foreach (var line in ByteLines.Of(text).Where(line => IsInclude(line) && KernelFolders.Any(line.Text.Contains)))
        {
            yield return $"{makefile}:{line.Number}: '{line.Text.Trim()}' leads to a kernel outside the tree; in it that is $(srctree)";
        }
    }

    private static bool IsInclude(ByteLine line) => line.Bytes.StartsWith("include "u8) || line.Bytes.StartsWith("-include "u8);

    private static string? FaultOf(ByteString kconfig)
    {
        try
        {
            return KconfigFile.Read("Kconfig", kconfig).Statements.Any(statement => statement.Keyword.DefinesOne())
                ? null
                : "Kconfig: it defines no symbol";
        }
        catch (IntreeFailure unreadable)
        {
            return unreadable.Message;
        }
    }

    /// <summary>The obj- lines: one must name a symbol of the Kconfig, or hold in every configuration.</summary>
    private static IEnumerable<string> Objects(MakefileText makefile, TreePath path, KconfigFile? kconfig)
    {
        var objects = makefile.Objects.ToList();
        if (objects.Count == 0)
        {
            return [$"{path}: it has no obj- line, so kbuild makes nothing in it"];
        }

        if (objects.Exists(line => line.Variable.Equals("obj-y"u8))
            || (kconfig is not null && FolderSymbol.In(kconfig, makefile) is not null))
        {
            return [];
        }

        return objects.Select(line => FolderSymbol.SymbolsIn(line.Variable).ToList() is [var symbol, ..]
            ? kconfig is null ? null : $"{path}:{line.Line}: CONFIG_{symbol} has no entry in Kconfig"
            : line.Variable.Equals("obj-m"u8)
            ? $"{path}:{line.Line}: 'obj-m {line.Operator} {string.Join(' ', line.Words)}' makes a module outside a tree; "
                + "in it the line is obj-$(CONFIG_X)"
            : null).OfType<string>();
    }

    /// <summary>What a makefile in a tree must not set; lines inside a conditional may never hold.</summary>
    private static IEnumerable<string> Settings(MakeAssignment line, TreePath path, KconfigFile? kconfig)
    {
        if (line.Conditional)
        {
            yield break;
        }

        var variable = line.Variable.ToString();
        if (variable.Contains("flags", StringComparison.OrdinalIgnoreCase))
        {
            foreach (var word in line.Words.Select(word => word.ToString()))
            {
                if (word.StartsWith("-march", StringComparison.Ordinal) || word.StartsWith("-mcpu", StringComparison.Ordinal))
                {
                    yield return $"{path}:{line.Line}: {word} in {variable}: the configuration of the tree decides the processor";
                }
                else if (Array.Find(KernelFolders, word.Contains) is { } folder)
                {
                    yield return $"{path}:{line.Line}: {word} in {variable} leads to a kernel outside the tree; "
                        + $"in it {folder} is $(srctree)";
                }
            }
        }

        if (variable.StartsWith("CONFIG_", StringComparison.Ordinal)
            && kconfig?.Statements.Any(statement => statement.Defines(variable["CONFIG_".Length..])) == true)
        {
            yield return $"{path}:{line.Line}: it sets {variable} itself, whatever the configuration says";
        }
    }
}
