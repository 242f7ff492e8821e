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
/// The out-of-tree build of the driver, in the work folder. The Kbuild file beside the sources selects the variants.
/// </summary>
public sealed class ModuleBuild(HeaderFolder headers, string folder, ProofLog log)
{
    /// <summary>Writes the sources into an empty folder: objects are not reused, because the headers may have changed.</summary>
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

    public void Make(int jobs) => Make([$"M={folder}", $"-j{jobs}"]);

    /// <summary>Builds modules that call the driver, in a folder of their own.</summary>
    public void MakeTest(string test)
    {
        var symbols = Path.Combine(folder, "Module.symvers");
        Make([$"M={test}", $"KBUILD_EXTRA_SYMBOLS={symbols}", $"KCFLAGS=-I{Path.Combine(folder, "include")}"]);
    }

    private void Make(IEnumerable<string> variables)
    {
        // The headers set compiler and architecture; kbuild itself warns if the version of the compiler differs.
        string[] arguments = ["-C", headers.Path, .. variables, "modules"];
        log.Command("make", arguments);
        var make = new Child("make", arguments) { Environment = MakeSettings.Environment, OnLine = log.Write };
        KernelBuild.Expect(make.Run(), "make modules");
    }

    /// <summary>The modules in load order. Throws if one has another release in its vermagic.</summary>
    public IReadOnlyList<Module> Read()
    {
        var modules = Modules.All.Select(module => Read(module.Name)).ToList();
        foreach (var module in modules)
        {
            if (ReleaseOf(module.Bytes) is var release && release != headers.Release)
            {
                throw IntreeFailure.NotProven(
                    $"{module.Name}.ko is for {release ?? "an unknown kernel"}, not for {headers.Release}",
                    "the Makefile of the headers builds for another release than their utsrelease.h");
            }
        }

        return modules;
    }

    private Module Read(string name)
    {
        var path = Path.Combine(folder, name == Modules.All[0].Name ? "" : "samples/ksocket", $"{name}.ko");
        return File.Exists(path) ? new Module(name, File.ReadAllBytes(path))
            : throw IntreeFailure.NotProven($"the build produced no {name}.ko");
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
