// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Working;
using Xunit;

namespace Ksocket.Intree.Testing;

/// <summary>The real trees that tool/kernel-source brought, and copies of them to work on.</summary>
public static class RealKernels
{
    /// <summary>The collection of tests that build kernels: two at once only take turns, and a boot's time means nothing.</summary>
    public const string OneAtATime = "real kernels";

    public static string Cache => CacheFolder.Path;

    /// <summary>Where they are built; all tests share the objects.</summary>
    public static string Work => Path.Combine(Cache, "test", "work");

    /// <summary>The pristine tree of a kernel line, never to be written to; without it the test is skipped, loudly.</summary>
    public static string Pristine(string version)
    {
        var tree = Path.Combine(Cache, "trees", "linux-" + version);
        Assert.SkipUnless(File.Exists(tree + ".provenance"), $"skipped: no tree for {version}; tool/kernel-source {version} brings it");
        return tree;
    }

    /// <summary>A copy by hard links, beside the original so that links can reach.</summary>
    public static string Copy(string version, string purpose)
    {
        var folder = Path.Combine(Cache, "test", $"{purpose}-{version}");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        Run.Program("cp", "/", "-al", Pristine(version), folder);
        return folder;
    }

    /// <summary>The command as its user has it.</summary>
    public static string Command
    {
        get
        {
            var program = Environment.GetEnvironmentVariable("KSOCKET_INTREE") ?? Repository.PathOf(".artifacts/command/ksocket-intree");
            Assert.SkipUnless(File.Exists(program), "skipped: the command is not built; run tool/ksocket-intree --version once");
            return program;
        }
    }

    /// <summary>Runs the command for a user-mode kernel and gives back what it said.</summary>
    public static ChildResult Intree(params string[] words) =>
        new Child(Command, words) { Environment = new Dictionary<string, string?> { ["ARCH"] = "um" } }.Run();

    /// <summary>make in a tree, for a user-mode kernel; insists on its success.</summary>
    public static string Make(string tree, params string[] words) =>
        Run.Program("make", tree, ["ARCH=um", $"-j{Environment.ProcessorCount}", .. words]);
}
