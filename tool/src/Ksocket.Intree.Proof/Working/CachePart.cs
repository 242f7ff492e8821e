// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Proof.Working;

/// <summary>A subfolder of the cache. Only those listed here are ever deleted.</summary>
/// <param name="Locks">The files that a run locks while it uses a folder of the part.</param>
/// <param name="Bytes">The sum of the file sizes; a file with several hard links counts for each.</param>
public sealed record CachePart(string Name, string Purpose, string Path, long Files, long Bytes, IReadOnlyList<string> Locks)
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
        ["public-drivers"] = "build folders and logs of tool/public-drivers",
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

    /// <summary>Deletes the folders of the parts; if another run uses one of them, none.</summary>
    public static void Delete(IReadOnlyList<CachePart> parts)
    {
        List<FileStream> held = [];
        try
        {
            foreach (var file in parts.SelectMany(part => part.Locks))
            {
                held.Add(Lock(file));
            }

            foreach (var part in parts)
            {
                IoFailures.Try(part.Path, () =>
                {
                    Directory.Delete(part.Path, recursive: true);
                    return true;
                });
            }
        }
        finally
        {
            held.ForEach(file => file.Dispose());
        }
    }

    private static CachePart Measured(string name, string purpose, string path) => IoFailures.Try(path, () =>
    {
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var (files, bytes, locks) = (0L, 0L, new List<string>());
        foreach (var file in new DirectoryInfo(path).EnumerateFiles("*", all))
        {
            (files, bytes) = (files + 1, bytes + file.Length);
            if (file.Extension == ".lock")
            {
                locks.Add(file.FullName);
            }
        }

        return new CachePart(name, purpose, path, files, bytes, locks);
    });

    private static FileStream Lock(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw IntreeFailure.InTheWay($"another run is using {file}", "wait until it has finished, or end it; nothing was deleted");
        }
        catch (UnauthorizedAccessException error)
        {
            throw IoFailures.Failure(file, error);
        }
    }
}
