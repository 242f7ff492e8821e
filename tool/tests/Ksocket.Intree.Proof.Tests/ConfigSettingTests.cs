// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>Settings that are added to the smallest configuration.</summary>
public sealed class ConfigSettingTests
{
    private static readonly KernelKind Um = new(Arch.Um, Debug: false);

    [Theory]
    [InlineData("CONFIG_COREDUMP=y", "COREDUMP", "y", "CONFIG_COREDUMP=y")]
    [InlineData("CONFIG_9P_FS=m", "9P_FS", "m", "CONFIG_9P_FS=m")]
    [InlineData("CONFIG_IPV6=n", "IPV6", "n", "# CONFIG_IPV6 is not set")]
    [InlineData("# CONFIG_IPV6 is not set", "IPV6", "n", "# CONFIG_IPV6 is not set")]
    [InlineData("CONFIG_HZ=-100", "HZ", "-100", "CONFIG_HZ=-100")]
    [InlineData("CONFIG_X=0xffFF", "X", "0xffFF", "CONFIG_X=0xffFF")]
    [InlineData("CONFIG_CMDLINE=\"a \\\"b\\\" = c\"", "CMDLINE", "\"a \\\"b\\\" = c\"", "CONFIG_CMDLINE=\"a \\\"b\\\" = c\"")]
    public void A_setting_is_read_as_kconfig_writes_it(string text, string symbol, string value, string line)
    {
        Assert.Equal(new ConfigSetting(symbol, value), ConfigSetting.TryRead(text, out _));
        Assert.Equal(line, ConfigSetting.TryRead(text, out _)!.Line);
    }

    [Theory]
    [InlineData("COREDUMP=y", "'COREDUMP=y' is not CONFIG_NAME=VALUE")]
    [InlineData("CONFIG_=y", "'CONFIG_=y' is not CONFIG_NAME=VALUE")]
    [InlineData("CONFIG_A B=y", "'CONFIG_A B=y' is not CONFIG_NAME=VALUE")]
    [InlineData("CONFIG_X", "'CONFIG_X' is not CONFIG_NAME=VALUE")]
    [InlineData("CONFIG_X=", "the value of CONFIG_X is ''")]
    [InlineData("CONFIG_X=yes", "the value of CONFIG_X is 'yes', not y, m, n, a number or a string in double quotes")]
    [InlineData("CONFIG_X=0x", "the value of CONFIG_X is '0x'")]
    [InlineData("CONFIG_X=\"a\"b\"", "the value of CONFIG_X is '\"a\"b\"'")]
    [InlineData("CONFIG_X=\"a\\\"", "the value of CONFIG_X is '\"a\\\"'")]
    public void Anything_else_is_a_fault_that_names_it(string text, string said)
    {
        Assert.Null(ConfigSetting.TryRead(text, out var fault));
        Assert.StartsWith(said, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_replaces_that_of_the_smallest_configuration()
    {
        var fragment = Fragment.For(Um, Form.BuiltIn).With([new("IPV6", "n"), new("PROC_SYSCTL", "n"), new("NEW", "1")]);
        var asked = fragment.Asked.ToLookup(setting => setting.Symbol, setting => setting.Value);
        Assert.Equal(["n"], asked["IPV6"]);
        Assert.Equal(["n"], asked["PROC_SYSCTL"]);
        Assert.Equal(["1"], asked["NEW"]);
        Assert.Equal(["y"], asked["KSOCKET"]);
    }

    /// <summary>A required detector is an error if kconfig drops it; an optional one is reported only.</summary>
    [Fact]
    public void A_detector_that_is_set_is_required()
    {
        var fragment = Fragment.For(new(Arch.Um, Debug: true), Form.BuiltIn).With([new("KASAN", "y")]);
        Assert.Contains(new("KASAN", "y"), fragment.Required);
        Assert.DoesNotContain(fragment.Wanted, setting => setting.Symbol == "KASAN");
    }

    [Theory]
    [InlineData("# CONFIG_X is not set", true)]
    [InlineData(null, true)]
    [InlineData("CONFIG_X=y", false)]
    public void A_symbol_is_off_with_or_without_a_line(string? line, bool off) => Assert.Equal(off, new ConfigSetting("X", "n").IsIn(line));
}
