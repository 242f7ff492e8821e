// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>The environment of make. These tests change that of this process, so no kernel is built meanwhile.</summary>
[Collection(RealKernels.OneAtATime)]
public sealed class MakeSettingsTests
{
    /// <summary>
    /// KBUILD_MODPOST_WARN=1 makes an undefined symbol a warning. All listed variables, so that prove and the scripts agree.
    /// </summary>
    public static TheoryData<string> Names() =>
    [
        "KBUILD_MODPOST_WARN",
        "KBUILD_EXTRA_WARN",
        "KCONFIG_SEED",
        "GIT_REPLACE_REF_BASE",
        .. CleanEnvironment.BuildVariables,
        .. CleanEnvironment.TargetVariables,
        .. CleanEnvironment.LanguageVariables,
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_the_user_exported_for_other_builds_reaches_no_make(string name) =>
        Assert.All(Exported(name, " "), said => Assert.DoesNotContain($"\n{name}=", said, StringComparison.Ordinal));

    [Fact]
    public void What_is_ours_reaches_make_whatever_the_user_exported() =>
        Assert.All(
            Exported("KBUILD_BUILD_USER", "somebody"),
            said => Assert.Contains("\nKBUILD_BUILD_USER=ksocket\n", said, StringComparison.Ordinal));

    /// <summary>Variables exported by the user reach make neither from prove nor from the scripts.</summary>
    private static List<string> Exported(string name, string value)
    {
        Environment.SetEnvironmentVariable(name, value);
        try
        {
            var prove = new Child("env", []) { Environment = MakeSettings.Environment };
            // Pass the variable to the script in spite of the clean environment, so that the script must remove it.
            var script = new Child("bash", ["-c", ". \"$0\" && plainly env", Repository.PathOf("tool/lib.sh")])
            {
                Environment = new Dictionary<string, string?> { [name] = value },
            };
            return [.. new[] { prove, script }.Select(child => $"\n{child.Run().Output}")];
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }
}
