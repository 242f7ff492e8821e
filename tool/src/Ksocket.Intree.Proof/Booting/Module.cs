// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>A built module.</summary>
public sealed record Module(string Name, byte[] Bytes);

/// <summary>The modules of the driver and its samples.</summary>
public static class Modules
{
    /// <summary>In the order to load them.</summary>
    public static IReadOnlyList<(string Folder, string Name)> All { get; } =
    [
        ("drivers/ksocket", "ksocket"),
        ("samples/ksocket", "tcp_server"),
        ("samples/ksocket", "tcp_client"),
        ("samples/ksocket", "udp_server"),
        ("samples/ksocket", "udp_client"),
    ];

    public static IReadOnlyList<Module> Read(string output) => [.. All.Select(module => Read(output, module.Folder, module.Name))];

    /// <summary>Modules of the user, by the paths of their files.</summary>
    public static IReadOnlyList<Module> ReadFiles(IReadOnlyList<string> paths) =>
        [.. paths.Select(path => new Module(Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(path)))];

    /// <summary>Deletes old modules: kbuild leaves stale ones in place, and they would load and print, too.</summary>
    public static void DeleteOld(string output)
    {
        foreach (var path in All.Select(module => Path.Combine(output, module.Folder, $"{module.Name}.ko")).Where(File.Exists))
        {
            File.Delete(path);
        }
    }

    private static Module Read(string output, string folder, string name)
    {
        var path = Path.Combine(output, folder, $"{name}.ko");
        return File.Exists(path) ? new Module(name, File.ReadAllBytes(path))
            : throw IntreeFailure.NotProven($"the build produced no {folder}/{name}.ko");
    }
}
