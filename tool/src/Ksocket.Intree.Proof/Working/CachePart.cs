// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Proof.Working;

/// <summary>A subfolder of the cache. Only those listed here are ever deleted.</summary>
/// <param name="Bytes">The sum of the file sizes; a file with several hard links counts for each.</param>
public sealed record CachePart(string Name, string Purpose, string Path, long Files, long Bytes)
{
    /// <summary>What this program and the scripts of tool/ put there.</summary>
    private static readonly Dictionary<string, string> Purposes = new(StringComparer.Ordinal)
    {
        ["apt"] = "package lists of other Debian suites",
        ["bench"] = "working copies of the benchmarks",
        ["debs"] = "downloaded Debian packages",
        ["demo"] = "working copies of the demonstration",
        ["emulator"] = "an unpacked QEMU",
        ["images"] = "unpacked kernels of distributions",
        ["modules"] = "build folders of modules",
        ["proof"] = "build folders and logs of prove",
        ["repositories"] = "git repositories that trees were taken from",
        ["test"] = "working copies of the tests",
        ["trees"] = "kernel sources of tool/kernel-source",
    };

    public static IReadOnlyCollection<string> Names => Purposes.Keys;

    /// <summary>The parts that exist in a cache folder, by name.</summary>
    public static IReadOnlyList<CachePart> In(string cache) =>
    [
        .. from purpose in Purposes
           let path = System.IO.Path.Combine(cache, purpose.Key)
           where Directory.Exists(path)
           orderby purpose.Key
           select Measured(purpose.Key, purpose.Value, path),
    ];

    /// <summary>Deletes the folder; refuses while a run holds a lock in it.</summary>
    public void Delete()
    {
        IoFailures.Try(Path, () =>
        {
            foreach (var file in Directory.EnumerateFiles(Path, "*.lock"))
            {
                RefuseIfHeld(file);
            }

            Directory.Delete(Path, recursive: true);
            return true;
        });
    }

    private static CachePart Measured(string name, string purpose, string path) => IoFailures.Try(path, () =>
    {
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var (files, bytes) = (0L, 0L);
        foreach (var file in new DirectoryInfo(path).EnumerateFiles("*", all))
        {
            (files, bytes) = (files + 1, bytes + file.Length);
        }

        return new CachePart(name, purpose, path, files, bytes);
    });

    private static void RefuseIfHeld(string file)
    {
        try
        {
            using var free = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw IntreeFailure.InTheWay($"another run is using {file}", "wait until it has finished, or end it");
        }
    }
}
