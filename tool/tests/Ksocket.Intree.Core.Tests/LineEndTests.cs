// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>make and kconfig read lines that end with CR LF; our lines then end so too, and are taken out byte for byte.</summary>
public class LineEndTests
{
    private static readonly DriverSource Driver = DriverSource.Bundled;

    public static TheoryData<string> Hooked => [.. Driver.Hooks.Select(hook => hook.Path.ToString()).Distinct()];

    [Theory]
    [MemberData(nameof(Hooked))]
    public void A_file_with_CR_LF_gets_our_lines_with_CR_LF(string path)
    {
        var tree = LiteralKernel.Named().Edit(path, text => text.Replace("\n", "\r\n", StringComparison.Ordinal)).Build();
        var applied = new ChangedTree(tree, Planner.Plan(tree, Driver, Parts.All).Changes);
        var file = applied.TryReadText(path)!;
        Assert.DoesNotContain("\n", file.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(PlanState.Present, Inspector.Inspect(applied, Driver).State);
        Assert.True(Planner.Plan(applied, Driver, Parts.All).IsDone);
        var removed = new ChangedTree(applied, Remover.Plan(applied, Driver, parts: null).Changes);
        Assert.Equal(tree.Read(path), removed.Read(path));
    }

    /// <summary>With one line end or the other at every line of the file.</summary>
    [Theory]
    [MemberData(nameof(Hooked))]
    public void A_file_with_mixed_line_ends_is_restored_byte_for_byte(string path)
    {
        var lines = LiteralKernel.Named()[path].Split('\n');
        for (var at = 1; at < lines.Length; at++)
        {
            var mixed = string.Join("\r\n", lines[..at]) + "\n" + string.Join("\n", lines[at..]);
            var tree = LiteralKernel.Named().With(path, mixed).Build();
            var applied = new ChangedTree(tree, Planner.Plan(tree, Driver, Parts.All).Changes);
            var removed = new ChangedTree(applied, Remover.Plan(applied, Driver, parts: null).Changes);
            Assert.Equal(mixed, removed.TryReadText(path));
        }
    }

    [Fact]
    public void A_last_line_with_CR_LF_and_no_newline_after_it_stays_so()
    {
        var tree = LiteralKernel.Named().With("drivers/Makefile", "obj-y += a/\r\nobj-y += b/").Build();
        var applied = new ChangedTree(tree, Planner.Plan(tree, Driver, Parts.Default).Changes);
        Assert.Equal("obj-y += a/\r\nobj-y += b/\r\nobj-$(CONFIG_KSOCKET)\t\t+= ksocket/", applied.TryReadText("drivers/Makefile"));
        var removed = new ChangedTree(applied, Remover.Plan(applied, Driver, parts: null).Changes);
        Assert.Equal("obj-y += a/\r\nobj-y += b/", removed.TryReadText("drivers/Makefile"));
    }

    /// <summary>What does break a tree that is CR LF throughout.</summary>
    [Fact]
    public void A_script_with_CR_LF_is_warned_about_and_only_a_script()
    {
        var kernel = LiteralKernel.Named().Edit("drivers/Kconfig", text => text.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Empty(TreeWarnings.Of(kernel.Build(), Driver, config: null));
        kernel.With("scripts/setlocalversion", "#!/bin/sh\r\necho\r\n");
        var warning = Assert.Single(TreeWarnings.Of(kernel.Build(), Driver, config: null));
        Assert.Contains("scripts/setlocalversion ends its lines with CR LF", warning, StringComparison.Ordinal);
    }
}
