// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

public class HookTests
{
    private static readonly Hook Kconfig = DriverSource.Bundled.Hooks.Single(hook => hook.Path == "drivers/Kconfig");
    private static readonly Hook Makefile = DriverSource.Bundled.Hooks.Single(hook => hook.Path == "drivers/Makefile");
    private static readonly Hook Samples = DriverSource.Bundled.Hooks.Single(hook => hook.Path == "samples/Kconfig");

    [Fact]
    public void The_entry_is_set_off_where_entries_are_set_off() => Assert.Equal("""
        menu "Device Drivers"

        source "drivers/dpll/Kconfig"

        source "drivers/ksocket/Kconfig"

        endmenu

        """, Kconfig.Apply("""
        menu "Device Drivers"

        source "drivers/dpll/Kconfig"

        endmenu

        """));

    [Fact]
    public void Where_the_endmenu_follows_at_once_it_still_does() => Assert.Equal("""
        menu "Device Drivers"

        source "drivers/most/Kconfig"

        source "drivers/ksocket/Kconfig"
        endmenu

        """, Kconfig.Apply("""
        menu "Device Drivers"

        source "drivers/most/Kconfig"
        endmenu

        """));

    [Fact]
    public void The_entry_goes_to_the_outer_menu_and_not_to_the_last_endmenu()
    {
        var text = Kconfig.Apply("menu \"Device Drivers\"\n\nmenu \"In\"\nendmenu\n\nendmenu\n\nmenu \"Other\"\nendmenu\n");
        Assert.Contains("endmenu\n\nsource \"drivers/ksocket/Kconfig\"\n\nendmenu\n\nmenu \"Other\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_object_follows_the_last_one_that_make_always_sees()
    {
        var text = Makefile.Apply("obj-y\t+= a/ \\\n\t   b/\nifdef X\nobj-y += c/\nendif\nsubdir-y += d\n");
        Assert.Equal("obj-y\t+= a/ \\\n\t   b/\nobj-$(CONFIG_KSOCKET)\t\t+= ksocket/\nifdef X\nobj-y += c/\nendif\nsubdir-y += d\n", text);
    }

    [Theory]
    [InlineData("menu \"Device Drivers\"\nendmenu\n")]
    [InlineData("menu \"Device Drivers\"\n\nendmenu\n")]
    [InlineData("menu \"Device Drivers\"\n\n\nendmenu\n")]
    [InlineData("menu \"Device Drivers\"\nsource \"drivers/a/Kconfig\"\nendmenu")]
    [InlineData("menu \"Device Drivers\"\nsource \"drivers/a/Kconfig\"\n\nendmenu")]
    [InlineData("\n\nmenu \"Device Drivers\"\nsource \"drivers/a/Kconfig\"\n \t\nendmenu\n\n\n")]
    public void An_entry_taken_out_leaves_every_byte(string text) => RoundTrip(Kconfig, text);

    [Theory]
    [InlineData("obj-y += a/\n")]
    [InlineData("obj-y += a/")]
    [InlineData("obj-y += a/\n\n")]
    [InlineData("obj-y += a/\n\n# end\n")]
    [InlineData("obj-y += a/ \\\n\tb/")]
    [InlineData("ifdef X\nobj-y += b/\nendif\nobj-y += a/\n\nifdef X\nobj-y += b/\nendif")]
    public void An_object_taken_out_leaves_every_byte(string text) => RoundTrip(Makefile, text);

    [Theory]
    [InlineData("if SAMPLES\nendif # SAMPLES\n")]
    [InlineData("if SAMPLES\n\nif X\nendif\n\nendif # SAMPLES")]
    [InlineData("menuconfig SAMPLES\n\tbool \"s\"\n\nif SAMPLES\n\nconfig A\n\tbool \"a\"\n\nendif # SAMPLES\n\nconfig B\n\tbool\n")]
    public void A_sample_taken_out_leaves_every_byte(string text) => RoundTrip(Samples, text);

    /// <summary>Another driver was added after ksocket.</summary>
    [Fact]
    public void An_entry_comes_out_even_where_others_followed()
    {
        var wired = Kconfig.Apply("menu \"Device Drivers\"\n\nsource \"drivers/a/Kconfig\"\n\nendmenu\n");
        var more = wired.Replace("\nendmenu", "\nsource \"drivers/zfs/Kconfig\"\n\nendmenu", StringComparison.Ordinal);
        Assert.Equal(
            "menu \"Device Drivers\"\n\nsource \"drivers/a/Kconfig\"\n\nsource \"drivers/zfs/Kconfig\"\n\nendmenu\n",
            Kconfig.Revert(more));
        Assert.Equal("obj-y += a/\nobj-y += zfs/\n", Makefile.Revert(Makefile.Apply("obj-y += a/\n") + "obj-y += zfs/\n"));
    }

    /// <summary>Random files like those of kernels: adding and removing gives the original.</summary>
    [Fact]
    public void There_and_back_over_a_thousand_random_files()
    {
        const int seed = 20261123;
        var random = new Random(seed);
        string[] pieces =
        [
            "source \"drivers/a/Kconfig\"\n",
            "\n",
            "\n\n",
            "menu \"In\"\nendmenu\n",
            "if X\nsource \"b/Kconfig\"\nendif\n",
            "# endmenu\n",
            "config C\n\tbool \"c\"\n\thelp\n\t  endmenu\n\n",
        ];
        string[] lines =
        [
            "obj-y += a/\n",
            "\n",
            "# obj-y += b/\n",
            "ifdef X\nobj-y += c/\nendif\n",
            "obj-$(CONFIG_D) += d/ \\\n\te/\n",
            "ccflags-y := -Wall\n",
        ];

        for (var round = 0; round < 1000; round++)
        {
            var end = random.Next(2) == 0 ? "\n" : "";
            RoundTrip(Kconfig, "menu \"Device Drivers\"\n" + Pick(pieces) + "endmenu" + end);
            var makefile = "obj-y += first/\n" + Pick(lines);
            RoundTrip(Makefile, end.Length == 0 ? makefile.TrimEnd('\n') : makefile);
        }

        string Pick(string[] from) => string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => from[random.Next(from.Length)]));
    }

    [Fact]
    public void Every_hook_names_the_symbol_of_its_part()
    {
        foreach (var hook in DriverSource.Bundled.Hooks.Where(hook => hook.Kind == HookKind.Makefile))
        {
            Assert.Contains($"$(CONFIG_{hook.Symbol})", hook.Text.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(Parts.All, DriverSource.Bundled.Hooks.Select(hook => hook.Part).Distinct());
    }

    private static void RoundTrip(Hook hook, string text)
    {
        var wired = hook.Apply(text);
        Assert.Single(hook.Traces(wired));
        Assert.Equal(text, hook.Revert(wired));
    }
}
