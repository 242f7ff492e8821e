// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Proof.Booting;
using Ksocket.Intree.Proof.Building;

namespace Ksocket.Intree.Proof.Prebuilt;

/// <summary>The driver's build out of tree, in a folder of ours: kbuild reads the Kbuild beside the sources, and it chooses the variants.</summary>
public sealed partial class ModuleBuild(HeaderFolder headers, string folder, ProofLog log)
{
    /// <summary>Lays the sources out in an empty folder: it takes seconds to build them, and headers may have changed in place.</summary>
    public void Lay(DriverSource driver) => WorkDisk.Try(folder, () =>
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var (path, bytes) in driver.OutOfTree)
        {
            var file = Path.Combine(folder, path.ToString());
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes.Span);
        }
    });

    public void Make(int jobs)
    {
        // The headers know their compiler and architecture; a compiler of another version is what kbuild itself warns of.
        string[] arguments = ["-C", headers.Path, $"M={folder}", $"-j{jobs}", "modules"];
        log.Command("make", arguments);
        KernelBuild.Expect(new Child("make", arguments) { Environment = MakeSettings.Environment(), OnLine = log.Write }.Run(), "make modules");
    }

    /// <summary>In the order to load them, each with the release its vermagic names.</summary>
    public IReadOnlyList<Module> Read()
    {
        var modules = Modules.All.Select(module => Read(module.Name)).ToList();
        foreach (var module in modules)
        {
            if (Vermagic().Match(System.Text.Encoding.Latin1.GetString(module.Bytes)) is var found && found.Groups["release"].Value != headers.Release)
            {
                throw IntreeFailure.NotProven($"{module.Name}.ko is for {(found.Success ? found.Groups["release"].Value : "no kernel that it names")}, not for {headers.Release}", "the headers' Makefile builds for another release than their utsrelease.h tells");
            }
        }

        return modules;
    }

    private Module Read(string name)
    {
        var path = Path.Combine(folder, name == Modules.All[0].Name ? "" : "samples/ksocket", $"{name}.ko");
        return File.Exists(path) ? new Module(name, File.ReadAllBytes(path)) : throw IntreeFailure.NotProven($"the build made no {name}.ko");
    }

    [GeneratedRegex(@"\0vermagic=(?<release>\S+) ")]
    private static partial Regex Vermagic();
}
