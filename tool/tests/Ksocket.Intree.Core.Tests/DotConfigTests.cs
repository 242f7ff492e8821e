// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

public class DotConfigTests
{
    private const string Config = "#\n# Linux\n#\nCONFIG_NET=y\n# CONFIG_KSOCKET is not set\n# CONFIG_KSOCKET_X is not set\n";

    [Fact]
    public void A_symbol_that_is_off_has_its_line_too() =>
        Assert.Equal("# CONFIG_KSOCKET is not set", DotConfig.LineOf(Config.Bytes(), "KSOCKET"));

    [Fact]
    public void A_line_is_replaced_in_its_place_and_taken_out_whole()
    {
        Assert.Equal(
            Config.Replace("# CONFIG_KSOCKET is not set", "CONFIG_KSOCKET=y", StringComparison.Ordinal).Bytes(),
            DotConfig.Replace(Config.Bytes(), "KSOCKET", "CONFIG_KSOCKET=y"));
        Assert.Equal(
            Config.Replace("# CONFIG_KSOCKET is not set\n", "", StringComparison.Ordinal).Bytes(),
            DotConfig.Replace(Config.Bytes(), "KSOCKET", null));
    }

    [Fact]
    public void The_difference_of_two_is_by_symbol() =>
        Assert.Equal(["KSOCKET"], DotConfig.Difference(Config.Bytes(), DotConfig.Replace(Config.Bytes(), "KSOCKET", "CONFIG_KSOCKET=m")));
}
