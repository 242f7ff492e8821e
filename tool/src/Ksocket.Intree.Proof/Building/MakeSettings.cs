// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;

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

    /// <summary>What the user exported for builds of their own: make takes a variable of the environment for one of the Makefile's.</summary>
    public static IReadOnlyList<string> Foreign { get; } =
    [
        "MAKEFLAGS", "GNUMAKEFLAGS", "MFLAGS", "MAKEFILES", "MAKELEVEL", "ARCH", "SUBARCH", "CROSS_COMPILE", "LLVM", "LLVM_IAS", "V", "C", "CF", "W", "M", "MO", "O",
        "KAFLAGS", "KCFLAGS", "KCPPFLAGS", "KRUSTFLAGS", "HOSTCFLAGS", "HOSTCXXFLAGS", "HOSTLDFLAGS", "HOSTLDLIBS", "HOSTRUSTFLAGS",
        "CFLAGS_KERNEL", "AFLAGS_KERNEL", "CFLAGS_MODULE", "AFLAGS_MODULE", "LDFLAGS_MODULE", "LDFLAGS_vmlinux", "CFLAGS_GCOV", "CFLAGS_KCOV", "EXTRA_CFLAGS",
        "LOCALVERSION", "INSTALL_PATH", "INSTALL_MOD_PATH", "INSTALL_MOD_STRIP", "INSTALL_HDR_PATH", "INSTALL_DTBS_PATH",
        "LANGUAGE", "LC_MESSAGES", "LC_CTYPE",
    ];

    /// <summary>All of these is kbuild's own.</summary>
    private static readonly string[] ForeignBeginnings = ["KBUILD_", "KCONFIG_"];

    private static readonly Lazy<bool> HasCcache = new(() => Programs.Find("ccache") is { } ccache && CanCompile(ccache));

    /// <summary>Variables to set, or with null to take away. CCACHE_PREFIX is left alone: with distcc it spreads the work over machines.</summary>
    public static IReadOnlyDictionary<string, string?> Environment()
    {
        var exported = System.Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => ForeignBeginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal)));
        var settings = new Dictionary<string, string?>();
        foreach (var name in exported.Concat(Foreign).Concat(ForeignRepository.Variables)) // kbuild asks git for the version's end
        {
            settings[name] = null;
        }

        foreach (var (name, value) in Reproducible)
        {
            settings[name] = value;
        }

        return settings;
    }

    public static string[] Compiler() => HasCcache.Value ? ["CC=ccache gcc"] : [];

    /// <summary>With a cache that it cannot write to it fails every file, where gcc alone would build the kernel.</summary>
    private static bool CanCompile(string ccache)
    {
        var folder = Directory.CreateTempSubdirectory("ksocket-ccache-").FullName;
        try
        {
            var source = Path.Combine(folder, "try.c");
            File.WriteAllText(source, "int tried;\n");
            return new Child(ccache, ["gcc", "-c", source, "-o", Path.Combine(folder, "try.o")]) { Environment = Environment() }.Run().Succeeded;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
