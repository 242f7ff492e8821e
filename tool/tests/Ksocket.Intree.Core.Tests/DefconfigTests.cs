// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>The driver's symbol in a defconfig, where savedefconfig writes it: in the order of the menus.</summary>
public class DefconfigTests
{
    private const string Path = "arch/arm64/configs/defconfig";

    [Theory]
    [InlineData("CONFIG_FIRST=y\nCONFIG_AMBA=y\nCONFIG_LAST=y\n", "CONFIG_FIRST=y\nCONFIG_AMBA=y\nCONFIG_KSOCKET=y\nCONFIG_LAST=y\n")]
    [InlineData("# a comment\nCONFIG_LAST=y\n", "# a comment\nCONFIG_KSOCKET=y\nCONFIG_LAST=y\n")]
    [InlineData("CONFIG_AMBA=m\nCONFIG_GONE=y\nCONFIG_LAST=y\n", "CONFIG_AMBA=m\nCONFIG_KSOCKET=y\nCONFIG_GONE=y\nCONFIG_LAST=y\n")]
    [InlineData("CONFIG_FIRST=y\n", "CONFIG_FIRST=y\nCONFIG_KSOCKET=y\n")]
    [InlineData("CONFIG_FIRST=y", "CONFIG_FIRST=y\nCONFIG_KSOCKET=y")]
    [InlineData("", "CONFIG_KSOCKET=y\n")]
    [InlineData("# CONFIG_AMBA is not set\r\nCONFIG_LAST=y\r\n", "# CONFIG_AMBA is not set\r\nCONFIG_KSOCKET=y\r\nCONFIG_LAST=y\r\n")]
    [InlineData("CONFIG_LAST=y\n# CONFIG_KSOCKET is not set\n", "CONFIG_LAST=y\nCONFIG_KSOCKET=y\n")]
    [InlineData("CONFIG_KSOCKET=m\nCONFIG_LAST=y\n", "CONFIG_KSOCKET=y\nCONFIG_LAST=y\n")]
    [InlineData("CONFIG_LAST=y\nCONFIG_FIRST=y\nCONFIG_AMBA=y\n", "CONFIG_LAST=y\nCONFIG_FIRST=y\nCONFIG_AMBA=y\nCONFIG_KSOCKET=y\n")]
    public void Set_and_put_back(string before, string after)
    {
        var set = Defconfig.In(Tree((Path, before)), ["KSOCKET"], Path, arch: null);
        Assert.Equal(after, set.Change!.After!.Bytes.TryToText());
        Assert.Equal(before, Defconfig.PutBack(set.After, set.Lines[0]).TryToText());
    }

    [Fact]
    public void What_was_edited_since_stays()
    {
        var set = Defconfig.In(Tree((Path, "CONFIG_FIRST=y\n")), ["KSOCKET"], Path, arch: null);
        Assert.Equal("CONFIG_KSOCKET=m\n", Defconfig.PutBack("CONFIG_KSOCKET=m\n".Bytes(), set.Lines[0]).TryToText());
    }

    [Fact]
    public void Set_already_is_no_change() =>
        Assert.Null(Defconfig.In(Tree((Path, "CONFIG_KSOCKET=y\n")), ["KSOCKET"], Path, arch: null).Change);

    [Theory]
    [InlineData("defconfig", "arm64", "arch/arm64/configs/defconfig")]
    [InlineData("x86_64_defconfig", null, "arch/x86/configs/x86_64_defconfig")]
    [InlineData("vendor/board_defconfig", null, "arch/arm64/configs/vendor/board_defconfig")]
    [InlineData("arch/riscv/configs/defconfig", null, "arch/riscv/configs/defconfig")]
    [InlineData("android.config", null, "kernel/configs/android.config")]
    public void A_name_as_make_takes_it(string name, string? arch, string path) =>
        Assert.Equal(path, Defconfig.In(Several(), ["KSOCKET"], name, arch).Path.ToString());

    [Theory]
    [InlineData("defconfig", "2 defconfigs are called defconfig: arch/arm64/configs/defconfig, arch/riscv/configs/defconfig")]
    [InlineData("nothing_defconfig", "no defconfig nothing_defconfig")]
    [InlineData("drivers/Kconfig", "no defconfig drivers/Kconfig")]
    [InlineData("../../../Makefile", "no defconfig ../../../Makefile")]
    public void A_name_that_is_not_one(string name, string message)
    {
        var failure = Assert.Throws<IntreeFailure>(() => Defconfig.In(Several(), ["KSOCKET"], name, arch: null));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    private static ChangedTree Several() => Tree(
        (Path, ""),
        ("arch/riscv/configs/defconfig", ""),
        ("arch/x86/configs/x86_64_defconfig", ""),
        ("arch/arm64/configs/vendor/board_defconfig", ""),
        ("kernel/configs/android.config", ""));

    /// <summary>A tree with the driver in it and a symbol before and after it in the menus.</summary>
    private static ChangedTree Tree(params ReadOnlySpan<(string Path, string Text)> files)
    {
        var kernel = LiteralKernel.Named().With("drivers/amba/Kconfig", "config AMBA\n\tbool \"amba\"\n")
            .Edit("Kconfig", text => "config FIRST\n\n" + text + "config LAST\n");
        foreach (var (path, text) in files)
        {
            kernel.With(path, text);
        }

        var tree = kernel.Build();
        return new ChangedTree(tree, Planner.Plan(tree, DriverSource.Bundled, Parts.Default).Changes);
    }
}
