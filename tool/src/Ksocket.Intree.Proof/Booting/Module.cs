// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>A built module.</summary>
/// <param name="Name">That of its file, without .ko.</param>
public sealed record Module(string Name, byte[] Bytes)
{
    /// <summary>Its name in the kernel: kbuild replaces '-' in the name of the file.</summary>
    public string LoadedName => Name.Replace('-', '_');

    /// <summary>The names of the modules that it needs, from the line depends= of its .modinfo section, which modpost writes.</summary>
    public IReadOnlyList<string> Needs
    {
        get
        {
            var start = Bytes.AsSpan().IndexOf("\0depends="u8) is var at and >= 0 ? Bytes.AsSpan(at + "\0depends=".Length) : [];
            var end = start.IndexOf((byte)0);
            return end <= 0 ? [] : Encoding.ASCII.GetString(start[..end]).Split(',');
        }
    }
}

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

    /// <summary>
    /// Those of the user's drivers, in an order in which they can be loaded; refuses a driver of which none was built, and a
    /// name that two modules have.
    /// </summary>
    public static IReadOnlyList<Module> ReadOwn(string output, ProvedDrivers drivers)
    {
        List<Module> built =
        [
            .. from driver in drivers.ModulesIn(Form.Module)
               let files = FilesOf(driver, output).ToList()
               from path in files.Count > 0
                   ? files
                   : throw IntreeFailure.NotProven($"the build produced no module in {driver.Folder}")
               select new Module(Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(path)),
        ];
        var names = built.Select(module => module.Name).Concat(drivers.Bundled ? All.Select(module => module.Name) : []);
        return names.CountBy(name => name).FirstOrDefault(name => name.Value > 1) is { Key: { } twice }
            ? throw IntreeFailure.NotProven($"two modules are called {twice}.ko", "the kernel loads one of that name; rename the other")
            : [.. Ordered(built)];
    }

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

    /// <summary>Each after those that it needs; modpost refuses a circle.</summary>
    private static List<Module> Ordered(List<Module> modules)
    {
        var (ordered, left) = (new List<Module>(), modules.ToList());
        while (left.Count > 0)
        {
            var next = left.Find(module => !left.Exists(other => other != module && module.Needs.Contains(other.LoadedName))) ?? left[0];
            ordered.Add(next);
            left.Remove(next);
        }

        return ordered;
    }

    private static IEnumerable<string> FilesOf(DriverSource driver, string output) =>
        Path.Combine(output, driver.Folder.ToString()) is var folder && Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.ko", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [];

    private static Module Read(string output, string folder, string name)
    {
        var path = Path.Combine(output, folder, $"{name}.ko");
        return File.Exists(path) ? new Module(name, File.ReadAllBytes(path))
            : throw IntreeFailure.NotProven($"the build produced no {folder}/{name}.ko");
    }
}
