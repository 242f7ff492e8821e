// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>The file system of a test boot: /init, its script, and the modules that it loads.</summary>
public static class Initramfs
{
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

    private static byte[] Compile(string folder, ProofLog log) => File.ReadAllBytes(
        CompiledSources.Compile(folder, "init/", "init", ["-static"], "apt-get install libc6-dev", log));
}
