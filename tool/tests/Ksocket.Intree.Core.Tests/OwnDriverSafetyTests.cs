// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>What --with must not do to a kernel: break its Kconfig, or delete what was there before.</summary>
public class OwnDriverSafetyTests
{
    private static readonly DriverSource Echo = EchoDriver.Read();

    private static readonly DriverSource[] Both = [DriverSource.Bundled, Echo];

    private static readonly KernelTree Kernel = LiteralKernel.Named().Build();

    [Theory]
    [InlineData("source \"drivers/echo/none/Kconfig\"\n", "drivers/echo/Kconfig:10 sources drivers/echo/none/Kconfig, which is not there")]
    [InlineData("source \"drivers/echo/Kconfig\"\n", "which includes that line")]
    public void A_Kconfig_that_kconfig_could_not_read_is_refused(string line, string said)
    {
        DriverSource[] drivers = [DriverSource.Bundled, EchoDriver.With("Kconfig", EchoDriver.Kconfig + line)];
        Refused(FailureKind.NotUnderstood, said, () => JointPlan.Of(Kernel, drivers, Parts.Default));
        Refused(FailureKind.NotUnderstood, said, () => JointPlan.Of(Kernel, drivers, Parts.Default, readsKconfig: false));
    }

    /// <summary>The same bytes in the same place are no proof that they are ours: the folder may be a copy of one of the kernel.</summary>
    [Fact]
    public void What_is_not_recorded_is_not_removed()
    {
        var kernels = new ChangedTree(Kernel, JointPlan.Of(Kernel, Both, Parts.Default).Changes);
        Refused(FailureKind.InTheWay, "does not record", () => JointRemoval.Of(kernels, [Echo], parts: null));
        Assert.False(JointRemoval.Of(kernels, [Echo], parts: null, unrecorded: true).IsDone);
    }

    [Fact]
    public void A_file_of_the_kernel_that_the_folder_has_by_now_stays()
    {
        var applied = Apply(Kernel);
        TreePath header = "include/linux/tty.h";
        var tree = new ChangedTree(applied, [new FileChange(header, null, "/* of the kernel */\n".File())]);
        var later = EchoDriver.With(header, "/* of the kernel */\n");
        Assert.DoesNotContain(JointRemoval.Of(tree, [later], parts: null).Changes, change => change.Path == header);
    }

    /// <summary>The folder in the tree is the user's only copy, or one of the kernel: remove would delete it.</summary>
    [Fact]
    public void A_folder_that_the_tree_had_before_is_refused()
    {
        var had = new ChangedTree(
            Kernel, [.. Echo.Files.Where(file => file.Part == Part.Driver).Select(file => new FileChange(file.Path, null, file.Landed))]);
        Refused(FailureKind.InTheWay, "has drivers/echo/", () => JointPlan.Of(had, Both, Parts.Default));
    }

    [Fact]
    public void A_driver_in_the_folder_of_another_is_refused()
    {
        var inner = EchoDriver.Read(
            EchoDriver.Files.Where(file => file.Key != "MAINTAINERS").ToDictionary(
                file => file.Key,
                file => file.Value.Bytes.ToString().Replace("ECHO", "INNER", StringComparison.Ordinal).File()),
            "drivers/echo/inner");
        Refused(FailureKind.NotUnderstood, "in the folder of another", () => DriverOrder.Of([DriverSource.Bundled, Echo, inner]));
        DriverSource[] other = [DriverSource.Bundled, inner];
        Refused(FailureKind.InTheWay, "is a driver of its own", () => JointPlan.Of(Apply(Kernel), other, Parts.Default));
    }

    [Fact]
    public void A_symbol_of_ksocket_is_refused_without_it_too()
    {
        var twin = EchoDriver.With("Kconfig", EchoDriver.Kconfig + "config KSOCKET\n\tbool \"mine\"\n");
        Refused(FailureKind.NotUnderstood, "defines CONFIG_KSOCKET", () => JointPlan.Of(Kernel, [twin], Parts.Default));
    }

    /// <summary>Its entry of MAINTAINERS is a part without files.</summary>
    [Fact]
    public void The_entry_of_MAINTAINERS_goes_without_a_page()
    {
        var bare = EchoDriver.Read(EchoDriver.Files.Where(file => !file.Key.IsBelow("Documentation")));
        DriverSource[] drivers = [DriverSource.Bundled, bare];
        var plan = JointPlan.Of(Kernel, drivers, Parts.All);
        var applied = new ChangedTree(Kernel, plan.WithState(Kernel));
        var left = new ChangedTree(applied, JointRemoval.Of(applied, drivers, parts: null).WithState(applied, out _));
        Assert.Equal(Kernel.Read("MAINTAINERS"), left.Read("MAINTAINERS"));
    }

    private static ChangedTree Apply(KernelTree tree) => new(tree, JointPlan.Of(tree, Both, Parts.Default).WithState(tree));

    private static void Refused(FailureKind kind, string said, Action action)
    {
        var failure = Assert.Throws<IntreeFailure>(action);
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }
}
