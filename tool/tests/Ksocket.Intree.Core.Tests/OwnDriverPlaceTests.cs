// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>Where in a tree a driver of the user may land.</summary>
public class OwnDriverPlaceTests
{
    /// <summary>drivers/gpu/drm/Kconfig is included from drivers/video/Kconfig, in every kernel.</summary>
    [Theory]
    [InlineData("drivers/gpu/drm/Kconfig", true)]
    [InlineData("drivers/gpu/other/Kconfig", false)]
    public void A_folder_may_be_included_from_one_beside_it(string included, bool leads)
    {
        var tree = LiteralKernel.Named()
            .With("drivers/gpu/Makefile", "obj-y += drm/\n")
            .With("drivers/gpu/drm/Makefile", "obj-$(CONFIG_DRM) += drm.o\n")
            .With("drivers/gpu/drm/Kconfig", "menuconfig DRM\n\tbool \"Graphics\"\n\nif DRM\n\nendif\n")
            .With("drivers/gpu/other/Kconfig", "config OTHER\n\tbool \"Other\"\n")
            .With("drivers/video/Kconfig", $"config VIDEO\n\tbool\n\nsource \"{included}\"\n")
            .Edit("drivers/Makefile", text => text + "obj-y += gpu/\n")
            .Edit("drivers/Kconfig", text => text.Replace(
                "endmenu", "source \"drivers/video/Kconfig\"\n\nendmenu", StringComparison.Ordinal))
            .Build();
        var files = EchoDriver.Files.Where(file => file.Key != "MAINTAINERS").ToDictionary();
        DriverSource[] drivers = [EchoDriver.Read(files, "drivers/gpu/drm/echo")];
        if (leads)
        {
            var applied = new ChangedTree(tree, JointPlan.Of(tree, drivers, Parts.All).Changes);
            Assert.Empty(Wiring.Faults(new KbuildFiles(applied), drivers[0], Part.Driver));
            return;
        }

        var failure = Assert.Throws<IntreeFailure>(() => JointPlan.Of(tree, drivers, Parts.All));
        Assert.Contains("the top Kconfig does not lead to drivers/gpu/drm/Kconfig", failure.Message, StringComparison.Ordinal);
    }
}
