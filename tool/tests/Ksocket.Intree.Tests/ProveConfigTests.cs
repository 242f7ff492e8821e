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
        Cli.Run("prove", "--set", "CONFIG_X=y", "--image", "i", "--headers", "h")
            .RefusesWith(ExitCode.Usage, "--set and --image exclude each other");

    [Theory]
    [InlineData("--arch arm64 and --debug", "--debug and --arch arm64 exclude each other", "--arch", "arm64", "--debug")]
    [InlineData("--only alone", "--only needs --with, which names the drivers", "--only")]
    [InlineData("--expect alone", "--expect needs --with; a test of --init has 'expect' lines in its file", "--expect", "x")]
    [InlineData(
        "--expect without a form that looks", "--expect needs --built-in or --module, and a kernel that is booted",
        "--expect", "x", "--with", "x", "--kunit")]
    [InlineData(
        "--expect without a boot", "--expect needs --built-in or --module, and a kernel that is booted",
        "--expect", "x", "--with", "x", "--arch", "arm64")]
    [InlineData("--with and a record", "--record and --with exclude each other", "--record", "x.json", "--with", "x")]
    [InlineData("a form and a test", "--init and --kunit exclude each other", "--init", "x", "--kunit")]
    [InlineData("a module without a test", "--test-module needs --init", "--test-module", "x")]
    [InlineData("an unknown architecture", "--arch: 'mips' is not one of um, x86_64, arm64", "--arch", "mips")]
    public void Options_that_do_not_go_together_are_wrong_arguments(string what, string said, params string[] words)
    {
        Assert.NotEmpty(what);
        Cli.Run(["prove", .. words, _temp.PathOf("tree")]).RefusesWith(ExitCode.Usage, said);
    }

    [Theory]
    [InlineData("none", "--init {0}/none: no such file")]
    [InlineData("empty", "--init {0}/empty is empty")]
    public void A_test_that_cannot_be_read_is_named(string name, string said)
    {
        File.WriteAllText(_temp.PathOf("empty"), "");
        Cli.Run("prove", "--init", _temp.PathOf(name), _temp.PathOf("tree"))
            .RefusesWith(ExitCode.NotUnderstood, said.Replace("{0}", _temp.Root, StringComparison.Ordinal));
    }

    [Fact]
    public void A_module_folder_without_a_Makefile_is_named()
    {
        File.WriteAllText(_temp.PathOf("script"), "lo\n");
        Cli.Run("prove", "--init", _temp.PathOf("script"), "--test-module", _temp.Root, _temp.PathOf("tree"))
            .RefusesWith(ExitCode.NotUnderstood, $"--test-module {_temp.Root}: there is no Makefile in it");
    }

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
