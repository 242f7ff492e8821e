// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>status lists what differs, says how much there is, and finds the tree around the current folder.</summary>
public sealed class StatusTests : IDisposable
{
    private const string Source = "drivers/ksocket/socket.c";

    private readonly TempFolder _temp = new();

    public StatusTests()
    {
        LiteralKernel.Named("6.16.0").WriteTo(_temp.Root);
        Cli.Run("apply", _temp.Root);
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Without_a_difference_one_line_counts()
    {
        var lines = Cli.Run("status", _temp.Root).Answer.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Matches(@"^  (\d+) of \1 files and lines are as the driver has them; --all lists them$", lines[1]);
    }

    [Fact]
    public void Only_what_differs_is_listed_and_with_all_the_rest()
    {
        File.AppendAllText(_temp.PathOf(Source), "/* mine */\n");
        var lines = Cli.Run("status", _temp.Root).Answer.TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Contains(Source, lines[1], StringComparison.Ordinal);
        var all = Cli.Run("status", "--all", _temp.Root).Answer.TrimEnd().Split('\n');
        Assert.Contains($"{all.Length - 3} of {all.Length - 2} files and lines", all[^1], StringComparison.Ordinal);
        Assert.Contains($"{all.Length - 3} of {all.Length - 2} files and lines", lines[^1], StringComparison.Ordinal);
    }

    /// <summary>As a process: the current folder is shared by all tests.</summary>
    [Fact]
    public void From_a_folder_inside_a_tree_the_tree_is_meant()
    {
        var whole = RealProgram.Shell("cd \"$1\" && $k status", _temp.Root);
        Assert.True(whole.Succeeded, whole.Output.ToString());
        foreach (var folder in new[] { "drivers/ksocket", "include/net" })
        {
            Assert.Equal(whole.Output.ToString(), RealProgram.Shell("cd \"$1\" && $k status", _temp.PathOf(folder)).Output.ToString());
        }

        Assert.Equal(2, RealProgram.Shell("cd / && $k status").ExitCode);
    }
}
