// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>The peak memory of the command, as users run it: 40 MiB for each verb but prove.</summary>
public sealed class MemoryTests : IDisposable
{
    private const int MostKilobytes = 40 * 1024;

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("probe")]
    [InlineData("plan", "--patch", "--parts", "all")]
    [InlineData("apply", "--check", "--parts", "all")]
    [InlineData("status")]
    [InlineData("series", "--cover-letter", "--stdout")]
    public void A_verb_that_reads_a_real_tree_stays_within_the_limit(params string[] words) =>
        AssertIsWithin([.. words, RealKernels.Pristine("6.12")]);

    /// <summary>The one verb whose work grows with the number of its arguments: thirty series, half a megabyte each.</summary>
    [Fact]
    public void Verify_of_all_stored_series_stays_within_the_limit() => AssertIsWithin(["verify", Repository.PathOf("patches")]);

    private void AssertIsWithin(string[] words)
    {
        Skip.Without("time");
        Assert.SkipWhen(File.Exists(RealKernels.Command + ".dll"), "skipped: the limit is that of native code");
        var peak = _temp.PathOf("peak");
        var run = new Child("env", ["time", "-q", "-f", "%M", "-o", peak, RealKernels.Command, .. words]).Run();
        Assert.True(run.ExitCode is 0 or 1, run.Output.ToString()); // 1: not present, or --check would change something
        var kilobytes = int.Parse(File.ReadAllText(peak), CultureInfo.InvariantCulture);
        Assert.True(kilobytes <= MostKilobytes, $"{string.Join(' ', words)}: {kilobytes} KiB at most in memory");
    }
}
