// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;
using Ksocket.Intree.Core;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>What a proof asks of the machine before it begins.</summary>
public class KernelToolsTests
{
    /// <summary>There gcc knows no -m64, and the tree would be called not proven.</summary>
    [Fact]
    public void On_a_machine_that_is_not_x86_the_refusal_is_the_machines()
    {
        var failure = Assert.Throws<IntreeFailure>(() => KernelTools.RefuseArchitecture(Architecture.Arm64));
        Assert.Equal(FailureKind.Fatal, failure.Kind);
        Assert.Contains("this machine is arm64", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.Hint);
    }

    [Fact]
    public void A_cross_compiler_has_its_prefix_and_nothing_else_has_one()
    {
        Assert.Equal(["", "", "aarch64-linux-gnu-"], Arch.All.Select(arch => arch.CrossCompile));
        Assert.All(MakeSettings.Compiler(Arch.Arm64), word => Assert.Equal("CC=ccache aarch64-linux-gnu-gcc", word));
    }

    [Fact]
    public void On_x86_64_there_is_no_refusal() => KernelTools.RefuseArchitecture(Architecture.X64);
}
