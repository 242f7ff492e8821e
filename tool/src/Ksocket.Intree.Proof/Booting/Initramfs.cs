// SPDX-License-Identifier: GPL-2.0-only
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>The file system of a test boot: /init, its script, and the modules that it loads.</summary>
public static class Initramfs
{
    private const string Prefix = "init/";

    /// <summary>Writes it into a folder and returns its path.</summary>
    /// <param name="own">A program to boot as /init instead of ours.</param>
    public static string Write(
        string folder, IReadOnlyList<Module> modules, string script, ProofLog log, byte[]? own = null) => WorkDisk.Try(folder, () =>
    {
        Directory.CreateDirectory(folder);
        var archive = new CpioArchive();
        archive.AddFolder("dev");
        archive.AddDevice("dev/console", 5, 1);
        archive.AddFolder("proc");
        archive.AddFolder("sys");
        archive.AddFile("init", own ?? Compile(folder, log), executable: true);
        archive.AddFile("prove.script", Encoding.UTF8.GetBytes(script));
        foreach (var module in modules)
        {
            archive.AddFile($"{module.Name}.ko", module.Bytes);
        }

        var image = Path.Combine(folder, "initrd.cpio");
        File.WriteAllBytes(image, archive.ToBytes());
        return image;
    });

    /// <summary>The program is kept: it changes only with its sources and with the compiler.</summary>
    private static byte[] Compile(string folder, ProofLog log)
    {
        var sources = Sources();
        var gcc = Programs.Find("gcc") is { } found ? FileStamp.Of(RealPath.Of(found)) : "";
        var key = sources.Values.SelectMany(source => SHA256.HashData(source)).Concat(Encoding.UTF8.GetBytes(gcc)).ToArray();
        var program = Path.Combine(folder, $"init-{Convert.ToHexStringLower(SHA256.HashData(key))[..16]}");
        if (!File.Exists(program))
        {
            foreach (var (name, bytes) in sources)
            {
                File.WriteAllBytes(Path.Combine(folder, name), bytes);
            }

            Compile(folder, [.. sources.Keys.Where(name => name.EndsWith(".c", StringComparison.Ordinal))], program + ".new", log);
            File.Move(program + ".new", program, overwrite: true);
        }

        return File.ReadAllBytes(program);
    }

    private static void Compile(string folder, IReadOnlyList<string> sources, string program, ProofLog log)
    {
        string[] arguments = ["-static", "-O2", "-Wall", "-o", program, .. sources.Select(name => Path.Combine(folder, name))];
        log.Command("gcc", arguments);
        var result = new Child("gcc", arguments) { OnLine = log.Write }.Run();
        if (!result.Succeeded)
        {
            throw IntreeFailure.Fatal($"gcc cannot link a static program: {result.FirstError}", "apt-get install libc6-dev");
        }
    }

    private static SortedDictionary<string, byte[]> Sources()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var sources = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var resource = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            resource.CopyTo(bytes);
            sources[name[Prefix.Length..]] = bytes.ToArray();
        }

        return sources;
    }
}
