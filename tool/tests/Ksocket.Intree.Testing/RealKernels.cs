// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Working;
using Xunit;

namespace Ksocket.Intree.Testing;

/// <summary>The kernel trees of tool/kernel-source, and copies to work on.</summary>
public static class RealKernels
{
    /// <summary>The collection of tests that build kernels; they do not run in parallel.</summary>
    public const string OneAtATime = "real kernels";

    public static string Cache => CacheFolder.Path;

    /// <summary>The work folder; all tests share the objects.</summary>
    public static string Work => Path.Combine(Cache, "test", "work");

    /// <summary>The pristine tree of a kernel line, which must not be changed; skips the test if it is missing.</summary>
    public static string Pristine(string version)
    {
        var tree = Path.Combine(Cache, "trees", "linux-" + version);
        Assert.SkipUnless(File.Exists(tree + ".provenance"), $"skipped: no tree for {version}; tool/kernel-source {version} brings it");
        return tree;
    }

    /// <summary>A copy by hard links, beside the original because links need the same file system.</summary>
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

    /// <summary>The command as users run it.</summary>
    public static string Command
    {
        get
        {
            var program = Environment.GetEnvironmentVariable("KSOCKET_INTREE") ?? Repository.PathOf(".artifacts/command/ksocket-intree");
            Assert.SkipUnless(File.Exists(program), "skipped: the command is not built; run tool/ksocket-intree --version once");
            return program;
        }
    }

    /// <summary>Runs the command for a user-mode kernel and returns its output.</summary>
    public static ChildResult Intree(params string[] words) =>
        new Child(Command, words) { Environment = new Dictionary<string, string?> { ["ARCH"] = "um" } }.Run();

    /// <summary>Runs make in a tree, for a user-mode kernel; asserts success.</summary>
    public static string Make(string tree, params string[] words) =>
        Run.Program("make", tree, ["ARCH=um", $"-j{Environment.ProcessorCount}", .. words]);
}
