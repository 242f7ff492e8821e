// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

public class PlannerTests
{
    private static readonly DriverSource Driver = DriverSource.Bundled;

    [Fact]
    public void The_driver_alone_touches_nothing_of_the_samples()
    {
        var plan = Planner.Plan(LiteralKernel.Named().Build(), Driver, Parts.Default);
        Assert.DoesNotContain(plan.Changes, change => change.Path.IsBelow("samples"));
        Assert.Contains(plan.Changes, change => change.Path == "include/net/ksocket.h");
    }

    [Fact]
    public void The_wiring_is_written_last_and_the_menu_entry_after_the_object()
    {
        var plan = Planner.Plan(LiteralKernel.Named().Build(), Driver, Parts.Default);
        var paths = plan.Changes.Select(change => change.Path.ToString()).ToList();
        Assert.Equal(["drivers/Makefile", "drivers/Kconfig"], paths[^2..]);
    }

    [Fact]
    public void What_lands_is_byte_for_byte_a_file_of_the_repository()
    {
        var plan = Planner.Plan(LiteralKernel.Named().Build(), Driver, Parts.All);
        foreach (var change in plan.Changes.Where(change => change.Before is null))
        {
            Assert.Contains(Driver.Files, file => file.Path == change.Path && file.Bytes == change.After!.Bytes);
        }
    }

    [Fact]
    public void There_and_back_restores_every_byte()
    {
        var tree = LiteralKernel.Named().Build();
        var applied = new ChangedTree(tree, Planner.Plan(tree, Driver, Parts.All).Changes);
        Assert.Equal(PlanState.Present, Inspector.Inspect(applied, Driver).State);
        Assert.True(Planner.Plan(applied, Driver, Parts.All).IsDone);

        var removed = new ChangedTree(applied, Remover.Plan(applied, Driver, parts: null).Changes);
        Assert.Equal(PlanState.Absent, Inspector.Inspect(removed, Driver).State);
        Assert.Equal(tree.EntriesBelow(TreePath.Top), removed.EntriesBelow(TreePath.Top));
        Assert.All(tree.EntriesBelow(TreePath.Top), path => Assert.Equal(tree.Read(path), removed.Read(path)));
    }

    [Fact]
    public void The_same_tree_gives_the_same_plan()
    {
        var one = UnifiedDiff.Of(Planner.Plan(LiteralKernel.Named().Build(), Driver, Parts.All).Changes);
        var other = UnifiedDiff.Of(Planner.Plan(LiteralKernel.Named("5.4.1").Build(), Driver, Parts.All).Changes);
        Assert.Equal(one, other);
    }

    /// <summary>Breaks every anchor in turn: each must be refused.</summary>
    [Theory]
    [InlineData("drivers/Kconfig", "endmenu", "")]
    [InlineData("drivers/Kconfig", "endmenu", "endmenu\n\nendmenu")]
    [InlineData("drivers/Kconfig", "menu \"Device Drivers\"", "menu \"Something Else\"")]
    [InlineData("drivers/Kconfig", "menu \"Device Drivers\"", "if HAS_IOMEM\nmenu \"Device Drivers\"")]
    [InlineData("drivers/Makefile", "obj-", "xobj-")]
    [InlineData("drivers/Makefile", "obj-y\t\t\t\t+= cache/", "ifdef CONFIG_X\nobj-y += cache/")]
    [InlineData("Kconfig", "source \"drivers/Kconfig\"", "")]
    [InlineData("Kconfig", "source \"drivers/Kconfig\"", "if X\n\nendif\n\nendif")]
    [InlineData("Kbuild", "drivers/", "others/")]
    public void A_tree_without_a_place_for_us_is_refused(string path, string old, string now)
    {
        var tree = LiteralKernel.Named().Edit(path, text => text.Replace(old, now, StringComparison.Ordinal)).Build();
        Refused(FailureKind.NotUnderstood, path.Split('/')[^1], () => Planner.Plan(tree, Driver, Parts.Default));
    }

    [Theory]
    [InlineData("lib/Kconfig.debug", "source \"samples/Kconfig\"", "", "samples/Kconfig")]
    [InlineData("samples/Kconfig", "if SAMPLES", "if OTHERS", "samples/Kconfig")]
    [InlineData("Kbuild", "samples/", "others/", "samples/")]
    public void Samples_without_a_place_are_refused(string path, string old, string now, string said)
    {
        var tree = LiteralKernel.Named().Edit(path, text => text.Replace(old, now, StringComparison.Ordinal)).Build();
        Refused(FailureKind.NotUnderstood, said, () => Planner.Plan(tree, Driver, Parts.All));
        Assert.NotEmpty(Planner.Plan(tree, Driver, Parts.Default).Changes);
    }

    [Fact]
    public void A_later_line_that_would_throw_ours_away_is_seen()
    {
        var tree = LiteralKernel.Named().Edit("drivers/Makefile", text => text + "ifdef CONFIG_X\nobj-y := only/\nendif\n").Build();
        Refused(FailureKind.NotUnderstood, "discards", () => Planner.Plan(tree, Driver, Parts.Default));
    }

    [Fact]
    public void A_missing_Kconfig_is_refused() =>
        Refused(
            FailureKind.NotUnderstood,
            "drivers/Kconfig",
            () => Planner.Plan(LiteralKernel.Named().Without("drivers/Kconfig").Build(), Driver, Parts.Default));

    [Theory]
    [InlineData("Makefile")]
    [InlineData("Kconfig")]
    [InlineData("drivers/Makefile")]
    public void What_is_not_a_kernel_tree_is_refused(string without) =>
        Refused(
            FailureKind.NotUnderstood,
            "is not a Linux source tree",
            () => Planner.Plan(LiteralKernel.Named().Without(without).Build(), Driver, Parts.Default));

    [Fact]
    public void Someone_elses_file_in_our_place_is_in_the_way() =>
        Refused(
            FailureKind.InTheWay,
            "drivers/ksocket/ksocket.c",
            () => Planner.Plan(LiteralKernel.Named().With("drivers/ksocket/ksocket.c", "int x;\n").Build(), Driver, Parts.Default));

    [Fact]
    public void A_file_changed_since_is_in_the_way()
    {
        var tree = LiteralKernel.Named().Build();
        var applied = new ChangedTree(tree, Planner.Plan(tree, Driver, Parts.Default).Changes);
        var edited = new ChangedTree(applied, [new FileChange("include/net/ksocket.h", null, "\x1".File())]);
        Assert.Equal(PlanState.Drifted, Inspector.Inspect(edited, Driver).State);
        Refused(FailureKind.InTheWay, "include/net/ksocket.h", () => Planner.Plan(edited, Driver, Parts.Default));
        Refused(FailureKind.InTheWay, "include/net/ksocket.h", () => Remover.Plan(edited, Driver, parts: null));
    }

    [Fact]
    public void A_run_that_was_cut_off_is_partial_and_goes_on()
    {
        var tree = LiteralKernel.Named().Build();
        var changes = Planner.Plan(tree, Driver, Parts.All).Changes;
        for (var done = 1; done < changes.Length; done++)
        {
            var cut = new ChangedTree(tree, changes[..done]);
            Assert.Equal(
                changes[done..].Select(change => change.Path),
                Planner.Plan(cut, Driver, Parts.All).Changes.Select(change => change.Path));
            var back = new ChangedTree(cut, Remover.Plan(cut, Driver, parts: null).Changes);
            Assert.Equal(tree.EntriesBelow(TreePath.Top), back.EntriesBelow(TreePath.Top));
        }
    }

    [Fact]
    public void The_variant_of_another_kernel_is_replaced()
    {
        var old = LiteralKernel.Named("5.10.1", "sock_fields").Build();
        var now = LiteralKernel.Named("6.12.1", "sk_getsockopt", "do_sock_getsockopt").Build();
        var upgraded = new ChangedTree(now, Planner.Plan(old, Driver, Parts.Default).Changes);
        var paths = Planner.Plan(upgraded, Driver, Parts.Default).Changes.Select(change => change.Path.ToString());
        Assert.Equal(["drivers/ksocket/getsockopt_builtin.c", "drivers/ksocket/getsockopt_module.c"], paths);
    }

    /// <summary>As after a merge of two branches that both have ksocket.</summary>
    [Fact]
    public void A_doubled_line_of_ours_comes_out_twice()
    {
        var kernel = LiteralKernel.Named();
        var tree = kernel.Build();
        var applied = new ChangedTree(tree, Planner.Plan(tree, Driver, Parts.Default).Changes);
        var makefile = applied.TryReadText("drivers/Makefile")!;
        var line = makefile.Split('\n').Single(line => line.Contains("ksocket", StringComparison.Ordinal)) + "\n";
        var doubled = new ChangedTree(applied, [new FileChange("drivers/Makefile", null, (makefile + line).File())]);
        Assert.Equal(PlanState.Present, Inspector.Inspect(doubled, Driver).State);
        var removed = new ChangedTree(doubled, Remover.Plan(doubled, Driver, parts: null).Changes);
        Assert.Equal(kernel["drivers/Makefile"], removed.TryReadText("drivers/Makefile"));
    }

    [Fact]
    public void Someone_elses_samples_do_not_block_the_driver()
    {
        var tree = LiteralKernel.Named().With("samples/ksocket/mine.c", "int x;\n").Build();
        var applied = new ChangedTree(tree, Planner.Plan(tree, Driver, Parts.Default).Changes);
        Assert.Equal(PlanState.Present, Inspector.Inspect(applied, Driver).State);
        var removed = new ChangedTree(applied, Remover.Plan(applied, Driver, parts: null).Changes);
        Assert.Equal(tree.EntriesBelow(TreePath.Top), removed.EntriesBelow(TreePath.Top));
        Assert.Equal(PlanState.Foreign, Inspector.Inspect(tree, Driver, features: null, [Part.Samples]).State);
    }

    [Fact]
    public void Samples_alone_could_never_be_switched_on() =>
        Refused(FailureKind.InTheWay, "need the driver", () => Planner.Plan(LiteralKernel.Named().Build(), Driver, [Part.Samples]));

    [Fact]
    public void A_file_where_our_folder_belongs_is_in_the_way() =>
        Refused(
            FailureKind.InTheWay,
            "not a folder",
            () => Planner.Plan(LiteralKernel.Named().With("drivers/ksocket", "x").Build(), Driver, Parts.Default));

    [Fact]
    public void A_state_file_that_points_out_of_the_tree_is_refused()
    {
        const string state = """{ "format": 1, "driver": "x", "files": { "../x": "y" }, "config": {} }""";
        Refused(FailureKind.NotUnderstood, "../x", () => StateFile.In(LiteralKernel.Named().With(".ksocket-intree", state).Build()));
    }

    [Fact]
    public void Samples_cannot_stay_without_the_driver()
    {
        var tree = LiteralKernel.Named().Build();
        var applied = new ChangedTree(tree, Planner.Plan(tree, Driver, Parts.All).Changes);
        Refused(FailureKind.InTheWay, "samples", () => Remover.Plan(applied, Driver, [Part.Driver]));
        Assert.All(Remover.Plan(applied, Driver, [Part.Samples]).Changes, change => Assert.True(change.Path.IsBelow("samples")));
    }

    private static void Refused(FailureKind kind, string said, Action action)
    {
        var failure = Assert.Throws<IntreeFailure>(action);
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(said, failure.Message + failure.Hint, StringComparison.Ordinal);
    }
}
