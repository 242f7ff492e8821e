// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Proof.Building;

/// <summary>What every make of ours is told, whatever the user's shell exports.</summary>
public static class MakeSettings
{
    /// <summary>ccache gives back an unchanged object in a fifteenth of the time; DEPEND and NOHASHDIR make it hit in other folders too.</summary>
    private static readonly Dictionary<string, string?> Reproducible = new()
    {
        ["KBUILD_BUILD_TIMESTAMP"] = "2026-01-01",
        ["KBUILD_BUILD_USER"] = "ksocket",
        ["KBUILD_BUILD_HOST"] = "intree",
        ["CCACHE_DEPEND"] = "1",
        ["CCACHE_NOHASHDIR"] = "1",
        ["LC_ALL"] = "C",
        ["LANG"] = "C", // kbuild takes LC_ALL away again: gcc would speak the user's language, and we look for its English
    };

    /// <summary>What the user exported for builds of their own.</summary>
    private static readonly string[] Foreign = ["KBUILD_OUTPUT", "MAKEFLAGS", "CROSS_COMPILE", "KCONFIG_CONFIG", "LLVM", "KCFLAGS", "KCPPFLAGS", "KBUILD_EXTRA_SYMBOLS", "KBUILD_VERBOSE", "V", "C", "W", "LANGUAGE", "LC_MESSAGES", "LC_CTYPE"];

    /// <summary>Variables to set, or with null to take away. CCACHE_PREFIX is left alone: with distcc it spreads the work over machines.</summary>
    public static IReadOnlyDictionary<string, string?> Environment()
    {
        var settings = new Dictionary<string, string?>(Reproducible);
        foreach (var name in Foreign)
        {
            settings[name] = null;
        }

        return settings;
    }

    public static string[] Compiler() => Programs.Find("ccache") is null ? [] : ["CC=ccache gcc"];
}
