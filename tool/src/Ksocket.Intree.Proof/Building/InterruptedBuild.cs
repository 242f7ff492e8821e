// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Building;

/// <summary>
/// Handles the incomplete files of a killed make. make would consider them up to date, because they are newer than
/// their prerequisites. A marker file exists while make runs; if one is found at the start, the files written last are
/// deleted, and the others are kept.
/// </summary>
public sealed class InterruptedBuild(string output)
{
    /// <summary>A linker opens its output long before it is complete, while other jobs still write.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private static readonly string[] Endings =
        [".o", ".a", ".ko", ".mod", ".mod.c", ".s", ".cmd", ".symvers", ".map", ".order", ".lds", "vmlinux", "linux"];

    private readonly string _marker = Path.Combine(output, ".building");

    public void Begin() => WorkDisk.Try(output, () =>
    {
        Directory.CreateDirectory(output);
        if (File.Exists(_marker))
        {
            DeleteNewest();
        }

        File.WriteAllText(_marker, "");
    });

    public void End() => File.Delete(_marker);

    private void DeleteNewest()
    {
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var products = new DirectoryInfo(output).EnumerateFiles("*", everywhere).Where(IsProduct).ToList();
        var last = products.Select(file => file.LastWriteTimeUtc).DefaultIfEmpty().Max();
        foreach (var file in products.Where(file => file.LastWriteTimeUtc > last - Longest))
        {
            file.Delete();
        }
    }

    private static bool IsProduct(FileInfo file) =>
        file.Name.StartsWith(".tmp_", StringComparison.Ordinal)
        || Array.Exists(Endings, ending => file.Name.EndsWith(ending, StringComparison.Ordinal));
}
