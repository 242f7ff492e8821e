// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Files;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>The claims of the README, made on the real source of four kernel lines.</summary>
public sealed partial class RealKernelTests(ITestOutputHelper output)
{
    private const string Configured = "CONFIG_64BIT=y\nCONFIG_EXPERT=y\nCONFIG_MODULES=y\nCONFIG_PRINTK=y\nCONFIG_NET=y\nCONFIG_INET=y\n";

    public static TheoryData<string> Lines() => ["5.10", "6.1", "6.12", "7.3"];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Applied_configured_built_in_place_and_removed_the_tree_is_what_it_was(string version)
    {
        var tree = RealKernels.Copy(version, "in-place");
        var pristine = FolderDigest.Of(tree);
        File.WriteAllText(Path.Combine(tree, "fragment"), Configured);
        RealKernels.Make(tree, "-s", "KCONFIG_ALLCONFIG=fragment", "allnoconfig");
        File.Delete(Path.Combine(tree, "fragment"));
        var config = Config(tree);

        // Built in place, put in whole, taken out: not a byte differs, kbuild's own products included.
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
    [MemberData(nameof(Lines))]
    public void It_compiles_without_a_warning_boots_talks_and_passes_its_tests(string version)
    {
        var tree = FolderTree.Open(RealKernels.Copy(version, "proof"));
        FolderWriter.Write(tree, Planner.Plan(tree, DriverSource.Bundled, Parts.All).Changes);
        var work = Path.Combine(RealKernels.Cache, "test", "work");

        foreach (var form in Enum.GetValues<Form>())
        {
            var report = Prover.Run(new ProofRequest(tree, form, work), new Listener(output));
            Assert.True(report.Proven, $"{version} {form}: {report.Steps[^1].Name}: {report.Steps[^1].Note}; see {report.Log}");
            if (form == Form.Tests)
            {
                continue;
            }

            foreach (var line in BootScript.Story)
            {
                Assert.Contains(report.Talk, said => said.Contains(line, StringComparison.Ordinal));
            }

            AssertNoWarning(tree, Path.Combine(Path.GetDirectoryName(report.Log)!, "out"), form);
        }

        Directory.Delete(tree.Root, recursive: true);
    }

    /// <summary>At W=1, nothing but what the same command prints for an empty C file in the same tree.</summary>
    private static void AssertNoWarning(FolderTree tree, string built, Form form)
    {
        var empty = tree.PathOf("drivers/ksocket_empty");
        Directory.CreateDirectory(empty);
        File.WriteAllText(Path.Combine(empty, "Makefile"), "obj-y += empty.o\n");
        File.WriteAllText(Path.Combine(empty, "empty.c"), "// SPDX-License-Identifier: GPL-2.0-only\n");

        using var log = new ProofLog(Path.Combine(built, "warnings.log"));
        var build = new KernelBuild(tree.Root, built, log);
        // Up to some release between 5.10 and 6.1, kbuild passes over the modules of a folder unless told.
        string[] words = form == Form.Module ? ["W=1", "KBUILD_MODULES=1"] : ["W=1"];
        var allowed = Warnings(build.Make([.. words, "drivers/ksocket_empty/"]));
        var ours = build.Make([.. words, "drivers/ksocket/", .. form == Form.Tests ? (ReadOnlySpan<string>)[] : ["samples/ksocket/"]]);
        Directory.Delete(empty, recursive: true);

        Assert.Contains("drivers/ksocket/socket.o", ours.Output, StringComparison.Ordinal);
        Assert.Contains(form == Form.Tests ? "drivers/ksocket/tests/life_kunit.o" : "samples/ksocket/tcp_server.o", ours.Output, StringComparison.Ordinal);
        Assert.Empty(Warnings(ours).Except(allowed));
    }

    private static List<string> Warnings(ChildResult result)
    {
        Assert.True(result.Succeeded, result.FirstError);
        return [.. Warning().Matches(result.Output).Select(match => match.Groups["what"].Value.Trim())];
    }

    private static void Succeeds(ChildResult result) => Assert.True(result.Succeeded, result.Output);

    private static string Config(string tree) => File.ReadAllText(Path.Combine(tree, ".config"));

    private static List<(string, DateTime)> Times(string tree) =>
        [.. new[] { "drivers", "drivers/ksocket", "include/net", "." }.SelectMany(folder => new DirectoryInfo(Path.Combine(tree, folder)).EnumerateFileSystemInfos()).Select(entry => (entry.FullName, entry.LastWriteTimeUtc)).Order()];

    [GeneratedRegex("^(?<what>.*warning:.*|.*WARNING:.*)$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Warning();

    private sealed class Listener(ITestOutputHelper output) : IProofListener
    {
        public void Begins(string step)
        {
        }

        public void Progress(string note)
        {
        }

        public void Ends(ProofStep step) => output.WriteLine($"{step.Name}: {step.Passed} {step.Took.TotalSeconds:F1} s {step.Note}");
    }
}
