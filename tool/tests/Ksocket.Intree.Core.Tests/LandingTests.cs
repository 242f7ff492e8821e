// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;

namespace Ksocket.Intree.Core.Tests;

public class LandingTests
{
    private static readonly Landing Here = new("drivers/ksocket") { OutOfTree = "Kbuild" };

    private static readonly HashSet<string> Features = ["getsockopt_module"];

    [Theory]
    [InlineData("Kconfig", "drivers/ksocket/Kconfig", null)]
    [InlineData("Makefile", "drivers/ksocket/Makefile", null)]
    [InlineData("socket.c", "drivers/ksocket/socket.c", null)]
    [InlineData("tests/ksocket_kunit.c", "drivers/ksocket/tests/ksocket_kunit.c", null)]
    [InlineData("include/net/ksocket.h", "include/net/ksocket.h", null)]
    [InlineData("Documentation/networking/ksocket.rst", "Documentation/networking/ksocket.rst", null)]
    [InlineData("samples/ksocket/Kconfig", "samples/ksocket/Kconfig", null)]
    [InlineData("getsockopt_module/sock_fields.c", "drivers/ksocket/getsockopt_module.c", "sock_fields")]
    public void The_path_is_the_mapping(string home, string landed, string? variant) =>
        Assert.Equal((landed, variant), (Here.Of(home, Features)!.Value.Path.ToString(), Here.Of(home, Features)!.Value.Variant));

    [Theory]
    [InlineData("evidence/features")]
    [InlineData("GNUmakefile")]
    [InlineData("Kbuild")]
    [InlineData("MAINTAINERS")]
    [InlineData("intree")]
    public void What_serves_only_at_home_stays_there(string home) => Assert.Null(Here.Of(home, Features));

    [Fact]
    public void Every_variant_that_evidence_names_has_its_file_and_every_file_its_evidence()
    {
        var named = DriverSource.Bundled.Evidence.Features.SelectMany(
            feature => feature.Variants.Select(variant => $"{feature.Name}/{variant.Name}.c"));
        var kept = DriverSource.Bundled.Files.Where(file => file.Variant is not null).Select(file => file.Home.ToString());
        Assert.Equal(named.Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
    }
}
