// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Invalid input: one error, one hint, the right exit code, and an unchanged tree.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Not_a_kernel_tree() => Refused(ExitCode.NotUnderstood, "is not a Linux source tree");

    [Fact]
    public void No_such_folder() => Cli.Run("apply", _temp.PathOf("nowhere")).RefusesWith(ExitCode.NotUnderstood, "nowhere");

    [Fact]
    public void A_folder_inside_one()
    {
        LiteralKernel.Named().WriteTo(_temp.Root);
        Cli.Run("apply", _temp.PathOf("drivers")).RefusesWith(ExitCode.NotUnderstood, "inside a kernel tree", _temp.Root);
    }

    [Fact]
    public void Linux_5_4() => Refused(
        ExitCode.NotUnderstood,
        LiteralKernel.Named("5.4.280").Without("include/linux/sockptr.h"),
        "sockptr");

    [Fact]
    public void A_6_12_that_calls_itself_5_4_is_not_refused()
    {
        LiteralKernel.Named("5.4.0").WriteTo(_temp.Root);
        Assert.Equal(ExitCode.Done, Cli.Run("apply", _temp.Root).Exit);
    }

    [Fact]
    public void A_kernel_bind_of_a_shape_nobody_knows() => Refused(
        ExitCode.NotUnderstood,
        LiteralKernel.Named().Edit(
            "include/linux/net.h",
            text => text.Replace("kernel_bind(struct socket *", "kernel_bind(struct file *", StringComparison.Ordinal)),
        "include/linux/net.h:", "kernel_bind has a shape");

    [Fact]
    public void No_drivers_Kconfig() => Refused(
        ExitCode.NotUnderstood,
        LiteralKernel.Named().Without("drivers/Kconfig"),
        "drivers/Kconfig");

    [Fact]
    public void A_drivers_Kconfig_without_endmenu() => Refused(
        ExitCode.NotUnderstood,
        EditKconfig(text => text.Replace("endmenu", "", StringComparison.Ordinal)),
        "drivers/Kconfig:2:");

    [Fact]
    public void An_endmenu_that_closes_nothing() => Refused(
        ExitCode.NotUnderstood,
        EditKconfig(text => text + "endmenu\n"),
        "drivers/Kconfig:9: this 'endmenu' closes nothing");

    [Fact]
    public void A_balanced_inner_menu_is_no_trouble()
    {
        EditKconfig(text => text.Replace("\nendmenu", "\nmenu \"In\"\nendmenu\n\nendmenu", StringComparison.Ordinal)).WriteTo(_temp.Root);
        var before = FolderDigest.Of(_temp.Root);
        Assert.Equal(ExitCode.Done, Cli.Run("apply", _temp.Root).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("remove", _temp.Root).Exit);
        Assert.Equal(before, FolderDigest.Of(_temp.Root));
    }

    [Fact]
    public void A_missing_final_newline_is_kept_missing()
    {
        EditKconfig(text => text.TrimEnd()).Edit("drivers/Makefile", text => text.TrimEnd()).WriteTo(_temp.Root);
        var before = FolderDigest.Of(_temp.Root);
        Assert.Equal(ExitCode.Done, Cli.Run("apply", _temp.Root).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("status", _temp.Root).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("remove", _temp.Root).Exit);
        Assert.Equal(before, FolderDigest.Of(_temp.Root));
    }

    [Fact]
    public void Foreign_content_in_our_folder() => Refused(
        ExitCode.InTheWay,
        LiteralKernel.Named().With("drivers/ksocket/ksocket.c", "theirs\n"),
        "drivers/ksocket/ksocket.c");

    [Fact]
    public void A_tree_wired_by_the_older_recipe()
    {
        var recipe = EditKconfig(text => text.Replace("endmenu", "source \"drivers/ksocket/Kconfig\"\nendmenu", StringComparison.Ordinal))
            .Edit("drivers/Makefile", text => text + "obj-   += ksocket/\n")
            .With("drivers/ksocket/src/ksocket.c", "theirs\n");
        Refused(ExitCode.InTheWay, recipe, "did not put there", "remove --foreign");

        var plan = Cli.Run("plan", _temp.Root);
        Assert.Equal(ExitCode.InTheWay, plan.Exit);
        Assert.Contains("drivers/Makefile:5: obj-   += ksocket/", plan.Answer, StringComparison.Ordinal);

        Assert.Equal(ExitCode.InTheWay, Cli.Run("status", _temp.Root).Exit);
        var removed = Cli.Run("remove", "--foreign", _temp.Root);
        Assert.Equal(ExitCode.Done, removed.Exit);
        Assert.Contains("--delete-files", removed.Messages, StringComparison.Ordinal);
        Assert.True(File.Exists(_temp.PathOf("drivers/ksocket/src/ksocket.c")));

        Assert.Equal(ExitCode.Done, Cli.Run("remove", "--foreign", "--delete-files", _temp.Root).Exit);
        Assert.False(Directory.Exists(_temp.PathOf("drivers/ksocket")));
        Assert.Equal(ExitCode.Done, Cli.Run("apply", _temp.Root).Exit);
    }

    [Theory]
    [InlineData("apply", "--no-such-option")]
    [InlineData("apply", "--parts", "driver,nonsense")]
    [InlineData("remove", "--delete-files")]
    [InlineData("no-such-verb")]
    [InlineData("--color", "purple", "status")]
    [InlineData("--json", "plan", "--patch")]
    [InlineData("status", "")]
    public void Words_that_mean_nothing(params string[] words)
    {
        var run = Cli.Run(words);
        Assert.Equal(ExitCode.Usage, run.Exit);
        Assert.StartsWith("error: ", run.Messages, StringComparison.Ordinal);
        Assert.Empty(run.Answer);
    }

    private static LiteralKernel EditKconfig(Func<string, string> edit) => LiteralKernel.Named().Edit("drivers/Kconfig", edit);

    private void Refused(ExitCode exit, LiteralKernel kernel, params ReadOnlySpan<string> words)
    {
        kernel.WriteTo(_temp.Root);
        Refused(exit, words);
    }

    private void Refused(ExitCode exit, params ReadOnlySpan<string> words)
    {
        var before = FolderDigest.Of(_temp.Root);
        Cli.Run("apply", _temp.Root).RefusesWith(exit, words);
        Assert.Equal(before, FolderDigest.Of(_temp.Root));
    }
}
