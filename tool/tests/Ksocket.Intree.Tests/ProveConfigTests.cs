// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Arguments of prove that add to the configuration are checked before anything is built.</summary>
public sealed class ProveConfigTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public ProveConfigTests() => LiteralKernel.Named().WriteTo(_temp.PathOf("tree"));

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("COREDUMP=y", "--set: 'COREDUMP=y' is not CONFIG_NAME=VALUE")]
    [InlineData("CONFIG_COREDUMP", "--set: 'CONFIG_COREDUMP' is not CONFIG_NAME=VALUE")]
    [InlineData("CONFIG_COREDUMP=yes", "--set: the value of CONFIG_COREDUMP is 'yes'")]
    [InlineData("# CONFIG_COREDUMP is not set", "is not CONFIG_NAME=VALUE")]
    [InlineData("CONFIG_KSOCKET=n", "--set CONFIG_KSOCKET=n: prove itself sets CONFIG_KSOCKET for the form 'built in'")]
    public void A_bad_setting_is_a_wrong_argument(string setting, string said) =>
        Cli.Run("prove", "--set", setting, _temp.PathOf("tree")).RefusesWith(ExitCode.Usage, said);

    [Fact]
    public void A_prebuilt_kernel_has_its_configuration() =>
        Cli.Run("prove", "--set", "CONFIG_X=y", "--image", "i", "--headers", "h").RefusesWith(ExitCode.Usage, "--set and --image exclude each other");

    [Theory]
    [InlineData("# a comment\n\nCONFIG_X=y\nCONFIG_Y=maybe\n", ":4: the value of CONFIG_Y is 'maybe'")]
    [InlineData("X=y\n", ":1: 'X=y' is not CONFIG_NAME=VALUE")]
    [InlineData("\nCONFIG_SAMPLE_KSOCKET=m\n", ":2: prove itself sets CONFIG_SAMPLE_KSOCKET for the form 'built in'")]
    public void A_bad_line_of_a_fragment_is_named(string text, string said)
    {
        File.WriteAllText(_temp.PathOf("fragment"), text);
        Cli.Run("prove", "--fragment", _temp.PathOf("fragment"), _temp.PathOf("tree"))
            .RefusesWith(ExitCode.NotUnderstood, $"--fragment {_temp.PathOf("fragment")}{said}");
    }

    [Fact]
    public void A_fragment_that_does_not_exist_is_named() =>
        Cli.Run("prove", "--fragment", _temp.PathOf("none"), _temp.PathOf("tree"))
            .RefusesWith(ExitCode.NotUnderstood, _temp.PathOf("none"), "no such file");
}
