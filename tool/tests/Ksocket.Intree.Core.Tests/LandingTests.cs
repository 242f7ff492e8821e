// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;

namespace Ksocket.Intree.Core.Tests;

public class LandingTests
{
    private static readonly HashSet<string> Features = ["getsockopt_module"];

    [Theory]
    [InlineData("Kconfig", "drivers/ksocket/Kconfig", null)]
    [InlineData("drivers-ksocket/Makefile", "drivers/ksocket/Makefile", null)]
    [InlineData("drivers-ksocket/socket.c", "drivers/ksocket/socket.c", null)]
    [InlineData("drivers-ksocket/tests/ksocket_kunit.c", "drivers/ksocket/tests/ksocket_kunit.c", null)]
    [InlineData("drivers-ksocket/include/net/ksocket.h", "include/net/ksocket.h", null)]
    [InlineData("drivers-ksocket/Documentation/networking/ksocket.rst", "Documentation/networking/ksocket.rst", null)]
    [InlineData("drivers-ksocket/samples/ksocket/Kconfig", "samples/ksocket/Kconfig", null)]
    [InlineData("drivers-ksocket/getsockopt_module/sock_fields.c", "drivers/ksocket/getsockopt_module.c", "sock_fields")]
    public void The_path_is_the_mapping(string home, string landed, string? variant) =>
        Assert.Equal((landed, variant), (Landing.Of(home, Features)!.Value.Path.ToString(), Landing.Of(home, Features)!.Value.Variant));

    [Theory]
    [InlineData("drivers-ksocket/evidence/features")]
    [InlineData("drivers-ksocket/GNUmakefile")]
    [InlineData("drivers-ksocket/Kbuild")]
    public void What_serves_only_at_home_stays_there(string home) => Assert.Null(Landing.Of(home, Features));

    [Fact]
    public void Every_variant_that_evidence_names_has_its_file_and_every_file_its_evidence()
    {
        var named = DriverSource.Bundled.Evidence.Features.SelectMany(
            feature => feature.Variants.Select(variant => $"drivers-ksocket/{feature.Name}/{variant.Name}.c"));
        var kept = DriverSource.Bundled.Files.Where(file => file.Variant is not null).Select(file => file.Home.ToString());
        Assert.Equal(named.Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
    }
}
