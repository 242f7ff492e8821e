// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Booting;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Prebuilt;

/// <summary>
/// The driver's build out of tree, in a folder of ours: kbuild reads the Kbuild beside the sources, which chooses the
/// variants.
/// </summary>
public sealed class ModuleBuild(HeaderFolder headers, string folder, ProofLog log)
{
    /// <summary>Lays the sources out in an empty folder: it takes seconds to build them, and headers may have changed in place.</summary>
    public void WriteSources(DriverSource driver) => WorkDisk.Try(folder, () =>
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
        var make = new Child("make", arguments) { Environment = MakeSettings.Environment, OnLine = log.Write };
        KernelBuild.Expect(make.Run(), "make modules");
    }

    /// <summary>In the order to load them, each with the release its vermagic names.</summary>
    public IReadOnlyList<Module> Read()
    {
        var modules = Modules.All.Select(module => Read(module.Name)).ToList();
        foreach (var module in modules)
        {
            if (ReleaseOf(module.Bytes) is var release && release != headers.Release)
            {
                throw IntreeFailure.NotProven(
                    $"{module.Name}.ko is for {release ?? "no kernel that it names"}, not for {headers.Release}",
                    "the headers' Makefile builds for another release than their utsrelease.h tells");
            }
        }

        return modules;
    }

    private Module Read(string name)
    {
        var path = Path.Combine(folder, name == Modules.All[0].Name ? "" : "samples/ksocket", $"{name}.ko");
        return File.Exists(path) ? new Module(name, File.ReadAllBytes(path))
            : throw IntreeFailure.NotProven($"the build made no {name}.ko");
    }

    /// <summary>The first word of the module's vermagic.</summary>
    private static string? ReleaseOf(ReadOnlySpan<byte> module)
    {
        var at = module.IndexOf("\0vermagic="u8);
        var text = at < 0 ? [] : module[(at + "\0vermagic="u8.Length)..];
        var end = text.IndexOfAny((byte)' ', (byte)0);
        return end > 0 ? Encoding.ASCII.GetString(text[..end]) : null;
    }
}
