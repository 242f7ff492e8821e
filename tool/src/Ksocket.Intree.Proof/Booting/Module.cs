// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>A built module.</summary>
public sealed record Module(string Name, byte[] Bytes);

/// <summary>The modules of the drivers and of the samples of ksocket.</summary>
public static class Modules
{
    /// <summary>Those of ksocket, in the order to load them.</summary>
    public static IReadOnlyList<(string Folder, string Name)> All { get; } =
    [
        ("drivers/ksocket", "ksocket"),
        ("samples/ksocket", "tcp_server"),
        ("samples/ksocket", "tcp_client"),
        ("samples/ksocket", "udp_server"),
        ("samples/ksocket", "udp_client"),
    ];

    public static IReadOnlyList<Module> Read(string output) => [.. All.Select(module => Read(output, module.Folder, module.Name))];

    /// <summary>Those of the user's drivers, in the order to load them; refuses a driver of which none was built.</summary>
    public static IReadOnlyList<Module> ReadOwn(string output, ProvedDrivers drivers) =>
    [
        .. from driver in drivers.ModulesIn(Form.Module)
           let files = FilesOf(driver, output).ToList()
           from path in files.Count > 0
               ? files
               : throw IntreeFailure.NotProven($"the build produced no module in {driver.Folder}")
           select new Module(Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(path)),
    ];

    /// <summary>Modules of the user, by the paths of their files.</summary>
    public static IReadOnlyList<Module> ReadFiles(IReadOnlyList<string> paths) =>
        [.. paths.Select(path => new Module(Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(path)))];

    /// <summary>Deletes old modules: kbuild leaves stale ones in place, and they would load and print, too.</summary>
    public static void DeleteOld(string output, ProvedDrivers drivers)
    {
        var old = All.Select(module => Path.Combine(output, module.Folder, $"{module.Name}.ko")).Where(File.Exists)
            .Concat(drivers.Own.SelectMany(driver => FilesOf(driver, output)));
        foreach (var path in old.ToList())
        {
            File.Delete(path);
        }
    }

    private static IEnumerable<string> FilesOf(DriverSource driver, string output) =>
        Path.Combine(output, driver.Folder.ToString()) is var folder && Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.ko").Order(StringComparer.Ordinal)
            : [];

    private static Module Read(string output, string folder, string name)
    {
        var path = Path.Combine(output, folder, $"{name}.ko");
        return File.Exists(path) ? new Module(name, File.ReadAllBytes(path))
            : throw IntreeFailure.NotProven($"the build produced no {folder}/{name}.ko");
    }
}
