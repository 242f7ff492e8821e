// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>Why one makefile of a driver's folder does not work in a tree.</summary>
/// <param name="path">Its path in the folder.</param>
/// <param name="kconfig">The Kconfig at the top of the folder; null if there is none that can be read.</param>
/// <param name="files">The files of the folder that land.</param>
internal sealed class MakefileFaults(
    TreePath path, MakefileText makefile, KconfigFile? kconfig, IReadOnlyDictionary<TreePath, ByteString> files)
{
    /// <summary>The variables by which out-of-tree makefiles name the tree they build against; in a tree it is $(srctree).</summary>
    private static readonly string[] KernelVariables =
        ["KSRC", "KDIR", "KERNELDIR", "KERNEL_DIR", "KERNEL_SRC", "KBUILD_DIR"];

    private static readonly string[] KernelFolders =
    [
        .. KernelVariables.SelectMany(name => (string[])[$"$({name})", $"${{{name}}}"]),
        "/lib/modules/", "/usr/src/linux",
    ];

    private static readonly string[] ProcessorFlags = ["-march=", "-mcpu="];

    /// <summary>How a makefile names its own folder; $(src) is relative to the tree before Linux 6.13.</summary>
    private static readonly string[] OwnFolder =
        ["$(src)/", "${src}/", "$(srctree)/$(src)/", "${srctree}/${src}/"];

    /// <param name="isTop">Whether it is the makefile of the driver's folder, and not of one below it.</param>
    public IReadOnlyList<string> In(bool isTop) =>
    [
        .. isTop ? Objects() : ObjectsBelow(),
        .. makefile.Assignments.SelectMany(Settings),
        .. makefile.Includes.SelectMany(Included),
    ];

    /// <summary>The obj- lines: one must name a symbol of the Kconfig, or hold in every configuration.</summary>
    private IEnumerable<string> Objects()
    {
        var objects = makefile.Objects.ToList();
        if (objects.Count == 0)
        {
            return makefile.Includes is [var include, ..]
                ? [$"{path}:{include.Line}: it includes {string.Join(' ', include.Files)}, which is not read, and has no obj- line itself"]
                : [$"{path}: it has no obj- line, so kbuild makes nothing in it"];
        }

        if (objects.Exists(line => line.Variable.Equals("obj-y"u8))
            || (kconfig is not null && FolderSymbol.In(kconfig, makefile) is not null))
        {
            return [];
        }

        return objects.Select(line => FolderSymbol.SymbolsIn(line.Variable).ToList() is [var symbol, ..]
            ? kconfig is null ? null : $"{path}:{line.Line}: CONFIG_{symbol} has no entry in Kconfig"
            : ModuleOutside(line)).OfType<string>();
    }

    /// <summary>Below the top a symbol may be one of the kernel, or of another Kconfig.</summary>
    private IEnumerable<string> ObjectsBelow() =>
        makefile.Objects.Any(line => !line.Variable.Equals("obj-m"u8)) ? [] : makefile.Objects.Select(ModuleOutside).OfType<string>();

    private string? ModuleOutside(MakeAssignment line) => line.Variable.Equals("obj-m"u8)
        ? $"{path}:{line.Line}: 'obj-m {line.Operator} {string.Join(' ', line.Words)}' makes a module outside a tree; "
            + "in it the line is obj-$(CONFIG_X)"
        : null;

    /// <summary>What a makefile in a tree must not set; lines inside a conditional may never hold.</summary>
    private IEnumerable<string> Settings(MakeAssignment line)
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
                if (ProcessorFlagIn(word) is { } flag)
                {
                    yield return $"{path}:{line.Line}: {flag} in {variable}: the configuration of the tree decides the processor";
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

    /// <summary>The flag alone: it may stand inside a function of make, as in $(call cc-option,-march=native).</summary>
    private static string? ProcessorFlagIn(string word) =>
        Array.Find(ProcessorFlags, word.Contains) is { } flag
            ? word[word.IndexOf(flag, StringComparison.Ordinal)..].Split(',', ')', '}')[0]
            : null;

    private IEnumerable<string> Included(MakeInclude include)
    {
        if (KernelFolders.Any(include.Text.ToString().Contains))
        {
            yield return $"{path}:{include.Line}: '{include.Text}' leads to a kernel outside the tree; in it that is $(srctree)";
        }
        else if (!include.Optional && !include.Conditional && include.Files.FirstOrDefault(IsMissing) is { IsEmpty: false } missing)
        {
            yield return $"{path}:{include.Line}: '{missing}' is not among the files that land";
        }
    }

    /// <summary>Whether it is a file of this folder that is not there; what a function of make or a pattern yields is not known.</summary>
    private bool IsMissing(ByteString file)
    {
        var text = file.ToString();
        return Array.Find(OwnFolder, folder => text.StartsWith(folder, StringComparison.Ordinal)) is { } own
            && text[own.Length..] is var rest
            && rest.IndexOfAny(['$', '*', '?', '[']) < 0
            && TreePath.Resolve(path.Folder, ByteString.OfText(rest)) is { } inside
            && !files.ContainsKey(inside);
    }
}
