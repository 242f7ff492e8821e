// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Processes.Tests;

/// <summary>Variables exported by the user do not reach a child. These tests set them in this process.</summary>
[Collection("one at a time")]
public class CleanEnvironmentTests
{
    public static TheoryData<string> Names() =>
    [
        "KBUILD_OUTPUT",
        "KCONFIG_CONFIG",
        .. CleanEnvironment.BuildVariables,
        .. CleanEnvironment.LanguageVariables,
        .. ForeignRepository.Variables,
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Variables_of_other_builds_and_repositories_reach_no_child(string name) =>
        Assert.DoesNotContain(Exported(name, "theirs"), line => line.StartsWith($"{name}=", StringComparison.Ordinal));

    [Fact]
    public void Messages_are_in_English()
    {
        var exported = Exported("LC_ALL", "de_DE.UTF-8");
        Assert.Contains("LC_ALL=C", exported);
        Assert.Contains("LANG=C", exported);
    }

    [Fact]
    public void What_a_child_is_given_of_its_own_comes_last() =>
        Assert.Contains("KBUILD_OUTPUT=ours", Exported("KBUILD_OUTPUT", "theirs", new() { ["KBUILD_OUTPUT"] = "ours" }));

    [Fact]
    public void What_the_user_builds_for_is_kept_unless_a_build_removes_it()
    {
        Assert.Contains("ARCH=arm64", Exported("ARCH", "arm64"));
        Assert.DoesNotContain("ARCH=arm64", Exported("ARCH", "arm64", new() { ["ARCH"] = null }));
    }

    private static List<string> Exported(string name, string value, Dictionary<string, string?>? own = null)
    {
        var before = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, value);
        try
        {
            return [.. new Child("env", []) { Environment = own ?? [] }.Run().Output.Lines().Select(line => line.ToString())];
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, before);
        }
    }
}
