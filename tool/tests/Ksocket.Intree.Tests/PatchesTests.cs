// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>The series in patches/ are up to date.</summary>
public class PatchesTests
{
    private static readonly string Patches = Repository.PathOf("patches");

    [Fact]
    public void Every_line_is_current()
    {
        var run = Cli.Run("verify", Patches);
        Assert.True(run.Exit == ExitCode.Done, $"tool/ksocket-intree verify --write makes them anew:\n{run.Answer}{run.Messages}");
        Assert.True(run.Answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length >= 18, run.Answer);
    }

    /// <summary>A series regenerated from its record equals one generated from the tree.</summary>
    [Theory]
    [InlineData("5.10")]
    [InlineData("6.1")]
    [InlineData("6.12")]
    [InlineData("7.3")]
    public void A_line_is_what_its_tree_gives(string line)
    {
        var run = Cli.Run("verify", Path.Combine(Patches, line), "--tree", RealKernels.Pristine(line));
        var newer = File.ReadLines(Path.Combine(Patches, line, SeriesFile.Name)).First(
            text => text.StartsWith("# kernel: ", StringComparison.Ordinal))["# kernel: ".Length..];
        Assert.SkipUnless(
            run.Answer.Contains($"linux {newer}", StringComparison.Ordinal),
            $"skipped: the tree of {line} is no longer {newer}");
        Assert.Equal(ExitCode.Done, run.Exit);
    }

    [Fact]
    public void A_changed_byte_is_named_and_written_back()
    {
        using var temp = new TempFolder();
        Run.Program("cp", temp.Root, "-r", Path.Combine(Patches, "6.12") + "/.", temp.Root);

        var patch = Directory.EnumerateFiles(temp.Root, "0001-*").Single();
        File.WriteAllText(
            patch,
            File.ReadAllText(patch).Replace("+obj-$(CONFIG_KSOCKET)\t+= ksocket.o", "+obj-y += ksocket.o", StringComparison.Ordinal));
        var stale = Cli.Run("verify", temp.Root);
        Assert.Equal(ExitCode.No, stale.Exit);
        Assert.Contains("stored '+obj-y += ksocket.o'", stale.Answer, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Cli.Run("verify", temp.Root, "--write").Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("verify", temp.Root).Exit);
    }

    /// <summary>For a new feature, the variant of a recorded kernel is unknown.</summary>
    [Theory]
    [InlineData("# feature: hold_net ", "# feature: hold_nothing ")]
    [InlineData("# feature: hold_net sk_net_refcnt_upgrade", "# feature: hold_net sk_net_refcnt_gone")]
    public void A_record_that_lacks_a_feature_needs_its_tree(string recorded, string other)
    {
        using var temp = new TempFolder();
        Run.Program("cp", temp.Root, "-r", Path.Combine(Patches, "6.12") + "/.", temp.Root);

        var series = File.ReadAllText(temp.PathOf(SeriesFile.Name));
        Assert.Contains(recorded, series, StringComparison.Ordinal);
        File.WriteAllText(temp.PathOf(SeriesFile.Name), series.Replace(recorded, other, StringComparison.Ordinal));
        var before = FolderDigest.Of(temp.Root);
        Cli.Run("verify", temp.Root, "--write").RefusesWith(ExitCode.NotUnderstood, "hold_net");
        Assert.Equal(before, FolderDigest.Of(temp.Root));
    }

    [Fact]
    public void A_folder_without_a_series_is_refused()
    {
        using var temp = new TempFolder();
        Cli.Run("verify", temp.Root).RefusesWith(ExitCode.NotUnderstood, temp.Root);
    }
}
