// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Kbuild;

namespace Ksocket.Intree.Core.Tests;

public class DotConfigTests
{
    private const string Text = "#\n# Linux\n#\nCONFIG_NET=y\n# CONFIG_KSOCKET is not set\n# CONFIG_KSOCKET_X is not set\n";

    [Fact]
    public void A_symbol_that_is_off_has_its_line_too() => Assert.Equal("# CONFIG_KSOCKET is not set", DotConfig.LineOf(Text, "KSOCKET"));

    [Fact]
    public void A_line_is_replaced_in_its_place_and_taken_out_whole()
    {
        Assert.Equal(Text.Replace("# CONFIG_KSOCKET is not set", "CONFIG_KSOCKET=y", StringComparison.Ordinal), DotConfig.Replace(Text, "KSOCKET", "CONFIG_KSOCKET=y"));
        Assert.Equal(Text.Replace("# CONFIG_KSOCKET is not set\n", "", StringComparison.Ordinal), DotConfig.Replace(Text, "KSOCKET", null));
    }

    [Fact]
    public void The_difference_of_two_is_by_symbol() =>
        Assert.Equal(["KSOCKET"], DotConfig.Difference(Text, DotConfig.Replace(Text, "KSOCKET", "CONFIG_KSOCKET=m")));
}
