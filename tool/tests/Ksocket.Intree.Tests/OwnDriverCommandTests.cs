// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>A driver of one's own on the command line: new, apply --with, and both ways to remove it.</summary>
public sealed class OwnDriverCommandTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly string _before;

    public OwnDriverCommandTests()
    {
        LiteralKernel.Named().WriteTo(_temp.PathOf("linux"));
        _before = FolderDigest.Of(_temp.PathOf("linux"));
        Assert.Equal(ExitCode.Done, Cli.Run("new", Own).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("apply", "--with", Own, Linux).Exit);
    }

    private string Own => _temp.PathOf("kmine");

    private string Linux => _temp.PathOf("linux");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_hint_of_remove_names_the_command_that_removes_both()
    {
        Directory.Delete(Own, recursive: true);
        Cli.Run("remove", Linux).RefusesWith(
            ExitCode.InTheWay, "drivers/kmine/Kconfig:", "to remove both: ksocket-intree remove --with drivers/kmine ");
        Assert.Equal(ExitCode.Done, Cli.Run("remove", "--with", "kmine", Linux).Exit);
        Assert.Equal(_before, FolderDigest.Of(Linux));
    }

    [Theory]
    [InlineData("/etc/x")]
    [InlineData("../x")]
    [InlineData("")]
    [InlineData("drivers/a//b")]
    public void A_place_that_is_no_path_of_a_tree_is_named(string place) =>
        Cli.Run("plan", "--with", $"{Own}:{place}", Linux).RefusesWith(
            ExitCode.NotUnderstood, $"{Own}:{place}: '{place}' is no place for a driver", $"such as {Own}:drivers/NAME");

    [Theory]
    [InlineData("Documentation/x")]
    [InlineData("drivers/a b")]
    [InlineData("drivers/ksocket")]
    [InlineData("/abs")]
    public void A_wrong_place_in_the_intree_file_is_named_with_its_line(string place)
    {
        File.WriteAllText(Path.Combine(Own, "intree"), $"# where\nplace: {place}\n");
        Cli.Run("plan", "--with", Own, Linux).RefusesWith(ExitCode.NotUnderstood, $"{Own}/intree:2: '{place}' is no ");
    }

    [Fact]
    public void One_after_the_other_is_removed_whole()
    {
        Assert.Equal(ExitCode.Done, Cli.Run("remove", "--only", "--with", Own, Linux).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("status", Linux).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("remove", Linux).Exit);
        Assert.Equal(_before, FolderDigest.Of(Linux));
    }

    [Fact]
    public void Only_what_was_there_is_said_to_be_removed()
    {
        Assert.Contains(": ksocket and kmine removed: ", Cli.Run("remove", "--with", Own, Linux).Answer, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Cli.Run("apply", Linux).Exit);
        Assert.Contains(": ksocket removed: ", Cli.Run("remove", "--with", Own, Linux).Answer, StringComparison.Ordinal);
        Assert.Contains("no ksocket and kmine in the tree", Cli.Run("remove", "--with", Own, Linux).Answer, StringComparison.Ordinal);
    }
}
