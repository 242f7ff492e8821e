// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;

namespace Ksocket.Intree.Proof.Building;

/// <summary>What every make of a proof gets beside the clean environment: settings that make the same bytes every time.</summary>
public static class MakeSettings
{
    private static readonly Lazy<bool> HasCcache = new(() => Programs.Find("ccache") is { } ccache && CanCompile(ccache));

    /// <summary>
    /// Variables to set, or with null to remove. ccache returns an unchanged object in a fifteenth of the time; DEPEND and
    /// NOHASHDIR let it do so in other folders too. CCACHE_PREFIX is left alone: with distcc it spreads the work over
    /// machines.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> Environment { get; } =
        new Dictionary<string, string?>(CleanEnvironment.TargetVariables.Select(name => KeyValuePair.Create(name, (string?)null)))
        {
            ["KBUILD_BUILD_TIMESTAMP"] = "2026-01-01",
            ["KBUILD_BUILD_USER"] = "ksocket",
            ["KBUILD_BUILD_HOST"] = "intree",
            ["CCACHE_DEPEND"] = "1",
            ["CCACHE_NOHASHDIR"] = "1",
        };

    public static string[] Compiler() => HasCcache.Value ? ["CC=ccache gcc"] : [];

    /// <summary>With a cache that it cannot write to it fails every file, where gcc alone would build the kernel.</summary>
    private static bool CanCompile(string ccache)
    {
        var folder = Directory.CreateTempSubdirectory("ksocket-ccache-").FullName;
        try
        {
            var source = Path.Combine(folder, "try.c");
            File.WriteAllText(source, "int tried;\n");
            var gcc = new Child(ccache, ["gcc", "-c", source, "-o", Path.Combine(folder, "try.o")]) { Environment = Environment };
            return gcc.Run().Succeeded;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
