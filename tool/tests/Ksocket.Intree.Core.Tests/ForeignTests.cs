// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>Trees wired by the README recipe of the older ksocket, or by hand.</summary>
public class ForeignTests
{
    private static readonly DriverSource Driver = DriverSource.Bundled;

    /// <summary>The result of that recipe: a sed before the last endmenu, and an echo in which the shell expanded the variable.</summary>
    private static LiteralKernel Recipe() => LiteralKernel.Named("6.16.0")
        .Edit(
            "drivers/Kconfig",
            text => text.Replace("\nendmenu\n", "\nsource \"drivers/ksocket/Kconfig\"\nendmenu\n", StringComparison.Ordinal))
        .Edit("drivers/Makefile", text => text + "obj-   += ksocket/\n")
        .With("drivers/ksocket/src/ksocket.c", "/* the older driver */\n")
        .With("drivers/ksocket/src/Kconfig", "config KSOCKET\n\tbool \"older\"\n")
        .With("drivers/ksocket/README.md", "older\n");

    [Fact]
    public void Status_calls_it_foreign_and_shows_each_trace()
    {
        var status = Inspector.Inspect(Recipe().Build(), Driver);
        Assert.Equal(PlanState.Foreign, status.State);
        Assert.Equal(
            ["obj-   += ksocket/", "source \"drivers/ksocket/Kconfig\""],
            status.Findings.Where(finding => finding.Line is > 0).Select(finding => finding.Note));
        Assert.Contains(status.Findings, finding => finding.Path == "drivers/ksocket/src/ksocket.c");
    }

    [Fact]
    public void Apply_and_remove_leave_it_alone()
    {
        Assert.Equal(FailureKind.InTheWay, Assert.Throws<IntreeFailure>(() => Planner.Plan(Recipe().Build(), Driver, Parts.Default)).Kind);
        Assert.Equal(FailureKind.InTheWay, Assert.Throws<IntreeFailure>(() => Remover.Plan(Recipe().Build(), Driver, parts: null)).Kind);
    }

    [Fact]
    public void Remove_foreign_takes_out_exactly_its_lines_and_no_file()
    {
        var tree = Recipe().Build();
        var cleaned = new ChangedTree(tree, Remover.PlanForeign(tree, Driver, deleteFiles: false).Changes);
        var original = LiteralKernel.Named("6.16.0");
        Assert.Equal(original["drivers/Kconfig"], cleaned.TryReadText("drivers/Kconfig"));
        Assert.Equal(original["drivers/Makefile"], cleaned.TryReadText("drivers/Makefile"));
        Assert.Equal(EntryKind.File, cleaned.KindOf("drivers/ksocket/README.md"));
    }

    [Fact]
    public void Told_to_delete_the_files_it_leaves_the_tree_as_it_was()
    {
        var tree = Recipe().Build();
        var cleaned = new ChangedTree(tree, Remover.PlanForeign(tree, Driver, deleteFiles: true).Changes);
        var original = LiteralKernel.Named("6.16.0").Build();
        Assert.Equal(original.EntriesBelow(TreePath.Top), cleaned.EntriesBelow(TreePath.Top));
    }

    [Fact]
    public void A_recipe_run_twice_is_taken_out_twice()
    {
        var tree = Recipe().Edit("drivers/Makefile", text => text + "obj-$(CONFIG_KSOCKET)   += ksocket/\n").Build();
        var cleaned = new ChangedTree(tree, Remover.PlanForeign(tree, Driver, deleteFiles: false).Changes);
        Assert.DoesNotContain("ksocket", cleaned.TryReadText("drivers/Makefile"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("obj-y += cache/ ksocket/ s390/\n")]
    [InlineData("obj-$(CONFIG_FOO) += foo/ \\\n\tksocket/ \\\n\tbar/\n")]
    public void A_line_that_also_serves_others_is_refused(string line)
    {
        var tree = Recipe().Edit("drivers/Makefile", text => text + line).Build();
        var failure = Assert.Throws<IntreeFailure>(() => Remover.PlanForeign(tree, Driver, deleteFiles: false));
        Assert.Equal(FailureKind.InTheWay, failure.Kind);
        Assert.Contains("drivers/Makefile:6:", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_its_own_that_goes_on_is_taken_out_whole()
    {
        var tree = LiteralKernel.Named()
            .With("drivers/ksocket/x.c", "")
            .Edit("drivers/Makefile", text => text + "obj-y += \\\n\tksocket/\n")
            .Build();
        var cleaned = new ChangedTree(tree, Remover.PlanForeign(tree, Driver, deleteFiles: false).Changes);
        Assert.Equal(LiteralKernel.Named()["drivers/Makefile"], cleaned.TryReadText("drivers/Makefile"));
    }

    [Fact]
    public void Our_own_integration_is_not_taken_out_as_foreign()
    {
        var tree = LiteralKernel.Named().Build();
        var applied = new ChangedTree(tree, Planner.Plan(tree, Driver, Parts.Default).Changes);
        Assert.Contains(
            "is ours",
            Assert.Throws<IntreeFailure>(() => Remover.PlanForeign(applied, Driver, deleteFiles: true)).Message,
            StringComparison.Ordinal);
    }
}
