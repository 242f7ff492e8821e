// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>A driver of the user beside ksocket, on a literal tree: the invariants of one driver hold for two.</summary>
public class OwnDriverTests
{
    private static readonly DriverSource Echo = EchoDriver.Read();

    private static readonly DriverSource[] Both = [DriverSource.Bundled, Echo];

    private static readonly DriverSource InDriversNet = EchoDriver.Read(
        EchoDriver.Files.ToDictionary(
            file => file.Key,
            file => file.Key == "MAINTAINERS" ? "KSECHO SERVER\nS:\tOdd Fixes\nF:\tdrivers/net/echo/\n".File() : file.Value),
        "drivers/net/echo");

    private static readonly KernelTree Kernel = LiteralKernel.Named()
        .With("drivers/net/Kconfig", """
            menuconfig NETDEVICES
            	bool "Network"

            if NETDEVICES

            config A
            	bool "a"

            endif # NETDEVICES

            """)
        .With("drivers/net/Makefile", "obj-$(CONFIG_A) += a.o\n")
        .Edit("drivers/Makefile", text => text + "obj-y += net/\n")
        .Edit("drivers/Kconfig", text => text.Replace("endmenu", "source \"drivers/net/Kconfig\"\n\nendmenu", StringComparison.Ordinal))
        .Build();

    [Fact]
    public void The_path_is_the_mapping_for_every_driver()
    {
        Assert.Equal(
            [
                "Documentation/networking/kecho.rst",
                "drivers/echo/Kconfig", "drivers/echo/Makefile", "drivers/echo/main.c",
                "drivers/echo/tests/Makefile", "drivers/echo/tests/echo_kunit.c",
                "include/net/echo.h",
                "samples/echo/Kconfig", "samples/echo/Makefile", "samples/echo/client.c",
            ],
            Echo.Files.Select(file => file.Path.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal("ECHO", Echo.Symbol);
        Assert.Empty(Echo.Evidence.Features);
        Assert.Empty(Echo.Evidence.Requirements);
    }

    /// <summary>Invariant 2, and 3: the wiring is checked by the reader that checks that of ksocket.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void There_and_back(bool inDriversNet)
    {
        DriverSource[] drivers = [DriverSource.Bundled, inDriversNet ? InDriversNet : Echo];
        var applied = Apply(Kernel, drivers, Parts.All);
        Assert.All(drivers, driver => Assert.All(
            Parts.All, part => Assert.Empty(Wiring.Faults(new KbuildFiles(applied), driver, part))));
        Assert.True(JointPlan.Of(applied, drivers, Parts.All).IsDone);

        Same(Kernel, Remove(applied, drivers));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void One_removed_leaves_the_other_whole(int gone)
    {
        var applied = Apply(Kernel, Both, Parts.All);
        var left = Remove(applied, [Both[gone]]);
        var other = Both[1 - gone];
        Assert.Equal(PlanState.Present, Inspector.Inspect(left, other, features: null, Parts.All).State);
        Assert.Equal(PlanState.Absent, Inspector.Inspect(left, Both[gone]).State);
        Same(Kernel, Remove(left, [other]));
    }

    /// <summary>The folder of the driver may be gone: the state file has what it takes.</summary>
    [Fact]
    public void Without_its_folder_it_is_found_and_removed()
    {
        var applied = Apply(Kernel, Both, Parts.All);
        var recorded = Assert.Single(RecordedDriver.AllIn(StateFile.In(applied)));
        Assert.Equal((Echo.Hash, Echo.Folder, Echo.Symbol), (recorded.Hash, recorded.Folder, recorded.Symbol));
        Assert.Equal(PlanState.Present, Inspector.Inspect(applied, recorded).State);
        Same(Kernel, Remove(applied, [DriverSource.Bundled, recorded]));
    }

    /// <summary>A tree that got it by git am has no state file; the folder alone is enough then.</summary>
    [Fact]
    public void Without_a_state_file_the_folder_is_enough()
    {
        var plan = JointPlan.Of(Kernel, Both, Parts.All);
        var patched = new ChangedTree(Kernel, plan.Changes);
        Assert.Equal(PlanState.Present, Inspector.Inspect(patched, Echo).State);
        Same(Kernel, new ChangedTree(patched, JointRemoval.Of(patched, Both, parts: null, unrecorded: true).Changes));
    }

    [Fact]
    public void What_depends_on_ksocket_is_named()
    {
        var applied = SnapshotTree.Of(Apply(Kernel, Both, Parts.Default));
        Assert.Equal("drivers/echo/Kconfig:3: depends on KSOCKET", Assert.Single(Dependents.Of(applied, DriverSource.Bundled)).ToString());
        Assert.Empty(Dependents.Of(applied, Both));
    }

    /// <summary>ksocket alone: its state file is that of every release.</summary>
    [Fact]
    public void A_state_file_has_drivers_only_where_there_are_some()
    {
        Assert.DoesNotContain("\"drivers\":", StateOf([DriverSource.Bundled]), StringComparison.Ordinal);
        Assert.Contains("\"format\": 2", StateOf([DriverSource.Bundled]), StringComparison.Ordinal);
        Assert.Contains("\"format\": 3", StateOf(Both), StringComparison.Ordinal);
        Assert.Contains("\"drivers/echo\":", StateOf(Both), StringComparison.Ordinal);

        static string StateOf(DriverSource[] drivers) => Apply(Kernel, drivers, Parts.Default).TryReadText(StateFile.Path)!;
    }

    [Theory]
    [InlineData("\"drivers/echo\":", "\"kernel\":")]
    [InlineData("\"drivers/echo\":", "\"arch/x86/kernel\":")]
    [InlineData("\"include/net/echo.h\"", "\"Makefile\"")]
    [InlineData("\"include/net/echo.h\"", "\"kernel/fork.c\"")]
    public void A_state_file_that_names_what_no_driver_has_is_refused(string ours, string theirs)
    {
        var applied = Apply(Kernel, Both, Parts.Default);
        var edited = applied.TryReadText(StateFile.Path)!.Replace(ours, theirs, StringComparison.Ordinal);
        var tree = new ChangedTree(applied, [new(StateFile.Path, applied.TryReadFile(StateFile.Path), edited.File())]);
        Assert.Throws<IntreeFailure>(() => StateFile.In(tree));
    }

    [Fact]
    public void A_driver_that_needs_another_comes_after_it()
    {
        Assert.Equal(["ksocket", "echo"], DriverOrder.Of([Echo, DriverSource.Bundled]).Select(driver => driver.Name));
        var loop = EchoDriver.With("Kconfig", "config ECHO\n\ttristate \"e\"\n\tdepends on LAST\n");
        var last = DriverFolder.Read(
            new LiteralTree("last", new Dictionary<TreePath, TreeFile>
            {
                ["Kconfig"] = "config LAST\n\ttristate \"l\"\n\tdepends on ECHO\n".File(),
                ["Makefile"] = "obj-$(CONFIG_LAST) += last.o\n".File(),
            }),
            "last",
            null,
            "last");
        var failure = Assert.Throws<IntreeFailure>(() => DriverOrder.Of([loop, last]));
        Assert.Contains("echo -> last -> echo", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kconfig", "", "Kconfig: it defines no symbol")]
    [InlineData("Kconfig", "config OTHER\n\tbool \"o\"\n", "Makefile:1: CONFIG_ECHO has no entry in Kconfig")]
    [InlineData("Kconfig", "menu \"x\"\nconfig ECHO\n\tbool \"o\"\n", "Kconfig")]
    [InlineData("Makefile", "obj-m += echo.o\n", "Makefile:1: 'obj-m += echo.o' makes a module outside a tree")]
    [InlineData("Makefile", "obj-$(CONFIG_ECHO) += echo.o\nccflags-y := -O2 -march=native\n", "Makefile:2: -march=native in ccflags-y")]
    [InlineData("Makefile", "obj-$(CONFIG_ECHO) += echo.o\nEXTRA_CFLAGS += -I$(KSRC)/drivers/net\n", "Makefile:2: -I$(KSRC)/drivers/net")]
    [InlineData("Makefile", "obj-$(CONFIG_ECHO) += echo.o\ninclude $(KDIR)/x.mk\n", "Makefile:2: 'include $(KDIR)/x.mk'")]
    [InlineData("Makefile", "CONFIG_ECHO := m\nobj-$(CONFIG_ECHO) += echo.o\n", "Makefile:1: it sets CONFIG_ECHO itself")]
    [InlineData("MAINTAINERS", "ECHO\nF:\tdrivers/other/\n", "MAINTAINERS: no line 'F:\tdrivers/echo/'")]
    [InlineData("Makefile", "all:\n\tmake -C $(KDIR) M=$(PWD)\n", "Makefile: it has no obj- line")]
    public void What_cannot_be_wired_is_refused_with_file_line_and_cause(string path, string text, string cause)
    {
        var failure = Assert.Throws<IntreeFailure>(() => EchoDriver.With(path, text));
        Assert.Contains(cause, string.Join('\n', failure.Details.Prepend(failure.Message)), StringComparison.Ordinal);
    }

    [Fact]
    public void All_causes_are_listed_at_once()
    {
        var files = new Dictionary<TreePath, TreeFile> { ["Makefile"] = "obj-m += echo.o\nccflags-y += -march=native\n".File() };
        var tree = new LiteralTree("echo", files)
        {
            Links = new Dictionary<TreePath, Bytes.ByteString> { ["main.c"] = "../main.c".Bytes() },
        };
        var failure = Assert.Throws<IntreeFailure>(() => DriverFolder.Read(tree, "echo", null, "echo"));
        Assert.Contains("4 reasons", failure.Message, StringComparison.Ordinal);
        Assert.Equal("main.c: a symbolic link to ../main.c; a driver has only files", failure.Details[0]);
    }

    [Theory]
    [InlineData(".git/config")]
    [InlineData(".gitignore")]
    [InlineData("main.o")]
    [InlineData(".main.o.cmd")]
    [InlineData("echo.ko")]
    [InlineData("echo.mod.c")]
    [InlineData("modules.order")]
    [InlineData("Module.symvers")]
    [InlineData("main.c~")]
    [InlineData("#main.c#")]
    [InlineData(".main.c.swp")]
    [InlineData("Makefile.orig")]
    [InlineData("docs/manual.pdf")]
    [InlineData("tools/everything.tar.gz")]
    public void What_is_not_part_of_it_never_lands(string path) =>
        Assert.Equal(Echo.Files.Select(file => file.Path), EchoDriver.With(path, "x\n").Files.Select(file => file.Path));

    /// <summary>kbuild reads Kbuild where there is one; include/ with headers at its top is the driver's own.</summary>
    [Fact]
    public void A_clone_with_a_Kbuild_and_headers_of_its_own()
    {
        var driver = EchoDriver.Read(new Dictionary<TreePath, TreeFile>
        {
            ["Kconfig"] = EchoDriver.Kconfig.File(),
            ["Kbuild"] = "obj-$(if $(KBUILD_EXTMOD),m,$(CONFIG_ECHO)) := echo.o\n".File(),
            ["Makefile"] = "all:\n\tmake -C $(KDIR) M=$(PWD) modules\n".File(),
            ["echo.c"] = "int echo;\n".File(),
            ["include/own.h"] = "".File(),
            ["include/linux/list.h"] = "".File(),
        });
        Assert.Equal(
            ["Kbuild", "Kconfig", "echo.c", "include/linux/list.h", "include/own.h"],
            driver.Files.Select(file => file.Path.ToString()["drivers/echo/".Length..]));
        Assert.Equal("obj-$(CONFIG_ECHO)\t\t+= echo/", driver.Hooks[0].Text.ToString());
        Same(Kernel, Remove(Apply(Kernel, [driver], Parts.Default), [driver]));
    }

    /// <summary>Entries that do not depend on one: no symbol alone can enable the folder.</summary>
    [Fact]
    public void A_folder_of_several_drivers_is_always_entered()
    {
        var driver = EchoDriver.Read(new Dictionary<TreePath, TreeFile>
        {
            ["Kconfig"] = "config A1\n\ttristate \"a\"\n\nconfig B1\n\ttristate \"b\"\n".File(),
            ["Makefile"] = "obj-$(CONFIG_A1) += a.o\nobj-$(CONFIG_B1) += b.o\n".File(),
            ["a.c"] = "".File(),
            ["b.c"] = "".File(),
        });
        Assert.Equal("obj-y\t\t+= echo/", driver.Hooks[0].Text.ToString());
        Same(Kernel, Remove(Apply(Kernel, [driver], Parts.Default), [driver]));
    }

    [Fact]
    public void A_symbol_that_the_tree_has_is_refused()
    {
        var tree = new ChangedTree(Kernel, [new("drivers/amba/Kconfig", Kernel.TryReadFile("drivers/amba/Kconfig"),
            "config ECHO\n\tbool \"other\"\n".File())]);
        var failure = Assert.Throws<IntreeFailure>(() => JointPlan.Of(tree, Both, Parts.Default));
        Assert.Contains("drivers/amba/Kconfig:1 defines CONFIG_ECHO already", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_the_tree_has_is_refused_even_if_it_is_the_same()
    {
        var tree = new ChangedTree(Kernel, [new("include/net/echo.h", null, "/* echo */\n".File())]);
        var failure = Assert.Throws<IntreeFailure>(() => JointPlan.Of(tree, Both, Parts.Default));
        Assert.Contains("include/net/echo.h already", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arch/x86/echo")]
    [InlineData("drivers")]
    [InlineData("Documentation/echo")]
    [InlineData("drivers/ksocket")]
    [InlineData("drivers/ksocket/echo")]
    public void A_place_that_is_none_is_refused(string place)
    {
        var failure = Assert.Throws<IntreeFailure>(() => EchoDriver.Read(place: place));
        Assert.StartsWith($"echo: '{place}' is no place for a driver", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>The first driver of a tree after a newer folder: only its own files change.</summary>
    [Fact]
    public void A_newer_folder_updates_its_own_files_alone()
    {
        var applied = Apply(Kernel, Both, Parts.Default);
        var newer = EchoDriver.With("main.c", "int echo = 2;\n");
        var plan = Refresher.Plan(applied, [DriverSource.Bundled, newer], (_, _, _) => null);
        Assert.Equal(
            [".ksocket-intree", "drivers/echo/main.c"],
            plan.Changes.Select(change => change.Path.ToString()).Order(StringComparer.Ordinal));
        var refreshed = new ChangedTree(applied, plan.Changes);
        Assert.Equal(newer.Hash, Assert.Single(StateFile.In(refreshed)!.Drivers).Value.Hash);
        Same(Kernel, Remove(refreshed, [DriverSource.Bundled, Assert.Single(RecordedDriver.AllIn(StateFile.In(refreshed)))]));
    }

    private static ChangedTree Apply(KernelTree tree, DriverSource[] drivers, IReadOnlyList<Part> parts) =>
        new(tree, JointPlan.Of(tree, drivers, parts).WithState(tree));

    private static ChangedTree Remove(KernelTree tree, DriverSource[] drivers) =>
        new(tree, JointRemoval.Of(tree, drivers, parts: null).WithState(tree, out _));

    private static void Same(KernelTree one, KernelTree other)
    {
        var paths = one.EntriesBelow(TreePath.Top);
        Assert.Equal(paths, other.EntriesBelow(TreePath.Top));
        Assert.All(paths, path => Assert.Equal(one.TryReadFile(path), other.TryReadFile(path)));
    }
}
