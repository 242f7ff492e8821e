// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>What the checkpatch of the newest kernel says of the driver, at the 80 columns that netdev asks for.</summary>
public sealed partial class CheckpatchRealKernelTests
{
    /// <summary>Callers use the type, so it cannot be removed.</summary>
    private const string Known = "drivers-ksocket/include/net/ksocket.h:29: WARNING:NEW_TYPEDEFS: do not add new typedefs";

    [Fact]
    public void It_has_one_known_complaint()
    {
        Skip.Without("perl");
        var tree = RealKernels.Pristine("7.3");
        var driver = Repository.PathOf("drivers-ksocket");
        var sources = Directory.EnumerateFiles(driver, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".c" or ".h")
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal).ToList();
        Assert.True(sources.Count > 60, $"{sources.Count} sources");
        string[] options = ["--no-tree", "--strict", "--terse", "--show-types", "--no-summary", "--max-line-length=80", "-f"];
        var run = new Child("perl", [Path.Combine(tree, "scripts/checkpatch.pl"), $"--root={tree}", .. options, .. sources])
        {
            Folder = Repository.Root,
            Environment = new Dictionary<string, string?> { ["HOME"] = "/nonexistent" }, // a ~/.checkpatch.conf would change the result
        }.Run();
        var text = run.Output.ToString();
        Assert.Equal([Known], text.Split('\n').Where(line => Complaint().IsMatch(line)));
        Assert.DoesNotContain("cannot", text, StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex(": (ERROR|WARNING|CHECK):")]
    private static partial Regex Complaint();
}
