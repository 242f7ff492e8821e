// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Building;

/// <summary>
/// What a make that was killed may have left half-written. kbuild would take it for done: a target that is newer than
/// what it is made of is not made again. A marker lies in the folder for as long as make runs; where one is found, what
/// was written last is taken away, and the rest is kept.
/// </summary>
public sealed class InterruptedBuild(string output)
{
    /// <summary>A linker opens its output long before it is done, while other jobs go on writing theirs.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private static readonly string[] Endings =
        [".o", ".a", ".ko", ".mod", ".mod.c", ".s", ".cmd", ".symvers", ".map", ".order", ".lds", "vmlinux", "linux"];

    private readonly string _marker = Path.Combine(output, ".building");

    public void Begin() => WorkDisk.Try(output, () =>
    {
        Directory.CreateDirectory(output);
        if (File.Exists(_marker))
        {
            TakeAway();
        }

        File.WriteAllText(_marker, "");
    });

    public void End() => File.Delete(_marker);

    private void TakeAway()
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
