// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>What make is told by its environment. These tests set that of this process, and no kernel is built meanwhile.</summary>
[Collection(RealKernels.OneAtATime)]
public sealed class MakeSettingsTests
{
    /// <summary>KBUILD_MODPOST_WARN=1 alone makes an undefined symbol a warning. Of the list itself each, so that prove and the scripts agree.</summary>
    public static IEnumerable<TheoryDataRow<string>> Names() =>
        [.. ((string[])["KBUILD_MODPOST_WARN", "KBUILD_EXTRA_WARN", "KCONFIG_SEED", "GIT_REPLACE_REF_BASE", .. MakeSettings.Foreign]).Select(name => new TheoryDataRow<string>(name))];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_the_user_exported_for_other_builds_reaches_no_make(string name)
    {
        Environment.SetEnvironmentVariable(name, " ");
        try
        {
            Assert.All(Exported(), said => Assert.DoesNotContain($"\n{name}=", said, StringComparison.Ordinal));
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public void What_is_ours_reaches_make_whatever_the_user_exported()
    {
        Environment.SetEnvironmentVariable("KBUILD_BUILD_USER", "somebody");
        try
        {
            Assert.All(Exported(), said => Assert.Contains("\nKBUILD_BUILD_USER=ksocket\n", said, StringComparison.Ordinal));
        }
        finally
        {
            Environment.SetEnvironmentVariable("KBUILD_BUILD_USER", null);
        }
    }

    /// <summary>What prove gives to make, and what the scripts do.</summary>
    private static List<string> Exported() =>
        [.. new[] { new Child("env", []) { Environment = MakeSettings.Environment() }, new Child("bash", ["-c", ". \"$0\" && plainly env", Repository.PathOf("tool/lib.sh")]) }.Select(child => "\n" + child.Run().Output)];
}
