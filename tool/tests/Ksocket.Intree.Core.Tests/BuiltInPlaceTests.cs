// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>After make in the tree, remove deletes the files that kbuild generated from ksocket, and no others.</summary>
public class BuiltInPlaceTests
{
    private static readonly DriverSource Driver = DriverSource.Bundled;

    [Theory]
    [InlineData("built-in.a")]
    [InlineData(".built-in.a.cmd")]
    [InlineData("modules.order")]
    [InlineData("ksocket.o")]
    [InlineData("ksocket.ko")]
    [InlineData("ksocket.mod.c")]
    [InlineData(".ksocket.mod.cmd")]
    [InlineData("socket.o")]
    [InlineData(".socket.o.cmd")]
    [InlineData(".socket.o.d")]
    [InlineData("tests/built-in.a")]
    [InlineData("tests/ksocket_kunit.ko")]
    [InlineData("tests/.life_kunit.o.cmd")]
    [InlineData(".Kconfig.ksocket-intree.tmp")]
    public void Kbuilds_products_go_too(string name)
    {
        var tree = Built(name);
        Assert.Equal(PlanState.Present, Inspector.Inspect(tree, Driver).State);
        Assert.Contains(
            Remover.Plan(tree, Driver, parts: null).Changes,
            change => change.Path == $"drivers/ksocket/{name}" && change.After is null);
    }

    [Theory]
    [InlineData("tests/notes.txt")]
    [InlineData("notes.txt")]
    [InlineData("other.c")]
    [InlineData("other.o")]
    [InlineData("socket.c.orig")]
    [InlineData("socket.c~")]
    public void Anything_else_stops_remove_by_name(string name)
    {
        var failure = Assert.Throws<IntreeFailure>(() => Remover.Plan(Built(name), Driver, parts: null));
        Assert.Equal(FailureKind.InTheWay, failure.Kind);
        Assert.Contains($"drivers/ksocket/{name}", failure.Message, StringComparison.Ordinal);
    }

    private static ChangedTree Built(string name)
    {
        var tree = LiteralKernel.Named().Build();
        var changes = Planner.Plan(tree, Driver, Parts.Default).Changes;
        return new ChangedTree(tree, [.. changes, new FileChange($"drivers/ksocket/{name}", null, "\0".File())]);
    }
}
