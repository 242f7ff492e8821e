// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>A build that is interrupted: it reports why, leaves no processes, and the next run continues.</summary>
[Collection(RealKernels.OneAtATime)]
public sealed class StoppedBuildTests : IDisposable
{
    private readonly string _tree;
    private readonly ProveChild _prove;

    public StoppedBuildTests() => _prove = new ProveChild(_tree = RealKernels.Pristine("6.12"));

    public void Dispose() => _prove.Dispose();

    [Fact]
    public void Ctrl_C_leaves_no_child_and_no_trace_and_costs_no_object()
    {
        var before = Listing();
        var stopped = _prove.InterruptAfter(objects: 60);
        Assert.True(stopped.ExitCode == 130, $"{stopped.ExitCode}: {stopped.Output}");
        Assert.Contains("error: interrupted; the tree is unchanged", stopped.Output.ToString(), StringComparison.Ordinal);
        Assert.Empty(ProveChild.Running());
        Assert.Equal(before, Listing());

        // Half of a build is enough to see that it continues.
        var built = _prove.Objects();
        _prove.InterruptAfter(objects: 60);
        Assert.Empty(ProveChild.BuiltAgain(built));
        Assert.True(_prove.Objects().Count > built.Count, "it did not go on");
        Assert.Equal(before, Listing());
    }

    /// <summary>Objects and log on one disk, as they are for a user.</summary>
    [Fact]
    public void A_full_disk_is_reported_and_with_room_the_build_goes_on()
    {
        Skip.UnlessRoot();
        _prove.InterruptAfter(objects: 1); // the copy of the sources is there, and no objects to speak of
        using var disk = new SmallDisk(_prove.Output, _prove.Logs);
        disk.Resize("16m");
        var full = _prove.Run();
        Assert.True(full.ExitCode == 128, $"{full.ExitCode}: {full.Output}");
        Assert.Contains("no space left on the disk of", full.Output.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "hint: free some space, or choose another folder with --work; finished objects are kept",
            full.Output.ToString(),
            StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", full.Output.ToString(), StringComparison.Ordinal);
        Assert.Empty(ProveChild.Running());

        var built = _prove.Objects();
        disk.Resize("1g");
        _prove.InterruptAfter(objects: 30);
        Assert.Empty(ProveChild.BuiltAgain(built));
        Assert.True(_prove.Objects().Count > built.Count, "it did not go on");
    }

    private List<(string, DateTime)> Listing() =>
        [
            .. new DirectoryInfo(_tree)
                .EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .Select(entry => (entry.FullName, entry.LastWriteTimeUtc))
                .Order(),
        ];
}
