// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Building;

/// <summary>Builds modules of the user outside the kernel tree, in copies: make writes beside the sources.</summary>
public static class TestModules
{
    /// <summary>Copies each folder, builds it, and returns the paths of all modules.</summary>
    /// <param name="make">Builds the modules of a folder.</param>
    public static IReadOnlyList<string> Build(IReadOnlyList<string> folders, string work, Action<string> make) =>
        [.. folders.SelectMany((folder, number) =>
        {
            var copy = Copy(folder, Path.Combine(work, $"{number}-{Path.GetFileName(folder)}"));
            make(copy);
            var modules = Directory.GetFiles(copy, "*.ko").Order(StringComparer.Ordinal).ToList();
            return modules.Count > 0 ? modules : throw IntreeFailure.NotProven(
                $"--test-module {folder}: the build produced no .ko", "its Makefile needs a line such as: obj-m := mytest.o");
        })];

    private static string Copy(string folder, string copy) => WorkDisk.Try(copy, () =>
    {
        if (Directory.Exists(copy))
        {
            Directory.Delete(copy, recursive: true);
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var place = Path.Combine(copy, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(file, place);
        }

        return copy;
    });
}
