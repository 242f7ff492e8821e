// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;

namespace Ksocket.Intree.Testing;

/// <summary>A git repository with those files of a kernel that the tool reads or changes.</summary>
public static class SmallRepository
{
    private static readonly string[] Needed =
    [
        "Makefile", "Kbuild", "Kconfig", "lib/Kconfig.debug",
        "drivers/Kconfig", "drivers/Makefile", "samples/Kconfig", "samples/Makefile",
        "Documentation/networking/index.rst", "MAINTAINERS",
    ];

    private static readonly string[] Optional =
    [
        ".mailmap", "scripts/checkpatch.pl", "scripts/const_structs.checkpatch", "scripts/spelling.txt",
        "scripts/kernel-doc", "tools/docs/kernel-doc",
    ];

    /// <summary>The modules of kernel-doc, where it is a Python program.</summary>
    private const string Modules = "tools/lib/python";

    /// <summary>Makes the repository, with one commit and the tag "base".</summary>
    /// <param name="allKconfig">Also every file that kconfig reads, for drivers of the user.</param>
    public static string Make(string tree, string folder, bool allKconfig = false)
    {
        var optional = Optional.Concat(Headers()).Concat(ModulesIn(tree)).Where(path => File.Exists(Path.Combine(tree, path)));
        foreach (var path in Needed.Concat(optional).Union(allKconfig ? FilesIn(tree, "Kconfig*") : []))
        {
            var to = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            if (new FileInfo(Path.Combine(tree, path)).LinkTarget is { } target)
            {
                File.CreateSymbolicLink(to, target);
            }
            else
            {
                File.Copy(Path.Combine(tree, path), to);
            }
        }

        Run.Git(folder, "init", "-q");
        Run.Git(folder, "add", "-f", ".");
        Run.Git(folder, "commit", "-q", "-m", "a kernel");
        Run.Git(folder, "tag", "base");
        return folder;
    }

    private static IEnumerable<string> ModulesIn(string tree) => Directory.Exists(Path.Combine(tree, Modules))
        ? FilesIn(tree, "*.py", Modules)
        : [];

    private static IEnumerable<string> FilesIn(string tree, string name, string folder = "") =>
        Directory.GetFiles(Path.Combine(tree, folder), name, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(tree, file));

    private static IEnumerable<string> Headers()
    {
        var evidence = DriverSource.Bundled.Evidence;
        return evidence.Requirements.SelectMany(requirement => requirement.Shapes)
            .Concat(evidence.Features.SelectMany(feature => feature.Variants).SelectMany(variant => variant.Clues))
            .Select(clue => clue.Header.ToString())
            .Distinct();
    }
}
