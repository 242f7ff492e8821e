// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Booting;
using Ksocket.Intree.Proof.Checking;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>Tests the claims of the README on the sources of four kernel lines.</summary>
[Collection(RealKernels.OneAtATime)]
public sealed class RealKernelTests(ITestOutputHelper output)
{
    private const string Configured = "CONFIG_64BIT=y\nCONFIG_EXPERT=y\nCONFIG_MODULES=y\nCONFIG_PRINTK=y\nCONFIG_NET=y\nCONFIG_INET=y\n";

    /// <summary>Two kernels each day.</summary>
    [Theory]
    [InlineData("5.10", 0)]
    [InlineData("6.1", 1)]
    [InlineData("6.12", 1)]
    [InlineData("7.3", 0)]
    public void Applied_configured_built_in_place_and_removed_the_tree_is_what_it_was(string version, int turn)
    {
        Skip.UnlessItsTurn(turn, of: 2);
        var tree = RealKernels.Copy(version, "in-place");
        var pristine = FolderDigest.Of(tree);
        File.WriteAllText(Path.Combine(tree, "fragment"), Configured);
        RealKernels.Make(tree, "-s", "KCONFIG_ALLCONFIG=fragment", "allnoconfig");
        File.Delete(Path.Combine(tree, "fragment"));
        var config = Config(tree);

        // Build in place, apply, remove: the tree is identical, including the output of kbuild.
        RealKernels.Make(tree, "drivers/base/");
        var built = FolderDigest.Of(tree);
        Succeeds(RealKernels.Intree("apply", "--config", "--parts", "all", tree));
        Succeeds(RealKernels.Intree("remove", tree));
        Assert.Equal(built, FolderDigest.Of(tree));

        Succeeds(RealKernels.Intree("apply", "--config", tree));
        Assert.Contains("CONFIG_KSOCKET=y\n", Config(tree), StringComparison.Ordinal);
        RealKernels.Make(tree, "-s", "olddefconfig");
        Assert.Contains("CONFIG_KSOCKET=y\n", Config(tree), StringComparison.Ordinal);

        var times = Times(tree);
        Succeeds(RealKernels.Intree("apply", "--config", tree));
        Assert.Equal(times, Times(tree));

        RealKernels.Make(tree, "drivers/ksocket/");
        Assert.True(File.Exists(Path.Combine(tree, "drivers/ksocket/socket.o")));
        Succeeds(RealKernels.Intree("status", tree));
        Succeeds(RealKernels.Intree("remove", tree));
        Assert.False(Directory.Exists(Path.Combine(tree, "drivers/ksocket")));
        Assert.Equal(config, Config(tree));

        RealKernels.Make(tree, "-s", "mrproper");
        Assert.Equal(pristine, FolderDigest.Of(tree));
        Directory.Delete(tree, recursive: true);
    }

    [Theory]
    [InlineData("5.10")]
    [InlineData("6.1")]
    [InlineData("6.12")]
    [InlineData("7.3")]
    public void It_compiles_without_a_warning_boots_talks_and_passes_its_tests(string version)
    {
        var tree = FolderTree.Open(RealKernels.Copy(version, "proof"));
        FolderWriter.Write(tree, Planner.Plan(tree, DriverSource.Bundled, Parts.All).Changes);
        var work = RealKernels.Work;

        var request = new ProofRequest(
            tree,
            [Form.BuiltIn, Form.Module, Form.Tests],
            new KernelKind(Arch.Um, Debug: false),
            new Checks(Warnings: true, Sparse: true, Checkpatch: false),
            work);
        foreach (var report in Prover.Run(request, new StepOutput(output), TestContext.Current.CancellationToken))
        {
            Assert.True(report.Proven, $"{version} {report.Form}: {report.Failed?.Name}: {report.Failed?.Note}; see {report.Log}");
            Assert.Equal(Outcome.Passed, report.Steps.Single(step => step.Step.Kind == StepKind.Warnings).Outcome);
            foreach (var line in report.Form == Form.Tests ? [] : BootScript.ExpectedOutput)
            {
                Assert.Contains(report.SampleOutput, said => said.Contains(line, StringComparison.Ordinal));
            }

            if (report.Form == Form.Module)
            {
                // Here, not after the loop: the next form is built in the same folder.
                BuildsOutOfTree(Assert.Single(Directory.GetDirectories(work, $"{report.Version}-*")));
            }
        }

        Directory.Delete(tree.Root, recursive: true);
    }

    /// <summary>ksocket, the samples, a module for the older ksocket, and the code of ksocket.rst, for the kernel just built.</summary>
    private static void BuildsOutOfTree(string work)
    {
        using var modules = new TempFolder(work);
        Run.Program(
            Repository.PathOf("tool/tests/modules/build"),
            Repository.Root,
            Path.Combine(work, "um"),
            modules.Root,
            "ARCH=um",
            $"-j{Environment.ProcessorCount}");
    }

    private static void Succeeds(ChildResult result) => Assert.True(result.Succeeded, result.Output.ToString());

    private static string Config(string tree) => File.ReadAllText(Path.Combine(tree, ".config"));

    private static List<(string, DateTime)> Times(string tree) =>
        [
            .. new[] { "drivers", "drivers/ksocket", "include/net", "." }
                .SelectMany(folder => new DirectoryInfo(Path.Combine(tree, folder)).EnumerateFileSystemInfos())
                .Select(entry => (entry.FullName, entry.LastWriteTimeUtc))
                .Order(),
        ];
}
