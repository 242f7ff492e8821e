// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>Trees in which every line of ours is in its place, and still nothing would be built.</summary>
public class WiringTests
{
    private static readonly DriverSource Driver = DriverSource.Bundled;

    /// <summary>kbuild reads Kbuild, where there is one, and never the Makefile beside it.</summary>
    [Theory]
    [InlineData("drivers", "drivers/Makefile")]
    [InlineData("samples", "samples/Makefile")]
    public void A_Kbuild_beside_the_Makefile_that_gets_our_line(string folder, string makefile)
    {
        var tree = LiteralKernel.Named().With($"{folder}/Kbuild", "obj-y += base/\n").Build();
        var failure = Assert.Throws<IntreeFailure>(() => Planner.Plan(tree, Driver, Parts.All));
        Assert.Contains($"kbuild reads {folder}/Kbuild, and never {makefile} beside it", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>$(wildcard) finds it, and make stops there.</summary>
    [Fact]
    public void A_folder_of_that_name_counts()
    {
        var tree = LiteralKernel.Named().With("drivers/Kbuild/x", "").Build();
        var failure = Assert.Throws<IntreeFailure>(() => Planner.Plan(tree, Driver, Parts.Default));
        Assert.Contains("kbuild reads drivers/Kbuild, and never drivers/Makefile", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("if X\nsource \"drivers/Kconfig\"\nendif", "drivers/Kconfig is included inside the 'if' of line ")]
    [InlineData(
        "menu \"m\"\nif X\nsource \"./drivers/Kconfig\"\nendif\nendmenu", "drivers/Kconfig is included inside the 'if'")]
    [InlineData("menu \"m\"\nsource \"drivers/Kconfig\"\nendmenu", null)]
    [InlineData("if X\nsource \"drivers/Kconfig\"\nendif\nsource \"drivers/Kconfig\"", null)]
    public void A_condition_in_the_top_Kconfig(string lines, string? fault)
    {
        var tree = LiteralKernel.Named().Edit(
            "Kconfig", text => text.Replace("source \"drivers/Kconfig\"", lines, StringComparison.Ordinal)).Build();
        if (fault is null)
        {
            Assert.NotEmpty(Planner.Plan(tree, Driver, Parts.Default).Changes);
            return;
        }

        var failure = Assert.Throws<IntreeFailure>(() => Planner.Plan(tree, Driver, Parts.Default));
        Assert.Contains(fault, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drivers/ksocket")]
    [InlineData("drivers/ksocket/tests")]
    [InlineData("samples/ksocket")]
    public void A_Kbuild_in_a_folder_of_ours(string folder)
    {
        var tree = LiteralKernel.Named().Build();
        var theirs = new FileChange($"{folder}/Kbuild", null, "".File());
        var applied = new ChangedTree(tree, [.. Planner.Plan(tree, Driver, Parts.All).Changes, theirs]);
        var part = folder.StartsWith("samples", StringComparison.Ordinal) ? Part.Samples : Part.Driver;
        Assert.Contains(
            $"kbuild reads {folder}/Kbuild, and never {folder}/Makefile beside it",
            Wiring.Faults(new KbuildFiles(applied), Driver, part));
    }

    [Theory]
    [InlineData("ifdef CONFIG_X\nobj-y += drivers/\nendif\n")]
    [InlineData("obj-y += drivers/\nobj-y := init/\n")]
    [InlineData("clean-dirs += drivers/\n")]
    public void A_top_Kbuild_that_enters_drivers_in_no_build_of_every_kind(string kbuild)
    {
        var tree = LiteralKernel.Named().With("Kbuild", kbuild).Build();
        var failure = Assert.Throws<IntreeFailure>(() => Planner.Plan(tree, Driver, Parts.Default));
        Assert.Contains("neither Kbuild nor Makefile at the top enters drivers/", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lists_of_an_older_top_Makefile_enter_drivers()
    {
        const string lists = "ifeq ($(KBUILD_EXTMOD),)\ndrivers-y\t:= drivers/ sound/\ndrivers-$(CONFIG_SAMPLES) += samples/\nendif\n";
        var tree = LiteralKernel.Named().With("Kbuild", "always-y := x\n").Edit("Makefile", text => text + lists).Build();
        Assert.NotEmpty(Planner.Plan(tree, Driver, Parts.All).Changes);
    }

    [Theory]
    [InlineData("rsource \"ksocket/Kconfig\"")]
    [InlineData("osource \"drivers/ksocket/Kconfig\"")]
    [InlineData("source \"drivers/../drivers/ksocket/Kconfig\"")]
    public void A_line_that_sources_ours_in_another_spelling_is_seen(string line)
    {
        var kernel = LiteralKernel.Named();
        kernel.Edit("drivers/Kconfig", text => text.Replace("endmenu", line + "\n\nendmenu", StringComparison.Ordinal));
        var tree = kernel.Build();
        var finding = Assert.Single(Inspector.Inspect(tree, Driver).Findings, finding => finding.Line is not null);
        Assert.Equal(Standing.Foreign, finding.Standing);
    }

    /// <summary>A vendor's tree may have no documentation: the hint says how to leave ours out.</summary>
    [Theory]
    [InlineData("Documentation/networking/index.rst", "--parts driver,samples")]
    [InlineData("MAINTAINERS", "--parts driver,samples")]
    [InlineData("samples/Makefile", "--parts driver,docs")]
    public void A_part_without_a_place_can_be_left_out(string path, string hint)
    {
        var stripped = Assert.Throws<IntreeFailure>(() => Planner.Plan(LiteralKernel.Named().Without(path).Build(), Driver, Parts.All));
        Assert.Contains(hint, stripped.Hint, StringComparison.Ordinal);
        var emptied = Assert.Throws<IntreeFailure>(() => Planner.Plan(LiteralKernel.Named().With(path, "\n").Build(), Driver, Parts.All));
        Assert.Contains(hint, emptied.Hint, StringComparison.Ordinal);
    }
}
