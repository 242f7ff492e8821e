// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>Builds that would drop ksocket's exports: the place and the list are named.</summary>
public class ExportTrimTests
{
    private const string Trim = "CONFIG_A=y\nCONFIG_TRIM_UNUSED_KSYMS=y\n";

    private const string List = "CONFIG_UNUSED_KSYMS_WHITELIST=\"symbols\"\n";

    [Fact]
    public void Without_trimming_there_is_nothing_to_say() =>
        Assert.Empty(Warnings(LiteralKernel.Named(), "# CONFIG_TRIM_UNUSED_KSYMS is not set\n"));

    [Fact]
    public void Without_a_list_all_exports_are_dropped() =>
        Assert.Matches(
            "^\\.config:2: CONFIG_TRIM_UNUSED_KSYMS=y .* none of ksocket's \\d+",
            Assert.Single(Warnings(LiteralKernel.Named(), Trim)));

    [Fact]
    public void A_list_that_lacks_some_is_named()
    {
        var kernel = LiteralKernel.Named().With("symbols", "  ksocket\n  kaccept\n");
        Assert.Matches(
            "^\\.config:2: .* symbols lists; that lacks \\d+ of the \\d+ exports of ksocket",
            Assert.Single(Warnings(kernel, Trim + List)));
        Assert.Contains("which is not in the tree", Assert.Single(Warnings(LiteralKernel.Named(), Trim + List)), StringComparison.Ordinal);
    }

    /// <summary>As common kernels of Android have it, with each way of saying where it is set.</summary>
    [Theory]
    [InlineData("build.config.gki.aarch64", "# x\nTRIM_NONLISTED_KMI=1\n", "build.config.gki.aarch64:2: ")]
    [InlineData("BUILD.bazel", "kernel_build(\n    trim_nonlisted_kmi = True,\n)\n", "BUILD.bazel:2: ")]
    [InlineData("README", "", "android/abi_gki_aarch64: ")]
    public void A_symbol_list_of_a_GKI_build_is_named(string path, string text, string start)
    {
        var kernel = LiteralKernel.Named().With(path, text)
            .With("android/abi_gki_aarch64", "[abi_symbol_list]\n  printk\n")
            .With("android/abi_gki_aarch64_vendor", "[abi_symbol_list]\n  kfree\n")
            .With("android/abi_gki_aarch64.xml", "<xml/>\n");
        var warning = Assert.Single(Warnings(kernel, config: null));
        Assert.StartsWith(start, warning, StringComparison.Ordinal);
        Assert.Contains("android/abi_gki_aarch64 and 1 more lists alone, and they lack all ", warning, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Warnings(LiteralKernel kernel, string? config) =>
        TreeWarnings.Of(kernel.Build(), DriverSource.Bundled, config is null ? null : (".config", config.Bytes()));
}
