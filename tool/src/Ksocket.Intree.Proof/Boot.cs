// SPDX-License-Identifier: GPL-2.0-only
using System.Reflection;
using System.Text;
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Proof;

/// <summary>A user-mode kernel booted with an initramfs that holds our /init and nothing else.</summary>
public static class Boot
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static ChildResult Run(string kernel, IReadOnlyList<(string Name, byte[] Bytes)> modules, string script, string folder, ProofLog log)
    {
        Directory.CreateDirectory(folder);
        var image = Path.Combine(folder, "initrd.cpio");
        var archive = new CpioArchive();
        archive.AddFolder("dev");
        archive.AddDevice("dev/console", 5, 1);
        archive.AddFolder("proc");
        archive.AddFolder("sys");
        archive.AddFile("init", CompileInit(folder, log), executable: true);
        archive.AddFile("prove.script", Encoding.UTF8.GetBytes(script));
        foreach (var (name, bytes) in modules)
        {
            archive.AddFile(name, bytes);
        }

        File.WriteAllBytes(image, archive.ToBytes());

        // Of kunit's parameters, a kernel takes those it knows and passes over the others.
        string[] arguments = ["mem=256M", $"initrd={image}", "con=null", "con0=null,fd:1", "kunit.enable=1", "kunit.autorun=1"];
        log.Write($"$ {kernel} {string.Join(' ', arguments)}");
        return new Child(kernel, arguments)
        {
            Folder = folder,
            Limit = Limit,
            OnLine = log.Write,
            // UML maps its memory from a file here with the right to execute, which a noexec /tmp denies.
            Environment = new Dictionary<string, string?> { ["TMPDIR"] = folder },
        }.Run();
    }

    private static byte[] CompileInit(string folder, ProofLog log)
    {
        var (source, program) = (Path.Combine(folder, "init.c"), Path.Combine(folder, "init"));
        using (var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("init.c")!)
        using (var file = File.Create(source))
        {
            resource.CopyTo(file);
        }

        var result = new Child("gcc", ["-static", "-O2", "-Wall", "-o", program, source]) { OnLine = log.Write }.Run();
        if (!result.Succeeded)
        {
            throw IntreeFailure.Fatal($"gcc cannot link a static program: {result.FirstError}", "apt-get install libc6-dev");
        }

        return File.ReadAllBytes(program);
    }
}
