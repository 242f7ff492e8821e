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
            ExitCode.InTheWay, "drivers/kmine/Kconfig:", "to remove both: ksocket-intree remove --with kmine ");
        Assert.Equal(ExitCode.Done, Cli.Run("remove", "--with", "kmine", Linux).Exit);
        Assert.Equal(_before, FolderDigest.Of(Linux));
    }

    [Fact]
    public void One_after_the_other_is_removed_whole()
    {
        Assert.Equal(ExitCode.Done, Cli.Run("remove", "--only", "--with", Own, Linux).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("status", Linux).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("remove", Linux).Exit);
        Assert.Equal(_before, FolderDigest.Of(Linux));
    }
}
