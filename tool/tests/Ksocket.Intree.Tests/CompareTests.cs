// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>tool/compare on one kernel: what the table of README.md says of ksocket-intree, and of two that a shell can do.</summary>
public sealed class CompareTests(ITestOutputHelper output)
{
    /// <summary>The sentence of README.md about the table names two other projects.</summary>
    [Fact]
    public void The_table_is_written_with_every_column_or_not_at_all()
    {
        var run = new Child("bash", [Repository.PathOf("tool/compare"), "--write"]).Run();
        Assert.Equal(129, run.ExitCode);
        Assert.Contains("--write needs --zfs and --kernelsu", run.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_column_of_ksocket_intree_is_all_yes()
    {
        Skip.Without("rsync");
        Skip.Without("quilt");
        var run = new Child("bash", [Repository.PathOf("tool/compare"), RealKernels.Pristine("6.12")])
        {
            Environment = new Dictionary<string, string?> { ["KSOCKET_INTREE"] = RealProgram.Managed },
        }.Run();
        output.WriteLine(run.Output.ToString());
        Assert.Equal(0, run.ExitCode);

        var rows = run.Output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]).ToDictionary(cells => cells[0]);
        Assert.Equal(9, rows.Count);
        Assert.All(rows.Values, cells => Assert.Contains(cells[1], (string[])["yes", "1 of 1", "not tried: no mount"]));

        // The trials can fail: the recipe adds its lines twice and asks nothing, git apply has no place for them.
        Assert.Equal("0 of 1", rows["a second run changes nothing"][2]);
        Assert.Equal("no", rows["a kernel without a call that the driver needs: refuses"][2]);
        Assert.Equal("1 of 1", rows["adds its lines to Kconfig and Makefile, once"][3]);
    }
}
