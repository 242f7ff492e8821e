// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>The names and folders that new refuses, with the reason, and leaves nothing behind.</summary>
public sealed class NewCommandTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("main", "a file main.c")]
    [InlineData("echo", "a file echo.c")]
    [InlineData("ksocket", "the driver that it uses")]
    [InlineData("index", "index.rst")]
    [InlineData("if", "a word of C")]
    [InlineData("linux", "a word of C")]
    [InlineData("while", "a word of C")]
    [InlineData("net", "the kernel has a folder drivers/net")]
    [InlineData("usb", "the kernel has a folder drivers/usb")]
    [InlineData("zorro", "the kernel has a folder drivers/zorro")]
    [InlineData("My", "lower-case letters and digits")]
    public void A_name_that_cannot_work_is_refused_with_the_reason(string name, string reason)
    {
        Cli.Run("new", _temp.PathOf(name)).RefusesWith(ExitCode.Usage, $"new: '{name}' is no name for a driver: ", reason);
        Assert.False(Directory.Exists(_temp.PathOf(name)));
    }

    [Fact]
    public void The_folder_above_must_exist()
    {
        Cli.Run("new", _temp.PathOf("nosuch/deeper")).RefusesWith(
            ExitCode.NotUnderstood, $"there is no folder {_temp.PathOf("nosuch")}");
        Assert.Empty(Directory.GetFileSystemEntries(_temp.PathOf(".")));
    }

    [Theory]
    [InlineData("kmine")]
    [InlineData("netx")]
    [InlineData("echo2")]
    public void Other_names_are_taken(string name)
    {
        Assert.Equal(ExitCode.Done, Cli.Run("new", _temp.PathOf(name)).Exit);
        Assert.True(File.Exists(_temp.PathOf($"{name}/Kconfig")));
    }
}
