// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>remove refuses if other Kconfig entries depend on ksocket, unless --force is given.</summary>
public sealed class DependentTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("\tdepends on KSOCKET", "depends on KSOCKET")]
    [InlineData("\tdepends on NET && KSOCKET && PCI", "depends on NET && KSOCKET && PCI")]
    [InlineData("\tdepends on NET && \\\n\t\tKSOCKET", "depends on NET && KSOCKET")]
    [InlineData("\tselect KSOCKET if NET", "select KSOCKET if NET")]
    [InlineData("if KSOCKET\nendif", "if KSOCKET")]
    public void A_statement_that_needs_it(string statement, string shown)
    {
        var before = Applied(statement);
        var place = $"drivers/amba/mine/Kconfig:3: {shown}";
        Cli.Run("remove", _temp.Root).RefusesWith(ExitCode.InTheWay, place, "--force");
        Assert.Equal(before, FolderDigest.Of(_temp.Root));

        var check = Cli.Run("remove", "--check", _temp.Root);
        check.RefusesWith(ExitCode.InTheWay, place, "--force");
        Assert.Contains("remove would result in", check.Answer, StringComparison.Ordinal);
        Assert.Equal(place, Cli.Run("--json", "remove", "--check", _temp.Root).Json.GetProperty("dependents")[0].GetString());
        Assert.Equal(before, FolderDigest.Of(_temp.Root));

        var forced = Cli.Run("remove", "--force", _temp.Root);
        Assert.Equal(ExitCode.Done, forced.Exit);
        Assert.Equal($"warning: {place}: its dependency is gone\n", forced.Messages);
        Assert.Equal(ExitCode.No, Cli.Run("status", _temp.Root).Exit);
    }

    [Theory]
    [InlineData("\tdepends on !KSOCKET")]
    [InlineData("\tdepends on KSOCKET_OF_MINE || MY_KSOCKET")]
    [InlineData("\thelp\n\t  select KSOCKET\n\t  depends on KSOCKET")]
    [InlineData("\t# depends on KSOCKET")]
    [InlineData("\timply KSOCKET")]
    public void A_statement_that_does_not(string statement)
    {
        Applied(statement);
        Assert.Equal(ExitCode.Done, Cli.Run("remove", _temp.Root).Exit);
    }

    /// <summary>The samples depend on the driver and are removed with it.</summary>
    [Fact]
    public void Our_own_folders_are_no_dependents()
    {
        LiteralKernel.Named().WriteTo(_temp.Root);
        Cli.Run("apply", "--parts", "all", _temp.Root);
        Assert.Equal(ExitCode.Done, Cli.Run("remove", _temp.Root).Exit);
    }

    /// <summary>Reached through drivers/amba/Kconfig, by a path relative to that file, which later includes itself.</summary>
    private string Applied(string statement)
    {
        LiteralKernel.Named()
            .With("drivers/amba/Kconfig", "rsource \"mine/Kconfig\"\n")
            .With("drivers/amba/mine/Kconfig", $"config MINE\n\ttristate \"Mine\"\n{statement}\n")
            .WriteTo(_temp.Root);
        Assert.Equal(ExitCode.Done, Cli.Run("apply", _temp.Root).Exit);
        File.AppendAllText(_temp.PathOf("drivers/amba/Kconfig"), "source \"drivers/amba/Kconfig\"\n");
        return FolderDigest.Of(_temp.Root);
    }
}
